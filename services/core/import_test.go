package core_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"myaccount/services"
	"myaccount/services/core"
	"myaccount/services/seal"
)

// portfolioOf makes a file of n customers with one loan and some payments each. Another version has other names and
// one payment more.
func portfolioOf(n, version int) []byte {
	var file bytes.Buffer
	for i := range n {
		fmt.Fprintf(&file, `{"customer_id":"C%d","first_name":"Ann","last_name":"Lee %d","email":"a%d@example.ca","province":"ON","agreements":[`+
			`{"number":"N%d","kind":"loan","vin":"WBX73EF0XS5000008","vehicle":{"year":2025,"make":"BMW","model":"X1"},`+
			`"currency":"CAD","start_date":"2026-01-01","end_date":"2027-01-01","term_months":12,"frequency":"monthly",`+
			`"payment":{"base":"860.66","tax":"0.00","total":"860.66"},"annual_rate":"6","amount_financed":"10000.00","payments":[`, i, version, i, i)
		for p := range 2 + version {
			if p > 0 {
				file.WriteByte(',')
			}
			fmt.Fprintf(&file, `{"id":"P%d","date":"2026-%02d-01","amount":"860.66","principal":"810.66","interest":"50.00","tax":"0.00","method":"pad","status":"posted"}`, p, p+2)
		}
		file.WriteString("]}]}\n")
	}
	return file.Bytes()
}

// dump reads everything that an import writes, unsealed.
func (h *harness) dump() []string {
	h.t.Helper()
	var list []string
	for _, query := range []struct{ table, sql string }{
		{"customer", `SELECT id, province, details FROM customer ORDER BY id`},
		{"agreement", `SELECT id, customer_id, details FROM agreement ORDER BY id`},
		{"", `SELECT a.id, p.id || p.date || p.principal || '-' || p.interest || '-' || p.tax || p.method || p.status, x''
			FROM payment p JOIN agreement a ON a.key = p.agreement ORDER BY a.id, p.id`},
	} {
		rows, err := h.db.File.Reader.QueryContext(context.Background(), query.sql)
		must(h.t, err)
		for rows.Next() {
			var id, text string
			var sealed []byte
			must(h.t, rows.Scan(&id, &text, &sealed))
			if query.table != "" {
				sealed, err = h.box.Open(sealed, seal.AD(query.table, "details", id))
				must(h.t, err)
			}
			list = append(list, id+" "+text+" "+string(sealed))
		}
		must(h.t, rows.Err())
		must(h.t, rows.Close())
	}
	return list
}

func TestImportPortfolio_Report(t *testing.T) {
	h := newHarness(t)
	h.SetImportBatch(10)
	var seen []services.ImportProgress
	report, err := h.ImportPortfolio(t.Context(), opener(portfolioOf(25, 0)), func(p services.ImportProgress) { seen = append(seen, p) })
	must(t, err)
	if want := (services.ImportReport{Customers: 25, Agreements: 25, Payments: 50}); report != want {
		t.Errorf("%+v, want %+v", report, want)
	}
	if got, want := fmt.Sprint(seen), "[{true 10} {true 20} {true 25} {false 10} {false 20} {false 25}]"; got != want {
		t.Errorf("progress %v, want %v", got, want)
	}
	if n := len(h.dump()); n != 25+25+50 {
		t.Errorf("%d rows", n)
	}
}

func TestImportPortfolio_AgainUpdates(t *testing.T) {
	h := newHarness(t)
	h.imports(portfolioOf(30, 1))
	h.imports(portfolioOf(20, 2)) // the last ten are absent
	after := h.dump()
	if report := h.imports(portfolioOf(20, 2)); report.Resumed {
		t.Error("an import that was complete is not resumed")
	}
	if again := h.dump(); !reflect.DeepEqual(again, after) {
		t.Error("importing twice is not the same as once")
	}
	all := strings.Join(after, "\n")
	if strings.Count(all, `"Lee 2"`) != 20 || strings.Count(all, `"Lee 1"`) != 10 || len(after) != 30+30+20*4+10*3 {
		t.Errorf("%d rows", len(after))
	}
}

func TestImportPortfolio_KeepsLinksAndHistory(t *testing.T) {
	h := newHarness(t)
	scheduled := `,{"id":"3","date":"2026-04-01","amount":"1.00","principal":"1.00","interest":"0.00","tax":"0.00","method":"pad","status":"scheduled"}`
	before := line([2]string{"810.66", "814.71"}, [2]string{"50.00", "45.95"}, scheduled)
	of(t, h, before)
	after := strings.NewReplacer(`"Ann"`, `"Anne"`, `"id":"1"`, `"id":"9"`, scheduled, "").Replace(before)
	h.imports([]byte(after))
	s := h.customer(alice)
	if !s.Info().Linked {
		t.Fatal("the link is gone")
	}
	_, err := s.SendCode(t.Context())
	must(t, err)
	must(t, enter(t, s, h.code(alice)))
	a := only(t, s)
	if a.PaymentsMade != 3 {
		t.Errorf("%d payments: one that the file has no more is history", a.PaymentsMade)
	}
	if !a.Next.Total.Equal(cad(t, "860.66")) {
		t.Errorf("%+v: what was scheduled and is no more is not", a.Next)
	}
	_, err = h.customerOf(bob).Link(t.Context(), services.LinkRequest{Method: services.LinkByBMWID, FirstName: "Anne", LastName: "Lee", BMWID: "77"})
	wantCode(t, err, services.CodeNotFound)
}

