package core_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"myaccount/services"
	"myaccount/services/text"
)

// TestThreads_ExcerptIsTheBeginning compares excerpts with the beginning of the whole text in one line.
func TestThreads_ExcerptIsTheBeginning(t *testing.T) {
	c := newCenter(t)
	for _, body := range []string{
		"short",
		strings.Repeat("x", 160),
		strings.Repeat("x", 161),
		strings.Repeat("deux mots ", 16),
		strings.Repeat("deux mots ", 17),
		strings.Repeat("été à Québec\n", 40),
		strings.Repeat("العربية 🚗 ", 40),
		"first" + strings.Repeat(" \n", 200) + strings.Repeat("after a long gap ", 30),
		strings.Repeat("x", 199) + strings.Repeat(" ", 300) + "y",
		strings.Repeat("x", 158) + " " + strings.Repeat("y", 50),
	} {
		want := text.Line(body)
		if runes := []rune(want); len(runes) > 160 {
			want = strings.TrimSpace(string(runes[:159])) + "…"
		}
		if got := c.thread(c.send(body).ThreadID).Excerpt; got != want {
			t.Errorf("of %q:\n got %q\nwant %q", body, got, want)
		}
	}
}

func TestThreads_Pages(t *testing.T) {
	c := newCenter(t)
	ctx := context.Background()
	want := []string{}
	for i := range 7 {
		want = append([]string{c.send(fmt.Sprint("message ", i)).ThreadID}, want...)
		if i%2 == 0 { // two of the same moment are told apart by their ids
			c.clock.Move(time.Second)
		}
	}
	for _, limit := range []int{1, 2, 3, 7, 8, 0, 1000, -1} {
		got := pagesOf(t, limit, func(at services.Page) (ids []string, next string, err error) {
			page, err := c.amelie.Threads(ctx, services.ThreadQuery{Page: at})
			for _, item := range page.Items {
				ids = append(ids, item.ID)
			}
			return ids, page.Next, err
		})
		if !slices.Equal(got, want) {
			t.Errorf("limit %d: got %q, want %q", limit, got, want)
		}
	}
	for _, after := range []string{"x", "!.", ".", "zzzzzzzzzzzzzzzz.a"} {
		_, err := c.amelie.Threads(ctx, services.ThreadQuery{Page: services.Page{After: after}})
		wantFields(t, err, map[string]string{"after": "format"})
	}
}

func TestThreads_Excerpt(t *testing.T) {
	c := newCenter(t)
	for body, want := range map[string]string{
		"a\n\n b\tc":              "a b c",
		strings.Repeat("é", 160):  strings.Repeat("é", 160),
		strings.Repeat("🚗", 161):  strings.Repeat("🚗", 159) + "…",
		strings.Repeat("ab ", 99): strings.TrimSpace(strings.Repeat("ab ", 53)) + "…",
	} {
		id := c.send(body).ThreadID
		if got := c.thread(id).Excerpt; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestMarkRead_UnreadCount(t *testing.T) {
	c := newCenter(t)
	ctx := context.Background()
	read, unread := c.send("one").ThreadID, c.send("two").ThreadID
	c.answer(read, "answer")
	c.answer(unread, "answer")
	wantUnread := func(want int) {
		t.Helper()
		n, err := c.amelie.Unread(ctx)
		must(t, err)
		if n != want {
			t.Errorf("%d unread, want %d", n, want)
		}
	}
	wantUnread(2)
	must(t, c.amelie.MarkRead(ctx, read))
	must(t, c.amelie.MarkRead(ctx, read))
	wantUnread(1)
	page, err := c.amelie.Threads(ctx, services.ThreadQuery{UnreadOnly: true})
	must(t, err)
	if len(page.Items) != 1 || page.Items[0].ID != unread || !page.Items[0].Unread {
		t.Errorf("unread only: %+v", page.Items)
	}
	wantCode(t, c.daniel.MarkRead(ctx, unread), services.CodeNotFound)
	wantCode(t, c.amelie.MarkRead(ctx, "nothing"), services.CodeNotFound)
	wantUnread(1)
}

func TestThread_OthersIsNotFound(t *testing.T) {
	c := newCenter(t)
	id := c.send("mine").ThreadID
	for _, wrong := range []string{id, "", "nothing"} {
		_, err := c.daniel.Thread(context.Background(), wrong)
		wantCode(t, err, services.CodeNotFound)
	}
	if n := len(c.threadsOf(c.daniel)); n != 0 {
		t.Errorf("Daniel sees %d threads", n)
	}
}

// Every call of the message center needs an authorized device and a link.
func TestCenter_Guard(t *testing.T) {
	c := newCenter(t)
	ctx := context.Background()
	c.person("new@example.ca")
	unlinked := c.signIn("new@example.ca").(services.CustomerSession)
	strange := c.signIn(amelieAddress).(services.CustomerSession)
	ended := c.signInLinked(danielAddress)
	must(t, ended.SignOut(ctx))
	for name, call := range map[string]func(s services.CustomerSession) error{
		"Threads":        func(s services.CustomerSession) error { _, err := s.Threads(ctx, services.ThreadQuery{}); return err },
		"Thread":         func(s services.CustomerSession) error { _, err := s.Thread(ctx, "x"); return err },
		"Send":           func(s services.CustomerSession) error { _, err := s.Send(ctx, c.outgoing("x")); return err },
		"MarkRead":       func(s services.CustomerSession) error { return s.MarkRead(ctx, "x") },
		"Unread":         func(s services.CustomerSession) error { _, err := s.Unread(ctx); return err },
		"Search":         func(s services.CustomerSession) error { _, err := s.Search(ctx, "x", 1); return err },
		"Drafts":         func(s services.CustomerSession) error { _, err := s.Drafts(ctx); return err },
		"Draft":          func(s services.CustomerSession) error { _, err := s.Draft(ctx, "x"); return err },
		"SaveDraft":      func(s services.CustomerSession) error { _, err := s.SaveDraft(ctx, services.Draft{}); return err },
		"DeleteDraft":    func(s services.CustomerSession) error { return s.DeleteDraft(ctx, "x") },
		"OpenAttachment": func(s services.CustomerSession) error { _, err := s.OpenAttachment(ctx, "x"); return err },
		"Detach":         func(s services.CustomerSession) error { return s.Detach(ctx, "x") },
		"Attach": func(s services.CustomerSession) error {
			_, err := s.Attach(ctx, services.Upload{Name: "a.txt", Data: []byte("a")})
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			wantCode(t, call(unlinked), services.CodeDeviceUnauthorized)
			wantCode(t, call(strange), services.CodeDeviceUnauthorized)
			wantCode(t, call(ended), services.CodeUnauthenticated)
		})
	}
	_, err := ended.Subscribe(ctx, 0)
	wantCode(t, err, services.CodeUnauthenticated)
}

// What a start reads takes as long with many messages as with few.
func BenchmarkStart(b *testing.B) {
	for _, n := range []int{100, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			c := openCenter(b, b.TempDir()+"/portal.db", b.Cleanup)
			c.fill(n)
			ctx := context.Background()
			for b.Loop() {
				_, err := c.amelie.Threads(ctx, services.ThreadQuery{Page: services.Page{Limit: 10}})
				must(b, err)
				_, err = c.amelie.Unread(ctx)
				must(b, err)
				_, err = c.advisor.Queue(ctx, services.DeskQuery{Page: services.Page{Limit: 10}})
				must(b, err)
				must(b, c.Work(ctx))
			}
		})
	}
}
