package main

import (
	"bytes"
	"strings"
	"testing"

	"myaccount/services/program"
	"myaccount/services/seal/keyring"
)

func TestKeys_NoteSaysWhere(t *testing.T) {
	var out bytes.Buffer
	k := &keys{where: keyring.Where{Kind: keyring.InFile, Path: "/private/sealing.key", Tightened: true}}
	k.note(program.NewLogger(&out, "info"))
	if got := out.String(); !strings.Contains(got, `"place":"file"`) || !strings.Contains(got, "tightened") || strings.Contains(got, "private") {
		t.Errorf("the log says %s", got)
	}
}
