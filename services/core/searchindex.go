package core

import (
	"slices"
	"strings"
	"sync"
	"time"

	"myaccount/services/text"
)

const (
	// searchIdle is how long a person's messages stay folded after a search.
	searchIdle = 5 * time.Minute
	// searchPeople and searchBytes bound how many people's are kept, and how much of all together.
	searchPeople = 32
	searchBytes  = 64 << 20
)

// searchIndexes keeps the folded messages of those who searched last, so that a person who types a search, each letter
// another request, has them opened once. They are in memory alone, as what is sealed at rest is never indexed on disk,
// and are forgotten searchIdle after the last search, and when a session of the person ends.
type searchIndexes struct {
	mu    sync.Mutex
	of    map[string]*searchIndex // by person
	sweep *time.Timer             // nil while there is nothing to forget
}

// searchIndex is a folded copy of a person's messages. The first search reads everything, later ones what is new.
type searchIndex struct {
	mu      sync.Mutex // held while somebody searches
	seq     int64      // of the latest message in entries
	entries []searchEntry

	used  time.Time // guarded by searchIndexes.mu, like bytes
	bytes int       // what the entries hold, about
}

// searchEntry is one message, oldest first.
type searchEntry struct {
	threadID  string
	messageID string
	folded    string // reference, topic, names of files, text
	keptUntil time.Time
}

// entryBytes is what an entry takes beside its text: itself and its ids.
const entryBytes = 150

// take gives a person's index, new if it has to be, to nobody else until it is given back.
func (x *searchIndexes) take(person string) *searchIndex {
	index := x.find(person)
	index.mu.Lock()
	return index
}

func (x *searchIndexes) find(person string) *searchIndex {
	x.mu.Lock()
	defer x.mu.Unlock()
	index, ok := x.of[person]
	if !ok {
		if x.of == nil {
			x.of = map[string]*searchIndex{}
		}
		index = &searchIndex{}
		x.of[person] = index
	}
	index.used = time.Now()
	return index
}

// giveBack lets others search, and drops what there is no room for. An index that was forgotten meanwhile stays so.
func (x *searchIndexes) giveBack(person string, index *searchIndex) {
	bytes := entryBytes * len(index.entries)
	for _, e := range index.entries {
		bytes += len(e.folded)
	}
	index.mu.Unlock()
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.of[person] != index {
		return
	}
	if bytes == 0 || bytes > searchBytes {
		delete(x.of, person)
		return
	}
	index.used, index.bytes = time.Now(), bytes
	for x.tooMuch() {
		delete(x.of, x.oldest())
	}
	if x.sweep == nil && len(x.of) > 0 {
		x.sweep = time.AfterFunc(searchIdle, x.forgetIdle)
	}
}

func (x *searchIndexes) tooMuch() bool { return len(x.of) > searchPeople || x.bytes() > searchBytes }

// bytes is what all take.
func (x *searchIndexes) bytes() (sum int) {
	for _, index := range x.of {
		sum += index.bytes
	}
	return sum
}

// oldest is who has not searched for longest.
func (x *searchIndexes) oldest() (person string) {
	for p, index := range x.of {
		if person == "" || index.used.Before(x.of[person].used) {
			person = p
		}
	}
	return person
}

// forgetIdle forgets what was not used for a while, and looks again when the next may be.
func (x *searchIndexes) forgetIdle() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.sweep = nil
	for person, index := range x.of {
		if time.Since(index.used) >= searchIdle {
			delete(x.of, person)
		}
	}
	if len(x.of) > 0 {
		x.sweep = time.AfterFunc(searchIdle-time.Since(x.of[x.oldest()].used), x.forgetIdle)
	}
}

// forget forgets people's indexes.
func (x *searchIndexes) forget(people ...string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, person := range people {
		delete(x.of, person)
	}
}

// close forgets everything.
func (x *searchIndexes) close() {
	x.mu.Lock()
	defer x.mu.Unlock()
	clear(x.of)
	if x.sweep != nil {
		x.sweep.Stop()
		x.sweep = nil
	}
}

// refresh drops what is past its time and reads what is new.
func (x *searchIndex) refresh(tx Tx, personID string, topics map[string]string) error {
	now := tx.Now()
	x.entries = slices.DeleteFunc(x.entries, func(e searchEntry) bool { return !now.Before(e.keptUntil) })
	threads := map[string]ThreadRow{}
	var fresh []MessageRow
	err := tx.EachMessage(personID, x.seq, func(row MessageRow) error {
		fresh = append(fresh, row)
		return nil
	})
	if err != nil {
		return err
	}
	for _, m := range fresh {
		thread, ok := threads[m.ThreadID]
		if !ok {
			if thread, err = tx.Thread(m.ThreadID); err != nil {
				return err
			}
			threads[m.ThreadID] = thread
		}
		parts := []string{thread.Reference, topics[thread.Topic], m.Body}
		if thread.Attachments > 0 {
			files, err := tx.AttachmentsOf(m.ID)
			if err != nil {
				return err
			}
			for _, f := range files {
				parts = append(parts, f.Name)
			}
		}
		x.entries = append(x.entries, searchEntry{
			threadID: m.ThreadID, messageID: m.ID, keptUntil: m.KeptUntil, folded: text.Fold(strings.Join(parts, "\n")),
		})
		x.seq = m.Seq
	}
	return nil
}

// find gives the latest message of each thread that has all words, the latest first.
func (x *searchIndex) find(words []string, now time.Time, limit int) []searchEntry {
	var found []searchEntry
	seen := map[string]bool{}
	for _, e := range slices.Backward(x.entries) {
		if seen[e.threadID] || !now.Before(e.keptUntil) || !hasAll(e.folded, words) {
			continue
		}
		seen[e.threadID] = true
		if found = append(found, e); len(found) == limit {
			break
		}
	}
	return found
}

// hasAll tells whether a folded text has all words.
func hasAll(folded string, words []string) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(folded, w) })
}
