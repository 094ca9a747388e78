package storetest

import (
	"errors"
	"slices"
	"time"

	"myaccount/services/core"
)

// reads are what reads one row, by a key that may be anything.
var reads = map[string]func(tx core.Tx, key string) error{
	"Person":           func(tx core.Tx, key string) error { _, err := tx.Person(key); return err },
	"PersonByEmail":    func(tx core.Tx, key string) error { _, err := tx.PersonByEmail(key); return err },
	"PersonByCustomer": func(tx core.Tx, key string) error { _, err := tx.PersonByCustomer(key); return err },
	"Token":            func(tx core.Tx, key string) error { _, err := tx.Token(core.TokenReset, []byte(key)); return err },
	"Factor":           func(tx core.Tx, key string) error { _, err := tx.Factor(key); return err },
	"IdentityStart":    func(tx core.Tx, key string) error { _, err := tx.IdentityStart([]byte(key)); return err },
	"PersonByIdentity": func(tx core.Tx, key string) error { _, err := tx.PersonByIdentity(key, key); return err },
	"Session":          func(tx core.Tx, key string) error { _, err := tx.Session(key); return err },
	"SessionByToken":   func(tx core.Tx, key string) error { _, err := tx.SessionByToken([]byte(key)); return err },
	"Device":           func(tx core.Tx, key string) error { _, err := tx.Device(key); return err },
	"DeviceByToken":    func(tx core.Tx, key string) error { _, err := tx.DeviceByToken(key, []byte(key)); return err },
	"Code":             func(tx core.Tx, key string) error { _, err := tx.Code(key); return err },
	"Mail":             func(tx core.Tx, key string) error { _, err := tx.Mail(key); return err },
	"Setting":          func(tx core.Tx, key string) error { _, err := tx.Setting(key); return err },
	"Customer":         func(tx core.Tx, key string) error { _, err := tx.Customer(key); return err },
	"CustomerByNumber": func(tx core.Tx, key string) error { _, err := tx.CustomerByNumber(key); return err },
	"Agreement":        func(tx core.Tx, key string) error { _, err := tx.Agreement(key); return err },
	"Thread":           func(tx core.Tx, key string) error { _, err := tx.Thread(key); return err },
	"Message":          func(tx core.Tx, key string) error { _, err := tx.Message(key); return err },
	"Draft":            func(tx core.Tx, key string) error { _, err := tx.Draft(key); return err },
	"Document":         func(tx core.Tx, key string) error { _, err := tx.Document(key); return err },
	"BankAccount":      func(tx core.Tx, key string) error { _, err := tx.BankAccount(key); return err },
	"Debit":            func(tx core.Tx, key string) error { _, err := tx.Debit(key); return err },
	"DebitByReference": func(tx core.Tx, key string) error { _, err := tx.DebitByReference(key); return err },
	"Autopay":          func(tx core.Tx, key string) error { _, err := tx.Autopay(key); return err },
	"Attachment":       func(tx core.Tx, key string) error { _, err := tx.Attachment(key); return err },
}

// missing says that what is not there is no row, whatever it is asked for by; and that asking does no harm to the
// transaction.
func missing(w *world) {
	for _, key := range []string{"", "none", "1; DROP TABLE person", "zero\x00byte", "\xff\xfe"} {
		w.view(func(tx core.Tx) error {
			for name, read := range reads {
				if err := read(tx, key); !errors.Is(err, core.ErrNoRow) {
					w.Errorf("%s(%q): %v, want no row", name, key, err)
				}
			}
			return nil
		})
	}
}

// unique says what there can be only one of. The transaction that tries leaves nothing.
func unique(w *world) {
	w.update(func(tx core.Tx) error {
		return every(tx.AddPerson(person("amelie")), tx.AddPerson(person("bob")), tx.LinkPerson("amelie", "customer"),
			tx.SpendCaptcha([]byte("solved"), start.Add(time.Hour)), tx.AddIdentity(identity("amelie")))
	})
	other := person("other")
	other.Email = "AMELIE@example.ca"
	for name, try := range map[string]func(tx core.Tx) error{
		"an address, in another writing": func(tx core.Tx) error { return tx.AddPerson(other) },
		"an address that is moved to":    func(tx core.Tx) error { return tx.MovePerson("bob", "Amelie@Example.ca") },
		"a customer":                     func(tx core.Tx) error { return tx.LinkPerson("bob", "customer") },
		"a login elsewhere": func(tx core.Tx) error {
			row := identity("amelie")
			row.ID, row.PersonID = "other", "bob"
			return tx.AddIdentity(row)
		},
		"a challenge": func(tx core.Tx) error { return tx.SpendCaptcha([]byte("solved"), start.Add(time.Hour)) },
	} {
		err := w.store.Update(w.Context(), func(tx core.Tx) error {
			w.must(tx.SetSetting("before", name))
			return try(tx)
		})
		if !errors.Is(err, core.ErrDuplicate) {
			w.Errorf("%s: %v, want a duplicate", name, err)
		}
	}
	w.gone("what came before a duplicate", func(tx core.Tx) error { _, err := tx.Setting("before"); return err })
	w.update(func(tx core.Tx) error { return every(tx.LinkPerson("amelie", ""), tx.LinkPerson("bob", "")) }) // "" is nobody's
}

