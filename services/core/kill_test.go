package core_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"

	"myaccount/services"
	"myaccount/services/core"
	"myaccount/services/seal"
)

// Environment of the process that is killed.
const (
	killDatabase = "MYACCOUNT_TEST_KILL_DATABASE"
	killToken    = "MYACCOUNT_TEST_KILL_TOKEN"
	killKey      = "MYACCOUNT_TEST_KILL_KEY"
)

// sentLine is what that process says before each message.
const sentLine = "next"

// uniqueIDs makes ids that no other process makes.
func uniqueIDs(c *core.Config) { c.NewID = func() string { return uuid.Must(uuid.NewV7()).String() } }

// TestSend_Killed kills a process that writes messages, each from a draft with a file, at random moments. Afterwards
// every message is there once, or is still a draft with its file; none is both.
func TestSend_Killed(t *testing.T) {
	if path := os.Getenv(killDatabase); path != "" {
		sendUntilKilled(t, path)
		return
	}
	path := filepath.Join(t.TempDir(), "portal.db")
	var token string
	t.Run("prepare", func(t *testing.T) {
		c := openCenter(t, path, t.Cleanup, uniqueIDs)
		token = c.amelie.(interface{ Token() seal.Secret }).Token().Reveal()
	})
	const rounds = 8
	messages := 0
	for round := range rounds {
		kill(t, path, token)
		t.Run(fmt.Sprint("round ", round), func(t *testing.T) { messages = onceOrDraft(t, path, token) })
	}
	if messages == 0 {
		t.Error("nothing was ever sent")
	}
}

// kill starts a process that sends, and kills it up to 20 ms after one of its first messages.
func kill(t *testing.T, path, token string) {
	t.Helper()
	command := exec.Command(os.Args[0], "-test.run=^TestSend_Killed$", "-test.count=1")
	key, err := sharedKey()
	must(t, err)
	command.Env = append(os.Environ(), killDatabase+"="+path, killToken+"="+token, killKey+"="+string(key.Marshal()))
	out, err := command.StdoutPipe()
	must(t, err)
	must(t, command.Start())
	lines := bufio.NewScanner(out)
	for sent := rand.IntN(6); sent >= 0; {
		if !lines.Scan() {
			t.Fatal("the process ended by itself")
		}
		if lines.Text() == sentLine {
			sent--
		} else {
			t.Log(lines.Text())
		}
	}
	time.Sleep(time.Duration(rand.IntN(20_000)) * time.Microsecond)
	must(t, command.Process.Kill())
	_ = command.Wait() // it was killed
}

// sendUntilKilled is what the process does.
func sendUntilKilled(t *testing.T, path string) {
	sharedKey = func() (seal.Key, error) { return seal.ParseKey([]byte(os.Getenv(killKey))) }
	h := openHarness(t, path, t.Cleanup, uniqueIDs)
	s := h.resume(os.Getenv(killToken))
	ctx := context.Background()
	agreements, err := s.Agreements(ctx)
	must(t, err)
	for {
		fmt.Println(sentLine)
		file, err := s.Attach(ctx, services.Upload{Name: "a.txt", Data: []byte("a file")})
		must(t, err)
		draft, err := s.SaveDraft(ctx, services.Draft{
			Topic: "payoff", AgreementID: agreements[0].ID, Body: file.ID, Attachments: []services.Attachment{file},
		})
		must(t, err)
		_, err = s.Send(ctx, sendingOf(draft))
		must(t, err)
	}
}

// sendingOf is a draft as it is sent.
func sendingOf(d services.Draft) services.Outgoing {
	m := services.Outgoing{
		Topic: d.Topic, AgreementID: d.AgreementID, Body: d.Body, DraftID: d.ID, IdempotencyKey: d.IdempotencyKey,
	}
	for _, a := range d.Attachments {
		m.AttachmentIDs = append(m.AttachmentIDs, a.ID)
	}
	return m
}

// resume takes a session up again.
func (h *harness) resume(token string) services.CustomerSession {
	h.t.Helper()
	s, err := h.Resume(context.Background(), seal.Secret(token))
	must(h.t, err)
	return s.(services.CustomerSession)
}

// onceOrDraft checks what a kill left, sends the drafts, and counts the messages.
func onceOrDraft(t *testing.T, path, token string) int {
	h := openHarness(t, path, t.Cleanup, uniqueIDs)
	must(t, h.db.File.Check(context.Background()))
	s := h.resume(token)
	ctx := context.Background()
	there := map[string]int{} // by the text, which is the id of the file
	check := func(body string, files []services.Attachment) {
		t.Helper()
		there[body]++
		if len(files) != 1 || files[0].ID != body {
			t.Errorf("%s has the files %+v", body, files)
			return
		}
		if content, err := s.OpenAttachment(ctx, body); err != nil || string(content.Data) != "a file" {
			t.Errorf("file of %s: %q, %v", body, content.Data, err)
		}
	}
	query := services.ThreadQuery{Page: services.Page{Limit: 100}}
	for {
		page, err := s.Threads(ctx, query)
		must(t, err)
		for _, item := range page.Items {
			thread, err := s.Thread(ctx, item.ID)
			must(t, err)
			for _, m := range thread.Messages {
				check(m.Body, m.Attachments)
			}
		}
		if query.After = page.Next; page.Next == "" {
			break
		}
	}
	drafts, err := s.Drafts(ctx)
	must(t, err)
	for _, d := range drafts {
		check(d.Body, d.Attachments)
		first, err := s.Send(ctx, sendingOf(d))
		must(t, err)
		again, err := s.Send(ctx, sendingOf(d))
		must(t, err)
		if first != again {
			t.Errorf("a draft sent twice: %+v, %+v", first, again)
		}
	}
	for body, n := range there {
		if n != 1 {
			t.Errorf("%s is there %d times", body, n)
		}
	}
	return len(there)
}
