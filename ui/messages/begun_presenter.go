package messages

import "slices"

// Begun is what a person has begun to write in a session, from page to page. Whoever opens a draft or a conversation
// again goes on with the writer that they left: a file that is still being attached comes to it, and no two writers save
// over each other. The zero value is empty.
type Begun struct{ writers []*writer }

func (b *Begun) add(w *writer) { b.writers = append(b.writers, w) }

// drop forgets a writer that nothing was written in.
func (b *Begun) drop(w *writer) {
	b.writers = slices.DeleteFunc(b.writers, func(other *writer) bool { return other == w })
}

// draft finds the writer of a draft, nil when there is none in this session.
func (b *Begun) draft(id string) *writer {
	return b.find(func(w *writer) bool { return id != "" && w.draft.ID == id })
}

// reply finds the writer of a reply to a conversation, nil when there is none in this session.
func (b *Begun) reply(threadID string) *writer {
	return b.find(func(w *writer) bool { return threadID != "" && w.draft.ThreadID == threadID })
}

// find gives the first that was not sent.
func (b *Begun) find(is func(*writer) bool) *writer {
	for _, w := range b.writers {
		if w.sent == nil && is(w) {
			return w
		}
	}
	return nil
}

// save saves everything that is not saved yet.
func (b *Begun) save() {
	for _, w := range b.writers {
		w.save()
	}
}
