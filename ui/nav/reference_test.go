package nav_test

import (
	"testing"

	"myaccount/assets"
	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/nav"
)

// answered is the cause of an error that a service has told.
type answered struct{}

func (answered) Error() string     { return "status 500" }
func (answered) RequestID() string { return "0190-77ab" }

func TestReference(t *testing.T) {
	catalogue, err := text.Load(assets.Translations)
	if err != nil {
		t.Fatal(err)
	}
	var toasts []string
	env := nav.Env{Toast: func(s string) { toasts = append(toasts, s) }}
	p := catalogue.Printer(text.French)
	r := env.Reference(p, &services.Error{Code: services.CodeInternal, Err: answered{}})
	if r.ID != "0190-77ab" || r.Words != "Demande 0190-77ab" {
		t.Errorf("%+v", r)
	}
	if r.Copied(); len(toasts) != 1 || toasts[0] != p.T("nav.reference.copied") {
		t.Errorf("toasts %q", toasts)
	}
	if r := env.Reference(p, services.Fail(services.CodeUnavailable)); r.ID != "" {
		t.Errorf("nobody has answered, and yet there is the id %q", r.ID)
	}
}
