package main

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"myaccount/services"
	"myaccount/services/api"
	"myaccount/services/seal"
)

const (
	moveSession = `UPDATE session SET seen_at = $2, expires_at = $3 WHERE id = $1`
	putKey      = `INSERT INTO send_key (person_id, name, content, answer, received_at, seen_at) VALUES ($1, $2, $4, '', $3, $3)
		ON CONFLICT (person_id, name) DO UPDATE SET seen_at = $3 RETURNING content, answer`
	setKey       = `UPDATE send_key SET content = $3, answer = $4 WHERE person_id = $1 AND name = $2`
	selectPerson = `SELECT email, first_name, last_name, language FROM person WHERE id = $1`
	hasReference = `SELECT count(*) FROM thread WHERE reference = $1`
	addThread    = `INSERT INTO thread (id, reference, person_id, agreement_id, topic, last_id, last_from, last_at, unread,
		waiting_since, place, kept_until) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $8, $8, $9)`
	addMessage = `INSERT INTO message (id, thread_id, person_id, seq, sender, author, body, sent_at, kept_until)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`
	nextEvent = `INSERT INTO event_seq (audience, last) VALUES ($1, 1)
		ON CONFLICT (audience) DO UPDATE SET last = event_seq.last + 1 RETURNING last`
	addEvent = `INSERT INTO event (audience, seq, kind, ref, at) VALUES ($1, $2, $3, $4, $5)`
	addMail  = `INSERT INTO mail (id, kind, address, language, words, ref, secret, created_at, expires_at, used_at, due_at,
		tries, sent_at, refusal, address_hash) VALUES ($1, $2, $3, $4, $5, '', NULL, $6, 0, 0, 0, 0, 0, '', $7)`
	holdTries = `INSERT INTO tries (name_hash, person_id, times, until, stale_at) VALUES ($1, '', '', 0, 0)
		ON CONFLICT (name_hash) DO UPDATE SET person_id = tries.person_id RETURNING person_id, times, until`
	setTries     = `UPDATE tries SET person_id = $2, times = $3, until = 0, stale_at = $4 WHERE name_hash = $1`
	clearTries   = `DELETE FROM tries WHERE name_hash = $1`
	personBy     = `SELECT id, first_name, last_name, language, role, password, coalesce(customer_id, '') FROM person WHERE email_hash = $1`
	deviceBy     = `SELECT id FROM device WHERE token_hash = $1 AND person_id = $2 AND trusted_until > $3`
	selectFactor = `SELECT since FROM factor WHERE person_id = $1`
	addSignIn    = `INSERT INTO sign_in (id, person_id, at, device, origin, outcome) VALUES ($1, $2, $3, $4, $5, 'ok')`
	addSession   = `INSERT INTO session (id, token_hash, person_id, device_id, device_name, device_kind, authorized,
		created_at, seen_at, expires_at, ended_at) VALUES ($1, $2, $3, $4, $5, 'personal', 0, $6, $6, $7, 0)`
)

var writeStatements = []string{
	selectSession, moveSession, putKey, setKey, selectPerson, selectAgreement, hasReference, addThread, addMessage, nextEvent,
	addEvent, addMail, holdTries, setTries, clearTries, personBy, deviceBy, selectFactor, addSignIn, addSession,
}

func newID() string { return uuid.Must(uuid.NewV7()).String() }

// create starts a conversation.
func (f *floor) create(r *http.Request) (any, error) {
	var in api.NewThread
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		return nil, err
	}
	var receipt api.Receipt
	err := f.write(r.Context(), func(t *tx) error {
		id, person, customer, expires, err := t.session(r)
		if err != nil {
			return err
		}
		if err := t.exec(moveSession, id, t.now, expires); err != nil {
			return err
		}
		receipt, err = t.once(person, r.Header.Get("Idempotency-Key"), in, func() (api.Receipt, error) { return t.send(person, customer, in) })
		return err
	})
	return receipt, err
}

// once does something unless it was done with the key.
func (t *tx) once(person, key string, in any, do func() (api.Receipt, error)) (receipt api.Receipt, err error) {
	plain, err := json.Marshal(in)
	if err != nil {
		return receipt, err
	}
	hash := t.floor.box.Lookup("send_key.content", string(plain))
	var content []byte
	var answer string
	if err := t.row(putKey, person, key, t.now, []byte{}).Scan(&content, &answer); err != nil {
		return receipt, err
	}
	if len(content) > 0 {
		if !seal.Equal(content, hash) {
			return receipt, errors.New("the key was used for something else")
		}
		return receipt, json.Unmarshal([]byte(answer), &receipt)
	}
	if receipt, err = do(); err != nil {
		return receipt, err
	}
	written, err := json.Marshal(receipt)
	if err != nil {
		return receipt, err
	}
	return receipt, t.exec(setKey, person, key, hash, string(written))
}

