package main

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"myaccount/services/api"
)

// portfolioOf is the file of n customers with one agreement and two payments each.
func portfolioOf(n int) []byte {
	var file bytes.Buffer
	for i := range n {
		fmt.Fprintf(&file, `{"customer_id":"C%d","first_name":"Ann","last_name":"Lee","email":"a%d@example.ca","province":"ON","agreements":[`+
			`{"number":"N%d","kind":"loan","vin":"WBX73EF0XS5000008","vehicle":{"year":2025,"make":"BMW","model":"X1"},`+
			`"currency":"CAD","start_date":"2026-01-01","end_date":"2027-01-01","term_months":12,"frequency":"monthly",`+
			`"payment":{"base":"860.66","tax":"0.00","total":"860.66"},"annual_rate":"6","amount_financed":"10000.00","payments":[`, i, i, i)
		for p := range 2 {
			fmt.Fprintf(&file, `%s{"id":"P%d","date":"2026-%02d-01","amount":"860.66","principal":"810.66","interest":"50.00",`+
				`"tax":"0.00","method":"pad","status":"posted"}`, strings.Repeat(",", p), p, p+2)
		}
		file.WriteString("]}]}\n")
	}
	return file.Bytes()
}

// TestImport_Killed kills an import in its middle, while a server runs on the same data and goes on answering. Started
// again, it goes on where it was.
func TestImport_Killed(t *testing.T) {
	t.Parallel()
	const customers = 12_000
	data := t.TempDir()
	file := filepath.Join(data, "portfolio.jsonl")
	must(t, os.WriteFile(file, portfolioOf(customers), 0o600))
	s := serves(t, nil, "--http", "--data", data)
	cut := begin(t, "program", nil, "import", file, "--data", data)
	cut.line("Writing: 1,000 customers")
	cut.kill()
	began := time.Now()
	again := begin(t, "program", nil, "import", file, "--data", data)
	first := again.line("Writing: ")
	s.call(http.MethodPost, api.PathActivations, api.Activation{Token: "none"}, http.StatusGone, nil) // which writes
	if took := time.Since(began); took > wait/2 {
		t.Errorf("the server answered after %v", took)
	}
	if code := again.end(); code != exitDone {
		t.Fatalf("exit code %d: %s", code, again.errors())
	}
	out := again.rest()
	for _, want := range []string{"it was continued", "Imported: 12,000 customers, 12,000 agreements, 24,000 payments."} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in %s", want, out)
		}
	}
	if first == "Writing: 1,000 customers" {
		t.Error("it began anew")
	}
	s.stop()
}

func TestImport_Faults(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	file := filepath.Join(data, "portfolio.jsonl")
	bad := strings.Replace(string(portfolioOf(3)), `"vin":"WBX73EF0XS5000008"`, `"vin":"WBX"`, 1)
	bad = strings.Replace(bad, `"customer_id":"C2",`, "", 1)
	must(t, os.WriteFile(file, []byte(bad), 0o600))
	_, errOut, code := runs(t, nil, "import", file, "--data", data)
	for _, want := range []string{
		"Line 1: agreements[0].vin: ", "Line 3: customer_id: Missing or empty", "Faults in the file: 2. Nothing was imported.",
	} {
		if code != exitFailure || !strings.Contains(errOut, want) {
			t.Errorf("exit code %d, no %q in %s", code, want, errOut)
		}
	}
	_, errOut, code = runs(t, []string{"LC_ALL=fr_CA.UTF-8"}, "import", file, "--data", data)
	if code != exitFailure || !strings.Contains(errOut, "Ligne 3\u00a0: customer_id\u00a0: ") {
		t.Errorf("exit code %d: %s", code, errOut)
	}
	_, errOut, code = runs(t, nil, "import", filepath.Join(data, "none"), "--data", data)
	if code != exitFailure || !strings.Contains(errOut, "cannot be read") {
		t.Errorf("exit code %d: %s", code, errOut)
	}
}
