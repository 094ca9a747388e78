package core_test

import (
	"bytes"
	"context"
	"errors"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"cloud.google.com/go/civil"

	"myaccount/services"
	"myaccount/services/core"
)

// months are the months of statements, the newest first.
func months(t testing.TB, s services.Documents, agreementID string) (list []string) {
	t.Helper()
	page, err := s.Documents(t.Context(), services.DocumentQuery{
		AgreementID: agreementID, Kind: services.DocumentStatement, Page: services.Page{Limit: 100},
	})
	must(t, err)
	for _, d := range page.Items {
		list = append(list, d.Month.String()[:7])
	}
	return list
}

func TestStatements_OneAMonthUntilTheLast(t *testing.T) {
	h := newHarness(t)
	s := linked(t, h, "lease")
	a, docs := only(t, s), s.(services.Documents)
	list := months(t, docs, a.ID)
	first := a.Start.String()[:7]
	if list[0] != "2026-02" || list[len(list)-1] != first {
		t.Errorf("from %s to %s, want from 2026-02 to %s", list[0], list[len(list)-1], first)
	}
	for i := 1; i < len(list); i++ {
		if list[i] >= list[i-1] {
			t.Errorf("%s after %s", list[i], list[i-1])
		}
	}
}

// TestStatements_MonthEndsWhereTheCustomerLives: in Québec a month ends hours after it does in UTC, four in
// summer.
func TestStatements_MonthEndsWhereTheCustomerLives(t *testing.T) {
	h := newHarness(t)
	h.clock.Set(time.Date(2026, 4, 1, 3, 55, 0, 0, time.UTC))
	s := linked(t, h, "lease")
	a, docs := only(t, s), s.(services.Documents)
	id := a.ID + "~2026-03"
	h.clock.Set(time.Date(2026, 4, 1, 3, 59, 59, 0, time.UTC))
	if list := months(t, docs, a.ID); list[0] != "2026-02" {
		t.Errorf("a second before the month is over: %s", list[0])
	}
	_, err := docs.OpenDocument(t.Context(), id, "en")
	wantCode(t, err, services.CodeNotFound)
	h.clock.Move(time.Second)
	page, err := docs.Documents(t.Context(), services.DocumentQuery{AgreementID: a.ID, Page: services.Page{Limit: 1}})
	must(t, err)
	if d := page.Items[0]; d.ID != id || !d.CreatedAt.Equal(h.clock.Now()) || d.Month != (civil.Date{Year: 2026, Month: 3, Day: 1}) {
		t.Errorf("%+v at %v", d, h.clock.Now())
	}
}

// authorized signs a linked person in on a device that is authorized.
func (h *harness) authorized(email string) services.Documents {
	h.t.Helper()
	c := center{harness: h}
	return c.signInLinked(email).(services.Documents)
}

// words is the text of a PDF, with single spaces.
func words(t testing.TB, data []byte) string {
	t.Helper()
	command := exec.Command("pdftotext", "-layout", "-", "-")
	command.Stdin = bytes.NewReader(data)
	out, err := command.Output()
	must(t, err)
	return strings.Join(strings.Fields(string(out)), " ")
}

// opened is the text of a document.
func opened(t testing.TB, s services.Documents, id, language string) (services.DocumentContent, string) {
	t.Helper()
	content, err := s.OpenDocument(t.Context(), id, language)
	must(t, err)
	if content.ID != id || content.Size != int64(len(content.Data)) {
		t.Errorf("%+v with %d bytes", content.Document, len(content.Data))
	}
	return content, words(t, content.Data)
}

// has checks that a text has all parts.
func has(t testing.TB, words string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(words, part) {
			t.Errorf("%q is missing in\n%s", part, words)
		}
	}
}

