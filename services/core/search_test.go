package core_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"myaccount/services"
	"myaccount/services/core"
	"myaccount/services/seal"
	"myaccount/services/text"
)

// marked gives the words that a hit marks.
func marked(h services.Hit) (words []string) {
	for _, m := range h.Marks {
		words = append(words, h.Excerpt[m[0]:m[1]])
	}
	return words
}

func TestSearch_Words(t *testing.T) {
	c := newCenter(t)
	ctx := context.Background()
	file := c.attach(c.amelie, "Immatriculation.txt", "x")
	first := c.send("Bonjour, où est mon relevé d’ÉTÉ ? Cœur à cœur.", file.ID)
	c.clock.Move(time.Second)
	second := c.send("Nothing of that sort")
	_, err := c.daniel.Send(ctx, services.Outgoing{
		Topic: "payoff", AgreementID: c.other.ID, Body: "relevé", IdempotencyKey: "of-daniel",
	})
	must(t, err)
	for q, want := range map[string]struct {
		id     string
		marked string
	}{
		"releve":              {first.ThreadID, "[relevé]"},
		"ÉTE bonjour":         {first.ThreadID, "[Bonjour ÉTÉ]"},
		"d'été":               {first.ThreadID, "[d’ÉTÉ]"},
		"COEUR":               {first.ThreadID, "[Cœur cœur]"},
		"immatric":            {first.ThreadID, "[]"},
		"payoff sort":         {second.ThreadID, "[sort]"},
		"anticipe sort":       {second.ThreadID, "[sort]"},
		second.Reference[:6]:  {second.ThreadID, "[]"},
		"  relevé   bonjour ": {first.ThreadID, "[Bonjour relevé]"},
	} {
		hits, err := c.amelie.Search(ctx, q, 10)
		must(t, err)
		if len(hits) != 1 || hits[0].Thread.ID != want.id || fmt.Sprint(marked(hits[0])) != want.marked {
			t.Errorf("%q: %+v", q, hits)
		}
	}
	for _, q := range []string{"", "  ", "relevé sort", "xyz", "\x00", "*", "%"} {
		if hits, err := c.amelie.Search(ctx, q, 10); err != nil || len(hits) != 0 {
			t.Errorf("%q: %+v, %v", q, hits, err)
		}
	}
	hits, err := c.amelie.Search(ctx, "payoff", 0)
	must(t, err)
	if len(hits) != 2 || hits[0].Thread.ID != second.ThreadID {
		t.Errorf("the latest first: %+v", hits)
	}
	if hits, err := c.amelie.Search(ctx, "payoff", 1); err != nil || len(hits) != 1 {
		t.Errorf("limit: %+v, %v", hits, err)
	}
	c.answer(first.ThreadID, "a fresh answer with a zebra")
	hits, err = c.amelie.Search(ctx, "zebra", 10)
	must(t, err)
	if len(hits) != 1 || hits[0].Thread.ID != first.ThreadID || hits[0].Excerpt != "a fresh answer with a zebra" {
		t.Errorf("what is new: %+v", hits)
	}
}

// TestSearch_Kept: what one session has read, the next of the same person finds, with what came since; it is forgotten
// with the end of a session, and is nobody else's.
func TestSearch_Kept(t *testing.T) {
	c := newCenter(t)
	ctx := context.Background()
	token := c.amelie.(interface{ Token() seal.Secret }).Token()
	search := func(q string) int {
		t.Helper()
		s, err := c.Resume(ctx, token)
		must(t, err)
		hits, err := s.(services.CustomerSession).Search(ctx, q, 10)
		must(t, err)
		return len(hits)
	}
	c.send("a zebra")
	if search("zebra") != 1 || search("lion") != 0 || core.Searched(c.Core) != 1 {
		t.Error("what was sent is not found, or not kept")
	}
	c.send("a lion")
	if search("lion") != 1 || search("zebra") != 1 {
		t.Error("what is new is not found")
	}
	if hits, err := c.daniel.Search(ctx, "lion", 10); err != nil || len(hits) != 0 {
		t.Errorf("somebody else finds %v, %v", hits, err)
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if search("lion") != 1 {
				t.Error("not found by many at once")
			}
		})
	}
	all.Wait()
	must(t, c.amelie.SignOut(ctx))
	if core.Searched(c.Core) != 0 {
		t.Error("kept though the session has ended")
	}
	if _, err := c.amelie.Search(ctx, "lion", 10); services.CodeOf(err) != services.CodeUnauthenticated || core.Searched(c.Core) != 0 {
		t.Errorf("searched after the end: %v", err)
	}
}

func TestSearch_Excerpt(t *testing.T) {
	c := newCenter(t)
	c.send(strings.Repeat("mot ", 500) + "l’aiguille " + strings.Repeat("paille ", 200))
	hits, err := c.amelie.Search(context.Background(), "AIGUILLE", 1)
	must(t, err)
	if len(hits) != 1 {
		t.Fatalf("hits %+v", hits)
	}
	hit := hits[0]
	if fmt.Sprint(marked(hit)) != "[aiguille]" || !strings.HasPrefix(hit.Excerpt, "…mot") || !strings.HasSuffix(hit.Excerpt, "…") ||
		utf8.RuneCountInString(hit.Excerpt) > 165 {
		t.Errorf("excerpt %q, marks %v", hit.Excerpt, hit.Marks)
	}
}

// Whatever is written and looked for: marks lie within the excerpt, on whole characters, in order, and what they mark
// folds to what was looked for.
func TestSearch_Marks(t *testing.T) {
	c := newCenter(t)
	word := rapid.StringOfN(rapid.RuneFrom([]rune("aéœEßﬁÅ’'🚗أe\u0301\u0327İx")), 1, 4, -1)
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(word, 1, 30).Draw(t, "words")
		needle := text.Line(rapid.SampledFrom(words).Draw(t, "needle"))
		body := strings.Join(words, " ")
		if strings.TrimSpace(text.Fold(needle)) == "" {
			return
		}
		c.send(body)
		hits, err := c.amelie.Search(context.Background(), needle, 1)
		must(t, err)
		for _, h := range hits {
			at := 0
			for _, m := range h.Marks {
				if m[0] < at || m[1] <= m[0] || m[1] > len(h.Excerpt) || !utf8.ValidString(h.Excerpt[m[0]:m[1]]) {
					t.Fatalf("marks %v in %q", h.Marks, h.Excerpt)
				}
				at = m[1]
				if part := text.Fold(h.Excerpt[m[0]:m[1]]); !strings.Contains(part, strings.Fields(text.Fold(needle))[0]) {
					t.Fatalf("marked %q for %q", part, needle)
				}
			}
		}
		if len(hits) == 0 {
			t.Fatalf("%q is not found in %q", needle, body)
		}
	})
}

func BenchmarkSearch(b *testing.B) {
	c := openCenter(b, b.TempDir()+"/portal.db", b.Cleanup)
	c.fill(10_000)
	ctx := context.Background()
	for _, q := range []string{"payoff", "number9999", "elegants payoff number1", "nowhere"} {
		b.Run(q, func(b *testing.B) {
			_, err := c.amelie.Search(ctx, q, 50)
			must(b, err)
			for b.Loop() {
				if _, err := c.amelie.Search(ctx, q, 50); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
