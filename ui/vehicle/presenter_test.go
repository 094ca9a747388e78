package vehicle

import (
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/uitest"
)

func TestParseKm(t *testing.T) {
	for typed, want := range map[string]struct {
		km     int64
		reason string
	}{
		"31480": {31_480, ""}, "31,480": {31_480, ""}, "31 480 km": {31_480, ""}, "31\u00a0480\u202fKM": {31_480, ""}, " 7 ": {7, ""},
		"1.234.567": {1_234_567, ""}, "31’480": {31_480, ""},
		"": {0, services.ReasonRequired}, " km ": {0, services.ReasonRequired}, "0": {0, services.ReasonRequired}, "000": {0, services.ReasonRequired},
		"-5": {0, services.ReasonFormat}, "31.4": {0, services.ReasonFormat}, "3,14,80": {0, services.ReasonFormat}, "many": {0, services.ReasonFormat},
		"99999999999999999999": {0, services.ReasonFormat}, "+5 km": {5, ""},
	} {
		if km, reason := parseKm(typed); km != want.km || reason != want.reason {
			t.Errorf("%q: %d %q, want %d %q", typed, km, reason, want.km, want.reason)
		}
	}
}

// What either language writes is read.
func TestParseKm_AsWritten(t *testing.T) {
	printers := []*text.Printer{uitest.Printer(t, text.English), uitest.Printer(t, text.French)}
	rapid.Check(t, func(rt *rapid.T) {
		want := rapid.Int64Range(1, 2_000_000).Draw(rt, "km")
		for _, p := range printers {
			written := p.T("vehicle.km", text.Vars{"Km": p.Number(want)})
			if km, reason := parseKm(written); km != want || reason != "" {
				rt.Fatalf("%q: %d %q", written, km, reason)
			}
		}
		if km, _ := parseKm(strconv.FormatInt(want, 10)); km != want {
			rt.Fatalf("%d is read as %d", want, km)
		}
	})
}

func FuzzParseKm(f *testing.F) {
	f.Add("31 480 km")
	f.Add("1,2,3")
	f.Fuzz(func(t *testing.T, typed string) {
		km, reason := parseKm(typed)
		if (km > 0) == (reason != "") {
			t.Errorf("%q: %d %q", typed, km, reason)
		}
	})
}