// TestStatements_Figures reads statements of a loan of 10,000 at 6 % whose first payment was due on February 1.
func TestStatements_Figures(t *testing.T) {
	h := newHarness(t)
	a := of(t, h, line([2]string{"810.66", "814.71"}, [2]string{"50.00", "45.95"}, ""))
	s := h.authorized(alice)
	if list := months(t, s, a.ID); !slices.Equal(list, []string{"2026-02", "2026-01"}) {
		t.Fatalf("statements %v", list)
	}
	content, text := opened(t, s, a.ID+"~2026-02", "en")
	has(t, text, "February 1, 2026 to February 28, 2026", "Ann Lee", "Loan N7", "2025 BMW X1", "WBX73EF0XS5000008",
		"Balance on Feb 28, 2026 $9,189.34", "Next payment, due Mar 1, 2026 $860.66", "Past due Nothing",
		"Feb 1, 2026 Online payment $810.66 $50.00 $0.00 $860.66",
		"Balance on Jan 31, 2026 $10,000.00", "Principal you repaid − $810.66",
		"Principal $814.71 Interest $45.95 Total $860.66", "Paid in all $860.66", "Interest in it $50.00", "1-800-555-0142")
	if content.FileName != "Statement 2026-02 N7.pdf" || content.Type != "application/pdf" {
		t.Errorf("%q, %q", content.FileName, content.Type)
	}
	_, text = opened(t, s, a.ID+"~2026-01", "fr")
	has(t, text, "Du 1er janvier 2026 au 31 janvier 2026", "Aucun paiement n’a été reçu pendant ce mois.", "Solde au 31 janv. 2026 10 000,00 $",
		"Prochain paiement, dû le 1er févr. 2026 860,66 $", "Payé en tout 0,00 $")
	again, _ := opened(t, s, a.ID+"~2026-02", "en")
	if !bytes.Equal(again.Data, content.Data) {
		t.Error("the same statement has other bytes")
	}
}

// TestStatements_PastDue: what was not paid by the end of the month is past due in its statement, though it was paid later.
func TestStatements_PastDue(t *testing.T) {
	h := newHarness(t)
	late := strings.Replace(line([2]string{"810.66", "814.71"}, [2]string{"50.00", "45.95"}, ""), `"date":"2026-02-01"`, `"date":"2026-03-01"`, 1)
	a := of(t, h, late)
	_, text := opened(t, h.authorized(alice), a.ID+"~2026-02", "en")
	has(t, text, "Past due since Feb 1, 2026 $860.66", "1 payment was not received", "Balance on Feb 28, 2026 $10,000.00", "No payment was received")
}

// TestStatements_FiguresThatDoNotAddUp: a statement says what was received, as the lender's file has it, and of the rest
// what follows from it; it never guesses.
func TestStatements_FiguresThatDoNotAddUp(t *testing.T) {
	small := strings.NewReplacer(`"base":"860.66"`, `"base":"40.00"`, `"total":"860.66"`, `"total":"40.00"`) // less than the interest
	lease := strings.NewReplacer(`"kind":"loan"`, `"kind":"lease","residual":"500.00"`)
	explained := "The payments on file do not follow the schedule"
	for what, tt := range map[string]struct {
		data       string
		want, none []string
	}{
		"interest by the day": {
			line([2]string{"811.99", "814.71"}, [2]string{"48.67", "45.95"}, ""),
			[]string{"Balance on Feb 28, 2026 $9,188.01", "$811.99 $48.67 $0.00 $860.66", "Next payment, due Mar 1, 2026 $860.66", "Past due Nothing", "Principal you repaid − $811.99"},
			[]string{explained, "Not available"},
		},
		"nearly all repaid": {
			line([2]string{"9800.00", "814.71"}, [2]string{"60.66", "45.95"}, ""), // nobody knows what is due after it
			[]string{"Balance on Feb 28, 2026 $200.00", "Next payment, due Mar 1, 2026 Not available", "$9,800.00 $60.66 $0.00 $9,860.66", explained},
			nil,
		},
		"more than was financed": {
			line([2]string{"10800.00", "814.71"}, [2]string{"60.66", "45.95"}, ""),
			[]string{"Balance on Feb 28, 2026 Not available", "Next payment Not available", "Past due Not available", "$10,800.00 $60.66 $0.00 $10,860.66", explained},
			[]string{"How the balance changed", "Nothing", "None"},
		},
		"no schedule": {
			small.Replace(line([2]string{"810.66", "814.71"}, [2]string{"50.00", "45.95"}, "")),
			[]string{"Balance on Feb 28, 2026 $9,189.34", "$810.66 $50.00 $0.00 $860.66", "Next payment, due Mar 1, 2026 $40.00"},
			nil,
		},
		"a part of a lease's payment": {
			lease.Replace(line([2]string{"300.00", "814.71"}, [2]string{"50.00", "45.95"}, "")),
			[]string{"Balance on Feb 28, 2026 $10,000.00", "$350.00 of the payment due Jan 1, 2026 was received", "Past due since Jan 1, 2026 $1,371.32", "Next payment, due Mar 1, 2026 $860.66"},
			[]string{explained},
		},
		"a lease's payments split otherwise": {
			lease.Replace(line([2]string{"10.00", "814.71"}, [2]string{"500.00", "45.95"}, "")),
			[]string{"Balance on Feb 28, 2026 Not available", "Past due since Jan 1, 2026 $1,211.32", "Next payment, due Mar 1, 2026 $860.66", "$10.00 $500.00 $0.00 $510.00", explained},
			[]string{"How the balance changed"},
		},
		"a lease paid ahead, nobody knows how": {
			lease.Replace(line([2]string{"1000.00", "814.71"}, [2]string{"950.00", "45.95"}, "")),
			[]string{"Balance on Feb 28, 2026 Not available", "Past due Nothing", "Next payment, due Mar 1, 2026 Not available", explained},
			nil,
		},
	} {
		h := newHarness(t)
		a := of(t, h, tt.data)
		s := h.authorized(alice)
		if list := months(t, s, a.ID); !slices.Equal(list, []string{"2026-02", "2026-01"}) {
			t.Errorf("%s: statements %v", what, list)
		}
		_, text := opened(t, s, a.ID+"~2026-02", "en")
		has(t, text, tt.want...)
		for _, none := range tt.none {
			if strings.Contains(text, none) {
				t.Errorf("%s: %q in\n%s", what, none, text)
			}
		}
	}
}

