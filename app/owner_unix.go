//go:build unix

package main

import (
	"os"
	"syscall"
)

// isOwn tells whether a file exists and belongs to the person who runs the program.
func isOwn(path string) bool {
	info, err := os.Lstat(path)
	if err != nil {
		return false
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && int64(stat.Uid) == int64(os.Getuid())
}
