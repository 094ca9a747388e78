package assets

import _ "embed"

// Sample describes the made-up people of the sample portfolio. services/sample
// reads it.
//
//go:embed sample/people.json
var Sample []byte
