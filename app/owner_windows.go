package main

import "os"

// isOwn tells whether a file exists. Windows keeps a person's data and temporary folders from others by itself.
func isOwn(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}
