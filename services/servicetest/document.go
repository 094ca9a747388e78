package servicetest

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"time"

	"cloud.google.com/go/civil"

	"myaccount/services"
)

var documentCases = suite{
	"Documents_Documents/StatementOfEveryMonth":  statementOfEveryMonth,
	"Documents_Documents/MonthEndsAtHome":        monthEndsAtHome,
	"Documents_Documents/ClosedStay":             closedStay,
	"Documents_Documents/Pages":                  documentPages,
	"Documents_Documents/BadInput":               documentsBadInput,
	"Documents_OpenDocument/StatementInLanguage": statementInLanguage,
	"Documents_OpenDocument/OnlyOnesOwn":         documentOnlyOnesOwn,
	"Documents_CopyThread/OutlivesItsMessages":   copyOutlivesMessages,
	"Documents_CopyThread/NothingTwice":          copyNothingTwice,
	"Documents_CopyThread/KeepsWhatIsGone":       copyKeepsWhatIsGone,
	"Documents_CopyThread/OnlyOnesOwn":           copyOnlyOnesOwn,
	"Documents_CopyThread/TooMany":               copyTooMany,
	"Documents_RemoveDocument/OnlyCopies":        removeOnlyCopies,
	"DeskDocuments_PutDocument/ReachesCustomer":  putDocumentReaches,
	"DeskDocuments_PutDocument/Refused":          putDocumentRefused,
	"DeskDocuments_PutDocument/SameKey":          putDocumentSameKey,
	"DeskDocuments_PutDocument/TooMany":          putDocumentTooMany,
}

// documents lists all documents of an agreement of a kind, "" for any.
func (w *world) documents(s services.Documents, agreementID string, kind services.DocumentKind) (list []services.Document) {
	w.Helper()
	for after := ""; ; {
		page, err := s.Documents(w.ctx(), services.DocumentQuery{
			AgreementID: agreementID, Kind: kind, Page: services.Page{After: after, Limit: 100},
		})
		w.must(err)
		list = append(list, page.Items...)
		if after = page.Next; after == "" {
			return list
		}
	}
}

// statementOfEveryMonth lists one for each month from the start to the last one that is over, the newest first.
func statementOfEveryMonth(w *world) {
	s := w.customer(alice, "lease")
	a := w.agreement(s)
	list := w.documents(s, a.ID, "")
	month := civil.Date{Year: w.Now().Year(), Month: w.Now().Month(), Day: 1}
	for _, d := range list {
		month = month.AddMonths(-1)
		if d.Kind != services.DocumentStatement || d.Month != month || d.AgreementID != a.ID || d.Type != "application/pdf" || d.Name != "" ||
			!slices.Equal(d.Languages, []string{"en", "fr"}) || d.CreatedAt.Before(month.AddMonths(1).In(time.UTC)) {
			w.Errorf("for %s: %+v", month, d)
		}
	}
	if month.Year != a.Start.Year || month.Month != a.Start.Month {
		w.Errorf("the first is of %s, the agreement of %s", month, a.Start)
	}
	same(w, "the list again", w.documents(s, a.ID, services.DocumentStatement), list)
	same(w, "quotes", len(w.documents(s, a.ID, services.DocumentQuote)), 0)
}

// monthEndsAtHome: in Québec, four or five hours after it does in UTC.
func monthEndsAtHome(w *world) {
	zone, err := time.LoadLocation("America/Toronto")
	w.must(err)
	end := civil.Date{Year: w.Now().Year(), Month: w.Now().Month(), Day: 1}.AddMonths(1).In(zone)
	w.Advance(end.Add(-5 * time.Minute).Sub(w.Now()))
	s := w.customer(alice, "lease")
	id := w.agreement(s).ID
	before := w.documents(s, id, "")[0]
	w.Advance(end.Add(-time.Second).Sub(w.Now()))
	same(w, "newest", w.documents(s, id, "")[0], before)
	w.Advance(time.Second)
	after := w.documents(s, id, "")[0]
	if after.Month != before.Month.AddMonths(1) || !after.CreatedAt.Equal(end) {
		w.Errorf("newest %+v, before %+v", after, before)
	}
}

// closedStay: the last statement is of the month in which it was closed.
func closedStay(w *world) {
	s := w.customer(alice, "paid_off")
	a := w.agreement(s)
	list := w.documents(s, a.ID, "")
	if d := list[0]; d.Month.Year != a.ClosedOn.Year || d.Month.Month != a.ClosedOn.Month {
		w.Errorf("closed on %s, last %+v", a.ClosedOn, d)
	}
	for _, d := range []services.Document{list[0], list[len(list)-1]} {
		_, err := s.OpenDocument(w.ctx(), d.ID, "")
		w.must(err)
	}
}

