package cache

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"myaccount/services"
)

// stateDraft is the state of a message that is being written; the other states are those of Waiting.
const stateDraft State = "draft"

// message is a draft, or a message on its way.
type message struct {
	id        string
	state     State
	content   content
	refusal   *refusal // of a draft that was to be sent
	updatedAt time.Time
	createdAt time.Time // when it was to be sent
	dueAt     time.Time // of the next try, or when the present one ends
	tries     int
	files     []file // only read: in their order
}

// content is what a person wrote, with the idempotency key of its sending.
type content struct {
	ThreadID    string `json:"thread_id,omitempty"`
	Topic       string `json:"topic,omitempty"`
	AgreementID string `json:"agreement_id,omitempty"`
	Body        string `json:"body"`
	Key         string `json:"key"`
}

// refusal is why a message came back.
type refusal struct {
	Code   services.Code     `json:"code"`
	Fields map[string]string `json:"fields,omitempty"`
}

// sendKey is the keyed hash of an idempotency key of the person.
func (t *tx) sendKey(key string) []byte {
	return t.box.Lookup("message.send_key", string(t.person)+key)
}

// sentHash is the keyed hash of what a message says, to tell the same from another.
func (t *tx) sentHash(c content, files []string) []byte {
	c.Key = ""
	plain, err := json.Marshal(struct {
		Content content
		Files   []string
	}{c, append([]string{}, files...)})
	if err != nil {
		panic("cache: " + err.Error()) // texts always marshal
	}
	return t.box.Lookup("receipt.sent", string(plain))
}

// messages reads messages of the person with their files, in an order.
func (t *tx) messages(where, order string, args ...any) ([]message, error) {
	var list []message
	err := t.each(func(row scanner) error {
		m, err := t.scanMessage(row)
		list = append(list, m)
		return err
	}, `SELECT id, state, content, refusal, updated_at, created_at, due_at, tries FROM message
		WHERE person = $1 AND `+where+` ORDER BY `+order, append([]any{t.person}, args...)...)
	if err != nil {
		return nil, err
	}
	files, err := t.files(`message_id IN (SELECT id FROM message WHERE person = $1 AND `+where+`)`, args...)
	for _, f := range files {
		i := slices.IndexFunc(list, func(m message) bool { return m.id == f.message })
		list[i].files = append(list[i].files, f)
	}
	return list, err
}

func (t *tx) scanMessage(row scanner) (m message, err error) {
	var text, refused []byte
	var updated, created, due int64
	if err := row.Scan(&m.id, &m.state, &text, &refused, &updated, &created, &due, &m.tries); err != nil {
		return m, err
	}
	m.updatedAt, m.createdAt, m.dueAt = moment(updated), moment(created), moment(due)
	return m, errors.Join(
		t.open("message", "content", m.id, text, &m.content),
		t.open("message", "refusal", m.id, refused, &m.refusal),
	)
}

// message reads one of the person's, or gives errNoRow.
func (t *tx) message(where string, arg any) (message, error) {
	list, err := t.messages(where, "id", arg)
	if err == nil && len(list) == 0 {
		err = errNoRow
	}
	if err != nil {
		return message{}, err
	}
	return list[0], nil
}

// byKey reads the message with an idempotency key, or gives errNoRow.
func (t *tx) byKey(key string) (message, error) { return t.message(`send_key = $2`, t.sendKey(key)) }

// draft reads a draft, or gives errNoRow.
func (t *tx) draft(id string) (message, error) { return t.message(`state = 'draft' AND id = $2`, id) }

// save writes a message, a new one or another state of one; its files stay.
func (t *tx) save(m message) error {
	text, err := t.seal("message", "content", m.id, m.content)
	if err != nil {
		return err
	}
	var refused []byte
	if m.refusal != nil {
		if refused, err = t.seal("message", "refusal", m.id, m.refusal); err != nil {
			return err
		}
	}
	return t.exec(`INSERT INTO message
			(id, person, send_key, state, content, refusal, updated_at, created_at, due_at, tries)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		ON CONFLICT (id) DO UPDATE SET send_key = $3, state = $4, content = $5, refusal = $6, updated_at = $7,
			created_at = $8, due_at = $9, tries = $10`,
		m.id, t.person, t.sendKey(m.content.Key), string(m.state), text, refused, micros(m.updatedAt),
		micros(m.createdAt), micros(m.dueAt), m.tries)
}

// drop removes a message. Its files belong to nothing from then on and are removed with the strays.
func (t *tx) drop(id string) error {
	if err := t.exec(`UPDATE file SET message_id = '' WHERE message_id = $1`, id); err != nil {
		return err
	}
	return t.exec(`DELETE FROM message WHERE id = $1`, id)
}

// dropAll removes a message with its files and gives the ids of their bytes.
func (t *tx) dropAll(m message) ([]string, error) {
	if err := t.exec(`DELETE FROM file WHERE message_id = $1`, m.id); err != nil {
		return nil, err
	}
	return m.fileIDs(), t.exec(`DELETE FROM message WHERE id = $1`, m.id)
}

// fileIDs lists the ids of its files.
func (m message) fileIDs() []string {
	ids := make([]string, 0, len(m.files))
	for _, f := range m.files {
		ids = append(ids, f.ID)
	}
	return ids
}

// rowID is a keyed hash as the id of a row.
func rowID(hash []byte) string { return hex.EncodeToString(hash) }
