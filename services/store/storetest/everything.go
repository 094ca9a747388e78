package storetest

import (
	"encoding/json"
	"fmt"
	"time"

	"myaccount/services"
	"myaccount/services/core"
	"myaccount/services/seal"
)

// addEverything writes a row of every kind that has something sealed, of a person of a number, with so many messages.
func addEverything(tx core.Tx, n, messages int) error {
	name := fmt.Sprintf("person-%03d", n)
	hour := start.Add(time.Hour)
	who := core.Identity{Issuer: name, Subject: name, Email: name + "@elsewhere.example"}
	t := thread(n, name, 0)
	lender := customer(1)
	lender.ID, lender.Agreements[0].Number = fmt.Sprintf("BMW %d", n), fmt.Sprintf("7%05d", n)
	err := every(
		tx.AddPerson(person(name)), tx.PutCustomer(lender), tx.AddThread(t),
		tx.AddToken(core.TokenRow{ID: "token-" + name, PersonID: name, Kind: core.TokenEmail, Email: "new@example.ca", ExpiresAt: hour}, []byte("token-"+name)),
		tx.AddSession(session("session-"+name, name), []byte("session-"+name)),
		tx.PutDevice(core.DeviceRow{ID: "device-" + name, PersonID: name, Name: "Poste", TrustedUntil: hour, LastUsed: start}, []byte("device-"+name)),
		tx.AddMail(core.MailRow{ID: "mail-" + name, Address: name + "@example.ca", Secret: seal.Secret("secret"), CreatedAt: start}),
		tx.PutFactor(core.FactorRow{PersonID: name, Secret: "SECRET", Since: start, Pending: "PENDING", AskedAt: start}),
		tx.AddIdentity(identity(name)),
		tx.AddIdentityStart(core.IdentityStartRow{ID: "start-" + name, State: []byte("start-" + name), Nonce: []byte("nonce"), ExpiresAt: hour}),
		tx.ProveIdentityStart("start-"+name, who),
		tx.AddSignIn(core.SignInRow{ID: "try-" + name, PersonID: name, At: start, Device: "Poste", From: "192.0.2.1", Outcome: services.SignInOK}),
		tx.AddDraft(core.DraftRow{ID: "draft-" + name, PersonID: name, Key: name, UpdatedAt: start, Content: core.DraftContent{Body: "Bonjour"}}),
		tx.AddAttachment(core.AttachmentRow{ID: "file-" + name, PersonID: name, Name: "a.pdf", Size: 3, Type: "pdf", SHA256: "00", MadeAt: start}),
		tx.AddUpload(core.UploadRow{ID: "upload-" + name, PersonID: name, Name: "b.pdf", Size: 3, SHA256: "01", MadeAt: start}),
	)
	if err == nil {
		err = addDocument(tx, lender.ID, "document-"+name)
	}
	if err == nil {
		err = addDebit(tx, lender.ID, name)
	}
	if err == nil {
		err = addAutopay(tx, lender.ID, name)
	}
	for i := 1; i <= messages && err == nil; i++ {
		err = tx.AddMessage(message(fmt.Sprintf("message-%s-%04d", name, i), t, int64(i)))
	}
	return err
}

// addDocument writes a document of a customer's one agreement, by the lender's number.
func addDocument(tx core.Tx, number, id string) error {
	lender, err := tx.CustomerByNumber(number)
	if err != nil {
		return err
	}
	list, err := tx.Agreements(lender.ID)
	if err != nil {
		return err
	}
	return tx.AddDocument(document(id, list[0].ID, ""))
}

// readEverything reads what addEverything wrote, as text to compare.
func readEverything(tx core.Tx, n int) (string, error) {
	name := fmt.Sprintf("person-%03d", n)
	var all []any
	var errs []error
	take := func(row any, err error) {
		all = append(all, row)
		errs = append(errs, err)
	}
	take(tx.Person(name))
	take(tx.PersonByEmail(name + "@example.ca"))
	take(tx.PersonByIdentity(name, name))
	take(tx.Token(core.TokenEmail, []byte("token-"+name)))
	take(tx.SessionByToken([]byte("session-" + name)))
	take(tx.DeviceByToken(name, []byte("device-"+name)))
	mail, err := tx.Mail("mail-" + name)
	take(mail.Secret.Reveal(), err)
	take(tx.Mails(name+"@example.ca", 10))
	take(tx.Factor(name))
	take(tx.IdentityStart([]byte("start-" + name)))
	take(tx.SignIns(name, "", 10))
	lender, err := tx.CustomerByNumber(fmt.Sprintf("BMW %d", n))
	take(lender, err)
	take(tx.Agreements(lender.ID))
	take(tx.Document("document-" + name))
	accounts, err := tx.BankAccounts(name)
	take(accounts[0].Number.Reveal()+accounts[0].Holder, err)
	paid, err := tx.Debit("debit-" + name)
	take(paid.Source.Number.Reveal()+paid.Source.Agreement, err)
	take(tx.Drafts(name))
	take(tx.Attachment("file-" + name))
	take(tx.Upload("upload-" + name))
	take(tx.Messages(thread(n, name, 0).ID))
	text, err := json.Marshal(all)
	return string(text), every(append(errs, err)...)
}
