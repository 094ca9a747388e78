package assets

import _ "embed"

// Brand is the brand file: names, contacts, topics and rules. services/brand
// reads it.
//
//go:embed brand/brand.toml
var Brand []byte