// customerOf registers somebody and signs them in.
func (h *harness) customerOf(email string) linking {
	h.person(email)
	return h.customer(email)
}

// An agreement that another customer has taken over goes to them.
func TestImportPortfolio_AgreementMoves(t *testing.T) {
	h := newHarness(t)
	before := line([2]string{"810.66", "814.71"}, [2]string{"50.00", "45.95"}, "")
	of(t, h, before)
	h.imports([]byte(strings.NewReplacer(`"77"`, `"78"`, `"Ann"`, `"Tom"`).Replace(before)))
	s := h.customerOf(bob)
	h.link(s, bob, services.LinkRequest{Method: services.LinkByBMWID, FirstName: "Tom", LastName: "Lee", BMWID: "78"}, false)
	if a := only(t, s); a.Number != "N7" || a.PaymentsMade != 2 {
		t.Errorf("%+v", a)
	}
}

func TestImportPortfolio_Faults(t *testing.T) {
	h := newHarness(t)
	good := string(portfolioOf(3, 0))
	var many strings.Builder
	for i := range 250 {
		many.WriteString(strings.Replace(string(portfolioOf(1, 0)), `"customer_id":"C0"`, fmt.Sprintf(`"customer_id":"%d","x":1`, i), 1))
	}
	for name, test := range map[string]struct {
		file  string
		total int
		first services.LineError
	}{
		"empty":       {"", 1, services.LineError{Line: 1, Reason: "required"}},
		"blank lines": {"\ufeff\r\n\r\n", 1, services.LineError{Line: 1, Reason: "required"}},
		"one field":   {good + strings.Replace(good, "C0", "", 1), 5, services.LineError{Line: 4, Field: "customer_id", Reason: "required"}},
		"no JSON":     {"hello\n" + good, 1, services.LineError{Line: 1, Reason: "format"}},
		"many":        {many.String(), 250, services.LineError{Line: 1, Field: "x", Reason: "unknown"}},
	} {
		_, err := h.ImportPortfolio(t.Context(), opener([]byte(test.file)), nil)
		var faults *services.PortfolioError
		if !errors.As(err, &faults) {
			t.Fatalf("%s: %v", name, err)
		}
		wantCode(t, err, services.CodeInvalid)
		if faults.Total != test.total || len(faults.Lines) != min(test.total, 100) || faults.Lines[0] != test.first {
			t.Errorf("%s: %d faults, %+v", name, faults.Total, faults.Lines[0])
		}
	}
	if rows := h.dump(); len(rows) > 0 {
		t.Errorf("%d rows were written", len(rows))
	}
}

func TestImportPortfolio_ToleratesMarksAndLineEnds(t *testing.T) {
	h := newHarness(t)
	h.imports([]byte("\ufeff" + strings.ReplaceAll(string(portfolioOf(3, 0)), "\n", "\r\n\r\n")))
	if n := len(h.dump()); n != 12 {
		t.Errorf("%d rows", n)
	}
}

func TestImportPortfolio_FileChangesMeanwhile(t *testing.T) {
	h := newHarness(t)
	files := [][]byte{portfolioOf(3, 0), portfolioOf(3, 1)}
	_, err := h.ImportPortfolio(t.Context(), func() (io.ReadCloser, error) {
		file, _ := opener(files[0])()
		files = files[1:]
		return file, nil
	}, nil)
	wantCode(t, err, services.CodeConflict)
}

func TestImportPortfolio_CannotOpen(t *testing.T) {
	h := newHarness(t)
	_, err := h.ImportPortfolio(t.Context(), func() (io.ReadCloser, error) { return nil, os.ErrPermission }, nil)
	if !errors.Is(err, os.ErrPermission) {
		t.Errorf("%v", err)
	}
}

// cutAfter imports a file and stops after so many batches. It tells whether it did.
func cutAfter(h *harness, data []byte, batches int) bool {
	h.SetImportBatch(10)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	_, err := h.ImportPortfolio(ctx, opener(data), func(p services.ImportProgress) {
		if !p.Checking && p.Customers >= batches*10 {
			cancel()
		}
	})
	return err != nil
}