// deletePerson says what goes with a person, and that nothing of another's does.
func deletePerson(w *world) {
	for _, name := range []string{"amelie", "bob"} {
		w.update(func(tx core.Tx) error {
			t := thread(len(name), name, 0)
			t.ID, t.Reference = "thread-"+name, "M-"+name
			return every(tx.AddPerson(person(name)),
				tx.AddToken(core.TokenRow{ID: "token-" + name, PersonID: name, Kind: core.TokenReset, ExpiresAt: start.Add(time.Hour)}, []byte(name)),
				tx.AddSession(session("session-"+name, name), []byte(name)),
				tx.PutDevice(core.DeviceRow{ID: "device-" + name, PersonID: name, TrustedUntil: start.Add(time.Hour), LastUsed: start}, []byte(name)),
				tx.PutCode(core.CodeRow{ID: "code-" + name, SessionID: "session-" + name, Hash: []byte("h"), ExpiresAt: start.Add(time.Hour)}),
				tx.PutFactor(core.FactorRow{PersonID: name, Secret: "SECRET", Since: start}),
				tx.AddIdentity(identity(name)),
				tx.AddDraft(core.DraftRow{ID: "draft-" + name, PersonID: name, Key: name, UpdatedAt: start}),
				tx.AddThread(t), tx.AddMessage(message("message-"+name, t, 1)))
		})
	}
	w.update(func(tx core.Tx) error { return tx.DeletePerson("amelie") })
	for what, prefix := range map[string]string{
		"Person": "", "PersonByIdentity": "", "Session": "session-", "Device": "device-", "Code": "session-", "Factor": "", "Draft": "draft-",
		"Thread": "thread-", "Message": "message-", "Token": "",
	} {
		w.gone(what, func(tx core.Tx) error { return reads[what](tx, prefix+"amelie") })
		w.view(func(tx core.Tx) error { return reads[what](tx, prefix+"bob") })
	}
}

// identity is a login elsewhere of a person; issuer and subject have the person's name.
func identity(name string) core.IdentityRow {
	return core.IdentityRow{ID: "identity-" + name, PersonID: name, Issuer: name, Subject: name, JoinedAt: start}
}

// deleteThread says that the messages and the files that were sent go with a thread; a file in a draft stays.
func deleteThread(w *world) {
	t := thread(1, "amelie", 0)
	file := func(id string) core.AttachmentRow {
		return core.AttachmentRow{ID: id, PersonID: "amelie", Name: "a.pdf", Size: 3, Type: "pdf", SHA256: "00", MadeAt: start}
	}
	w.update(func(tx core.Tx) error {
		return every(tx.AddPerson(person("amelie")), tx.AddThread(t), tx.AddMessage(message("message", t, 1)),
			tx.AddAttachment(file("sent")), tx.AddAttachment(file("kept")), tx.SendAttachments([]string{"sent"}, "message"))
	})
	w.view(func(tx core.Tx) error {
		ids, err := tx.AttachmentIDs("amelie")
		slices.Sort(ids)
		if !slices.Equal(ids, []string{"kept", "sent"}) {
			w.Errorf("files %q", ids)
		}
		return err
	})
	w.update(func(tx core.Tx) error { return tx.DeleteThread(t.ID) })
	w.gone("the message", func(tx core.Tx) error { return reads["Message"](tx, "message") })
	w.gone("the file that was sent", func(tx core.Tx) error { return reads["Attachment"](tx, "sent") })
	w.view(func(tx core.Tx) error { return reads["Attachment"](tx, "kept") })
}

// pastGone says what is not there any more once its time is over, though nobody removed it.
func pastGone(w *world) {
	t := thread(1, "amelie", 0)
	w.update(func(tx core.Tx) error {
		return every(tx.AddPerson(person("amelie")), tx.AddThread(t), tx.AddMessage(message("message", t, 1)),
			tx.AddToken(core.TokenRow{ID: "token", PersonID: "amelie", Kind: core.TokenReset, ExpiresAt: start.Add(time.Hour)}, []byte("hash")),
			tx.PutDevice(core.DeviceRow{ID: "device", PersonID: "amelie", TrustedUntil: start.Add(time.Hour), LastUsed: start}, []byte("hash")))
	})
	w.clock.Move(time.Hour)
	w.gone("a token at its end", func(tx core.Tx) error { return reads["Token"](tx, "hash") })
	w.gone("a device at the end of its trust", func(tx core.Tx) error { return reads["Device"](tx, "device") })
	w.view(func(tx core.Tx) error { return reads["Thread"](tx, t.ID) })
	w.clock.Move(23 * time.Hour)
	w.gone("a thread at its end", func(tx core.Tx) error { return reads["Thread"](tx, t.ID) })
	w.view(func(tx core.Tx) error {
		rows, err := tx.Messages(t.ID)
		due, dueErr := tx.DueMessages(10)
		if len(rows) != 0 || len(due) != 1 || due[0] != (core.DueMessage{ID: "message", ThreadID: t.ID, PersonID: "amelie"}) {
			w.Errorf("%d messages, due %v", len(rows), due)
		}
		return every(err, dueErr)
	})
}
