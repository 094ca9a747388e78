package store

import (
	"time"

	"myaccount/services"
	"myaccount/services/core"
)

// AddEvent writes an event as the next of its audience.
func (t *tx) AddEvent(audience string, row core.EventRow) (seq int64, err error) {
	err = t.one(func(r scanner) error { return r.Scan(&seq) },
		`INSERT INTO event_seq (audience, last) VALUES ($1, 1)
		ON CONFLICT (audience) DO UPDATE SET last = event_seq.last + 1 RETURNING last`, audience)
	if err != nil {
		return 0, err
	}
	return seq, t.exec(`INSERT INTO event (audience, seq, kind, ref, at) VALUES ($1, $2, $3, $4, $5)`,
		audience, seq, string(row.Kind), row.ID, micros(row.At))
}

// Events reads events of an audience after a sequence number.
func (t *tx) Events(audience string, after int64, limit int) ([]services.Event, error) {
	var events []services.Event
	err := t.each(func(row scanner) error {
		var e services.Event
		if err := row.Scan(&e.Seq, &e.Kind, &e.ID); err != nil {
			return err
		}
		events = append(events, e)
		return nil
	}, `SELECT seq, kind, ref FROM event WHERE audience = $1 AND seq > $2 ORDER BY seq LIMIT $3`, audience, after, limit)
	return events, err
}

// EventRange gives the first sequence number that is kept and the last that was written.
func (t *tx) EventRange(audience string) (first, last int64, err error) {
	err = t.one(func(row scanner) error { return row.Scan(&first, &last) },
		`SELECT coalesce((SELECT min(seq) FROM event WHERE audience = $1), s.last + 1), s.last
		FROM (SELECT coalesce(max(last), 0) AS last FROM event_seq WHERE audience = $1) s`, audience)
	return first, last, err
}

// ForgetEvents removes those written before a moment.
func (t *tx) ForgetEvents(before time.Time) error {
	return t.exec(`DELETE FROM event WHERE at < $1`, micros(before))
}

// ForgetAudience removes all that is kept of an audience.
func (t *tx) ForgetAudience(audience string) error {
	if err := t.exec(`DELETE FROM event WHERE audience = $1`, audience); err != nil {
		return err
	}
	return t.exec(`DELETE FROM event_seq WHERE audience = $1`, audience)
}
