package core

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"myaccount/services"
	"myaccount/services/text"
)

// ThreadTx is the part of a transaction that keeps threads. What is past its time is never read, whether or not it was
// removed already.
type ThreadTx interface {
	// AddThread writes a new one.
	AddThread(row ThreadRow) error
	// UpdateThread writes what messages change: all columns but the id, reference, person, agreement and topic.
	UpdateThread(row ThreadRow) error
	// DeleteThread removes one.
	DeleteThread(id string) error
	// Thread reads one, or gives ErrNoRow.
	Thread(id string) (ThreadRow, error)
	// ThreadIDs lists all threads of a person, also those past their time.
	ThreadIDs(personID string) ([]string, error)
	// ReferenceTaken tells whether a thread has the reference.
	ReferenceTaken(reference string) (bool, error)
	// Threads lists at most limit threads of a person before a place, the latest first. Its cursors are LastAt
	// (microseconds) with the id.
	Threads(personID string, unreadOnly bool, before Cursor, limit int) ([]ThreadRow, error)
	// CountUnread counts a person's threads with an answer that was not read.
	CountUnread(personID string) (int, error)
	// Queue lists at most limit threads of everybody after a place in the desk's queue, with the place of each: first
	// those that wait, the longest first, then the others, the latest first.
	Queue(waitingOnly bool, after Cursor, limit int) ([]ThreadRow, []Cursor, error)
}

// ThreadRow is a thread as it is kept.
type ThreadRow struct {
	ID           string
	Reference    string
	PersonID     string // the customer
	AgreementID  string
	Topic        string
	LastID       string // of the latest message
	LastFrom     services.Role
	LastAt       time.Time
	Unread       bool
	WaitingSince time.Time // zero when answered
	KeptUntil    time.Time
	Attachments  int    // only read
	LastBody     string // of the latest message; only read
}

// Threads lists the person's threads.
func (s *customerSession) Threads(ctx context.Context, q services.ThreadQuery) (services.ThreadPage, error) {
	before, err := cursorOf(q.After, Cursor{At: math.MaxInt64})
	if err != nil {
		return services.ThreadPage{}, err
	}
	limit := limitOf(q.Limit)
	var page services.ThreadPage
	err = s.view(ctx, ready, func(tx Tx, row SessionRow) error {
		page = services.ThreadPage{}
		rows, err := tx.Threads(row.PersonID, q.UnreadOnly, before, limit+1)
		if err != nil {
			return err
		}
		if len(rows) > limit {
			rows = rows[:limit]
			last := rows[limit-1]
			page.Next = Cursor{last.LastAt.UnixMicro(), last.ID}.String()
		}
		page.Items, err = summaries(tx, rows)
		return err
	})
	return page, err
}

// Thread gives one with its messages.
func (s *customerSession) Thread(ctx context.Context, id string) (services.Thread, error) {
	var thread services.Thread
	err := s.view(ctx, ready, func(tx Tx, row SessionRow) error {
		t, err := ownThread(tx, row.PersonID, id)
		if err != nil {
			return err
		}
		if thread.ThreadSummary, err = (&summarizer{tx: tx}).summary(t); err != nil {
			return err
		}
		thread.Messages, err = s.core.messages(tx, t, services.RoleCustomer)
		return err
	})
	return thread, err
}

// MarkRead marks a thread as read.
func (s *customerSession) MarkRead(ctx context.Context, threadID string) error {
	return s.update(ctx, ready, func(tx Tx, row SessionRow) error {
		t, err := ownThread(tx, row.PersonID, threadID)
		if err != nil || !t.Unread {
			return err
		}
		t.Unread = false
		if err := tx.UpdateThread(t); err != nil {
			return err
		}
		return announce(tx, t.PersonID, services.EventThread, t.ID)
	})
}

// Unread counts threads with an unread reply.
func (s *customerSession) Unread(ctx context.Context) (n int, err error) {
	err = s.view(ctx, ready, func(tx Tx, row SessionRow) error {
		n, err = tx.CountUnread(row.PersonID)
		return err
	})
	return n, err
}

// ownThread reads a thread of a person. Fails with CodeNotFound.
func ownThread(tx Tx, personID, id string) (ThreadRow, error) {
	t, err := tx.Thread(id)
	if err != nil {
		return ThreadRow{}, gone(err, services.CodeNotFound)
	}
	if t.PersonID != personID {
		return ThreadRow{}, services.Fail(services.CodeNotFound)
	}
	return t, nil
}

// summarizer makes summaries within one transaction, and reads each agreement once.
type summarizer struct {
	tx    Tx
	known map[string]AgreementRow
}

// summaries makes the summaries of threads.
func summaries(tx Tx, rows []ThreadRow) ([]services.ThreadSummary, error) {
	sum := &summarizer{tx: tx}
	items := make([]services.ThreadSummary, 0, len(rows))
	for _, row := range rows {
		item, err := sum.summary(row)
		if err != nil {
			return nil, err
		}
		items = append(items, item)
	}
	return items, nil
}

// summary makes the summary of a thread.
func (s *summarizer) summary(row ThreadRow) (services.ThreadSummary, error) {
	agreement, err := s.agreement(row.AgreementID)
	return services.ThreadSummary{
		ID: row.ID, Reference: row.Reference, Topic: row.Topic, AgreementID: row.AgreementID, AgreementNumber: agreement.Number,
		Excerpt: beginning(row.LastBody), LastFrom: row.LastFrom, LastAt: row.LastAt, Unread: row.Unread,
		Attachments: row.Attachments, KeptUntil: row.KeptUntil,
	}, err
}

// agreement reads an agreement; an empty one when the lender has taken it out of the portfolio.
func (s *summarizer) agreement(id string) (AgreementRow, error) {
	if row, ok := s.known[id]; ok {
		return row, nil
	}
	row, err := s.tx.Agreement(id)
	if err != nil && !errors.Is(err, ErrNoRow) {
		return AgreementRow{}, err
	}
	if s.known == nil {
		s.known = map[string]AgreementRow{}
	}
	s.known[id] = row
	return row, nil
}

// excerptRunes is how much of a message a list shows.
const excerptRunes = 160

// beginning is the beginning of a text in one line.
func beginning(body string) string {
	var line string
	for _, bytes := range []int{excerptRunes + 40, 8 * excerptRunes} { // a rune has at most 4, and white space goes
		line = text.Line(body[:min(len(body), bytes)])
		if ahead(line, 0, excerptRunes) < len(line) {
			return strings.TrimSpace(line[:ahead(line, 0, excerptRunes-1)]) + "…"
		}
		if len(body) <= bytes {
			break
		}
	}
	return line
}

// crockford is an alphabet of digits and letters that are told apart when read out (Douglas Crockford's base 32).
const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// newReference makes the reference of a thread, "M-7K3F-92QD", or of a payment, "P-…", from its id: 40 bits, another try
// when it is taken.
func newReference(kind, id string, taken func(reference string) (bool, error)) (string, error) {
	for try := 0; ; try++ {
		sum := sha256.Sum256([]byte(id + strconv.Itoa(try)))
		letters := make([]byte, 8)
		for i := range letters {
			letters[i] = crockford[sum[i]%32]
		}
		reference := fmt.Sprintf("%s-%s-%s", kind, letters[:4], letters[4:])
		if known, err := taken(reference); err != nil || !known {
			return reference, err
		}
	}
}
