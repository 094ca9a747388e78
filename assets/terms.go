package assets

import _ "embed"

// The Terms of Use as Markdown, in both languages. Their version stands in them
// and in the brand file.
var (
	//go:embed terms/en.md
	TermsEnglish string
	//go:embed terms/fr.md
	TermsFrench string
)
