package store

import (
	"encoding/json"
	"fmt"
	"time"

	"myaccount/services/core"
	"myaccount/services/seal"
)

const mailColumns = `id, kind, address, language, words, ref, secret, created_at, expires_at, used_at, due_at, tries,
	sent_at, refusal`

// AddMail writes a mail.
func (t *tx) AddMail(row core.MailRow) error {
	words, err := json.Marshal(row.Words)
	if err != nil {
		return fmt.Errorf("mail.words: %w", err)
	}
	sealedWords, err := t.seal("mail", "words", row.ID, string(words))
	if err != nil {
		return err
	}
	address, err := t.seal("mail", "address", row.ID, row.Address)
	if err != nil {
		return err
	}
	var secret []byte
	if row.Secret != "" {
		if secret, err = t.seal("mail", "secret", row.ID, row.Secret.Reveal()); err != nil {
			return err
		}
	}
	return t.exec(`INSERT INTO mail (`+mailColumns+`, address_hash)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
		row.ID, row.Kind, address, row.Language, sealedWords, row.Ref, secret, micros(row.CreatedAt),
		micros(row.ExpiresAt), micros(row.UsedAt), micros(row.DueAt), row.Tries, micros(row.SentAt), row.Refusal,
		t.mailHash(row.Address))
}

func (t *tx) scanMail(row scanner) (core.MailRow, error) {
	var m core.MailRow
	var address, words, secret []byte
	var created, expires, used, due, sent int64
	err := row.Scan(&m.ID, &m.Kind, &address, &m.Language, &words, &m.Ref, &secret, &created, &expires, &used, &due,
		&m.Tries, &sent, &m.Refusal)
	if err != nil {
		return core.MailRow{}, err
	}
	m.CreatedAt, m.ExpiresAt, m.UsedAt = moment(created), moment(expires), moment(used)
	m.DueAt, m.SentAt = moment(due), moment(sent)
	if m.Address, err = t.unseal("mail", "address", m.ID, address); err != nil {
		return core.MailRow{}, err
	}
	plain, err := t.unseal("mail", "words", m.ID, words)
	if err != nil {
		return core.MailRow{}, err
	}
	if err := json.Unmarshal([]byte(plain), &m.Words); err != nil {
		return core.MailRow{}, fmt.Errorf("mail.words: %w", err)
	}
	opened, err := t.unseal("mail", "secret", m.ID, secret)
	m.Secret = seal.Secret(opened)
	return m, err
}

// Mails reads the latest mails to an address. Ids grow with time.
func (t *tx) Mails(address string, limit int) ([]core.MailRow, error) {
	var list []core.MailRow
	err := t.each(func(row scanner) error {
		m, err := t.scanMail(row)
		list = append(list, m)
		return err
	}, `SELECT `+mailColumns+` FROM mail WHERE address_hash = $1 ORDER BY id DESC LIMIT $2`, t.mailHash(address), limit)
	return list, err
}

// Mail reads a mail.
func (t *tx) Mail(id string) (m core.MailRow, err error) {
	err = t.one(func(row scanner) (err error) { m, err = t.scanMail(row); return err },
		`SELECT `+mailColumns+` FROM mail WHERE id = $1`, id)
	return m, err
}

// MailsBefore reads mails to anybody. Ids grow with time.
func (t *tx) MailsBefore(id string, limit int, refused bool) (list []core.MailRow, err error) {
	err = t.each(func(row scanner) error {
		m, err := t.scanMail(row)
		list = append(list, m)
		return err
	}, `SELECT `+mailColumns+` FROM mail WHERE ($1 = '' OR id < $1) AND ($3 = 0 OR refusal <> '')
		ORDER BY id DESC LIMIT $2`, id, limit, flag(refused))
	return list, err
}

// UseMails marks the mails of a token or code as used.
func (t *tx) UseMails(ref string) error {
	return t.exec(`UPDATE mail SET used_at = $2, secret = NULL WHERE ref = $1 AND used_at = 0`, ref, micros(t.now))
}

// ClaimMail takes a mail to send. The outer condition makes it nobody's when another was quicker.
func (t *tx) ClaimMail(until time.Time) (m core.MailRow, err error) {
	err = t.one(func(row scanner) (err error) { m, err = t.scanMail(row); return err },
		`UPDATE mail SET due_at = $2, tries = tries + 1 WHERE due_at <= $1 AND id = (
			SELECT id FROM mail WHERE due_at > 0 AND due_at <= $1 ORDER BY due_at, id LIMIT 1`+t.dialect.Claim()+`)
		RETURNING `+mailColumns, micros(t.now), micros(until))
	return m, err
}

// HastenMails makes mails due now.
func (t *tx) HastenMails(after time.Time) error {
	return t.exec(`UPDATE mail SET due_at = $1 WHERE due_at > $2`, micros(t.now), micros(after))
}

// NextMail tells when the next mail is due.
func (t *tx) NextMail() (time.Time, error) {
	var due int64
	err := t.one(func(row scanner) error { return row.Scan(&due) },
		`SELECT coalesce(min(due_at), 0) FROM mail WHERE due_at > 0`)
	return moment(due), err
}

// CountMails counts mails that are to be sent.
func (t *tx) CountMails() (n int, err error) {
	err = t.one(func(row scanner) error { return row.Scan(&n) }, `SELECT count(*) FROM mail WHERE due_at > 0`)
	return n, err
}

// SettleMail writes what became of a try to send.
func (t *tx) SettleMail(row core.MailRow) error {
	return t.exec(`UPDATE mail SET due_at = $2, sent_at = $3, refusal = $4,
		secret = CASE WHEN $5 = 1 THEN secret ELSE NULL END WHERE id = $1`,
		row.ID, micros(row.DueAt), micros(row.SentAt), row.Refusal, flag(row.Secret != ""))
}

// EmptyMails forgets expired secrets.
func (t *tx) EmptyMails() error {
	return t.exec(`UPDATE mail SET secret = NULL WHERE expires_at > 0 AND expires_at <= $1 AND secret IS NOT NULL`,
		micros(t.now))
}

// ForgetMails removes old mails.
func (t *tx) ForgetMails(before time.Time) error {
	return t.exec(`DELETE FROM mail WHERE created_at < $1`, micros(before))
}

// ForgetMailsTo removes the mails to an address.
func (t *tx) ForgetMailsTo(address string) error {
	return t.exec(`DELETE FROM mail WHERE address_hash = $1`, t.mailHash(address))
}

func (t *tx) mailHash(address string) []byte {
	return t.box.Lookup("mail.address", core.AddressKey(address))
}
