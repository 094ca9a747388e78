// Package printing hands files to the system's printers: to lp or lpr, or on Windows to the program that prints files of
// their kind. There is no dialog of its own; what the system asks, it asks.
package printing

import "errors"

// ErrNoPrinter says that there is no printer, or nothing that prints files of this kind.
var ErrNoPrinter = errors.New("printing: no printer")
