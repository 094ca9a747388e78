// Package program holds what both binaries do alike before their own work begins: they read their configuration, write
// a log without personal data, and say what is wrong in a sentence.
package program

import (
	"fmt"

	"myaccount/services/text"
)

// Fault is an error that whoever runs the program can do something about. It prints as a sentence of the catalogue.
type Fault struct {
	Key   string    // of the sentence, "app.folder.denied"
	Vars  text.Vars // what the sentence names
	Err   error     // the cause, for the log; may be nil
	Usage bool      // the command line is at fault
}

// Error is for the log: the key and the cause.
func (f *Fault) Error() string {
	if f.Err == nil {
		return f.Key
	}
	return fmt.Sprintf("%s: %v", f.Key, f.Err)
}

// Unwrap gives the cause.
func (f *Fault) Unwrap() error { return f.Err }

// Sentence says in the printer's language what happened and what to do.
func (f *Fault) Sentence(p *text.Printer) string { return p.T(f.Key, f.Vars) }