func TestStatements_Closed(t *testing.T) {
	h := newHarness(t)
	s := linked(t, h, "paid_off")
	a, docs := only(t, s), s.(services.Documents)
	list := months(t, docs, a.ID)
	if want := a.ClosedOn.String()[:7]; list[0] != want {
		t.Fatalf("the last is of %s, closed in %s", list[0], want)
	}
	_, text := opened(t, docs, a.ID+"~"+list[0], "en")
	has(t, text, "$0.00", "Closed on", "This agreement is closed.")
	for _, no := range []string{"Next payment", "Past due", "end this agreement before"} {
		if strings.Contains(text, no) {
			t.Errorf("%q on the statement of a closed agreement", no)
		}
	}
	if _, text := opened(t, docs, a.ID+"~"+list[1], "en"); strings.Contains(text, "Closed on") {
		t.Error("closed a month before it was")
	}
}

// TestStatements_EverySample opens every statement of every customer of the sample in both languages.
func TestStatements_EverySample(t *testing.T) {
	for _, key := range []string{"lease", "biweekly", "two", "ending", "past_due", "european"} {
		h := newHarness(t)
		s := linked(t, h, key)
		agreements, err := s.Agreements(t.Context())
		must(t, err)
		for _, a := range agreements {
			list := months(t, s.(services.Documents), a.ID)
			if len(list) == 0 {
				t.Errorf("%s: no statement", key)
			}
			for i, month := range list {
				_, err := s.(services.Documents).OpenDocument(t.Context(), a.ID+"~"+month, []string{"en", "fr"}[i%2])
				must(t, err)
			}
		}
	}
}

func TestDocuments_NotOnesOwn(t *testing.T) {
	c := newCenter(t)
	docs, others := c.amelie.(services.Documents), c.daniel.(services.Documents)
	put := c.putDocument("a.pdf")
	for _, id := range []string{
		"", "none", "~", "~2026-01", c.agreement.ID, c.agreement.ID + "~", c.agreement.ID + "~2026-13", c.agreement.ID + "~1999-01",
		c.agreement.ID + "~2026-03", c.agreement.ID + "~2026-1", "\x00", "\xff~2026-01",
	} {
		_, err := docs.OpenDocument(t.Context(), id, "en")
		wantCode(t, err, services.CodeNotFound)
	}
	for _, id := range []string{put.ID, c.agreement.ID + "~2026-02"} {
		_, err := others.OpenDocument(t.Context(), id, "en")
		wantCode(t, err, services.CodeNotFound)
	}
	_, err := others.Documents(t.Context(), services.DocumentQuery{AgreementID: c.agreement.ID})
	wantCode(t, err, services.CodeNotFound)
	_, err = docs.Documents(t.Context(), services.DocumentQuery{AgreementID: c.agreement.ID, Kind: "secret"})
	wantFields(t, err, map[string]string{"kind": services.ReasonUnknown})
	_, err = docs.Documents(t.Context(), services.DocumentQuery{AgreementID: c.agreement.ID, Page: services.Page{After: "?"}})
	wantFields(t, err, map[string]string{"after": services.ReasonFormat})
}

