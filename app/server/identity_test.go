package main

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/gofrs/flock"
	"github.com/google/uuid"

	"myaccount/assets"
	"myaccount/services"
	"myaccount/services/remote"
	"myaccount/services/remote/browser"
	"myaccount/services/sample"
	"myaccount/services/seal"
	"myaccount/services/server/page/chromiumtest"
	"myaccount/services/text"
)

// installed is the folder where the identity provider of the tests and what it needs is installed: outside of the tree,
// once for each state of its lock file. The first time needs the registry of npm.
func installed(t *testing.T) string {
	t.Helper()
	cache, err := os.UserCacheDir()
	must(t, err)
	lock, err := os.ReadFile(filepath.Join("testdata", "oidc", "package-lock.json"))
	must(t, err)
	sum := sha256.Sum256(lock)
	folder := filepath.Join(cache, "my-account-tests", "oidc-"+hex.EncodeToString(sum[:8]))
	must(t, os.MkdirAll(folder, 0o755))
	alone := flock.New(folder + ".lock") // other tests may want it too
	must(t, alone.Lock())
	defer func() { must(t, alone.Unlock()) }()
	for _, name := range []string{"package.json", "package-lock.json", "provider.mjs"} {
		data, err := os.ReadFile(filepath.Join("testdata", "oidc", name))
		must(t, err)
		must(t, os.WriteFile(filepath.Join(folder, name), data, 0o644))
	}
	done := filepath.Join(folder, "installed")
	if _, err := os.Stat(done); !errors.Is(err, fs.ErrNotExist) {
		must(t, err)
		return folder
	}
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	install := exec.CommandContext(ctx, "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")
	install.Dir = folder
	if out, err := install.CombinedOutput(); err != nil {
		t.Fatalf("the identity provider of this test (npm package oidc-provider) cannot be installed: %v\n%s\n"+
			"It needs node and npm (.ci/setup test installs them) and, the first time, the registry of npm.", err, out)
	}
	must(t, os.WriteFile(done, nil, 0o644))
	return folder
}

// identityProvider starts a real identity provider and gives its issuer.
func identityProvider(t *testing.T) string {
	t.Helper()
	node := exec.Command("node", "provider.mjs")
	node.Dir = installed(t)
	node.Env = append(os.Environ(), "NODE_NO_WARNINGS=1")
	in, err := node.StdinPipe()
	must(t, err)
	out, err := node.StdoutPipe()
	must(t, err)
	var said strings.Builder
	node.Stderr = &said
	must(t, node.Start())
	var reading sync.WaitGroup
	t.Cleanup(func() {
		_ = in.Close() // which ends it
		late := time.AfterFunc(wait, func() { _ = node.Process.Kill() })
		defer late.Stop()
		reading.Wait()
		_ = node.Wait()
		if t.Failed() {
			t.Logf("the identity provider said: %s", said.String())
		}
	})
	issuer := make(chan string, 1)
	reading.Go(func() {
		for lines := bufio.NewScanner(out); lines.Scan(); {
			if address, ok := strings.CutPrefix(lines.Text(), "Provider "); ok {
				issuer <- address
			}
		}
		close(issuer)
	})
	select {
	case address, ok := <-issuer:
		if !ok {
			t.Fatal("the identity provider ended before it was ready")
		}
		return address
	case <-time.After(wait):
		t.Fatal("the identity provider does not start")
		return ""
	}
}

// keptSecrets are those of a machine.
type keptSecrets struct {
	mu  sync.Mutex
	all map[string]seal.Secret
}

func (k *keptSecrets) Get(name string) (seal.Secret, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.all[name], nil
}

func (k *keptSecrets) Set(name string, secret seal.Secret) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.all[name] = secret
	return nil
}

func (k *keptSecrets) Delete(name string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.all, name)
	return nil
}

// desktop is the program on somebody's machine, with the browser that it opens.
type desktop struct {
	*testing.T
	*remote.Portal
	browser context.Context
	printer *text.Printer
}

