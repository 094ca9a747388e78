package myaccount_test

import (
	"encoding/json"
	"go/ast"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// catalogueKeys gives every key of the English catalogue; services/text tests that the French one has the same.
func catalogueKeys(t *testing.T) map[string]bool {
	t.Helper()
	files, err := filepath.Glob("assets/translations/en/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no catalogue: %v", err)
	}
	keys := map[string]bool{}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var messages map[string]any
		if err := json.Unmarshal(data, &messages); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for key := range messages {
			keys[key] = true
		}
	}
	return keys
}

// tails are what code puts after the beginning of a key.
type tails struct {
	list []string
	must bool // each is in the catalogue; else code asks first whether it is
}

func all(list ...string) tails  { return tails{list, true} }
func some(list ...string) tails { return tails{list, false} }

// madeKeys are the keys that code puts together, by their beginnings.
func madeKeys(t *testing.T) map[string]tails {
	words := strings.Fields
	kinds := constants(t, "services", "AgreementKind")
	reasons := with(constants(t, "services", "Reason"), constants(t, "ui/nav", "Reason")...)
	countries := words("AT AU BR CA CN CZ DE ES FR GB HU IN IT JP KR MX NL SE US ZA")
	mails := constants(t, "services/mail", "Kind")
	confirming := words("ask.title ask.text ask.submit working.title working.text failed.title gone.title gone.text gone.paste")
	fields := words("first_name last_name email password current confirm captcha vin last_payment code km totp body more_each more_once more_on autopay_bank_account_id autopay_day autopay_extra pay_amount pay_on pay_bank_account_id")
	return map[string]tails{
		"app.device.":              all("darwin", "linux", "windows"),
		"desk.document.kind.":      all("agreement", "quote", "other"),
		"document.file.":           all("agreement", "debit", "quote", "other"),
		"documents.kind.":          all("lease", "loan", "debit", "quote"),
		"documents.type.":          all("pdf", "jpeg", "png", "other"),
		"connect.":                 all(joined(words("unknown changed away failed"), ".title", ".text")...),
		"debit.language.":          all("en", "fr"),
		"desk.doubt.":              some(constants(t, "services", "DoubtKind")...),
		"desk.fact.":               all("agreement", "language", "vehicle"),
		"desk.kind.":               all(with(kinds, "other")...),
		"desk.language.":           all("en", "fr"),
		"desk.waits.":              all("now", "minutes", "hours", "days"),
		"entry.confirm.":           all(confirming...),
		"entry.join.":              all(confirming...),
		"entry.signin.note.":       all(joined(constants(t, "ui/entry", "Note"), ".title", ".text")...),
		"link.field.":              all("first_name", "last_name", "last_payment", "bmw_id", "vin"),
		"mail.":                    some(joined(mails, words(".subject .lead .body .button .note")...)...),
		"messages.agreement.":      all(with(kinds, "other")...),
		"nav.ending.":              all(kinds...),
		"nav.error.":               all(constants(t, "services", "Code")...),
		"nav.field.":               some(joined(fields, joined(words("."), reasons...)...)...),
		"nav.file.":                all(words("too_many unsent unreadable too_large unsupported empty mismatch name failed")...),
		"nav.payment.":             all(constants(t, "ui/payments", "status")...),
		"nav.read.":                all("internal", "unavailable"),
		"nav.reason.":              all(reasons...),
		"overview.end.options.":    all(kinds...),
		"overview.frequency.":      all(constants(t, "services", "Frequency")...),
		"overview.greeting.":       all("morning", "afternoon", "evening"),
		"overview.kind.":           all(kinds...),
		"page.":                    all(with(joined(words("activate confirm-email confirm-identity reset"), words(".ask.title .ask.text .ask.submit .done.title .done.text .gone.title .gone.text")...), "messages.title", "messages.text")...),
		"page.field.":              some(joined(words("password confirm"), "", ".hint")...),
		"page.reason.":             some(reasons...),
		"page.stop.":               all(joined(constants(t, "services/server/page", "stop"), ".title", ".text")...),
		"password.problem.":        some(reasons...),
		"pay.accounts.format.":     all("institution", "transit", "number"),
		"pay.suggest.":             all(constants(t, "services", "SuggestedKind")...),
		"payments.cancel.":         some("gone"),
		"payments.export.nothing.": all("csv", "ofx", "ics"),
		"payments.none.":           all(constants(t, "ui/payments", "view")...),
		"payments.payoff.":         all(joined(kinds, ".title", ".text")...),
		"payments.view.":           all(constants(t, "ui/payments", "view")...),
		"payoff.behind.":           all(with(constants(t, "services", "PayoffKind"), "balance_today", "unpaid_nothing", "unpaid_interest")...),
		"payoff.failed.":           some("internal", "unavailable"),
		"payoff.fee.":              some("purchase_option", "disposition"),
		"payoff.how.":              all(kinds...),
		"payoff.line.":             some(constants(t, "services", "PayoffKind")...),
		"payoff.option.":           all(joined(constants(t, "services", "LeaseOptionKind"), "", ".text", ".tell", ".request")...),
		"payoff.request.":          some(joined(joined(constants(t, "services", "PayoffChoice"), "."), kinds...)...),
		"payoff.stage.":            some(constants(t, "ui/payoff", "stage")...),
		"payoff.step.":             all(joined(constants(t, "services", "LeaseStepKind"), "", ".text")...),
		"payoff.title.":            all(kinds...),
		"payoff.waiting.":          some("buy", "return", "loan"),
		"payoff.wear.":             all("normal", "beyond", "law"),
		"portfolio.reason.":        some(reasons...),
		"profile.failed.":          all("internal", "unavailable"),
		"profile.notice.":          all(constants(t, "services", "NotificationEvent")...),
		"profile.outcome.":         all(constants(t, "services", "SignInOutcome")...),
		"sample.person.":           all(words("lease biweekly two ending past_due paid_off european")...),
		"server.cli.command.":      all(words("serve migrate import sample advisor add customer unlock mail list retry report purge backup restore seal rotate doctor debits export returns")...),
		"server.cli.flag.":         all(words("listen data http database blobs keyset smtp mail_from public_url tls_cert tls_key trusted_proxy log_level oidc_issuer oidc_client_id oidc_client_secret debit_originator debit_data_centre debit_short_name debit_long_name debit_return_institution debit_return_transit debit_return_account debit_settlement")...),
		"server.debits.fault.":     all(words("unknown mismatch")...),
		"server.mail.fate.":        all(with(constants(t, "services/core", "Refused"), "sent", "waiting")...),
		"settings.appearance.":     all("system", "light", "dark", "contrast"),
		"settings.data.sealed.":    all(constants(t, "services/seal/keyring", "Kind")...),
		"text.language.":           all("en", "fr"),
		"text.method.":             some(words("branch card cheque online other pad")...),
		"text.part.":               all(constants(t, "services", "PartKind")...),
		"text.returned.":           some(words("901 902 903 905 907 908 911 912 914 915 916 917 918")...),
		"text.tax.":                some("GST", "HST", "PST", "QST"),
		"vehicle.log.":             all("lender", "own"),
		"vehicle.step.":            all(constants(t, "services", "LeaseStepKind")...),
		"vehicle.vin.":             all(words("maker maker.unknown model check year year.unknown plant serial")...),
		"ui.notify.":               all(constants(t, "services", "NotificationEvent")...),
		"vin.built.":               all(countries...),
	}
}

