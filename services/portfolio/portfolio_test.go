package portfolio_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"

	"myaccount/services/finance"
	"myaccount/services/portfolio"
)

const payment = `{"id":"P1","date":"2026-01-05","amount":"847.32","principal":"600.00","interest":"136.95","tax":"110.37","method":"pad","status":"posted"}`

const agreement = `{"number":"L-1","kind":"lease","vin":"WBY43AW01RF000006","vehicle":{"year":2024,"make":"BMW","model":"i4 eDrive40"},` +
	`"currency":"CAD","start_date":"2025-01-05","end_date":"2029-01-05","term_months":48,"frequency":"monthly",` +
	`"payment":{"base":"736.95","tax":"110.37","total":"847.32"},"annual_rate":"4.99","amount_financed":"61250.00",` +
	`"residual":"30000","km_allowance":96000,"excess_km_rate":"0.20","odometer":{"km":12000,"on":"2026-01-02"},"due_day":5,` +
	`"taxes":[{"name":"GST","rate":"5"},{"name":"QST","rate":"9.975"}],"fees":[{"name":"Set-up","amount":"99.5"}],` +
	`"payments":[` + payment + `]}`

const customer = `{"customer_id":"BMW 1","first_name":"Élodie","last_name":"Lefèbvre","email":"elodie@example.ca",` +
	`"date_of_birth":"1980-02-29","language":"fr","province":"QC","agreements":[` + agreement + `]}`

// with replaces part of the valid line.
func with(old, replacement string) string {
	if !strings.Contains(customer, old) {
		panic("no " + old)
	}
	return strings.Replace(customer, old, replacement, 1)
}

func TestParseLine_Whole(t *testing.T) {
	t.Parallel()
	c, faults := portfolio.ParseLine([]byte(customer))
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	if c.ID != "BMW 1" || c.FirstName != "Élodie" || c.Born.String() != "1980-02-29" || c.Province != "QC" {
		t.Errorf("customer %+v", c)
	}
	a := c.Agreements[0]
	want := portfolio.Payment{ID: "P1", Date: a.Payments[0].Date, Principal: 60000, Interest: 13695, Tax: 11037, Method: "pad", Status: portfolio.Posted}
	if len(a.Payments) != 1 || a.Payments[0] != want || want.Date.String() != "2026-01-05" {
		t.Errorf("payments %+v", a.Payments)
	}
	if a.Kind != finance.KindLease || a.Frequency != finance.Monthly || a.Base != 73695 || a.Tax != 11037 ||
		a.Financed != 6125000 || a.Residual != 3000000 || a.ExcessRate != 20 || a.Fees[0].Amount != 9950 ||
		a.Allowance != 96000 || a.Odometer != 12000 || a.ReadOn.String() != "2026-01-02" || a.DueDay != 5 ||
		!a.ClosedOn.IsZero() || a.Taxes[1] != (portfolio.Tax{Name: "QST", Rate: "9.975"}) {
		t.Errorf("agreement %+v", a)
	}
}

func TestParseLine_Tolerates(t *testing.T) {
	t.Parallel()
	for name, line := range map[string]string{
		"null is missing":     with(`"email":"elodie@example.ca"`, `"email":null`),
		"white space":         " \t" + strings.ReplaceAll(customer, ",", " ,\t") + " ",
		"no agreements":       strings.Replace(customer, agreement, "", 1),
		"no payments":         with(payment, ""),
		"escapes":             with("Élodie", `\u00c9lod\u0069e`),
		"decomposed":          with("Élodie", "E\u0301lodie"),
		"spaces in a name":    with("Élodie", "  Élodie\u00a0 "),
		"lower case VIN":      with("WBY43AW01RF000006", "wby43aw01rf000006"),
		"wrong check digit":   with("WBY43AW01RF000006", "WBY43AW02RF000006"),
		"order of the fields": with(`"start_date":"2025-01-05","end_date":"2029-01-05"`, `"end_date":"2029-01-05","start_date":"2025-01-05"`),
	} {
		c, faults := portfolio.ParseLine([]byte(line))
		if len(faults) > 0 || c.ID != "BMW 1" || c.FirstName != "Élodie" {
			t.Errorf("%s: %q %v", name, c.FirstName, faults)
		}
	}
}

