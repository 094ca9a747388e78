package core

import (
	"archive/zip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"time"

	"myaccount/services"
	"myaccount/services/filetype"
	"myaccount/services/text"
)

// exported is everything about a person but the bytes of files.
type exported struct {
	at         time.Time
	person     exportedPerson
	devices    []services.Device
	agreements []exportedAgreement
	accounts   []services.BankAccount // masked, as everywhere
	autopays   []exportedAutopay
	threads    []exportedThread
	drafts     []services.Draft
	mails      []exportedMail
	signIns    []services.SignInRecord
	files      []AttachmentRow
	documents  []exportedDocument
}

// exportedDocument is a paper that is kept; monthly statements are made from what agreements.json has.
type exportedDocument struct {
	services.Document
	file AttachmentRow
}

// exportedPerson is the login and, once it is linked, what the lender's file says of the customer.
type exportedPerson struct {
	services.Person
	Terms     Terms
	CreatedAt time.Time

	Notifications services.NotificationSettings

	Customer *exportedCustomer `json:",omitempty"`
}

type exportedCustomer struct {
	BMWID     string
	FirstName string
	LastName  string
	Email     string
	Born      services.Date `json:",omitzero"`
	Language  string
	Province  string
}

type exportedAgreement struct {
	services.Agreement
	Payments []services.Payment
	Debits   []services.Debit
	Readings []services.Reading
}

type exportedThread struct {
	ID          string
	Reference   string
	Topic       string
	AgreementID string
	Messages    []services.Message
}

// exportedMail is a mail without the tokens and codes it carried.
type exportedMail struct {
	Kind    string
	To      string
	Subject string
	Text    string
	At      time.Time
}

// Export writes everything about the person. Whoever is linked needs an authorized device, as for reading the same on
// the screen.
func (s *customerSession) Export(ctx context.Context, w io.Writer) error {
	var e exported
	err := s.view(ctx, private, func(tx Tx, row SessionRow) (err error) {
		e, err = s.core.gather(tx, row)
		return err
	})
	if err != nil {
		return err
	}
	archive := zip.NewWriter(w)
	for _, part := range []struct {
		name  string
		value any
	}{
		{"person.json", e.person},
		{"devices.json", e.devices},
		{"agreements.json", e.agreements},
		{"bank-accounts.json", e.accounts},
		{"autopays.json", e.autopays},
		{"documents.json", e.documents},
		{"messages.json", e.threads},
		{"drafts.json", e.drafts},
		{"mails.json", e.mails},
		{"sign-ins.json", e.signIns},
	} {
		data, err := json.MarshalIndent(part.value, "", "  ")
		if err != nil {
			return fmt.Errorf("export: %w", err)
		}
		if err := add(archive, part.name, e.at, data); err != nil {
			return err
		}
	}
	for _, file := range e.files {
		if err := s.core.addFile(ctx, archive, "attachments", e.at, file); err != nil {
			return err
		}
	}
	for _, d := range e.documents {
		if err := s.core.addFile(ctx, archive, "documents", e.at, d.file); err != nil {
			return err
		}
	}
	if err := archive.Close(); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}

// addFile adds a file that is kept, unless its time came meanwhile.
func (c *Core) addFile(ctx context.Context, archive *zip.Writer, folder string, at time.Time, file AttachmentRow) error {
	data, err := c.getBlob(ctx, file)
	if services.CodeOf(err) == services.CodeGone {
		return nil
	}
	if err != nil {
		return err
	}
	return add(archive, folder+"/"+file.ID+"/"+filetype.CleanName(file.Name), at, data)
}

// add writes one file of the archive.
func add(archive *zip.Writer, name string, at time.Time, data []byte) error {
	file, err := archive.CreateHeader(&zip.FileHeader{Name: name, Modified: at, Method: zip.Deflate})
	if err == nil {
		_, err = file.Write(data)
	}
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}

// gather reads everything about a person.
func (c *Core) gather(tx Tx, row SessionRow) (exported, error) {
	person, err := tx.Person(row.PersonID)
	if err != nil {
		return exported{}, err
	}
	e := exported{
		at: tx.Now(),
		person: exportedPerson{
			Person: person.person(), Terms: person.Terms, CreatedAt: person.CreatedAt,
		},
		agreements: []exportedAgreement{}, threads: []exportedThread{}, drafts: []services.Draft{},
		mails: []exportedMail{}, accounts: []services.BankAccount{}, autopays: []exportedAutopay{}, documents: []exportedDocument{},
	}
	if e.person.Notifications, err = notificationsOf(tx, person.ID); err != nil {
		return exported{}, err
	}
	if e.devices, err = c.devices(tx, row); err != nil {
		return exported{}, err
	}
	for _, part := range []func(Tx, SessionRow, PersonRow, *exported) error{
		gatherAgreements, c.gatherDocuments, c.gatherThreads, gatherDrafts, c.gatherMails, gatherSignIns,
	} {
		if err := part(tx, row, person, &e); err != nil {
			return exported{}, err
		}
	}
	return e, nil
}

