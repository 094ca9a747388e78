package desk

import (
	"errors"
	"os"
	"strings"
	"testing"

	"myaccount/services"
)

// add chooses a file of a size and confirms.
func (s *stage) add(name string, size int) string {
	s.t.Helper()
	path := s.file(name, size)
	s.addAgain(path)
	return path
}

func (s *stage) addAgain(path string) {
	s.t.Helper()
	s.Files.Choose = []string{path}
	s.screen.Tap(s.say("document.add"))
	s.screen.WaitFor(s.say("document.confirm"))
	toasts := len(s.Toasts)
	s.screen.Tap(s.say("document.confirm"))
	s.screen.Until("what came of it", func() bool { return len(s.Toasts) > toasts })
}

func (s *stage) papers() []services.DeskDocument {
	s.bureau.mu.Lock()
	defer s.bureau.mu.Unlock()
	return append([]services.DeskDocument{}, s.bureau.papers...)
}

func TestDesk_AddsADocument(t *testing.T) {
	s := english(t)
	s.queue("bank")
	s.add("quote.pdf", 20)
	got := s.papers()
	if len(got) != 1 || got[0].AgreementID != "agreement-bank" || got[0].Kind != services.DocumentQuote || got[0].Name != "quote.pdf" ||
		len(got[0].Data) != 20 || got[0].IdempotencyKey == "" {
		t.Fatalf("added %+v", got)
	}
	if said := s.Toasts[len(s.Toasts)-1]; !strings.Contains(said, "quote.pdf") || !strings.Contains(said, "among the customer’s documents") {
		t.Errorf("said %q", said)
	}
}

// A second try of the same file has the same key, so that it is added once; another file has another.
func TestDesk_DocumentTriedAgain(t *testing.T) {
	s := english(t)
	s.queue("bank")
	s.bureau.fail["PutDocument"] = services.Fail(services.CodeUnavailable)
	path := s.add("quote.pdf", 20)
	if said := s.Toasts[0]; !strings.Contains(said, "Nothing is lost") {
		t.Errorf("said %q", said)
	}
	delete(s.bureau.fail, "PutDocument")
	s.addAgain(path)
	s.addAgain(path)
	got := s.papers()
	if len(got) != 3 || got[0].IdempotencyKey != got[1].IdempotencyKey || got[1].IdempotencyKey == got[2].IdempotencyKey {
		t.Errorf("keys of %+v", got)
	}
}

func TestDesk_DocumentRefused(t *testing.T) {
	for want, err := range map[string]error{
		"we take PDF, JPEG, PNG":              services.Fail(services.CodeUnsupportedType),
		"not of the kind that its name says":  services.Invalid("name", services.ReasonMismatch),
		"takes no more":                       services.Invalid("file", services.ReasonTooMany),
		"This agreement is not there":         services.Fail(services.CodeNotFound),
		"could not be added. Nothing is lost": errors.New("fault"),
	} {
		s := english(t)
		s.queue("bank")
		s.bureau.fail["PutDocument"] = err
		s.add("quote.pdf", 20)
		if said := s.Toasts[0]; !strings.Contains(said, want) {
			t.Errorf("%v: said %q", err, said)
		}
	}
	s := english(t)
	s.queue("bank")
	s.add("film.pdf", 10<<20+1)
	if said := s.Toasts[0]; !strings.Contains(said, "larger than") || len(s.papers()) != 0 {
		t.Errorf("said %q", said)
	}
	path := s.file("gone.pdf", 1)
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	s.addAgain(path)
	if said := s.Toasts[1]; len(s.papers()) != 0 || !strings.Contains(said, "could not be read") {
		t.Errorf("said %q", said)
	}
}

func TestDesk_DocumentNotAfterAll(t *testing.T) {
	s := english(t)
	s.queue("bank")
	s.screen.Tap(s.say("document.add")) // no file is chosen
	s.Files.Choose = []string{s.file("quote.pdf", 20)}
	s.screen.Tap(s.say("document.add"))
	s.screen.Tap(s.say("document.cancel"))
	s.screen.Drain()
	if len(s.papers()) != 0 || len(s.Toasts) != 0 {
		t.Errorf("added %+v, said %q", s.papers(), s.Toasts)
	}
}
