package assets

import _ "embed"

// CommonPasswords lists words and phrases that are no passwords, one a line,
// with # for comments. services/password reads it.
//
//go:embed passwords/common.txt
var CommonPasswords string
