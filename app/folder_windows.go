package main

import (
	"errors"
	"syscall"
)

// Windows codes (winerror.h) that package syscall does not name.
const (
	errorWriteProtect   = syscall.Errno(19)
	errorHandleDiskFull = syscall.Errno(39)
	errorDiskFull       = syscall.Errno(112)
)

// isReadOnly tells a medium that cannot be written to.
func isReadOnly(err error) bool { return errors.Is(err, errorWriteProtect) }

// isDiskFull tells a full disk.
func isDiskFull(err error) bool {
	return errors.Is(err, errorDiskFull) || errors.Is(err, errorHandleDiskFull)
}