func newDesktop(t *testing.T, server string) *desktop {
	t.Helper()
	key, err := seal.NewKey()
	must(t, err)
	box, err := seal.Open(key)
	must(t, err)
	portal, err := remote.Open(t.Context(), remote.Options{
		URL: strings.TrimSuffix(server, "/"), Folder: t.TempDir(), Box: box, Secrets: &keptSecrets{all: map[string]seal.Secret{}},
		Clock: systemClock{}, NewID: func() string { return uuid.Must(uuid.NewV7()).String() },
		Passwords: seal.NewPasswords(seal.Params{Time: 1, Memory: 64, Threads: 1}),
	})
	must(t, err)
	t.Cleanup(func() { must(t, portal.Close()) })
	catalogue, err := text.Load(assets.Translations)
	must(t, err)
	return &desktop{t, portal, chromiumtest.Start(t), catalogue.Printer(text.French)}
}

// run does something in the browser.
func (d *desktop) run(actions ...chromedp.Action) {
	d.Helper()
	limited, cancel := context.WithTimeout(d.browser, wait)
	defer cancel()
	if err := chromedp.Run(limited, actions...); err != nil {
		d.Error(err)
	}
}

// prove signs in at the provider, where pages says what the person does on its pages, and gives what came back.
func (d *desktop) prove(pages ...chromedp.Action) services.IdentityProof {
	d.Helper()
	start, err := d.StartIdentity(d.Context())
	must(d.T, err)
	var acting sync.WaitGroup
	open := func(page *url.URL) error {
		acting.Go(func() {
			d.run(append([]chromedp.Action{chromedp.Navigate(page.String())}, pages...)...)
			var heading, lang string
			d.run(chromedp.WaitVisible("main h1", chromedp.ByQuery), chromedp.Text("h1", &heading, chromedp.ByQuery),
				chromedp.AttributeValue("html", "lang", &lang, nil, chromedp.ByQuery))
			if heading != "Vous pouvez fermer cette fenêtre" || lang != "fr" {
				d.Errorf("the last page is %q in %q", heading, lang)
			}
		})
		return nil
	}
	limited, cancel := context.WithTimeout(d.Context(), 2*wait)
	defer cancel()
	proof, err := browser.SignIn(limited, start, open, d.printer)
	acting.Wait()
	must(d.T, err)
	proof.Device = services.DeviceClaim{Name: "Ordinateur Linux", Kind: "personal"}
	return proof
}

// as are the steps of somebody at the provider who was not there before.
func as(name string) []chromedp.Action {
	return append([]chromedp.Action{
		chromedp.WaitVisible(`input[name=login]`, chromedp.ByQuery), chromedp.SendKeys(`input[name=login]`, name, chromedp.ByQuery),
		chromedp.SendKeys(`input[name=password]`, "any"+kb.Enter, chromedp.ByQuery),
	}, consent...)
}

// consent is what the provider asks for each time, as it cannot know which program listens on a loopback address.
var consent = []chromedp.Action{
	chromedp.WaitReady(`input[name=prompt][value=consent]`, chromedp.ByQuery), chromedp.Click(`button[type=submit]`, chromedp.ByQuery),
}

var (
	mailedLink = regexp.MustCompile(`(http://\S+/confirm-identity\?lang=fr&token=[\w-]+)`)
	mailedCode = regexp.MustCompile(`(?m)^\s*(\d{6})\s*$`)
)

// mailed waits for a mail that holds a form, and gives what it holds.
func mailed(t *testing.T, folder string, form *regexp.Regexp) (found string) {
	t.Helper()
	eventually(t, "the mail", func() bool {
		for _, mail := range mailsIn(t, folder) {
			if match := form.FindStringSubmatch(mail); match != nil {
				found = match[1]
			}
		}
		return found != ""
	})
	return found
}

