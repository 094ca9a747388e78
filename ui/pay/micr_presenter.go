package pay

import "strings"

// The digits that the parts of a Canadian account number have (Payments Canada, CPA Standard 005 and 006).
const (
	institutionDigits = 3
	transitDigits     = 5
	numberLeast       = 7
	numberMost        = 12
)

// numbers are those at the foot of a cheque; leading zeros count.
type numbers struct{ institution, transit, number string }

// parseMICR reads a whole line of the foot of a cheque, as it is copied: "⑈001⑈ ⑆12345⑉003⑆ 1234567⑈" with its magnetic
// marks or what a program makes of them, "12345-003 123-456-7", "003 12345 1234567", or the 0 that banks put before the
// institution and the transit in electronic payments, "000312345 1234567". False where it is not one.
func parseMICR(line string) (numbers, bool) {
	if before, after, found := strings.Cut(line, "⑆"); found && strings.Contains(after, "⑆") {
		line = after // what stands before the first transit mark is the number of the cheque
	} else if found {
		line = before + " " + after
	}
	groups := strings.FieldsFunc(line, func(r rune) bool { return r < '0' || r > '9' })
	for _, read := range []func([]string) (numbers, bool){transitFirst, together, institutionFirst} {
		for i := range groups {
			if n, ok := read(groups[i:]); ok {
				return n, true
			}
		}
	}
	return numbers{}, false
}

// transitFirst reads "12345 003 1234567", the order on a cheque.
func transitFirst(groups []string) (numbers, bool) {
	if len(groups) < 3 {
		return numbers{}, false
	}
	return numbers{groups[1], groups[0], strings.Join(groups[2:], "")}.checked()
}

// institutionFirst reads "003 12345 1234567", the order on many forms.
func institutionFirst(groups []string) (numbers, bool) {
	if len(groups) < 3 {
		return numbers{}, false
	}
	return numbers{groups[0], groups[1], strings.Join(groups[2:], "")}.checked()
}

// together reads institution and transit in one: "12345003" or, with a 0 before, "000312345".
func together(groups []string) (numbers, bool) {
	if len(groups) < 2 {
		return numbers{}, false
	}
	head, number := groups[0], strings.Join(groups[1:], "")
	switch len(head) {
	case transitDigits + institutionDigits:
		return numbers{head[transitDigits:], head[:transitDigits], number}.checked()
	case 1 + transitDigits + institutionDigits:
		if head[0] == '0' {
			return numbers{head[1 : 1+institutionDigits], head[1+institutionDigits:], number}.checked()
		}
	}
	return numbers{}, false
}

// checked says whether each part has the digits that it should.
func (n numbers) checked() (numbers, bool) {
	ok := len(n.institution) == institutionDigits && len(n.transit) == transitDigits && fitsNumber(n.number)
	return n, ok
}

// fitsNumber tells whether an account's number has as many digits as one may have.
func fitsNumber(number string) bool { return len(number) >= numberLeast && len(number) <= numberMost }
