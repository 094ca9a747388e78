package assets

import _ "embed"

// The faces of Inter that the app draws with: CFF OpenType, subset to the
// scripts of its two languages (assets/fonts/README.md says how they were
// made). Other scripts and emoji come from Fyne's fallback.
var (
	// InterRegular is the text face.
	//go:embed fonts/Inter-Regular.otf
	InterRegular []byte

	// InterSemiBold stands in for "bold" in the theme.
	//go:embed fonts/Inter-SemiBold.otf
	InterSemiBold []byte

	// InterTitle is the bold face of page titles and figures, set 2 % tighter.
	//go:embed fonts/Inter-Title.otf
	InterTitle []byte

	// InterTabular is the regular face with tabular digits frozen in.
	//go:embed fonts/Inter-Tabular.otf
	InterTabular []byte

	// InterTabularSemiBold is the semi-bold face with tabular digits.
	//go:embed fonts/Inter-TabularSemiBold.otf
	InterTabularSemiBold []byte
)
