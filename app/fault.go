package main

import (
	"fmt"

	"myaccount/services/text"
)

// fault is an error that the person can do something about. It prints as a sentence of the catalogue.
type fault struct {
	key   string    // of the sentence, "app.folder.denied"
	vars  text.Vars // what the sentence names
	err   error     // the cause, for the log; may be nil
	usage bool      // the command line is at fault
}

// Error is for the log: the key and the cause.
func (f *fault) Error() string {
	if f.err == nil {
		return f.key
	}
	return fmt.Sprintf("%s: %v", f.key, f.err)
}

// Unwrap gives the cause.
func (f *fault) Unwrap() error { return f.err }

// Sentence says in the printer's language what happened and what to do.
func (f *fault) Sentence(p *text.Printer) string { return p.T(f.key, f.vars) }
