package vin_test

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"myaccount/services/vin"
)

func TestCheck_Known(t *testing.T) {
	t.Parallel()
	bmw := func(line, country string, year int, ok bool) vin.Info {
		return vin.Info{Make: "BMW", Line: line, Country: country, Year: year, CheckDigitOK: ok}
	}
	mini := vin.Info{Make: "MINI", Line: "MINI", Year: 2025, CheckDigitOK: true}
	tests := map[string]vin.Info{
		"1M8GDM9AXKP042788": {Country: "US", Year: 1989, CheckDigitOK: true},
		"11111111111111111": {Country: "US", Year: 2001, CheckDigitOK: true},
		"WBA5R1C58KA751236": bmw("BMW", "DE", 2019, true),
		"WBABR3344YEA82019": bmw("BMW", "DE", 2000, true),
		"1M8GDM9A0KP042788": {Country: "US", Year: 1989},
		"WBA3A5C51DF598123": bmw("BMW", "DE", 2013, false),
		"WBY43AW01RF000006": bmw("BMW i", "DE", 2024, true),
		"5UX23EM09S9000003": bmw("BMW", "US", 2025, true),
		"5UXKR0C50JL000004": bmw("BMW", "US", 2018, true),
		"WBA43AP0XPC000002": bmw("BMW", "DE", 2023, true),
		"5YM13EC02R9000005": bmw("BMW M", "US", 2024, true),
		"WBX73EF0XS5000008": bmw("BMW", "DE", 2025, true),
		"WMW53GD06S2000010": mini,
		// As people type or paste it.
		" wba5r1c5-8ka 751236\u200b": bmw("BMW", "DE", 2019, true),
		"WBA–5R1C5\u00a08KA751236\n": bmw("BMW", "DE", 2019, true),
		// European cars have 0, Z or U where the model year would be.
		"WBA5R1C580A751236": bmw("BMW", "DE", 0, false),
		"WBA5R1C58ZA751236": bmw("BMW", "DE", 0, false),
	}
	for number, want := range tests {
		t.Run(number, func(t *testing.T) {
			t.Parallel()
			if got, err := vin.Check(number); err != nil || got != want {
				t.Errorf("Check = %+v, %v; want %+v", got, err, want)
			}
		})
	}
}

func TestCheck_Refused(t *testing.T) {
	t.Parallel()
	tests := map[string]error{
		"":                   vin.ErrLength{Have: 0},
		" - ":                vin.ErrLength{Have: 0},
		"WBA5R1C58KA75123":   vin.ErrLength{Have: 16},
		"WBA5R1C58KA7512366": vin.ErrLength{Have: 18},
		"WBA5R1C58KA7512i6":  vin.ErrCharacter{Rune: 'I', Position: 16},
		"wbao":               vin.ErrCharacter{Rune: 'O', Position: 4},
		"Q1111111111111111":  vin.ErrCharacter{Rune: 'Q', Position: 1},
		"WBA5É1C58KA751236":  vin.ErrCharacter{Rune: 'É', Position: 5},
		"WBA5R1C58KA75123\u0131": vin.ErrCharacter{
			Rune: '\u0131', Position: 17,
		},
		"WBA.R1C58KA751236":          vin.ErrCharacter{Rune: '.', Position: 4},
		"WBA\xffR1C58KA751236":       vin.ErrCharacter{Rune: utf8.RuneError, Position: 4},
		"WBA5R1C58KA75123\U0001F697": vin.ErrCharacter{Rune: '\U0001F697', Position: 17},
	}
	for number, want := range tests {
		t.Run(number, func(t *testing.T) {
			t.Parallel()
			if _, err := vin.Check(number); !errors.Is(err, want) {
				t.Errorf("Check error = %v, want %v", err, want)
			}
		})
	}
}

func TestDecode_AsSoonAsPossible(t *testing.T) {
	t.Parallel()
	maker := vin.Info{Make: "BMW", Line: "BMW M", Country: "US"}
	year := maker
	year.Year = 2024
	whole := year
	whole.CheckDigitOK = true
	const number = "5YM13EC02R9000005"
	for length := range len(number) + 1 {
		want := vin.Info{}
		switch {
		case length == len(number):
			want = whole
		case length >= 10:
			want = year
		case length >= 3:
			want = maker
		}
		if got := vin.Decode(number[:length]); got != want {
			t.Errorf("Decode(%q) = %+v, want %+v", number[:length], got, want)
		}
	}
}

