package servicetest

import (
	"context"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"cloud.google.com/go/civil"

	"myaccount/services"
	"myaccount/services/captcha"
	"myaccount/services/sample"
)

// Who the cases are about.
const (
	alice = "alice.tremblay@example.ca"
	bob   = "bob.roy@example.ca"
	// password is one that nobody would refuse.
	password services.Secret = "quiet-Harbour-92-lantern"
)

// pauseMost is longer than any wait between two failed sign-ins.
const pauseMost = 31 * time.Second

// world is the World of one case, and what cases do in it.
type world struct {
	World
	*testing.T
	seen   *sightings
	people map[string]sample.Person // by their keys, once the sample is imported
}

// ctx lives as long as the case.
func (w *world) ctx() context.Context { return w.Context() }

// must ends the case on an error.
func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatalf("unexpected: %v", err)
	}
}

// fails checks that a method failed with a code, and nothing more is told.
func (w *world) fails(err error, method string, code services.Code) {
	w.Helper()
	if got := services.CodeOf(err); got != code || len(services.FieldsOf(err)) > 0 {
		w.Fatalf("%s: got %v, want %s", method, err, code)
	}
	w.seen.note(method, err)
}

// refuses checks that a method refused fields, those and no others, each for its reason.
func (w *world) refuses(err error, method string, fields map[string]string) {
	w.Helper()
	if services.CodeOf(err) != services.CodeInvalid || !reflect.DeepEqual(services.FieldsOf(err), fields) {
		w.Fatalf("%s: got %v, want the fields %v", method, err, fields)
	}
	w.seen.note(method, err)
}

// waits checks that a method failed with a code that says how long to wait, and gives that.
func (w *world) waits(err error, method string, code services.Code) time.Duration {
	w.Helper()
	w.fails(err, method, code)
	wait := services.RetryAfterOf(err)
	if wait <= 0 {
		w.Fatalf("%s: %v does not say how long to wait", method, err)
	}
	return wait
}

// same checks that two values are equal.
func same[T any](w *world, what string, got, want T) {
	w.Helper()
	if !reflect.DeepEqual(got, want) {
		w.Errorf("%s: got %+v, want %+v", what, got, want)
	}
}

// alike checks that two errors tell the same.
func (w *world) alike(a, b error) {
	w.Helper()
	if services.CodeOf(a) != services.CodeOf(b) || services.RetryAfterOf(a) != services.RetryAfterOf(b) ||
		!reflect.DeepEqual(services.FieldsOf(a), services.FieldsOf(b)) {
		w.Errorf("answers differ: %v and %v", a, b)
	}
}

// policy reads the rules.
func (w *world) policy() services.Policy {
	w.Helper()
	p, err := w.Portal().Policy(w.ctx())
	w.must(err)
	return p
}

// captcha solves a new challenge.
func (w *world) captcha() string {
	w.Helper()
	challenge, err := w.Portal().Captcha(w.ctx())
	w.must(err)
	solution, err := captcha.Solve(w.ctx(), captcha.Challenge(challenge), nil)
	w.must(err)
	return solution
}

// registration is one that nothing is wrong with.
func (w *world) registration(email string) services.Registration {
	w.Helper()
	return services.Registration{
		FirstName: "Alice", LastName: "Tremblay", Email: email, Password: password, Language: "en",
		TermsVersion: w.policy().TermsVersion, TermsLanguage: "en", Captcha: w.captcha(),
	}
}

// address is a request that nothing is wrong with.
func (w *world) address(email string) services.AddressRequest {
	w.Helper()
	return services.AddressRequest{Email: email, Captcha: w.captcha()}
}

// person registers somebody and confirms the address.
func (w *world) person(email string) {
	w.Helper()
	w.must(w.Portal().Register(w.ctx(), w.registration(email)))
	w.must(w.Portal().Activate(w.ctx(), w.mail(email, "activate").Token))
}

// mail gives the latest mail of a kind to an address.
func (w *world) mail(email, kind string) services.Mail {
	w.Helper()
	for _, m := range w.Mails(w, email) {
		if m.Kind == kind {
			return m
		}
	}
	w.Fatalf("no mail %q", kind)
	return services.Mail{}
}

// mailed counts the mails of a kind to an address.
func (w *world) mailed(email, kind string) (n int) {
	w.Helper()
	for _, m := range w.Mails(w, email) {
		if m.Kind == kind {
			n++
		}
	}
	return n
}

// credentials are what a person signs in with.
func credentials(email string) services.Credentials {
	return services.Credentials{
		Email: email, Password: password, Device: services.DeviceClaim{Name: "Linux computer", Kind: "personal"},
	}
}

// wrong are credentials with a wrong password and a solved challenge.
func (w *world) wrong(email string) services.Credentials {
	w.Helper()
	c := credentials(email)
	c.Password, c.Captcha = "not-the-Password-31", w.captcha()
	return c
}

