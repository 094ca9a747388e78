// Package myaccount is the root of the module. It holds what packaging and the program both need to know: the
// program's id and version, from FyneApp.toml.
//
// The program starts in app, the backend in app/server; services is the domain and ui the screens. README.md says
// where to read on.
package myaccount

import _ "embed"

// FyneApp is the text of FyneApp.toml. A built binary does not find the file, so app reads it from here.
//
//go:embed FyneApp.toml
var FyneApp []byte