// TestIdentity signs in with a login elsewhere: a real provider, a real browser, the real server as a process and the
// real client, from the first time to a device that is trusted.
func TestIdentity(t *testing.T) {
	t.Parallel()
	issuer, data := identityProvider(t), t.TempDir()
	does(t, "sample", "--data", data)
	args := []string{"--data", data, "--oidc-issuer", issuer, "--oidc-client-id", "my-account"}
	if out := does(t, append([]string{"doctor"}, args...)...); !strings.Contains(out, "BMW Login answers at "+issuer) {
		t.Errorf("doctor: %s", out)
	}
	s := serves(t, nil, append(args, "--http")...)
	mails := filepath.Join(data, "mail", "outgoing")
	d := newDesktop(t, s.url)
	policy, err := d.Policy(t.Context())
	must(t, err)
	if policy.IdentityProvider != "BMW Login" {
		t.Fatalf("provider %q", policy.IdentityProvider)
	}

	proof := d.prove(as("amelie")...)
	_, err = d.SignInWithIdentity(t.Context(), proof)
	if services.FieldsOf(err)["terms_version"] != services.ReasonRequired {
		t.Fatalf("%v", err)
	}
	proof.Language, proof.TermsLanguage, proof.TermsVersion = "fr", "fr", policy.TermsVersion
	answer, err := d.SignInWithIdentity(t.Context(), proof)
	must(t, err)
	if answer.Session != nil || answer.SentTo != "a•••y@example.ca" {
		t.Fatalf("%+v", answer)
	}
	d.confirm(mailed(t, mails, mailedLink))

	first := d.signedIn()
	d.link(first, mails)
	must(t, first.SignOut(t.Context()))
	if info := d.signedIn().Info(); !info.Ready() || info.Person.Name() != "Amélie Tremblay" {
		t.Errorf("on the trusted device: %+v", info)
	}
	if strings.Contains(s.errors(), "tremblay") || strings.Contains(s.errors(), proof.State.Reveal()) {
		t.Error("the log has what is private")
	}
}

// TestIdentity_Unverified: an address that the provider does not vouch for has no mail sent.
func TestIdentity_Unverified(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	s := serves(t, nil, "--http", "--data", data, "--oidc-issuer", identityProvider(t), "--oidc-client-id", "my-account")
	d := newDesktop(t, s.url)
	_, err := d.SignInWithIdentity(t.Context(), d.prove(as("mallory")...))
	if services.FieldsOf(err)["email"] != services.ReasonUnverified {
		t.Errorf("%v", err)
	}
	if n := len(mailsIn(t, filepath.Join(data, "mail", "outgoing"))); n != 0 {
		t.Errorf("%d mails", n)
	}
}

// confirm opens the link of a mail in the browser, which does nothing, and presses the button.
func (d *desktop) confirm(page string) {
	d.Helper()
	var asked, done string
	d.run(chromedp.Navigate(page), chromedp.Text("h1", &asked, chromedp.ByQuery))
	if _, err := chromedp.RunResponse(d.browser, chromedp.Click("form button", chromedp.ByQuery)); err != nil {
		d.Fatal(err)
	}
	d.run(chromedp.Text("h1", &done, chromedp.ByQuery))
	if asked != "Confirmez votre accès" || done != "Votre accès est confirmé" {
		d.Fatalf("%q, then %q", asked, done)
	}
}

// signedIn signs in once more: the provider knows the browser by now.
func (d *desktop) signedIn() services.CustomerSession {
	d.Helper()
	answer, err := d.SignInWithIdentity(d.Context(), d.prove(consent...))
	must(d.T, err)
	session, ok := answer.Session.(services.CustomerSession)
	if !ok {
		d.Fatalf("%+v", answer)
	}
	return session
}

// link links the person to a customer of the sample and trusts the device.
func (d *desktop) link(session services.CustomerSession, mails string) {
	d.Helper()
	people, err := sample.People(civil.DateOf(time.Now()))
	must(d.T, err)
	_, err = session.Link(d.Context(), services.LinkRequest{
		Method: services.LinkByBMWID, FirstName: people[0].FirstName, LastName: people[0].LastName, BMWID: people[0].CustomerID,
	})
	must(d.T, err)
	code := services.Secret(mailed(d.T, mails, mailedCode))
	_, err = session.AuthorizeDevice(d.Context(), services.DeviceAuthorization{Code: code, Trust: true})
	must(d.T, err)
}