// send writes a message with what belongs to it: conversation, events, mail.
func (t *tx) send(person, customer string, in api.NewThread) (api.Receipt, error) {
	var email, first, last []byte
	var language string
	if err := t.row(selectPerson, person).Scan(&email, &first, &last, &language); err != nil {
		return api.Receipt{}, err
	}
	address, err1 := t.open("person", "email", person, email)
	name, err2 := t.open("person", "first_name", person, first)
	family, err3 := t.open("person", "last_name", person, last)
	_, owner, err4 := t.agreement(in.AgreementID)
	if err := errors.Join(err1, err2, err3, err4); err != nil || owner != customer {
		return api.Receipt{}, errors.Join(err, errSession)
	}
	thread, message, kept := newID(), newID(), t.now+(30*24*time.Hour).Microseconds()
	reference, err := t.reference(thread)
	if err != nil {
		return api.Receipt{}, err
	}
	err = t.exec(addThread, thread, reference, person, in.AgreementID, in.Topic, message, services.RoleCustomer, t.now, kept)
	if err != nil {
		return api.Receipt{}, err
	}
	seq, err := t.event(person, thread)
	if err != nil {
		return api.Receipt{}, err
	}
	if err := t.exec(addMessage, message, thread, person, seq, services.RoleCustomer,
		t.seal("message", "author", message, name+" "+family), t.seal("message", "body", message, in.Body), t.now, kept); err != nil {
		return api.Receipt{}, err
	}
	if _, err := t.event("desk", thread); err != nil {
		return api.Receipt{}, err
	}
	receipt := api.Receipt{ThreadID: thread, MessageID: message, Reference: reference, ReceivedAt: time.UnixMicro(t.now).UTC()}
	return receipt, t.mail(address, name, name+" "+family, language, reference)
}

// event writes the next event of an audience.
func (t *tx) event(audience, thread string) (seq int64, err error) {
	if err := t.row(nextEvent, audience).Scan(&seq); err != nil {
		return 0, err
	}
	return seq, t.exec(addEvent, audience, seq, services.EventMessage, thread, t.now)
}

// reference makes one that is free.
func (t *tx) reference(thread string) (string, error) {
	const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	sum := sha256.Sum256([]byte(thread))
	reference := []byte("M-....-....")
	for i, place := range []int{2, 3, 4, 5, 7, 8, 9, 10} {
		reference[place] = letters[sum[i]%32]
	}
	var taken int
	err := t.row(hasReference, string(reference)).Scan(&taken)
	if err == nil && taken > 0 {
		err = errors.New("the reference is taken")
	}
	return string(reference), err
}

// mail writes a mail to be sent.
func (t *tx) mail(address, name, full, language, reference string) error {
	words, err := json.Marshal(map[string]any{"name": name, "to": full, "texts": map[string]string{"Reference": reference}})
	if err != nil {
		return err
	}
	id := newID()
	return t.exec(addMail, id, "message_received", t.seal("mail", "address", id, address), language,
		t.seal("mail", "words", id, string(words)), t.now, t.floor.box.Lookup("mail.address", address))
}

// count counts a try under a name.
func (t *tx) count(name, person string) error {
	hash := t.floor.box.Lookup("tries.name", name)
	var whose, times string
	var until int64
	if err := t.row(holdTries, hash).Scan(&whose, &times, &until); err != nil {
		return err
	}
	at := strconv.FormatInt(t.now, 10)
	return t.exec(setTries, hash, person, strings.TrimPrefix(times+","+at, ","), t.now+time.Hour.Microseconds())
}

// signIn opens a session: the try counts, the password is looked at, the try is taken back.
func (f *floor) signIn(r *http.Request) (any, error) {
	var in api.Credentials
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		return nil, err
	}
	var id, language, role, hash, customer string
	var first, last []byte
	from := r.Header.Get("X-Forwarded-For")
	err := f.write(r.Context(), func(t *tx) error {
		if err := t.count("sign-in from "+from, ""); err != nil {
			return err
		}
		err := t.row(personBy, f.box.Lookup("person.email", in.Email)).Scan(&id, &first, &last, &language, &role, &hash, &customer)
		if err != nil {
			return err
		}
		return errors.Join(t.none(deviceBy, seal.HashToken(in.Device.Token), id, t.now), t.count("sign-in "+in.Email, id))
	})
	if err != nil {
		return nil, err
	}
	if right, _, err := f.passwords.Verify(r.Context(), hash, in.Password); err != nil || !right {
		return nil, errors.Join(err, errSession)
	}
	var out api.Session
	err = f.write(r.Context(), func(t *tx) error {
		out = api.Session{Token: seal.Token().Reveal(), Role: services.Role(role), Linked: customer != "", IdleFor: 1800}
		if err := errors.Join(t.none(selectFactor, id), t.exec(clearTries, f.box.Lookup("tries.name", "sign-in "+in.Email))); err != nil {
			return err
		}
		note, session := newID(), newID()
		err := t.exec(addSignIn, note, id, t.now, t.seal("sign_in", "device", note, in.Device.Name), t.seal("sign_in", "origin", note, from))
		if err != nil {
			return err
		}
		out.ExpiresAt = time.UnixMicro(t.now).UTC().Add(12 * time.Hour)
		out.Device = api.Device{ID: newID(), Name: in.Device.Name, Current: true, LastUsed: new(time.UnixMicro(t.now).UTC())}
		out.Person = api.Person{ID: id, Email: in.Email, Language: language}
		if out.Person.FirstName, err = t.open("person", "first_name", id, first); err != nil {
			return err
		}
		if out.Person.LastName, err = t.open("person", "last_name", id, last); err != nil {
			return err
		}
		return t.exec(addSession, session, seal.HashToken(out.Token), id, out.Device.ID,
			t.seal("session", "device_name", session, in.Device.Name), t.now, out.ExpiresAt.UnixMicro())
	})
	return out, err
}

// none reads what nobody measured here has: a trusted device, a second factor.
func (t *tx) none(query string, args ...any) error {
	rows, err := t.rows(query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	if rows.Next() {
		return errors.New("there is one")
	}
	return rows.Err()
}
