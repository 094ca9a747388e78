package assets

import _ "embed"

// The pre-authorized debit agreement in both languages: text/template of Markdown, filled in by services/core.
var (
	//go:embed debit/en.md
	DebitEnglish string
	//go:embed debit/fr.md
	DebitFrench string
)