func TestDocuments_Pages(t *testing.T) {
	h := newHarness(t)
	s := linked(t, h, "paid_off")
	a, docs := only(t, s), s.(services.Documents)
	all := months(t, docs, a.ID)
	var seen []string
	for after := ""; ; {
		page, err := docs.Documents(t.Context(), services.DocumentQuery{AgreementID: a.ID, Page: services.Page{Limit: 7, After: after}})
		must(t, err)
		for _, d := range page.Items {
			seen = append(seen, d.Month.String()[:7])
		}
		if after = page.Next; after == "" {
			break
		}
	}
	if !slices.Equal(seen, all) {
		t.Errorf("in pages %v, at once %v", seen, all)
	}
}

// putDocument has the advisor put a PDF among the documents of Amélie's agreement.
func (c *center) putDocument(name string) services.Document {
	c.t.Helper()
	d, err := c.advisor.(services.DeskDocuments).PutDocument(c.ctx, deskDocument(c.agreement.ID, name, "key of a file"))
	must(c.t, err)
	return d
}

func deskDocument(agreementID, name, key string) services.DeskDocument {
	return services.DeskDocument{
		AgreementID: agreementID, Kind: services.DocumentQuote, Name: name, IdempotencyKey: key,
		Data: []byte("%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"),
	}
}

