package password_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"myaccount/assets"
	"myaccount/services/brand"
	"myaccount/services/password"
)

var amelie = []string{"Amélie", "Tremblay", "amelie.tremblay@example.ca"}

func policy(t testing.TB) password.Policy {
	t.Helper()
	b, err := brand.Load(assets.Brand)
	if err != nil {
		t.Fatal(err)
	}
	return password.Policy{Min: b.Rules.PasswordMin, Max: b.Rules.PasswordMax, Words: b.Rules.ContextWords}
}

func TestPolicy_CheckAccepts(t *testing.T) {
	p := policy(t)
	for _, good := range []string{
		"correct horse boat stapler", "kTz8-vQp2-mN4x", "un petit chat gris", "soleil et pluie sur le quai",
		"orange-river-quiet-lamp", "Tremblay et ses 7 violons verts", "my lease has 3 yellow spoons",
		"жёлтая лодка плывёт", "静かな湖畔の森の影から声", "🐢 dort sous 🌙 et 🌧", "      x7 Q9 p2 kettle      ",
		strings.Repeat("k7$Zq-", 21) + "ab", // exactly 128
	} {
		if r := p.Check(good, amelie...); r.Problem != password.None || r.Word != "" || r.Score < 2 {
			t.Errorf("%q: %+v", good, r)
		}
	}
}

func TestPolicy_CheckRefuses(t *testing.T) {
	p := policy(t)
	for _, c := range []struct {
		password string
		problem  password.Problem
		word     string
	}{
		{"", password.Required, ""},
		{"x7Q9p2kettl", password.TooShort, ""},
		{"éééééééé", password.TooShort, ""}, // 8 characters, 16 bytes
		{strings.Repeat("k7$Zq-", 21) + "abc", password.TooLong, ""},

		{"password1234", password.Common, ""},
		{"P@ssw0rd1234", password.Common, ""},
		{"motdepasse1234", password.Common, ""},
		{"Motdepasse2025!", password.Common, ""},
		{"qwertyuiop12", password.Common, ""},
		{"azertyuiop12", password.Common, ""},
		{"azertyuiopqs", password.Common, ""},
		{"1q2w3e4r5t6y", password.Common, ""},
		{"!@#$%^&*()_+", password.Common, ""},
		{"123456789012", password.Common, ""},
		{"abcdefghijkl", password.Common, ""},
		{"            ", password.Common, ""},
		{"aaaaaaaaaaaa", password.Common, ""},
		{"bonjourbonjour", password.Common, ""},
		{"trustno1trustno1", password.Common, ""},
		{"septembre2024", password.Common, ""},
		{"September2025", password.Common, ""},
		{"décembre2026", password.Common, ""},
		{"Winter2025!!", password.Common, ""},
		{"canadiens2024", password.Common, ""},
		{"Bienvenue2025", password.Common, ""},
		{"jetaime12345", password.Common, ""},
		{"letmeinplease", password.Common, ""},
		{"tobeornottobe", password.Common, ""},
		{"To be, or not to be?", password.Common, ""},
		{"may the force be with you", password.Common, ""},
		{"Vive le Québec libre!", password.Common, ""},
		{"correct horse battery staple", password.Common, ""},
		{"bad\xff\xfe\xff\xfe\xff\xfe\xff\xfe\xff\xfe", password.Common, ""}, // no UTF-8

		{"tremblay1975", password.Context, "Tremblay"},
		{"Amélie.Tremblay1", password.Context, "Tremblay"},
		{"AMELIETREMBLAY", password.Context, "Tremblay"},
		{"tr3mbl4ytr3mbl4y", password.Context, "Tremblay"},
		{"bmwbmwbmwbmw", password.Context, "bmw"},
		{"bmwlease2024!", password.Context, "lease"},
		{"my-bmw-account-1", password.Context, "account"},
		{"amelie@example.ca", password.Context, "example"},
	} {
		r := p.Check(c.password, amelie...)
		if r.Problem != c.problem || r.Word != c.word {
			t.Errorf("%q: %q %q, want %q %q", c.password, r.Problem, r.Word, c.problem, c.word)
		}
		if r.Score > 1 || r.Advice == "" {
			t.Errorf("%q is refused with %d bars and the advice %q", c.password, r.Score, r.Advice)
		}
	}
}

func TestPolicy_CheckShortNamesDoNotCount(t *testing.T) {
	if r := policy(t).Check("liliental boat 9", "Li", "O"); r.Problem != password.None {
		t.Errorf("%+v", r)
	}
}

func TestPolicy_CheckAdvice(t *testing.T) {
	p := policy(t)
	for typed, want := range map[string]string{
		"":                             "longer",
		"short":                        "longer",
		strings.Repeat("k7$Zq-", 30):   "shorter",
		"tremblay1975":                 "personal",
		"carpetviolin":                 "words",
		"!@#$%^&*()_+":                 "keyboard",
		"abcdefghijkl":                 "sequence",
		"aaaaaaaaaaaa":                 "repeat",
		"19/02/1975 12":                "date",
		"password1234":                 "common",
		"correct horse boat stapler 7": "strong",
	} {
		if r := p.Check(typed, amelie...); r.Advice != "password.advice."+want {
			t.Errorf("%q: %s (%d bars), want %s", typed, r.Advice, r.Score, want)
		}
	}
}

// The slowest input is one of characters that zxcvbn reads as several letters.
func TestPolicy_CheckTime(t *testing.T) {
	p := policy(t)
	for _, slow := range []string{
		strings.Repeat("1!|7+$50@4", 1000), strings.Repeat("a", 100_000), strings.Repeat("\ufdfa", 128),
		strings.Repeat("é", 128), strings.Repeat("ab1", 5000), strings.Repeat("20251231", 500),
		strings.Repeat("(1|7{!4@", 16),
	} {
		start := time.Now()
		p.Check(slow, amelie...)
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%q… took %v", slow[:8], took)
		}
	}
}

func FuzzPolicy_Check(f *testing.F) {
	for _, s := range []string{"", "tr3mbl4y", "\xff", "é\u0301", strings.Repeat("1|", 70)} {
		f.Add(s, "Amélie")
	}
	p := policy(f)
	f.Fuzz(func(t *testing.T, typed, name string) {
		r := p.Check(typed, name)
		n := utf8.RuneCountInString(typed)
		if r.Problem == password.None && (n < p.Min || n > p.Max) {
			t.Errorf("%d characters accepted", n)
		}
		if (r.Problem == password.Context) != (r.Word != "") || r.Score < 0 || r.Score > 4 || r.Advice == "" {
			t.Errorf("%+v", r)
		}
	})
}

func BenchmarkPolicy_Check(b *testing.B) {
	p := policy(b)
	for b.Loop() {
		p.Check("soleil et pluie sur 9", amelie...)
	}
}