func gatherAgreements(tx Tx, row SessionRow, _ PersonRow, e *exported) error {
	if row.CustomerID == "" {
		return nil
	}
	customer, err := tx.Customer(row.CustomerID)
	if err != nil {
		return err
	}
	e.person.Customer = &exportedCustomer{
		BMWID: customer.Customer.ID, FirstName: customer.FirstName, LastName: customer.LastName,
		Email: customer.Email, Born: customer.Born, Language: customer.Language, Province: customer.Province,
	}
	if e.autopays, err = exportedAutopays(tx, row.PersonID); err != nil {
		return err
	}
	if e.accounts, err = bankAccounts(tx, row.PersonID); err != nil {
		return err
	}
	rows, err := tx.Agreements(row.CustomerID)
	if err != nil {
		return err
	}
	for _, r := range rows {
		a, err := agreement(tx, r)
		if err != nil {
			return err
		}
		payments, err := tx.Payments(r.ID, PaymentKey{}, math.MaxInt32)
		if err != nil {
			return err
		}
		page, err := paymentPage(payments, len(payments), r.Currency)
		if err != nil {
			return err
		}
		read, err := readings(tx, r)
		if err != nil {
			return err
		}
		ordered, err := tx.Debits(r.ID, PaymentKey{}, math.MaxInt32)
		if err != nil {
			return err
		}
		debits, err := debitPage(ordered, len(ordered), today(tx.Now(), r.Province))
		if err != nil {
			return err
		}
		e.agreements = append(e.agreements, exportedAgreement{a, page.Items, debits.Items, read})
	}
	return nil
}

func (c *Core) gatherDocuments(tx Tx, row SessionRow, person PersonRow, e *exported) error {
	if row.CustomerID == "" {
		return nil
	}
	agreements, err := tx.Agreements(row.CustomerID)
	if err != nil {
		return err
	}
	for _, a := range agreements {
		rows, err := tx.DocumentsOf(a.ID, row.PersonID)
		if err != nil {
			return err
		}
		printer := c.Catalogue.Printer(text.ParseLang(person.Language))
		for _, r := range rows {
			e.documents = append(e.documents, exportedDocument{
				r.document(), AttachmentRow{ID: r.ID, Name: r.fileName(printer, a), SHA256: r.Details.SHA256},
			})
		}
	}
	return nil
}

func (c *Core) gatherThreads(tx Tx, row SessionRow, _ PersonRow, e *exported) error {
	rows, err := tx.Threads(row.PersonID, false, Cursor{At: math.MaxInt64}, math.MaxInt32)
	if err != nil {
		return err
	}
	for _, thread := range rows {
		messages, err := c.messages(tx, thread, services.RoleCustomer)
		if err != nil {
			return err
		}
		for _, m := range messages {
			files, err := tx.AttachmentsOf(m.ID)
			if err != nil {
				return err
			}
			e.files = append(e.files, files...)
		}
		e.threads = append(e.threads, exportedThread{
			ID: thread.ID, Reference: thread.Reference, Topic: thread.Topic, AgreementID: thread.AgreementID,
			Messages: messages,
		})
	}
	return nil
}

func gatherDrafts(tx Tx, row SessionRow, _ PersonRow, e *exported) error {
	rows, err := tx.Drafts(row.PersonID)
	if err != nil {
		return err
	}
	for _, r := range rows {
		draft, err := r.draft(tx)
		if err != nil {
			return err
		}
		files, err := tx.AttachmentsOfDraft(r.ID)
		if err != nil {
			return err
		}
		e.drafts = append(e.drafts, draft)
		e.files = append(e.files, files...)
	}
	return nil
}

func gatherSignIns(tx Tx, row SessionRow, _ PersonRow, e *exported) error {
	rows, err := tx.SignIns(row.PersonID, "", math.MaxInt32)
	e.signIns = signInRecords(rows)
	return err
}

func (c *Core) gatherMails(tx Tx, _ SessionRow, person PersonRow, e *exported) error {
	rows, err := tx.Mails(person.Email, math.MaxInt32)
	if err != nil {
		return err
	}
	for _, r := range rows {
		r.Secret = ""
		m, err := c.render(r)
		if err != nil {
			return err
		}
		e.mails = append(e.mails, exportedMail{
			Kind: string(r.Kind), To: r.Address, Subject: m.Subject, Text: m.Text, At: r.CreatedAt,
		})
	}
	return nil
}
