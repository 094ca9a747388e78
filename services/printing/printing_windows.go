package printing

import (
	"context"
	"fmt"
	"syscall"
	"unsafe"
)

var shellExecute = syscall.NewLazyDLL("shell32.dll").NewProc("ShellExecuteW")

// What ShellExecute answers (shellapi.h): more than done when it worked.
const (
	done        = 32
	noProgram   = 31 // nothing prints files of this kind
	noShow      = 0
	alsoNothing = 27 // as above, the entry is broken
)

// Print has the program that belongs to the kind of a file, named by its absolute path, print it. The file has to stay for a
// while. Errors: ErrNoPrinter, and what the system says.
func Print(_ context.Context, path string) error {
	verb, err := syscall.UTF16PtrFromString("print")
	if err != nil {
		return fmt.Errorf("printing: %w", err)
	}
	file, err := syscall.UTF16PtrFromString(path)
	if err != nil {
		return fmt.Errorf("printing: %w", err)
	}
	code, _, _ := shellExecute.Call(0, uintptr(unsafe.Pointer(verb)), uintptr(unsafe.Pointer(file)), 0, 0, noShow)
	switch {
	case code > done:
		return nil
	case code == noProgram, code == alsoNothing:
		return ErrNoPrinter
	}
	return fmt.Errorf("printing: the system answers %d", code)
}
