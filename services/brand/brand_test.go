package brand_test

import (
	"strings"
	"testing"
	"time"

	"cloud.google.com/go/civil"

	"myaccount/assets"
	"myaccount/services/brand"
)

func TestLoad_OurFile(t *testing.T) {
	b, err := brand.Load(assets.Brand)
	if err != nil {
		t.Fatal(err)
	}
	r := b.Rules
	if b.Product.Name != "My BMW Account" || len(b.Topics) != 8 || b.Identity.Provider != "BMW Login" {
		t.Errorf("product %q, %d topics, provider %q", b.Product.Name, len(b.Topics), b.Identity.Provider)
	}
	if r.CodeLength != 6 || r.CodeTTL != 10*time.Minute || r.LockoutDuration != 24*time.Hour ||
		r.Retention() != 30*24*time.Hour || r.TrustFor() != 720*time.Hour || r.RemovalWarning() != 168*time.Hour ||
		r.AttachmentMaxBytes != 10<<20 || r.PasswordMin != 12 || r.PasswordMax != 128 {
		t.Errorf("rules: %+v", r)
	}
	if got := b.Topics[2].Name.In("fr"); got != "Remboursement anticipé" {
		t.Errorf("topic in French: %q", got)
	}
	if got := b.Topics[2].Name.In("de"); got != "Payoff" {
		t.Errorf("topic in a language we have not: %q", got)
	}
	if !strings.Contains(b.Product.Disclaimer.In("en"), "not affiliated") {
		t.Error("the disclaimer does not say that the project is independent")
	}
}

func TestTerms_VersionIsTheBrandFiles(t *testing.T) {
	b, err := brand.Load(assets.Brand)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"en": assets.TermsEnglish, "fr": assets.TermsFrench} {
		if !strings.Contains(text, "\nVersion "+b.Rules.TermsVersion+"\n") {
			t.Errorf("%s: the terms do not name version %s", name, b.Rules.TermsVersion)
		}
		if !strings.Contains(text, "BMW AG") {
			t.Errorf("%s: the terms do not say whom the project is independent of", name)
		}
	}
	if a, b := strings.Count(assets.TermsEnglish, "\n## "), strings.Count(assets.TermsFrench, "\n## "); a != b {
		t.Errorf("%d sections in English, %d in French", a, b)
	}
}

func TestLoad_NamesWhatIsWrong(t *testing.T) {
	for _, c := range []struct{ from, to, want string }{
		{`name = { en = "Payoff", fr = "Remboursement anticipé" }`, `name = { en = "Payoff" }`, "topics[2].name.fr"},
		{`id = "payoff"`, `id = "payment"`, "topics[2].id"},
		{`id = "payoff"`, `id = "Pay off"`, "topics[2].id"},
		{`code_ttl = "10m"`, `code_ttl = "0s"`, "rules.code_ttl"},
		{`code_ttl = "10m"`, ``, "rules.code_ttl"},
		{`code_ttl = "10m"`, `code_ttl = "ten"`, "code_ttl"},
		{`code_tries = 5`, `code_tries = -5`, "rules.code_tries"},
		{`code_tries = 5`, `code_tires = 5`, "code_tires"},
		{`code_length = 6`, `code_length = 4`, "rules.code_length"},
		{`password_max = 128`, `password_max = 8`, "rules.password_max"},
		{`captcha_after = 3`, `captcha_after = 30`, "rules.captcha_after"},
		{`session_max = "12h"`, `session_max = "1m"`, "rules.session_max"},
		{`removal_warning_days = 7`, `removal_warning_days = 30`, "rules.removal_warning_days"},
		{`attachment_max_bytes = 10485760`, `attachment_max_bytes = 0`, "rules.attachment_max_bytes"},
		{`"heic", "txt"`, `"heic", "exe"`, "rules.attachment_types"},
		{`languages = ["en", "fr"]`, `languages = ["en"]`, "rules.languages"},
		{`terms_version = "2026-11-21"`, `terms_version = "soon"`, "rules.terms_version"},
		{`primary_dark = "#4C8FEA"`, `primary_dark = "blue"`, "colours.primary_dark"},
		{`email = "customer.service@example.ca"`, `email = "Us <a@example.ca>"`, "contact.email"},
		{`url = "https://service.example.ca/booking"`, `url = "http://service.example.ca"`, "links[1].url"},
		{`rate = "9.975"`, `rate = "9,975"`, "taxes[1].rate"},
		{`from = "2013-01-01"`, `from = "2013-02-30"`, "taxes[1].from"},
		{`province = "ON"`, `province = "Ontario"`, "taxes[2].province"},
		{`autopay_cutoff_days = 3`, `autopay_cutoff_days = 10`, "rules.autopay_cutoff_days"},
		{`autopay_rate_discount = ""`, `autopay_rate_discount = "0,25"`, "rules.autopay_rate_discount"},
		{`inspection_since = "2024-04-05"`, `inspection_since = "spring"`, "rules.inspection_since"},
		{`inspection_provinces = ["QC"]`, `inspection_provinces = ["Québec"]`, "rules.inspection_provinces"},
		{`inspection_from_days = 60`, `inspection_from_days = 91`, "rules.inspection_from_days"},
		{`inspection_to_days = 30`, `inspection_to_days = 61`, "rules.inspection_to_days"},
		{`[product]`, `[product`, "reading the file"},
	} {
		file := strings.Replace(string(assets.Brand), c.from, c.to, 1)
		if file == string(assets.Brand) {
			t.Errorf("%q is not in the brand file", c.from)
			continue
		}
		if _, err := brand.Load([]byte(file)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v does not name %s", c.to, err, c.want)
		}
	}
}

