package keyring

import (
	"os"
	"runtime"
)

// others are the permission bits of everybody but the owner.
const others = 0o077

// readPrivate reads a file that only its owner may read. Where others could, it
// takes that right away first and says so. Windows has no such bits: there the
// data folder lies in the person's profile.
func readPrivate(path string) (data []byte, tightened bool, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, false, err
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&others != 0 {
		if err := os.Chmod(path, 0o600); err != nil {
			return nil, false, err
		}
		tightened = true
	}
	data, err = os.ReadFile(path)
	return data, tightened, err
}
