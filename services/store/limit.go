package store

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"myaccount/services/core"
)

// Tries reads a counter and holds it.
func (t *tx) Tries(name string) (core.Tries, error) {
	tries := core.Tries{Name: name}
	var times string
	var until int64
	// Writing the row first takes its lock on engines with several writers.
	err := t.one(func(row scanner) error { return row.Scan(&tries.PersonID, &times, &until) },
		`INSERT INTO tries (name_hash, person_id, times, until, stale_at) VALUES ($1, '', '', 0, 0)
		ON CONFLICT (name_hash) DO UPDATE SET person_id = tries.person_id
		RETURNING person_id, times, until`, t.triesHash(name))
	if err != nil {
		return core.Tries{}, err
	}
	tries.Until = moment(until)
	for part := range strings.SplitSeq(times, ",") {
		if part == "" {
			continue
		}
		us, err := strconv.ParseInt(part, 10, 64)
		if err != nil {
			return core.Tries{}, fmt.Errorf("tries.times: %w", err)
		}
		tries.Times = append(tries.Times, moment(us))
	}
	return tries, nil
}

// SetTries writes a counter.
func (t *tx) SetTries(tries core.Tries, stale time.Time) error {
	times := make([]string, len(tries.Times))
	for i, at := range tries.Times {
		times[i] = strconv.FormatInt(micros(at), 10)
	}
	return t.exec(`UPDATE tries SET person_id = $2, times = $3, until = $4, stale_at = $5 WHERE name_hash = $1`,
		t.triesHash(tries.Name), tries.PersonID, strings.Join(times, ","), micros(tries.Until), micros(stale))
}

// ClearTries removes a counter.
func (t *tx) ClearTries(name string) error {
	return t.exec(`DELETE FROM tries WHERE name_hash = $1`, t.triesHash(name))
}

// ClearTriesOf removes the counters of a person.
func (t *tx) ClearTriesOf(personID string) error {
	return t.exec(`DELETE FROM tries WHERE person_id = $1`, personID)
}

// ForgetTries removes stale counters.
func (t *tx) ForgetTries(at time.Time) error {
	return t.exec(`DELETE FROM tries WHERE stale_at <= $1`, micros(at))
}

func (t *tx) triesHash(name string) []byte { return t.box.Lookup("tries.name", name) }