func TestDecode_Country(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"WUA": "DE", "2C3": "CA", "3N1": "MX", "38A": "", "JA3": "JP", "KLA": "KR",
		"VF1": "FR", "VSS": "ES", "ZFF": "IT", "SAJ": "GB", "TMB": "CZ", "YS3": "SE",
		"W0L": "DE", "WI1": "", "000": "", "WMW": "",
	}
	for wmi, want := range tests {
		if got := vin.Decode(wmi).Country; got != want {
			t.Errorf("Decode(%q).Country = %q, want %q", wmi, got, want)
		}
	}
}

func TestDecode_MotorcycleYear(t *testing.T) {
	t.Parallel()
	// Position 7 of a motorcycle's number does not tell the cycle.
	for number, want := range map[string]int{"WB10D1209L": 2020, "WB10D1A09L": 2020, "WB10D1A097": 2007} {
		if got := vin.Decode(number).Year; got != want {
			t.Errorf("Decode(%q).Year = %d, want %d", number, got, want)
		}
	}
}

func TestErrCharacter_LooksLike(t *testing.T) {
	t.Parallel()
	for r, want := range map[rune]rune{'I': '1', 'O': '0', 'Q': '0', 'É': 0, '.': 0} {
		if got := (vin.ErrCharacter{Rune: r}).LooksLike(); got != want {
			t.Errorf("LooksLike(%q) = %q, want %q", r, got, want)
		}
	}
}

const alphabet = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"

// numbers draws whole numbers of the alphabet.
func numbers() *rapid.Generator[string] {
	return rapid.StringOfN(rapid.RuneFrom([]rune(alphabet)), vin.Length, vin.Length, -1)
}

func TestCheckDigit_MakesValid(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		number := numbers().Draw(t, "number")
		digit, ok := vin.CheckDigit(number)
		if !ok {
			t.Fatalf("CheckDigit(%q) refused", number)
		}
		valid := number[:8] + string(digit) + number[9:]
		info, err := vin.Check(strings.ToLower(valid))
		if err != nil || !info.CheckDigitOK {
			t.Fatalf("Check(%q) = %+v, %v", valid, info, err)
		}
		// Any other digit in its place is wrong.
		other := rapid.SampledFrom([]byte("0123456789X")).
			Filter(func(b byte) bool { return b != digit }).Draw(t, "other")
		if vin.Decode(number[:8] + string(other) + number[9:]).CheckDigitOK {
			t.Fatalf("%q passes with %q", valid, other)
		}
	})
}

func TestCheckDigit_ChangedDigitBreaks(t *testing.T) {
	t.Parallel()
	// No weight but that of the check digit is 0 mod 11, and digits differ by
	// less than 11: one digit mistaken for another is always noticed.
	rapid.Check(t, func(t *rapid.T) {
		number := []byte(numbers().Draw(t, "number"))
		at := rapid.IntRange(0, vin.Length-1).Filter(func(i int) bool { return i != 8 }).Draw(t, "at")
		from := rapid.IntRange(0, 9).Draw(t, "from")
		to := (from + rapid.IntRange(1, 9).Draw(t, "by")) % 10
		number[at] = byte('0' + from)
		number[8], _ = vin.CheckDigit(string(number))
		number[at] = byte('0' + to)
		if vin.Decode(string(number)).CheckDigitOK {
			t.Fatalf("%s passes after a changed digit", number)
		}
	})
}

func TestCheckDigit_Refused(t *testing.T) {
	t.Parallel()
	for _, number := range []string{"", "WBA", "WBA5R1C58KA75123O", "wba5r1c58ka751236"} {
		if digit, ok := vin.CheckDigit(number); ok {
			t.Errorf("CheckDigit(%q) = %q", number, digit)
		}
	}
}

func FuzzCheck(f *testing.F) {
	for _, seed := range []string{"", "WBA5R1C58KA751236", "wba 5r1", "WBA\xff", "5ym13ec02r900000\u0130", "ÉÉÉÉÉÉÉÉ1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		info, err := vin.Check(s)
		number := vin.Normalize(s)
		if again := vin.Normalize(number); again != number {
			t.Errorf("Normalize is not stable: %q, %q", number, again)
		}
		if info != vin.Decode(s) {
			t.Errorf("Check and Decode differ on %q", s)
		}
		valid := len(number) == vin.Length && strings.Trim(number, alphabet) == ""
		if valid != (err == nil) {
			t.Errorf("Check(%q) error = %v", s, err)
		}
		if info.CheckDigitOK && !valid {
			t.Errorf("check digit accepted in %q", s)
		}
		if info.Year != 0 && (info.Year < 1980 || info.Year > 2039) {
			t.Errorf("year %d of %q", info.Year, s)
		}
	})
}