func TestParseLine_Faults(t *testing.T) {
	t.Parallel()
	const a, p = "agreements[0].", "agreements[0].payments[0]."
	tests := []struct{ old, replacement, field, reason string }{
		{`"Élodie"`, `""`, "first_name", portfolio.Required},
		{`"Élodie"`, `" "`, "first_name", portfolio.Required},
		{`"first_name":"Élodie",`, ``, "first_name", portfolio.Required},
		{`"Élodie"`, `null`, "first_name", portfolio.Required},
		{`"Élodie"`, `7`, "first_name", portfolio.Format},
		{`"Élodie"`, `{"a":[1,{"b":null}]}`, "first_name", portfolio.Format},
		{`"Élodie"`, `"` + strings.Repeat("é", 101) + `"`, "first_name", portfolio.TooLong},
		{`"Élodie"`, `"a\nb"`, "first_name", portfolio.Control},
		{`"Élodie"`, `"a\u202eb"`, "first_name", portfolio.Control},
		{`"first_name"`, `"nick":[true,false,-1.5e+3],"first_name"`, "nick", portfolio.Unknown},
		{`"first_name"`, `"last_name":"x","first_name"`, "last_name", portfolio.Duplicate},
		{`"elodie@example.ca"`, `"elodie"`, "email", portfolio.Format},
		{`"elodie@example.ca"`, `"a@b@c"`, "email", portfolio.Format},
		{`"elodie@example.ca"`, `"a@b\r\nBcc: c@d"`, "email", portfolio.Format},
		{`"elodie@example.ca"`, `"` + strings.Repeat("a", 250) + `@b.ca"`, "email", portfolio.TooLong},
		{`"1980-02-29"`, `"1981-02-29"`, "date_of_birth", portfolio.Format},
		{`"language":"fr"`, `"language":"de"`, "language", portfolio.Unknown},
		{`"QC"`, `"Québec"`, "province", portfolio.Format},
		{`[` + agreement + `]`, `{}`, "agreements", portfolio.Format},
		{agreement, agreement + `,` + agreement, "agreements[1].number", portfolio.Duplicate},
		{agreement, `5`, "agreements[0]", portfolio.Format},
		{`"lease"`, `"rental"`, a + "kind", portfolio.Unknown},
		{`"WBY43AW01RF000006"`, `"WBY43AW01RF00000O"`, a + "vin", portfolio.Format},
		{`"WBY43AW01RF000006"`, `"WBY43AW01RF00000"`, a + "vin", portfolio.Format},
		{`"WBY43AW01RF000006"`, `"WBY43AW01RF0000066"`, a + "vin", portfolio.TooLong},
		{`"year":2024`, `"year":24`, a + "vehicle.year", portfolio.Format},
		{`"year":2024`, `"year":2024.0`, a + "vehicle.year", portfolio.Format},
		{`"make":"BMW",`, ``, a + "vehicle.make", portfolio.Required},
		{`"CAD"`, `"JPY"`, a + "currency", portfolio.Unknown},
		{`"CAD"`, `"cad"`, a + "currency", portfolio.Unknown},
		{`"2029-01-05"`, `"2025-01-05"`, a + "end_date", portfolio.Mismatch},
		{`"2029-01-05"`, `"2029-1-5"`, a + "end_date", portfolio.Format},
		{`"term_months":48`, `"term_months":0`, a + "term_months", portfolio.Format},
		{`"monthly"`, `"weekly"`, a + "frequency", portfolio.Unknown},
		{`"total":"847.32"`, `"total":"847.33"`, a + "payment.total", portfolio.Mismatch},
		{`"base":"736.95"`, `"base":"-736.95"`, a + "payment.base", portfolio.Format},
		{`"base":"736.95"`, `"base":736.95`, a + "payment.base", portfolio.Format},
		{`"base":"736.95"`, `"base":"736.955"`, a + "payment.base", portfolio.Format},
		{`"base":"736.95"`, `"base":"736."`, a + "payment.base", portfolio.Format},
		{`"base":"736.95"`, `"base":"1,736.95"`, a + "payment.base", portfolio.Format},
		{`"base":"736.95"`, `"base":"9999999999999"`, a + "payment.base", portfolio.Format},
		{`"4.99"`, `"4,99"`, a + "annual_rate", portfolio.Format},
		{`"residual":"30000"`, `"residual":"70000"`, a + "residual", portfolio.Mismatch},
		{`"km":12000`, `"km":-1`, a + "odometer.km", portfolio.Format},
		{`"due_day":5`, `"due_day":32`, a + "due_day", portfolio.Format},
		{`"due_day":5`, `"due_day":5,"closed_on":"2024-01-01"`, a + "closed_on", portfolio.Mismatch},
		{`"rate":"9.975"`, `"rate":"x"`, a + "taxes[1].rate", portfolio.Format},
		{`"amount":"99.5"`, `"amount":"99.5","x":1`, a + "fees[0].x", portfolio.Unknown},
		{`"amount":"847.32"`, `"amount":"847.31"`, p + "amount", portfolio.Mismatch},
		{payment, payment + "," + payment, a + "payments[1].id", portfolio.Duplicate},
		{`"posted"`, `"pending"`, p + "status", portfolio.Unknown},
		{`"pad"`, `"P A D"`, p + "method", portfolio.Format},
		{`{"customer_id"`, `{,"customer_id"`, "", portfolio.Format},
		{`"QC"`, "\"Q\xff\"", "", portfolio.Format},
		{`"QC"`, "\"Q\x00\"", "", portfolio.Format},
		{`"QC"`, `"Q\x"`, "", portfolio.Format},
		{`"year":2024`, `"year":02024`, "", portfolio.Format},
		{customer, `[]`, "", portfolio.Format},
		{customer, `null`, "", portfolio.Format},
		{customer, customer + customer, "", portfolio.Format},
		{customer, customer[:len(customer)-1], "", portfolio.Format},
		{customer, strings.Repeat(`{"a":`, 10_000), "", portfolio.Format},
	}
	for _, test := range tests {
		_, faults := portfolio.ParseLine([]byte(with(test.old, test.replacement)))
		if want := []portfolio.Fault{{test.field, test.reason}}; !reflect.DeepEqual(faults, want) {
			t.Errorf("%.60s: %v, want %v", test.replacement, faults, want)
		}
	}
}

