package documents_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"myaccount/services"
	"myaccount/services/document"
	"myaccount/services/picture"
	"myaccount/services/text"
	"myaccount/ui/documents"
	"myaccount/ui/uitest"
)

// papers are the documents of the lease: five statements, and one of every other kind.
func papers() (list []services.Document) {
	for n := range 5 {
		month := uitest.Date(2026, 10, 1).AddMonths(-n)
		list = append(list, services.Document{
			ID: "a1~" + month.String()[:7], AgreementID: "a1", Kind: services.DocumentStatement, Month: month,
			Languages: []string{"en", "fr"}, Type: "application/pdf", CreatedAt: month.AddMonths(1).In(time.UTC), KeptHere: n > 1, Size: int64(n) << 13,
		})
	}
	at := time.Date(2025, 6, 2, 15, 0, 0, 0, time.UTC)
	return append(list,
		services.Document{ID: "quote", AgreementID: "a1", Kind: services.DocumentQuote, Name: "Purchase quote.pdf", Type: "application/pdf", Size: 81 << 10, CreatedAt: at},
		services.Document{ID: "talk", AgreementID: "a1", Kind: services.DocumentMessage, Name: "Contract end options M-7K3F-92QD.pdf", Reference: "M-7K3F-92QD", Languages: []string{"en"}, Type: "application/pdf", Size: 24 << 10, CreatedAt: at},
		services.Document{ID: "debit", AgreementID: "a1", Kind: services.DocumentDebit, Languages: []string{"fr", "en"}, Type: "application/pdf", Size: 64 << 10, CreatedAt: at},
		services.Document{ID: "lease", AgreementID: "a1", Kind: services.DocumentAgreement, Type: "application/pdf", Size: 2 << 20, CreatedAt: at.AddDate(0, 0, -1)},
		services.Document{ID: "scan", AgreementID: "a1", Kind: services.DocumentOther, Name: "scan.heic", Type: "image/heic", Size: 3 << 20, CreatedAt: at.AddDate(0, 0, -2)},
	)
}

// fake answers what a test sets.
type fake struct {
	uitest.Lender
	documents map[string][]services.Document
	openErr   error
	opened    []string // ids and languages
	printed   []string
	printErr  error
	removeErr error
	t         testing.TB
}

func full(t testing.TB) *fake {
	return &fake{t: t, Lender: uitest.Lender{List: []services.Agreement{uitest.Lease(), uitest.Closed()}}, documents: map[string][]services.Document{"a1": papers()}}
}

func (f *fake) deps() documents.Deps {
	return documents.Deps{Agreements: f, Documents: f, Pictures: maker(f.t), Print: f.print}
}

// Documents gives three at once.
func (f *fake) Documents(_ context.Context, q services.DocumentQuery) (services.DocumentPage, error) {
	f.Lock()
	defer f.Unlock()
	list := f.documents[q.AgreementID]
	i := slices.IndexFunc(list, func(d services.Document) bool { return d.ID == q.After }) + 1
	page := services.DocumentPage{Items: slices.Clone(list[i:min(i+3, len(list))])}
	if i+3 < len(list) {
		page.Next = list[i+2].ID
	}
	return page, f.Err
}

func (f *fake) OpenDocument(_ context.Context, id, language string) (services.DocumentContent, error) {
	f.Lock()
	defer f.Unlock()
	f.opened = append(f.opened, id+" "+language)
	if f.openErr != nil {
		return services.DocumentContent{}, f.openErr
	}
	for _, list := range f.documents {
		for _, d := range list {
			if d.ID != id {
				continue
			}
			content := services.DocumentContent{Document: d, FileName: id + ".pdf", Data: statement(f.t, language)}
			if d.Kind == services.DocumentOther {
				content.Data = []byte("an image that no browser shows")
			}
			content.Size, content.KeptHere = int64(len(content.Data)), true
			return content, nil
		}
	}
	return services.DocumentContent{}, services.Fail(services.CodeNotFound)
}

func (f *fake) CopyThread(context.Context, string, string) (services.Document, error) {
	return services.Document{}, services.Fail(services.CodeNotFound)
}

func (f *fake) RemoveDocument(_ context.Context, id string) error {
	f.Lock()
	defer f.Unlock()
	if f.removeErr == nil {
		f.documents["a1"] = slices.DeleteFunc(f.documents["a1"], func(d services.Document) bool { return d.ID == id })
	}
	return f.removeErr
}

func (f *fake) print(_ context.Context, name string, _ []byte) error {
	f.Lock()
	defer f.Unlock()
	f.printed = append(f.printed, name)
	return f.printErr
}

// pictures is shared: making the engine ready takes a while, on a busy machine longer than a screen waits.
var pictures = struct {
	sync.Once
	*picture.Maker
}{Maker: picture.New("")}

// maker is the engine once it is ready.
func maker(t testing.TB) *picture.Maker {
	t.Helper()
	pictures.Do(func() {
		err := errors.New("not tried")
		for range 10 {
			if _, err = pictures.First(t.Context(), statement(t, "en"), "application/pdf", 100); err == nil {
				return
			}
		}
		t.Fatal(err)
	})
	return pictures.Maker
}

// statement is one in a language.
func statement(t testing.TB, language string) []byte {
	t.Helper()
	d := document.Statement{
		Product: "My BMW Account", Company: "BMW Financial Services", Customer: "Amélie Tremblay", Month: uitest.Date(2026, 10, 1), Start: uitest.Date(2025, 5, 1),
		MadeAt: time.Date(2026, 11, 1, 5, 0, 0, 0, time.UTC), Lease: true, Number: "L-2025-004471", Vehicle: "2024 BMW i4 eDrive40", VIN: "WBY43AW01RF000006",
		Opening: uitest.Money("41796.65"), Closing: uitest.Money("41208.55"), YearInterest: uitest.Money("1488.60"), YearTax: uitest.Money("1103.60"), YearTotal: uitest.Money("8473.20"),
		Received: document.StatementPayment{Principal: uitest.Money("588.10"), Interest: uitest.Money("148.86"), Tax: uitest.Money("110.36"), Total: uitest.Money("847.32")},
		NextDue:  uitest.Date(2026, 12, 1), Next: uitest.Money("847.32"),
		Phone: "1-800-555-0142", Hours: "Monday to Friday", Email: "customer.service@example.ca", Address: "100 Example Street, Toronto",
	}
	paid := d.Received
	paid.Date, paid.Method = uitest.Date(2026, 10, 1), "pad"
	d.Payments = []document.StatementPayment{paid}
	data, err := d.PDF(uitest.Printer(t, text.Lang(language)))
	if err != nil {
		t.Fatal(err)
	}
	return data
}