func TestLoad_NamesEverythingAtOnce(t *testing.T) {
	_, err := brand.Load(nil)
	if err == nil {
		t.Fatal("an empty file was accepted")
	}
	for _, want := range []string{"product.name", "topics", "rules.code_ttl", "contact.phone", "colours.panel_to"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%v does not name %s", err, want)
		}
	}
}

func FuzzLoad(f *testing.F) {
	f.Add(assets.Brand)
	f.Add([]byte("topics = 5\n[rules]\nlanguages = 'en'"))
	f.Add([]byte("[product]\nsubtitle = []"))
	f.Fuzz(func(t *testing.T, file []byte) {
		b, err := brand.Load(file)
		if err == nil && (b.Rules.CodeTTL <= 0 || len(b.Topics) == 0) {
			t.Errorf("accepted: %+v", b)
		}
	})
}

func TestBrand_TaxesOn(t *testing.T) {
	b := brand.Brand{Taxes: []brand.Tax{
		{Province: "NS", Name: "HST", Rate: "15", From: civil.Date{Year: 2010, Month: 7, Day: 1}},
		{Province: "QC", Name: "GST", Rate: "5", From: civil.Date{Year: 2008, Month: 1, Day: 1}},
		{Province: "NS", Name: "HST", Rate: "14", From: civil.Date{Year: 2025, Month: 4, Day: 1}},
		{Province: "QC", Name: "QST", Rate: "9.975", From: civil.Date{Year: 2013, Month: 1, Day: 1}},
	}}
	for _, c := range []struct {
		province string
		on       civil.Date
		want     string
	}{
		{"QC", civil.Date{Year: 2026, Month: 1, Day: 1}, "GST 5 QST 9.975"},
		{"QC", civil.Date{Year: 2012, Month: 12, Day: 31}, "GST 5"},
		{"NS", civil.Date{Year: 2025, Month: 3, Day: 31}, "HST 15"},
		{"NS", civil.Date{Year: 2025, Month: 4, Day: 1}, "HST 14"},
		{"YT", civil.Date{Year: 2026, Month: 1, Day: 1}, ""},
	} {
		var got []string
		for _, tax := range b.TaxesOn(c.province, c.on) {
			got = append(got, tax.Name, tax.Rate)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s on %s: %v, want %s", c.province, c.on, got, c.want)
		}
	}
}