// Cut off after any batch and imported again, also with another file in between, the state is that of a clean import.
func TestImportPortfolio_CutOffAnywhere(t *testing.T) {
	const of = 21 // three batches
	older, newer := portfolioOf(of, 0), portfolioOf(of, 1)
	h := newHarness(t)
	h.imports(newer)
	clean := h.dump()
	type cut struct {
		data    []byte
		batches int
	}
	for name, cuts := range map[string][]cut{
		"once":       {{newer, 1}},
		"twice":      {{newer, 1}, {newer, 2}},
		"at the end": {{newer, 3}},
		"older file": {{older, 2}},
		"in between": {{newer, 2}, {older, 1}},
		"both":       {{newer, 1}, {older, 2}, {newer, 1}},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHarness(t)
			for _, c := range cuts {
				cutAfter(h, c.data, c.batches)
			}
			h.imports(newer)
			if !reflect.DeepEqual(h.dump(), clean) {
				t.Error("not the state of a clean import")
			}
		})
	}
}

func TestImportPortfolio_Resumes(t *testing.T) {
	h := newHarness(t)
	data := portfolioOf(31, 0)
	if !cutAfter(h, data, 2) {
		t.Fatal("was not cut off")
	}
	var first services.ImportProgress
	report, err := h.ImportPortfolio(t.Context(), opener(data), func(p services.ImportProgress) {
		if !p.Checking && first.Customers == 0 {
			first = p
		}
	})
	must(t, err)
	if !report.Resumed || report.Customers != 31 || first.Customers != 30 {
		t.Errorf("%+v, first batch %+v", report, first)
	}
}

// killedImport names the environment variable by which the test below runs itself as the process to be killed.
const killedImport = "TEST_KILLED_IMPORT"

// Killed at any moment and imported again, the state is that of a clean import.
func TestImportPortfolio_Killed(t *testing.T) {
	data := portfolioOf(600, 0)
	if folder := os.Getenv(killedImport); folder != "" {
		importForKill(t, folder, data)
		return
	}
	h := newHarness(t)
	h.imports(data)
	clean := h.dump()
	resumed := 0
	for _, batches := range []int{1, 5, 12, 20} {
		folder := t.TempDir()
		must(t, os.WriteFile(filepath.Join(folder, "key"), sharedKeyBytes(t), 0o600))
		child := exec.Command(os.Args[0], "-test.run=^TestImportPortfolio_Killed$")
		child.Env = append(os.Environ(), killedImport+"="+folder)
		out, err := child.StdoutPipe()
		must(t, err)
		must(t, child.Start())
		lines := bufio.NewScanner(out) // one is written with each batch
		for range batches {
			lines.Scan()
		}
		must(t, child.Process.Kill())
		_ = child.Wait() // it was killed, or was over just before
		again := openHarness(t, filepath.Join(folder, "portal.db"), t.Cleanup)
		again.SetImportBatch(70)
		if again.imports(data).Resumed {
			resumed++
		}
		if !reflect.DeepEqual(again.dump(), clean) {
			t.Errorf("killed after %d batches: not the state of a clean import", batches)
		}
	}
	if resumed == 0 {
		t.Error("no import was killed in time")
	}
}

func sharedKeyBytes(t *testing.T) []byte {
	t.Helper()
	key, err := sharedKey()
	must(t, err)
	return key.Marshal()
}

// importForKill is the process that is killed.
func importForKill(t *testing.T, folder string, data []byte) {
	raw, err := os.ReadFile(filepath.Join(folder, "key"))
	must(t, err)
	key, err := seal.ParseKey(raw)
	must(t, err)
	sharedKey = func() (seal.Key, error) { return key, nil }
	h := openHarness(t, filepath.Join(folder, "portal.db"), t.Cleanup)
	h.SetImportBatch(20)
	_, err = h.ImportPortfolio(t.Context(), opener(data), func(p services.ImportProgress) {
		if !p.Checking {
			fmt.Println("batch")
		}
	})
	must(t, err)
}

var _ services.PortfolioImporter = (*core.Core)(nil)

// Customers with very many payments are written a few at a time, so that nobody waits long for the writer.
func TestImportPortfolio_FewRowsAtATime(t *testing.T) {
	h := newHarness(t)
	data := regexp.MustCompile(`2026-\d+-01","amount`).ReplaceAll(portfolioOf(12, 998), []byte(`2026-03-01","amount`))
	var steps []int
	open := func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }
	report, err := h.ImportPortfolio(t.Context(), open, func(p services.ImportProgress) {
		if !p.Checking {
			steps = append(steps, p.Customers)
		}
	})
	must(t, err)
	before := 0
	for _, step := range steps { // fewer on a slow machine, where time ends a transaction sooner
		if step-before > 5 {
			t.Errorf("%d customers at a time", step-before)
		}
		before = step
	}
	if report.Payments != 12_000 || before != 12 {
		t.Errorf("%d payments, written up to %v", report.Payments, steps)
	}
}
