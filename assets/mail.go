package assets

import "embed"

// Mail holds the layouts of the mails, one for each part: mail/mail.gohtml
// (html/template) and mail/mail.txt (text/template). services/mail fills them.
//
//go:embed mail/mail.gohtml mail/mail.txt
var Mail embed.FS
