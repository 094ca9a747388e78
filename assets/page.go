package assets

import "embed"

// Page holds the layout of the pages that links in mails lead to
// (html/template) and its style. services/server/page fills them.
//
//go:embed page/page.gohtml page/page.css
var Page embed.FS
