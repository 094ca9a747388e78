//go:build unix

package disk

import (
	"errors"
	"syscall"
)

// full reports whether the disk or the quota is full.
func full(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}