func TestPutDocument_IsSeenAndTold(t *testing.T) {
	c := newCenter(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	events, err := c.amelie.Subscribe(ctx, 0)
	must(t, err)
	put := c.putDocument("../Offre d’achat.pdf")
	if e := <-events; e.Kind != services.EventDocument || e.ID != put.ID {
		t.Errorf("event %+v, document %s", e, put.ID)
	}
	docs := c.amelie.(services.Documents)
	page, err := docs.Documents(t.Context(), services.DocumentQuery{AgreementID: c.agreement.ID})
	must(t, err)
	if d := page.Items[0]; d.ID != put.ID || d.Name != "Offre d’achat.pdf" || d.Kind != services.DocumentQuote || !d.CreatedAt.Equal(c.clock.Now()) {
		t.Errorf("the newest is %+v", d)
	}
	content, err := docs.OpenDocument(t.Context(), put.ID, "fr")
	must(t, err)
	if content.FileName != "Offre d’achat.pdf" || !bytes.HasPrefix(content.Data, []byte("%PDF")) {
		t.Errorf("%q, %q", content.FileName, content.Data)
	}
	again, err := c.advisor.(services.DeskDocuments).PutDocument(t.Context(), deskDocument(c.agreement.ID, "../Offre d’achat.pdf", "key of a file"))
	must(t, err)
	if again.ID != put.ID || len(c.blobKeys()) != 1 {
		t.Errorf("again %s, first %s; %d files", again.ID, put.ID, len(c.blobKeys()))
	}
	var archive bytes.Buffer
	must(t, c.amelie.Export(t.Context(), &archive))
	if !bytes.Contains(archive.Bytes(), []byte("documents/"+put.ID+"/Offre d’achat.pdf")) {
		t.Error("it is not in the export")
	}
}

func TestPutDocument_Refused(t *testing.T) {
	c := newCenter(t)
	desk := c.advisor.(services.DeskDocuments)
	good := deskDocument(c.agreement.ID, "a.pdf", "a key of it")
	for what, test := range map[string]struct {
		change func(d *services.DeskDocument)
		want   map[string]string
		code   services.Code
	}{
		"no kind":        {func(d *services.DeskDocument) { d.Kind = "" }, map[string]string{"kind": services.ReasonRequired}, ""},
		"a statement":    {func(d *services.DeskDocument) { d.Kind = services.DocumentStatement }, map[string]string{"kind": services.ReasonUnknown}, ""},
		"empty":          {func(d *services.DeskDocument) { d.Data = nil }, map[string]string{"file": services.ReasonRequired}, ""},
		"no name":        {func(d *services.DeskDocument) { d.Name = "/.." }, map[string]string{"name": services.ReasonRequired}, ""},
		"another ending": {func(d *services.DeskDocument) { d.Name = "a.png" }, map[string]string{"name": services.ReasonMismatch}, ""},
		"a key reused":   {func(d *services.DeskDocument) { d.IdempotencyKey = "" }, map[string]string{"idempotency_key": services.ReasonRequired}, ""},
		"no PDF":         {func(d *services.DeskDocument) { d.Data = []byte("MZ\x90\x00") }, nil, services.CodeUnsupportedType},
		"a text":         {func(d *services.DeskDocument) { d.Name, d.Data = "a.txt", []byte("text") }, nil, services.CodeUnsupportedType},
		"too large":      {func(d *services.DeskDocument) { d.Data = make([]byte, c.Brand.Rules.AttachmentMaxBytes+1) }, nil, services.CodeTooLarge},
		"no agreement":   {func(d *services.DeskDocument) { d.AgreementID = "none" }, nil, services.CodeNotFound},
	} {
		d := good
		test.change(&d)
		_, err := desk.PutDocument(t.Context(), d)
		if test.want != nil {
			wantFields(t, err, test.want)
		} else {
			wantCode(t, err, test.code)
		}
		if keys := c.blobKeys(); len(keys) != 0 {
			t.Errorf("%s: bytes stay", what)
		}
	}
}

// TestDocuments_Kept: a document outlives the clean-up, a new key and its reader's login, for it belongs to the agreement;
// bytes without a row do not.
func TestDocuments_Kept(t *testing.T) {
	c := newCenter(t)
	put := c.putDocument("a.pdf")
	must(t, c.Blobs.Put(c.ctx, "00000000-0000-7000-8000-999999999999", []byte("of a crash")))
	c.clock.Set(time.Now().Add(2 * time.Hour)) // blobs know the system's time
	must(t, c.PurgeOrphans(c.ctx))
	if keys := c.blobKeys(); !slices.Equal(keys, []string{put.ID}) {
		t.Errorf("blobs %q", keys)
	}
	s := c.signInLinked(amelieAddress)
	must(t, s.DeleteAccount(c.ctx, password))
	must(t, c.PurgeOrphans(c.ctx))
	if keys := c.blobKeys(); !slices.Equal(keys, []string{put.ID}) {
		t.Errorf("blobs %q once the login is gone", keys)
	}
}

// TestDocuments_Damaged: other bytes than were put are never handed out.
func TestDocuments_Damaged(t *testing.T) {
	c := newCenter(t)
	put := c.putDocument("a.pdf")
	must(t, c.Blobs.Put(c.ctx, put.ID, []byte("other bytes")))
	_, err := c.amelie.(services.Documents).OpenDocument(t.Context(), put.ID, "")
	wantCode(t, err, services.CodeInternal)
	must(t, c.Blobs.Delete(c.ctx, put.ID))
	_, err = c.amelie.(services.Documents).OpenDocument(t.Context(), put.ID, "")
	wantCode(t, err, services.CodeNotFound)
}

// TestPutDocument_RowFails leaves no row without its bytes, and no bytes for good.
func TestPutDocument_RowFails(t *testing.T) {
	c := newCenter(t)
	c.Store = failingDocuments{c.Store}
	_, err := c.advisor.(services.DeskDocuments).PutDocument(t.Context(), deskDocument(c.agreement.ID, "a.pdf", "a key of it"))
	wantCode(t, err, services.CodeInternal)
	c.clock.Set(time.Now().Add(2 * time.Hour))
	must(t, c.PurgeOrphans(t.Context()))
	if keys := c.blobKeys(); len(keys) != 0 {
		t.Errorf("bytes without a row: %q", keys)
	}
}

// failingDocuments is a store that writes no documents.
type failingDocuments struct{ core.Store }

type failingDocumentTx struct{ core.Tx }

func (failingDocumentTx) AddDocument(core.DocumentRow) error { return errors.New("disk failure") }

func (s failingDocuments) Update(ctx context.Context, fn func(core.Tx) error) error {
	return s.Store.Update(ctx, func(tx core.Tx) error { return fn(failingDocumentTx{tx}) })
}
