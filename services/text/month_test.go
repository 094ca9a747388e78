package text_test

import (
	"slices"
	"testing"
	"time"

	"myaccount/services/text"
)

func TestMonthsNamed(t *testing.T) {
	for s, want := range map[string][]time.Month{
		"nov": {time.November}, "ju": {time.June, time.July}, "fev": {time.February}, "feb": {time.February}, "aout": {time.August},
		"m": {time.March, time.May}, "a": {time.April, time.August}, "december": {time.December}, "decembre": {time.December},
		"": nil, "x": nil, "novembres": nil, "2": nil,
	} {
		if got := text.MonthsNamed(s); !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", s, got, want)
		}
	}
}
