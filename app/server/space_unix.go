//go:build linux || darwin

package main

import "syscall"

// space is how many bytes may still be written to the disk of a folder; known is false where the system does not say.
func space(dir string) (bytes int64, known bool) {
	var stat syscall.Statfs_t
	if err := syscall.Statfs(dir, &stat); err != nil {
		return 0, false
	}
	return int64(stat.Bavail) * int64(stat.Bsize), true //nolint:gosec,unconvert // the types differ between systems
}