// trySignIn signs in and drops the session.
func (w *world) trySignIn(c services.Credentials) error {
	_, err := w.Portal().SignIn(w.ctx(), c)
	return err
}

// signIn signs a customer in.
func (w *world) signIn(email string) services.CustomerSession {
	w.Helper()
	session, err := w.Portal().SignIn(w.ctx(), credentials(email))
	w.must(err)
	customer, ok := session.(services.CustomerSession)
	if !ok || session.Info().Role != services.RoleCustomer {
		w.Fatalf("not a customer's session: %T, %s", session, session.Info().Role)
	}
	return customer
}

// sample imports the sample portfolio and gives its people.
func (w *world) sample() map[string]sample.Person {
	w.Helper()
	if w.people != nil {
		return w.people
	}
	today := civil.DateOf(w.Now())
	portfolio, err := sample.Portfolio(today)
	w.must(err)
	w.Import(w, portfolio)
	list, err := sample.People(today)
	w.must(err)
	w.people = map[string]sample.Person{}
	for _, p := range list {
		w.people[strings.TrimPrefix(p.Key, "sample.person.")] = p
	}
	return w.people
}

// byVIN is the request that finds a person of the sample.
func (w *world) byVIN(key string) services.LinkRequest {
	w.Helper()
	p, ok := w.sample()[key]
	if !ok {
		w.Fatalf("nobody in the sample is %q", key)
	}
	return services.LinkRequest{
		Method: services.LinkByVIN, FirstName: p.FirstName, LastName: p.LastName, VIN: p.VIN, LastPayment: p.LastPayment,
	}
}

// byID is the other request that does.
func (w *world) byID(key string) services.LinkRequest {
	w.Helper()
	r := w.byVIN(key)
	return services.LinkRequest{
		Method: services.LinkByBMWID, FirstName: r.FirstName, LastName: r.LastName, BMWID: w.sample()[key].CustomerID,
	}
}

// code is the code of the latest mail to an address.
func (w *world) code(email string) services.Secret {
	w.Helper()
	code := w.mail(email, "code").Code
	if code == "" {
		w.Fatal("the mail has no code any more")
	}
	return code
}

// link links a session's person to a customer of the sample, without trusting the device.
func (w *world) link(s services.CustomerSession, key string) services.SessionInfo {
	w.Helper()
	_, err := s.Link(w.ctx(), w.byID(key))
	w.must(err)
	return w.authorize(s, false)
}

// authorize enters the code of the latest mail.
func (w *world) authorize(s services.CustomerSession, trust bool) services.SessionInfo {
	w.Helper()
	info, err := s.AuthorizeDevice(w.ctx(), services.DeviceAuthorization{Code: w.code(s.Info().Person.Email), Trust: trust})
	w.must(err)
	return info
}

// again signs in somebody linked, and authorizes the device for this session.
func (w *world) again(email string) services.CustomerSession {
	w.Helper()
	s := w.signIn(email)
	_, err := s.SendCode(w.ctx())
	w.must(err)
	w.authorize(s, false)
	return s
}

// customer makes a login, linked to a customer of the sample, and gives a session that may do everything.
func (w *world) customer(email, key string) services.CustomerSession {
	w.Helper()
	w.person(email)
	s := w.signIn(email)
	w.link(s, key)
	return s
}

// agreement is the first agreement of a session.
func (w *world) agreement(s services.CustomerSession) services.Agreement {
	w.Helper()
	list, err := s.Agreements(w.ctx())
	w.must(err)
	if len(list) == 0 {
		w.Fatal("no agreements")
	}
	return list[0]
}

// outgoing is a message that nothing is wrong with.
func (w *world) outgoing(s services.CustomerSession, key, body string, files ...string) services.Outgoing {
	w.Helper()
	return services.Outgoing{
		Topic: "payment", AgreementID: w.agreement(s).ID, Body: body, AttachmentIDs: files, IdempotencyKey: "key-of-" + key,
	}
}

// send sends a message with a key of its own.
func (w *world) send(s services.CustomerSession, key, body string, files ...string) services.Receipt {
	w.Helper()
	receipt, err := s.Send(w.ctx(), w.outgoing(s, key, body, files...))
	w.must(err)
	return receipt
}

// attach keeps a small text file.
func (w *world) attach(s services.Attachments, name string) services.Attachment {
	w.Helper()
	file, err := s.Attach(w.ctx(), services.Upload{Name: name, Data: []byte("the content of " + name)})
	w.must(err)
	return file
}

// atOnce runs a call n times at the same moment and gives the errors.
func atOnce(n int, call func(i int) error) []error {
	errs := make([]error, n)
	var start, end sync.WaitGroup
	start.Add(1)
	for i := range n {
		end.Go(func() {
			start.Wait()
			errs[i] = call(i)
		})
	}
	start.Done()
	end.Wait()
	return errs
}

// count counts errors by their code.
func count(errs []error) map[services.Code]int {
	counts := map[services.Code]int{}
	for _, err := range errs {
		counts[services.CodeOf(err)]++
	}
	return counts
}
