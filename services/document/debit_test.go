package document_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"myaccount/assets"
	"myaccount/services/document"
	"myaccount/services/text"
)

func debitAgreement() document.DebitAgreement {
	return document.DebitAgreement{
		Product: "My BMW Account", Name: "Amélie Tremblay", Version: "a1b2c3",
		Texts: []string{
			"# Accord\n\nEntre vous et nous.\n\n## 1. Compte\n\n- Compte •••214\n- " + strings.Repeat("mot ", 60) + "fin\n",
			"# Agreement\n\nBetween you and us.\n",
		},
		Language: "Français", ShownFR: at, AcceptedAt: at.Add(time.Minute),
	}
}

func TestDebitAgreement_PDF(t *testing.T) {
	catalogue, err := text.Load(assets.Translations)
	if err != nil {
		t.Fatal(err)
	}
	data, err := debitAgreement().PDF(catalogue.Printer(text.French))
	if err != nil {
		t.Fatal(err)
	}
	again, err := debitAgreement().PDF(catalogue.Printer(text.French))
	if err != nil || !bytes.Equal(again, data) {
		t.Errorf("a second run gives other bytes, %v", err)
	}
	path := filepath.Join(t.TempDir(), "agreement.pdf")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("qpdf", "--check", path).CombinedOutput(); err != nil {
		t.Fatalf("qpdf: %v\n%s", err, out)
	}
	out, err := exec.Command("pdftotext", "-layout", path, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	words := string(out)
	for _, want := range []string{"Accord", "Agreement", "•••214", "fin", "Amélie Tremblay", "Texte français montré", "Accepté le", "a1b2c3"} {
		if !strings.Contains(words, want) {
			t.Errorf("%q is not in the document", want)
		}
	}
	if strings.Contains(words, "Texte anglais montré") || strings.Contains(words, "##") {
		t.Errorf("what was not shown is said to have been, or a mark is left:\n%s", words)
	}
	if fr, en := strings.Index(words, "Entre vous"), strings.Index(words, "Between you"); fr < 0 || en < fr {
		t.Errorf("the texts are not in their order")
	}
}

// Many are made at once: they must not touch one another's fonts.
func TestDebitAgreement_AtOnce(t *testing.T) {
	catalogue, err := text.Load(assets.Translations)
	if err != nil {
		t.Fatal(err)
	}
	made := make(chan []byte, 4)
	for range cap(made) {
		go func() {
			data, _ := debitAgreement().PDF(catalogue.Printer(text.French))
			made <- data
		}()
	}
	first := <-made
	for range cap(made) - 1 {
		if next := <-made; len(next) == 0 || !bytes.Equal(first, next) {
			t.Error("one has other bytes")
		}
	}
}
