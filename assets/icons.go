package assets

import "embed"

// Icons holds the line icons and drawings: SVG on a 24 px grid, stroke 1.6,
// drawn with the word currentColor where the theme puts its colour.
//
//go:embed icons/*.svg
var Icons embed.FS
