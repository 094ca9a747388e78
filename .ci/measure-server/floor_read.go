package main

import (
	"encoding/json"
	"net/http"
	"time"

	"myaccount/services"
	"myaccount/services/api"
)

const (
	selectThread = `SELECT t.id, t.reference, t.topic, t.agreement_id, t.last_from, t.last_at, t.unread, t.kept_until,
		(SELECT count(*) FROM attachment a JOIN message m ON m.id = a.message_id WHERE m.thread_id = t.id AND m.kept_until > $1),
		l.id, l.body FROM thread t JOIN message l ON l.id = t.last_id `
	selectList = selectThread + `WHERE t.person_id = $2 AND t.kept_until > $1 AND (t.last_at, t.id) < ($3, $4)
		ORDER BY t.last_at DESC, t.id DESC LIMIT $5`
	selectOne      = selectThread + `WHERE t.person_id = $2 AND t.kept_until > $1 AND t.id = $3`
	selectMessages = `SELECT id, sender, author, body, sent_at, kept_until FROM message
		WHERE thread_id = $1 AND kept_until > $2 ORDER BY seq`
	selectFiles = `SELECT a.id, a.message_id, a.name, a.digest, a.type, a.size FROM attachment a
		JOIN message m ON m.id = a.message_id WHERE m.thread_id = $1 ORDER BY a.place, a.id`
	selectAgreement = `SELECT a.customer_id, c.province, a.details FROM agreement a JOIN customer c ON c.id = a.customer_id
		WHERE a.id = $1`
)

var readStatements = []string{selectSession, selectList, selectOne, selectMessages, selectFiles, selectAgreement}

// list answers the first page of conversations.
func (f *floor) list(r *http.Request) (any, error) {
	const limit = 50
	list := api.List[api.ThreadSummary]{Items: make([]api.ThreadSummary, 0, limit)}
	err := f.read(r.Context(), func(t *tx) error {
		_, person, _, _, err := t.session(r)
		if err != nil {
			return err
		}
		rows, err := t.rows(selectList, t.now, person, int64(1)<<62, "", limit+1)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			one, err := t.summary(rows)
			if err != nil {
				return err
			}
			if list.Items = append(list.Items, one); len(list.Items) > limit {
				list.Items = list.Items[:limit]
				next := list.Items[limit-1].ID
				list.Next = &next
			}
		}
		if err := rows.Err(); err != nil {
			return err
		}
		return t.number(list.Items)
	})
	return list, err
}

// scanner is a row.
type scanner interface{ Scan(to ...any) error }

// summary reads a row of selectThread.
func (t *tx) summary(row scanner) (s api.ThreadSummary, err error) {
	var at, kept int64
	var last string
	var sealed []byte
	err = row.Scan(&s.ID, &s.Reference, &s.Topic, &s.AgreementID, &s.LastFrom, &at, &s.Unread, &kept, &s.Attachments, &last, &sealed)
	if err != nil {
		return s, err
	}
	s.LastAt, s.KeptUntil = time.UnixMicro(at).UTC(), time.UnixMicro(kept).UTC()
	text, err := t.open("message", "body", last, sealed)
	runes := []rune(text)
	s.Excerpt = string(runes[:min(len(runes), 160)])
	return s, err
}

// number puts the numbers of agreements into summaries, each read once.
func (t *tx) number(list []api.ThreadSummary) error {
	known := map[string]string{}
	for i := range list {
		id := list[i].AgreementID
		if _, ok := known[id]; !ok {
			details, _, err := t.agreement(id)
			if err != nil {
				return err
			}
			known[id] = details
		}
		list[i].AgreementNumber = known[id]
	}
	return nil
}

// agreement reads the number of an agreement, and whose it is.
func (t *tx) agreement(id string) (number, customer string, err error) {
	var province string
	var sealed []byte
	if err := t.row(selectAgreement, id).Scan(&customer, &province, &sealed); err != nil {
		return "", "", err
	}
	plain, err := t.open("agreement", "details", id, sealed)
	if err != nil {
		return "", "", err
	}
	var details struct {
		Number string `json:"number"`
	}
	err = json.Unmarshal([]byte(plain), &details)
	return details.Number, customer, err
}

// thread answers a conversation with its messages.
func (f *floor) thread(r *http.Request) (any, error) {
	var thread api.Thread
	err := f.read(r.Context(), func(t *tx) error {
		_, person, _, _, err := t.session(r)
		if err != nil {
			return err
		}
		if thread.ThreadSummary, err = t.summary(t.row(selectOne, t.now, person, r.PathValue("id"))); err != nil {
			return err
		}
		one := []api.ThreadSummary{thread.ThreadSummary}
		if err := t.number(one); err != nil {
			return err
		}
		thread.ThreadSummary = one[0]
		thread.Messages, err = t.messages(thread.ID)
		return err
	})
	return thread, err
}

// messages reads those of a conversation with their files.
func (t *tx) messages(thread string) (list []api.Message, err error) {
	rows, err := t.rows(selectMessages, thread, t.now)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	places := map[string]int{}
	for rows.Next() {
		m := api.Message{Attachments: []api.Attachment{}}
		var author, text []byte
		var sent, kept int64
		if err := rows.Scan(&m.ID, &m.From, &author, &text, &sent, &kept); err != nil {
			return nil, err
		}
		m.SentAt, m.KeptUntil = time.UnixMicro(sent).UTC(), time.UnixMicro(kept).UTC()
		if m.Author, err = t.open("message", "author", m.ID, author); err != nil {
			return nil, err
		}
		if m.Body, err = t.open("message", "body", m.ID, text); err != nil {
			return nil, err
		}
		if m.From == services.RoleAdvisor {
			m.Author = "the company"
		}
		places[m.ID] = len(list)
		list = append(list, m)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	return list, t.files(thread, list, places)
}

// files adds the files of a conversation to its messages.
func (t *tx) files(thread string, list []api.Message, places map[string]int) error {
	rows, err := t.rows(selectFiles, thread)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var file api.Attachment
		var message string
		var name, digest []byte
		if err := rows.Scan(&file.ID, &message, &name, &digest, &file.Type, &file.Size); err != nil {
			return err
		}
		if file.Name, err = t.open("attachment", "name", file.ID, name); err != nil {
			return err
		}
		if file.SHA256, err = t.open("attachment", "digest", file.ID, digest); err != nil {
			return err
		}
		m := &list[places[message]]
		m.Attachments = append(m.Attachments, file)
	}
	return rows.Err()
}
