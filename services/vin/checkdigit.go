package vin

// checkPosition is the index of the check digit.
const checkPosition = 8

// values are the values of A to Z (49 CFR 565.15, table III); 0 marks I, O
// and Q, which no VIN has.
var values = [26]int{
	1, 2, 3, 4, 5, 6, 7, 8, 0, // A–I
	1, 2, 3, 4, 5, 0, 7, 0, 9, // J–R
	2, 3, 4, 5, 6, 7, 8, 9, // S–Z
}

// weights are the weights of the positions (table IV).
var weights = [Length]int{8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2}

// CheckDigit computes the character of position 9, '0' to '9' or 'X', of a
// normalized number; the character that stands there does not matter. It
// reports false unless the number is whole and of valid characters.
func CheckDigit(number string) (byte, bool) {
	if len(number) != Length {
		return 0, false
	}
	sum := 0
	for i, weight := range weights {
		if i == checkPosition {
			continue
		}
		r := rune(number[i])
		if !inAlphabet(r) {
			return 0, false
		}
		sum += weight * value(r)
	}
	return "0123456789X"[sum%11], true
}

// inAlphabet reports whether a VIN may contain the character.
func inAlphabet(r rune) bool {
	return '0' <= r && r <= '9' || 'A' <= r && r <= 'Z' && values[r-'A'] != 0
}

// value returns the value of a character of the alphabet.
func value(r rune) int {
	if r <= '9' {
		return int(r - '0')
	}
	return values[r-'A']
}