func documentPages(w *world) {
	s := w.customer(alice, "paid_off")
	id := w.agreement(s).ID
	all := w.documents(s, id, "")
	var paged []services.Document
	for after := ""; ; {
		page, err := s.Documents(w.ctx(), services.DocumentQuery{AgreementID: id, Page: services.Page{After: after, Limit: 20}})
		w.must(err)
		if len(page.Items) > 20 {
			w.Errorf("%d at once", len(page.Items))
		}
		paged = append(paged, page.Items...)
		if after = page.Next; after == "" {
			break
		}
	}
	same(w, "page by page", paged, all)
}

func documentsBadInput(w *world) {
	s := w.customer(alice, "lease")
	id := w.agreement(s).ID
	_, err := s.Documents(w.ctx(), services.DocumentQuery{AgreementID: id, Kind: "secret"})
	w.refuses(err, "Documents.Documents", map[string]string{"kind": services.ReasonUnknown})
	_, err = s.Documents(w.ctx(), services.DocumentQuery{AgreementID: id, Page: services.Page{After: "nonsense"}})
	w.refuses(err, "Documents.Documents", map[string]string{"after": services.ReasonFormat})
}

func statementInLanguage(w *world) {
	s := w.customer(alice, "lease")
	a := w.agreement(s)
	d := w.documents(s, a.ID, services.DocumentStatement)[0]
	open := func(language string) services.DocumentContent {
		w.Helper()
		content, err := s.OpenDocument(w.ctx(), d.ID, language)
		w.must(err)
		if content.Size != int64(len(content.Data)) || !bytes.HasPrefix(content.Data, []byte("%PDF-")) || content.Month != d.Month {
			w.Errorf("%+v, %d bytes", content.Document, len(content.Data))
		}
		return content
	}
	english, french := open("en"), open("fr")
	month := d.Month.String()[:len("2006-01")]
	same(w, "file name", english.FileName, "Statement "+month+" "+a.LastDigits()+".pdf")
	same(w, "file name", french.FileName, "Relevé "+month+" "+a.LastDigits()+".pdf")
	if bytes.Equal(english.Data, french.Data) {
		w.Error("both languages are one")
	}
	same(w, "opened again", open("fr").Data, french.Data)
	same(w, "in the person's language", open("").Data, english.Data)
}

func documentOnlyOnesOwn(w *world) {
	s, other, desk := w.customer(alice, "lease"), w.customer(bob, "two"), w.Advisor(w)
	id := w.agreement(s).ID
	kept := w.putDocument(desk, id, "quote.pdf")
	statement := w.documents(s, id, services.DocumentStatement)[0]
	for _, d := range append(slices.Clone(strange), kept.ID, statement.ID) {
		_, err := other.OpenDocument(w.ctx(), d, "en")
		w.fails(err, "Documents.OpenDocument", services.CodeNotFound)
	}
	for _, month := range []string{"~1999-01", "~2999-01", "~2026-13", "~", "~x"} {
		_, err := s.OpenDocument(w.ctx(), id+month, "en")
		w.fails(err, "Documents.OpenDocument", services.CodeNotFound)
	}
	for _, a := range append(slices.Clone(strange), id) {
		_, err := other.Documents(w.ctx(), services.DocumentQuery{AgreementID: a})
		w.fails(err, "Documents.Documents", services.CodeNotFound)
	}
}

// deskDocument is a quote that nothing is wrong with.
func deskDocument(agreementID, name string) services.DeskDocument {
	return services.DeskDocument{
		AgreementID: agreementID, Kind: services.DocumentQuote, Name: name, Data: []byte(pdf), IdempotencyKey: "key-of-" + strconv.QuoteToASCII(name),
	}
}

// putDocument puts a quote among the documents of an agreement.
func (w *world) putDocument(desk services.DeskDocuments, agreementID, name string) services.Document {
	w.Helper()
	d, err := desk.PutDocument(w.ctx(), deskDocument(agreementID, name))
	w.must(err)
	return d
}

