package vin

// maker is what a world manufacturer identifier (WMI) says.
type maker struct{ make, line, country string }

// makers are the identifiers of the BMW Group and of other makers often seen
// in Canada. MINI's says where the maker sits, not where the car was built,
// so its country is left open.
var makers = map[string]maker{
	"WBA": {"BMW", "BMW", "DE"},
	"WBX": {"BMW", "BMW", "DE"},
	"WBS": {"BMW", "BMW M", "DE"},
	"WBY": {"BMW", "BMW i", "DE"},
	"WB5": {"BMW", "BMW i", "DE"},
	"4US": {"BMW", "BMW", "US"},
	"5UX": {"BMW", "BMW", "US"},
	"5YM": {"BMW", "BMW M", "US"},
	"3MW": {"BMW", "BMW", "MX"},
	"3MF": {"BMW", "BMW M", "MX"},
	"WB1": {"BMW", "BMW Motorrad", "DE"},
	"WMW": {"MINI", "MINI", ""},
	"WMZ": {"MINI", "MINI", ""},
	"SCA": {"Rolls-Royce", "Rolls-Royce", "GB"},

	"WAU": {"Audi", "Audi", "DE"},
	"WA1": {"Audi", "Audi", "DE"},
	"WDB": {"Mercedes-Benz", "Mercedes-Benz", "DE"},
	"WDD": {"Mercedes-Benz", "Mercedes-Benz", "DE"},
	"W1K": {"Mercedes-Benz", "Mercedes-Benz", "DE"},
	"WP0": {"Porsche", "Porsche", "DE"},
	"WP1": {"Porsche", "Porsche", "DE"},
	"WVW": {"Volkswagen", "Volkswagen", "DE"},
	"3VW": {"Volkswagen", "Volkswagen", "MX"},
	"YV1": {"Volvo", "Volvo", "SE"},
	"YV4": {"Volvo", "Volvo", "SE"},
	"5YJ": {"Tesla", "Tesla", "US"},
	"1FA": {"Ford", "Ford", "US"},
	"1FT": {"Ford", "Ford", "US"},
	"1G1": {"Chevrolet", "Chevrolet", "US"},
	"1HG": {"Honda", "Honda", "US"},
	"2HG": {"Honda", "Honda", "CA"},
	"JHM": {"Honda", "Honda", "JP"},
	"2T1": {"Toyota", "Toyota", "CA"},
	"2T3": {"Toyota", "Toyota", "CA"},
	"4T1": {"Toyota", "Toyota", "US"},
	"JTD": {"Toyota", "Toyota", "JP"},
	"JTH": {"Lexus", "Lexus", "JP"},
	"JF1": {"Subaru", "Subaru", "JP"},
	"JM1": {"Mazda", "Mazda", "JP"},
	"JN1": {"Nissan", "Nissan", "JP"},
	"KMH": {"Hyundai", "Hyundai", "KR"},
	"KNA": {"Kia", "Kia", "KR"},
	"KND": {"Kia", "Kia", "KR"},
}

// motorcycles are the identifiers whose position 7 says nothing about the
// model year.
var motorcycles = map[string]bool{"WB1": true}

// region is a range of the first two characters that belongs to one country
// (ISO 3780). The alphabet of the second goes A–Z, then 1–9, then 0.
type region struct {
	first    byte
	from, to byte
	country  string
}

// regions name the country when the maker is not in the table.
var regions = []region{
	{'1', 'A', '0', "US"},
	{'4', 'A', '0', "US"},
	{'5', 'A', '0', "US"},
	{'2', 'A', '0', "CA"},
	{'3', 'A', '7', "MX"},
	{'6', 'A', 'W', "AU"},
	{'9', 'A', 'E', "BR"},
	{'A', 'A', 'H', "ZA"},
	{'J', 'A', '0', "JP"},
	{'K', 'L', 'R', "KR"},
	{'L', 'A', '0', "CN"},
	{'M', 'A', 'E', "IN"},
	{'S', 'A', 'M', "GB"},
	{'S', 'N', 'T', "DE"},
	{'T', 'J', 'P', "CZ"},
	{'T', 'R', 'V', "HU"},
	{'V', 'A', 'E', "AT"},
	{'V', 'F', 'R', "FR"},
	{'V', 'S', 'W', "ES"},
	{'W', 'A', '0', "DE"},
	{'X', 'L', 'R', "NL"},
	{'Y', 'S', 'W', "SE"},
	{'Z', 'A', 'R', "IT"},
}

// decodeMaker reads the first three characters of a number.
func decodeMaker(wmi string) Info {
	if m, ok := makers[wmi]; ok {
		return Info{Make: m.make, Line: m.line, Country: m.country}
	}
	return Info{Country: regionOf(wmi[0], wmi[1])}
}

// regionOf returns the country of the first two characters, or "".
func regionOf(first, second byte) string {
	if !inAlphabet(rune(second)) {
		return ""
	}
	for _, r := range regions {
		if r.first == first && rank(r.from) <= rank(second) && rank(second) <= rank(r.to) {
			return r.country
		}
	}
	return ""
}

// rank orders the second character: A–Z, 1–9, 0.
func rank(c byte) int {
	switch {
	case c == '0':
		return 200
	case c <= '9':
		return 100 + int(c)
	}
	return int(c)
}
