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

var at = time.Date(2026, 11, 20, 16, 5, 0, 0, time.UTC)

func thread(bodies ...string) document.Thread {
	t := document.Thread{
		Product: "My BMW Account", Reference: "M-7K3F-92QD", Topic: "Contract end options",
		Account: "Lease ending in 4471", SavedAt: at.Add(time.Hour), KeptUntil: at.AddDate(0, 0, 30),
	}
	for _, body := range bodies {
		t.Messages = append(t.Messages, document.Message{
			Author: "Amélie Tremblay", At: at, KeptUntil: at.AddDate(0, 0, 30), Body: body,
			Attachments: []document.Attachment{{Name: "registration.pdf", Size: 214 << 10}},
		})
	}
	return t
}

// read checks a document with qpdf and gives its text and number of pages.
func read(t *testing.T, thread document.Thread, lang text.Lang) (words string, pages int) {
	t.Helper()
	catalogue, err := text.Load(assets.Translations)
	if err != nil {
		t.Fatal(err)
	}
	data, err := thread.PDF(catalogue.Printer(lang))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "copy.pdf")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("qpdf", "--check", path).CombinedOutput(); err != nil {
		t.Fatalf("qpdf: %v\n%s", err, out)
	}
	out, err := exec.Command("pdftotext", "-layout", path, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext: %v", err)
	}
	return string(out), bytes.Count(out, []byte("\f"))
}

func TestThread_PDF(t *testing.T) {
	const body = "What would it cost to end my lease?\n\nŻółw, Ελλάδα, Москва, “quotes” – 1 234,56 $ → ok"
	for lang, want := range map[text.Lang][]string{
		text.English: {
			"Contract end options", "M-7K3F-92QD", "Lease ending in 4471", "December 20, 2026", "Nov 20, 2026, 5:05",
			"Amélie Tremblay", "in the Message Center until Dec 20, 2026", "What would it cost to end my lease?",
			"Żółw, Ελλάδα, Москва, “quotes” –", "→ ok", "registration.pdf (214 KB)", "1 attachment,", "Page 1 of 1", "My BMW Account",
		},
		text.French: {"20 décembre 2026", "20 nov. 2026 à 17", "registration.pdf (214 Ko)", "1 pièce jointe", "Page 1 de 1", "Référence"},
	} {
		words, pages := read(t, thread(body), lang)
		if pages != 1 {
			t.Errorf("%s: %d pages", lang, pages)
		}
		words = strings.ReplaceAll(words, "\u00a0", " ")
		for _, part := range want {
			if !strings.Contains(words, part) {
				t.Errorf("%s: %q is missing in\n%s", lang, part, words)
			}
		}
		if strings.Contains(words, "□") {
			t.Errorf("%s: a character was lost:\n%s", lang, words)
		}
	}
}

func TestThread_PDF_LostCharacters(t *testing.T) {
	words, _ := read(t, thread("Merci 👨‍👩‍👧 العربية \U00010000 end"), text.English)
	if !strings.Contains(words, "Merci □□□ □□□□□□□ □ end") || !strings.Contains(words, "Some characters cannot be written") {
		t.Errorf("lost characters are not told:\n%s", words)
	}
}

func TestThread_PDF_LongTexts(t *testing.T) {
	for what, body := range map[string]string{
		"lines":    strings.Repeat("x\n", 2000),
		"one word": strings.Repeat("W", 4000),
		"words":    strings.Repeat("a word ", 571),
	} {
		words, pages := read(t, thread(body, "the end"), text.English)
		if pages < 2 && what != "words" || !strings.Contains(words, "the end") {
			t.Errorf("%s: %d pages", what, pages)
		}
		count := func(s string) int { return strings.Count(s, "x") + strings.Count(s, "W") + strings.Count(s, "word") }
		if got, want := count(words), count(body)+count("\n"); got < want {
			t.Errorf("%s: %d of %d parts are there", what, got, want)
		}
		if strings.Contains(words, "{pages}") {
			t.Errorf("%s: the number of pages is not filled in", what)
		}
	}
}

func TestThread_PDF_Stable(t *testing.T) {
	catalogue, err := text.Load(assets.Translations)
	if err != nil {
		t.Fatal(err)
	}
	first, err := thread("a", "b").PDF(catalogue.Printer(text.French))
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		again, err := thread("a", "b").PDF(catalogue.Printer(text.French))
		if err != nil || !bytes.Equal(first, again) {
			t.Fatalf("another document for the same input (%v)", err)
		}
	}
}