func putDocumentReaches(w *world) {
	s, desk := w.customer(alice, "paid_off"), w.Advisor(w) // also where the agreement is closed
	a := w.agreement(s)
	events, err := s.Subscribe(w.ctx(), 0)
	w.must(err)
	put := w.putDocument(desk, a.ID, `C:\scans\Offre d’achat.pdf`)
	if e := w.next(events, services.EventDocument); e.ID != put.ID {
		w.Errorf("told %+v of %s", e, put.ID)
	}
	if put.Name != "Offre d’achat.pdf" || put.Size != int64(len(pdf)) || put.Type != "application/pdf" || !put.CreatedAt.Equal(w.Now()) {
		w.Errorf("put %+v", put)
	}
	got := w.documents(s, a.ID, services.DocumentQuote)
	if len(got) != 1 || got[0].ID != put.ID || got[0].Name != put.Name {
		w.Fatalf("quotes %+v", got)
	}
	content, err := s.OpenDocument(w.ctx(), put.ID, "fr")
	w.must(err)
	same(w, "bytes", string(content.Data), pdf)
	same(w, "file name", content.FileName, put.Name)
	same(w, "newest of all", w.documents(s, a.ID, "")[0].ID, put.ID)
	w.Restart(w)
	content, err = w.again(alice).OpenDocument(w.ctx(), put.ID, "")
	w.must(err)
	same(w, "bytes after a restart", string(content.Data), pdf)
}

func putDocumentRefused(w *world) {
	s, desk := w.customer(alice, "lease"), w.Advisor(w)
	id := w.agreement(s).ID
	change := func(fn func(*services.DeskDocument)) error {
		d := deskDocument(id, "a.pdf")
		fn(&d)
		_, err := desk.PutDocument(w.ctx(), d)
		return err
	}
	const method = "DeskDocuments.PutDocument"
	w.refuses(change(func(d *services.DeskDocument) { d.Kind = "" }), method, map[string]string{"kind": services.ReasonRequired})
	w.refuses(change(func(d *services.DeskDocument) { d.Kind = services.DocumentStatement }), method, map[string]string{"kind": services.ReasonUnknown})
	w.refuses(change(func(d *services.DeskDocument) { d.Data = nil }), method, map[string]string{"file": services.ReasonRequired})
	w.refuses(change(func(d *services.DeskDocument) { d.Name = "/.." }), method, map[string]string{"name": services.ReasonRequired})
	w.refuses(change(func(d *services.DeskDocument) { d.Name = "a.png" }), method, map[string]string{"name": services.ReasonMismatch})
	w.refuses(change(func(d *services.DeskDocument) { d.IdempotencyKey = "" }), method, map[string]string{"idempotency_key": services.ReasonRequired})
	w.fails(change(func(d *services.DeskDocument) { d.Data = []byte(exe) }), method, services.CodeUnsupportedType)
	w.fails(change(func(d *services.DeskDocument) { d.Name, d.Data = "a.txt", []byte("text") }), method, services.CodeUnsupportedType)
	w.fails(change(func(d *services.DeskDocument) { d.Data = make([]byte, w.policy().AttachmentMax+1) }), method, services.CodeTooLarge)
	for _, unknown := range strange {
		w.fails(change(func(d *services.DeskDocument) { d.AgreementID = unknown }), method, services.CodeNotFound)
	}
	same(w, "quotes", len(w.documents(s, id, services.DocumentQuote)), 0)
}

func putDocumentSameKey(w *world) {
	s, desk := w.customer(alice, "lease"), w.Advisor(w)
	id := w.agreement(s).ID
	first := w.putDocument(desk, id, "a.pdf")
	for _, err := range atOnce(3, func(int) error {
		again, err := desk.PutDocument(w.ctx(), deskDocument(id, "a.pdf"))
		if err == nil && again.ID != first.ID {
			err = fmt.Errorf("another document: %s", again.ID)
		}
		return err
	}) {
		w.must(err)
	}
	other := deskDocument(id, "a.pdf")
	other.Kind = services.DocumentOther
	_, err := desk.PutDocument(w.ctx(), other)
	w.refuses(err, "DeskDocuments.PutDocument", map[string]string{"idempotency_key": services.ReasonReused})
	same(w, "documents", len(w.documents(s, id, services.DocumentQuote)), 1)
}

func putDocumentTooMany(w *world) {
	s, desk := w.customer(alice, "lease"), w.Advisor(w)
	id := w.agreement(s).ID
	for i := range 100 {
		w.putDocument(desk, id, fmt.Sprintf("%03d.pdf", i))
	}
	_, err := desk.PutDocument(w.ctx(), deskDocument(id, "more.pdf"))
	w.refuses(err, "DeskDocuments.PutDocument", map[string]string{"file": services.ReasonTooMany})
	same(w, "documents", len(w.documents(s, id, services.DocumentQuote)), 100)
}
