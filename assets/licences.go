package assets

import _ "embed"

// Licences names what the program is made of and under which licence, a line each: name, tab, licence. A test of
// ui/settings compares it with go.mod.
//
//go:embed licences/licences.txt
var Licences string