// joined puts every ending after every word.
func joined(list []string, endings ...string) []string {
	var all []string
	for _, word := range list {
		for _, ending := range endings {
			all = append(all, word+ending)
		}
	}
	return all
}

// constants gives the texts of the constants of a type in a package, or of those without a type whose names begin so.
func constants(t *testing.T, dir, name string) []string {
	t.Helper()
	var texts []string
	for _, s := range sources(t) {
		if s.dir != dir || s.isTest() {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok || len(spec.Values) != 1 {
				return true
			}
			of, _ := spec.Type.(*ast.Ident)
			if of == nil && !strings.HasPrefix(spec.Names[0].Name, name) || of != nil && of.Name != name {
				return true
			}
			if text, ok := literal(spec.Values[0]); ok {
				texts = append(texts, text)
			}
			return true
		})
	}
	if len(texts) == 0 {
		t.Fatalf("%s has no constants %s", dir, name)
	}
	return texts
}

// literal gives the value of a text in quotes.
func literal(n ast.Node) (string, bool) {
	lit, ok := n.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(lit.Value)
	return text, err == nil
}

// otherNames look like keys and are none: the program's id, files and the place of a sealed value.
var otherNames = []string{"app.myaccount.desktop", "settings.json", "messages.json", "documents.json", "server.toml", "server.url", "mail.address"}

var keyForm = regexp.MustCompile(`^[a-z]+(\.[a-zA-Z0-9_-]+)+\.?$|^[a-z]+\.$`)

// named gives the keys, and the beginnings of keys, that stand in code as a text, each with a place where it stands.
func named(t *testing.T, keys map[string]bool) map[string]token.Pos {
	t.Helper()
	areas := map[string]bool{}
	for key := range keys {
		area, _, _ := strings.Cut(key, ".")
		areas[area] = true
	}
	texts := map[string]token.Pos{}
	for _, s := range sources(t) {
		if s.isTest() || s.servesTests() {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			text, ok := literal(n)
			area, _, _ := strings.Cut(text, ".")
			if ok && areas[area] && keyForm.MatchString(text) && !slices.Contains(otherNames, text) {
				texts[text] = n.Pos()
			}
			return true
		})
	}
	return texts
}

// TestCatalogue_Keys: what code asks for is in the catalogue, and what is in the catalogue is asked for.
func TestCatalogue_Keys(t *testing.T) {
	keys := catalogueKeys(t)
	unused := maps.Clone(keys)
	made := madeKeys(t)
	for text, at := range named(t, keys) {
		after, isMade := made[text]
		switch {
		case !strings.HasSuffix(text, "."):
			if delete(unused, text); !keys[text] {
				t.Errorf("%s: %q is not in the catalogue", positions.Position(at), text)
			}
		case !isMade:
			t.Errorf("%s: say in madeKeys what may follow %q", positions.Position(at), text)
		}
		for _, ending := range after.list {
			if delete(unused, text+ending); after.must && !keys[text+ending] {
				t.Errorf("%s: %q is not in the catalogue", positions.Position(at), text+ending)
			}
		}
		delete(made, text)
	}
	for beginning := range made {
		t.Errorf("nothing begins with %q any more", beginning)
	}
	for _, key := range slices.Sorted(maps.Keys(unused)) {
		t.Errorf("nothing says %q", key)
	}
}
