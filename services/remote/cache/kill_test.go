package cache_test

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"myaccount/services"
	"myaccount/services/basetest"
	"myaccount/services/remote/cache"
	"myaccount/services/seal"
)

// Environment of the processes that the tests below start.
const (
	childTask   = "MYACCOUNT_TEST_CACHE_TASK"
	childFolder = "MYACCOUNT_TEST_CACHE_FOLDER"
	childKey    = "MYACCOUNT_TEST_CACHE_KEY"
)

// nextLine is what a process says before each message.
const nextLine = "next"

// system is the clock of a process that lives for real.
type system struct{}

func (system) Now() time.Time { return time.Now().UTC() }

func TestMain(m *testing.M) {
	_ = flag.Set("rapid.checks", "25") // TestLife takes long; the flag of the command line counts more
	task := map[string]func(*child) error{"live": (*child).live, "send": (*child).send}[os.Getenv(childTask)]
	if task == nil {
		os.Exit(m.Run())
	}
	c, err := openChild(os.Getenv(childFolder), []byte(os.Getenv(childKey)))
	if err == nil {
		err = task(c)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// child is a process that uses the cache in a folder, with the backend's book beside it.
type child struct {
	person *cache.Person
	book   *os.File
}

func openChild(folder string, key []byte) (*child, error) {
	parsed, err := seal.ParseKey(key)
	if err != nil {
		return nil, err
	}
	box, err := seal.Open(parsed)
	if err != nil {
		return nil, err
	}
	c, err := cache.Open(context.Background(), folder, box, system{}, newID)
	if err != nil {
		return nil, err
	}
	book, err := os.OpenFile(bookOf(folder), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	return &child{c.Person("amelie"), book}, err
}

// entry is what the backend notes of a message it got: the same key twice is the same message.
type entry struct{ Key, Body string }

func bookOf(folder string) string { return folder + ".book" }

// post sends a message to the backend.
func (c *child) post(m services.Outgoing) error {
	line, err := json.Marshal(entry{m.IdempotencyKey, m.Body})
	if err == nil {
		_, err = c.book.Write(append(line, '\n'))
	}
	return err
}

// live writes messages, each from a draft with a file, and sends them, in many ways.
func (c *child) live() error {
	ctx := context.Background()
	for n := 0; ; n++ {
		fmt.Println(nextLine)
		file, err := c.person.Attach(ctx, services.Upload{Name: "a.txt", Data: []byte("a file")}, policy)
		if err != nil {
			return err
		}
		d, err := c.person.SaveDraft(ctx, services.Draft{Body: file.ID, Attachments: []services.Attachment{file}})
		if err != nil {
			return err
		}
		if _, err := c.person.Put(ctx, outgoing(d)); err != nil {
			return err
		}
		if n%3 == 2 {
			if _, err := c.person.Cancel(ctx, d.IdempotencyKey); err != nil {
				return err
			}
		}
		if _, err := c.sendOne(ctx, 10*time.Millisecond, n%4 == 3); err != nil {
			return err
		}
	}
}

// sendOne sends the oldest message that is due; ok is false when there is none.
func (c *child) sendOne(ctx context.Context, lease time.Duration, refuse bool) (ok bool, err error) {
	w, ok, err := c.person.Claim(ctx, time.Now().Add(lease))
	if err != nil || !ok {
		return ok, err
	}
	key := w.Message.IdempotencyKey
	for _, f := range w.Files {
		up := cache.Upload{AttachmentID: "server's"}
		if err := c.person.SetUpload(ctx, key, f.ID, up, time.Now().Add(lease)); err != nil {
			return true, err
		}
	}
	if refuse && w.Tries == 1 {
		_, err := c.person.Refuse(ctx, key, services.Fail(services.CodeNotFound))
		return true, err
	}
	if err := c.post(w.Message); err != nil {
		return true, err
	}
	return true, c.person.Done(ctx, key, receipt)
}

// send says that it is ready, waits for a word, takes all that it can get and then sends it.
func (c *child) send() error {
	fmt.Println(nextLine)
	if _, err := os.Stdin.Read(make([]byte, 1)); err != nil {
		return err
	}
	var mine []services.Outgoing
	for {
		w, ok, err := c.person.Claim(context.Background(), time.Now().Add(time.Minute))
		if err != nil || w.Tries > 1 {
			return fmt.Errorf("try %d: %w", w.Tries, err)
		}
		if !ok {
			break
		}
		mine = append(mine, w.Message)
	}
	for _, message := range mine {
		if err := c.post(message); err != nil {
			return err
		}
		if err := c.person.Done(context.Background(), message.IdempotencyKey, receipt); err != nil {
			return err
		}
	}
	return nil
}

// sendAll sends what there is to send.
func (c *child) sendAll() error {
	for {
		ok, err := c.sendOne(context.Background(), time.Minute, false)
		if err != nil || !ok {
			return err
		}
	}
}

// command is a process with a task.
func (m *machine) command(task string, key seal.Key) *exec.Cmd {
	m.t.Helper()
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), childTask+"="+task, childFolder+"="+m.folder, childKey+"="+string(key.Marshal()))
	command.Stderr = os.Stderr
	return command
}

// newSharedMachine is a machine whose cache other processes open; it is not open here.
func newSharedMachine(t *testing.T) (*machine, seal.Key) {
	t.Helper()
	key, err := seal.NewKey()
	must(t, err)
	box, err := seal.Open(key)
	must(t, err)
	folder := filepath.Join(t.TempDir(), "cache")
	return &machine{t: t, ctx: t.Context(), folder: folder, box: box, clock: basetest.NewClock(system{}.Now())}, key
}

// readBook counts what the backend got: the keys of each text.
func (m *machine) readBook() map[string]map[string]bool {
	m.t.Helper()
	data, err := os.ReadFile(bookOf(m.folder))
	must(m.t, err)
	book := map[string]map[string]bool{}
	for decoder := json.NewDecoder(strings.NewReader(string(data))); ; {
		var e entry
		if err := decoder.Decode(&e); err == io.EOF { //nolint:errorlint // as it is documented
			return book
		} else if err != nil {
			m.t.Fatal(err)
		}
		if book[e.Body] == nil {
			book[e.Body] = map[string]bool{}
		}
		book[e.Body][e.Key] = true
	}
}

// TestKilled kills a process that writes and sends messages at random moments. Afterwards each message is in one place:
// a draft, waiting, or received with its receipt; with its file unless it was received.
func TestKilled(t *testing.T) {
	m, key := newSharedMachine(t)
	const rounds = 8
	for range rounds {
		m.kill(key)
		m.clock.Move(time.Since(m.clock.Now()) + time.Second) // tries have ended
		m.open()
		must(t, m.Check(t.Context()))
		m.onePlace(t)
		must(t, m.Close())
	}
	m.open()
	defer func() { must(t, m.Close()) }()
	for _, d := range m.drafts() {
		m.put(d)
	}
	c := &child{person: m.amelie}
	book, err := os.OpenFile(bookOf(m.folder), os.O_WRONLY|os.O_APPEND, 0o600)
	must(t, err)
	c.book = book
	defer book.Close()
	must(t, c.sendAll())
	for body, keys := range m.readBook() {
		if len(keys) != 1 {
			t.Errorf("%s was received with %d keys", body, len(keys))
		}
	}
	if len(m.drafts()) != 0 || len(m.waiting()) != 0 {
		t.Error("something is left")
	}
}

// kill starts a process and kills it up to 20 ms after one of its first messages.
func (m *machine) kill(key seal.Key) {
	m.t.Helper()
	command := m.command("live", key)
	out, err := command.StdoutPipe()
	must(m.t, err)
	must(m.t, command.Start())
	lines := bufio.NewScanner(out)
	for sent := rand.IntN(6); sent >= 0; {
		if !lines.Scan() {
			m.t.Fatal("the process ended by itself")
		}
		if lines.Text() == nextLine {
			sent--
		}
	}
	time.Sleep(time.Duration(rand.IntN(20_000)) * time.Microsecond)
	must(m.t, command.Process.Kill())
	_ = command.Wait() // it was killed
}

// onePlace checks what a kill left.
func (m *machine) onePlace(t *testing.T) {
	t.Helper()
	there := map[string]int{} // by the text, which is the id of the file
	check := func(body, key string, files []services.Attachment) {
		t.Helper()
		there[body]++
		if len(files) != 1 || files[0].ID != body || m.content(body) != "a file" {
			t.Errorf("%s has the files %+v", body, files)
		}
		if _, err := m.amelie.Receipt(t.Context(), key); services.CodeOf(err) != services.CodeNotFound {
			t.Errorf("%s has a receipt and is here: %v", body, err)
		}
	}
	for _, d := range m.drafts() {
		check(d.Body, d.IdempotencyKey, d.Attachments)
	}
	for _, w := range m.waiting() {
		if w.State != cache.StateRefused {
			check(w.Message.Body, w.Message.IdempotencyKey, attachments(w))
		}
	}
	for body, keys := range m.readBook() {
		for key := range keys {
			_, err := m.amelie.Receipt(t.Context(), key)
			if (err == nil) == (there[body] == 1) {
				t.Errorf("%s was received, is here %d times, receipt: %v", body, there[body], err)
			}
		}
	}
	for body, n := range there {
		if n != 1 {
			t.Errorf("%s is here %d times", body, n)
		}
	}
}

// TestTwoProcesses send what is in one outbox at the same time: each message goes once.
func TestTwoProcesses(t *testing.T) {
	m, key := newSharedMachine(t)
	m.open()
	const messages = 40
	for n := range messages {
		m.put(m.save(services.Draft{Body: fmt.Sprint("text ", n)}))
	}
	var commands [2]*exec.Cmd
	var words [2]io.Writer
	for i := range commands {
		commands[i] = m.command("send", key)
		word, err := commands[i].StdinPipe()
		must(t, err)
		out, err := commands[i].StdoutPipe()
		must(t, err)
		must(t, commands[i].Start())
		if lines := bufio.NewScanner(out); !lines.Scan() || lines.Text() != nextLine {
			t.Fatalf("process %d does not run", i)
		}
		words[i] = word
	}
	for _, word := range words {
		_, err := word.Write([]byte("!"))
		must(t, err)
	}
	for _, command := range commands {
		must(t, command.Wait())
	}
	data, err := os.ReadFile(bookOf(m.folder))
	must(t, err)
	if lines, texts := strings.Count(string(data), "\n"), len(m.readBook()); lines != messages || texts != messages {
		t.Errorf("%d of %d messages were sent, in %d tries", texts, messages, lines)
	}
	if list := m.waiting(); len(list) != 0 {
		t.Errorf("left %+v", list)
	}
	must(t, m.Close())
}
