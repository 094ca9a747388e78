package text

import (
	"strings"
	"time"
)

// MonthsNamed lists the months whose name, in either language, begins with a
// folded text: "nov" is November, "ju" June and July, "m" March and May.
func MonthsNamed(s string) (months []time.Month) {
	if s == "" {
		return nil
	}
	for m := time.January; m <= time.December; m++ {
		for _, lang := range Langs() {
			if strings.HasPrefix(Fold(formats[lang].cldr.MonthWide(m)), s) {
				months = append(months, m)
				break
			}
		}
	}
	return months
}
