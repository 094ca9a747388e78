// Package assets holds the files that are built into the program: nothing but
// variables of go:embed lives here.
package assets

import "embed"

// Translations holds the sentences of the program: one flat JSON file per
// area in translations/en and translations/fr. services/text reads it.
//
//go:embed translations/en/*.json translations/fr/*.json
var Translations embed.FS