func TestParseLine_TellsEveryFault(t *testing.T) {
	t.Parallel()
	_, faults := portfolio.ParseLine([]byte(`{"customer_id":"","agreements":[{"vin":"x"}]}`))
	var fields []string
	for _, f := range faults {
		fields = append(fields, f.Field)
	}
	for _, want := range []string{"customer_id", "first_name", "last_name", "province", "agreements[0].vin", "agreements[0].number", "agreements[0].payments"} {
		if !strings.Contains(" "+strings.Join(fields, " ")+" ", " "+want+" ") {
			t.Errorf("no fault for %s in %v", want, fields)
		}
	}
}

// read reads a whole file.
func read(t *testing.T, r io.Reader) (lines []portfolio.Line) {
	t.Helper()
	for reader := portfolio.NewReader(r); ; {
		line, err := reader.Next()
		if errors.Is(err, io.EOF) {
			return lines
		}
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, line)
	}
}

// second is another customer than the first.
var second = strings.NewReplacer("BMW 1", "BMW 2", "L-1", "L-2").Replace(customer)

func TestReader_Next(t *testing.T) {
	t.Parallel()
	file := "\ufeff" + customer + "\r\n\r\n" + second + "\n\n" + strings.Repeat("x", portfolio.MaxLine+3) + "\n" + "{"
	for name, r := range map[string]io.Reader{"whole": strings.NewReader(file), "byte by byte": iotest.OneByteReader(strings.NewReader(file))} {
		lines := read(t, r)
		if len(lines) != 4 {
			t.Fatalf("%s: %d lines", name, len(lines))
		}
		for i, want := range []struct {
			number int
			faults []portfolio.Fault
		}{{1, nil}, {3, nil}, {5, []portfolio.Fault{{"", portfolio.TooLong}}}, {6, []portfolio.Fault{{"", portfolio.Format}}}} {
			if lines[i].Number != want.number || !reflect.DeepEqual(lines[i].Faults, want.faults) {
				t.Errorf("%s: line %d has %v, want %v", name, lines[i].Number, lines[i].Faults, want)
			}
		}
	}
}

