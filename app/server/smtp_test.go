package main

import (
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/google/uuid"
)

// serveMail is a mail server, in a process of its own: it keeps each mail in a folder. The files "refuse" and "hang" in
// it make it refuse recipients, and keep a mail without ever saying so.
func serveMail(folder string) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("smtp://%s?tls=none\n", listener.Addr())
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return mailbox(folder), nil }))
	server.Domain = "test"
	log.Fatal(server.Serve(listener))
}

// mailbox is one conversation with the mail server, which keeps mails in this folder.
type mailbox string

func (mailbox) Mail(string, *smtp.MailOptions) error { return nil }
func (mailbox) Reset()                               {}
func (mailbox) Logout() error                        { return nil }

func (m mailbox) has(name string) bool {
	_, err := os.Stat(filepath.Join(string(m), name))
	return err == nil
}

func (m mailbox) Rcpt(string, *smtp.RcptOptions) error {
	if m.has("refuse") {
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such mailbox"}
	}
	return nil
}

func (m mailbox) Data(r io.Reader) error {
	data, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(string(m), uuid.NewString()+".eml"), data, 0o600); err != nil {
		return err
	}
	for m.has("hang") {
		time.Sleep(10 * time.Millisecond)
	}
	return nil
}

// mailServer starts a mail server and gives its address and its folder.
func mailServer(t *testing.T) (url, folder string) {
	t.Helper()
	folder = t.TempDir()
	return begin(t, "smtp", nil, folder).line("smtp://"), folder
}

func touch(t *testing.T, folder, name string) (remove func()) {
	t.Helper()
	path := filepath.Join(folder, name)
	must(t, os.WriteFile(path, nil, 0o600))
	return func() { must(t, os.Remove(path)) }
}

var (
	messageID = regexp.MustCompile(`(?m)^Message-ID: <([^@>]+)@`)
	tokenForm = regexp.MustCompile(`[?&]token=([\w-]+)`)
)

// inMail finds what a form of a mail holds.
func inMail(t *testing.T, form *regexp.Regexp, mail string) string {
	t.Helper()
	match := form.FindStringSubmatch(mail)
	if match == nil {
		t.Fatalf("no %s in %s", form, mail)
	}
	return match[1]
}