func TestReader_NextFindsRepetitions(t *testing.T) {
	t.Parallel()
	moved := strings.Replace(second, "L-2", "l -1", 1)
	renamed := strings.Replace(customer, "L-1", "L-3", 1)
	lines := read(t, strings.NewReader(customer+"\n"+moved+"\n"+renamed))
	if want := []portfolio.Fault{{"agreements[0].number", portfolio.Duplicate}}; !reflect.DeepEqual(lines[1].Faults, want) {
		t.Errorf("agreement: %v", lines[1].Faults)
	}
	if want := []portfolio.Fault{{"customer_id", portfolio.Duplicate}}; !reflect.DeepEqual(lines[2].Faults, want) {
		t.Errorf("customer: %v", lines[2].Faults)
	}
}

func TestReader_NextPassesErrorsOn(t *testing.T) {
	t.Parallel()
	broken := errors.New("cable cut")
	reader := portfolio.NewReader(io.MultiReader(strings.NewReader(customer), iotest.ErrReader(broken)))
	if _, err := reader.Next(); !errors.Is(err, broken) {
		t.Errorf("%v", err)
	}
}

// A line that is written from any values reads as those values.
func TestParseLine_ReadsWhatWasWritten(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		cents := rapid.Int64Range(0, 99_999_999)
		principal, interest, tax := cents.Draw(t, "principal"), cents.Draw(t, "interest"), cents.Draw(t, "tax")
		money := func(n int64) string { return fmt.Sprintf("%d.%02d", n/100, n%100) }
		name := rapid.StringMatching(`[A-Za-zÀ-ÿ"\\ß’-]{1,100}`).Draw(t, "name")
		var line map[string]any
		if err := json.Unmarshal([]byte(customer), &line); err != nil {
			t.Fatal(err)
		}
		line["last_name"] = name
		paid := line["agreements"].([]any)[0].(map[string]any)["payments"].([]any)[0].(map[string]any)
		paid["principal"], paid["interest"], paid["tax"], paid["amount"] = money(principal), money(interest), money(tax), money(principal+interest+tax)
		raw, err := json.Marshal(line)
		if err != nil {
			t.Fatal(err)
		}
		c, faults := portfolio.ParseLine(raw)
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		got := c.Agreements[0].Payments[0]
		if c.LastName != name || got.Principal != principal || got.Interest != interest || got.Tax != tax {
			t.Fatalf("%+v", c)
		}
	})
}

// FuzzLine: a line is at fault as a whole exactly when it is no JSON object; nothing makes it panic; a customer
// without faults has all that is required.
func FuzzLine(f *testing.F) {
	for _, seed := range []string{customer, second, "{}", "[]", `{"a":"\u12"}`, `{"customer_id":1e5,"customer_id":null}`, "{\"a\":\"\xff\"}"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		c, faults := portfolio.ParseLine(line)
		whole := len(faults) == 1 && faults[0].Field == ""
		if !json.Valid(line) && !whole {
			t.Fatalf("no JSON, but %v", faults)
		}
		var object map[string]json.RawMessage
		deep := strings.Count(string(line), "[")+strings.Count(string(line), "{") > 32
		if json.Unmarshal(line, &object) == nil && object != nil && whole && !deep && object[""] == nil && strings.ToValidUTF8(string(line), "") == string(line) {
			t.Fatalf("JSON, but %v", faults)
		}
		if len(faults) == 0 && (c.ID == "" || c.FirstName == "" || c.LastName == "" || c.Province == "") {
			t.Fatalf("%+v", c)
		}
	})
}

func BenchmarkParseLine(b *testing.B) {
	long := with(payment, payment)
	for i := range 17 {
		long = strings.Replace(long, payment, payment+","+strings.Replace(payment, "P1", fmt.Sprint("Q", i), 1), 1)
	}
	b.SetBytes(int64(len(long)))
	b.ReportAllocs()
	for b.Loop() {
		if _, faults := portfolio.ParseLine([]byte(long)); len(faults) > 0 {
			b.Fatal(faults)
		}
	}
}
