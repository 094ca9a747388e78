package core_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"sync/atomic"
	"testing"

	"pgregory.net/rapid"

	"myaccount/services"
	"myaccount/services/core"
)

// portfolioLines are two customers with an agreement each.
const portfolioLines = `{"customer_id":"4410028817","first_name":"Amélie","last_name":"Tremblay","language":"fr",` +
	`"province":"QC","agreements":[` + agreementA + `]}
{"customer_id":"4410035526","first_name":"Daniel","last_name":"Okafor","language":"en","province":"ON",` +
	`"agreements":[` + agreementB + `]}
`

const (
	agreementA = `{"number":"7001144471","kind":"loan","vin":"WBY43AW01RF000006","vehicle":{"year":2024,"make":"BMW",` +
		`"model":"i4"},` + agreementRest
	agreementB = `{"number":"7001190268","kind":"loan","vin":"WBX73EF0XS5000008","vehicle":{"year":2025,"make":"BMW",` +
		`"model":"X1"},` + agreementRest
	agreementRest = `"currency":"CAD","start_date":"2026-01-01","end_date":"2031-01-01","term_months":60,` +
		`"frequency":"monthly","payment":{"base":"377.42","tax":"0.00","total":"377.42"},"annual_rate":"5",` +
		`"amount_financed":"20000.00","payments":[]}`
)

// center is a portal with two customers, who are linked, and an advisor.
type center struct {
	*harness
	amelie, daniel services.CustomerSession
	advisor        services.AdvisorSession
	agreement      services.Agreement // Amélie's
	other          services.Agreement // Daniel's
	keys           atomic.Int64
}

// Addresses of those who use the center.
const (
	amelieAddress  = "amelie@example.ca"
	danielAddress  = "daniel@example.ca"
	advisorAddress = "sophie@example.ca"
)

func newCenter(t *testing.T, change ...func(*core.Config)) *center {
	t.Helper()
	return openCenter(t, newDatabase(t), t.Cleanup, change...)
}

// openCenter makes a center in a new database at a path.
func openCenter(t rapid.TB, path string, atEnd func(func()), change ...func(*core.Config)) *center {
	t.Helper()
	c := &center{harness: openHarness(t, path, atEnd, change...)}
	open := func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader([]byte(portfolioLines))), nil }
	_, err := c.ImportPortfolio(context.Background(), open, nil)
	must(t, err)
	c.amelie, c.agreement = c.customer(amelieAddress, "Amélie", "Tremblay", "4410028817")
	c.daniel, c.other = c.customer(danielAddress, "Daniel", "Okafor", "4410035526")
	must(t, c.EnsureAdvisor(context.Background(), "Sophie", "Nguyen", advisorAddress))
	must(t, c.InviteAdvisor(context.Background(), advisorAddress))
	token := c.mail(advisorAddress, "set_password").Token
	must(t, c.ResetPassword(context.Background(), services.PasswordReset{Token: token, Password: password}))
	c.advisor = c.signIn(advisorAddress).(services.AdvisorSession)
	return c
}

// customer registers, signs in and links a customer.
func (c *center) customer(email, first, last, number string) (services.CustomerSession, services.Agreement) {
	c.t.Helper()
	ctx := context.Background()
	r := c.registration(email)
	r.FirstName, r.LastName = first, last
	must(c.t, c.Register(ctx, r))
	must(c.t, c.Activate(ctx, c.mail(email, "activate").Token))
	s := c.signIn(email).(services.CustomerSession)
	_, err := s.Link(ctx, services.LinkRequest{
		Method: services.LinkByBMWID, FirstName: first, LastName: last, BMWID: number,
	})
	must(c.t, err)
	_, err = s.AuthorizeDevice(ctx, services.DeviceAuthorization{Code: c.mail(email, "code").Code})
	must(c.t, err)
	agreements, err := s.Agreements(ctx)
	must(c.t, err)
	return s, agreements[0]
}

// outgoing is a message that nothing is wrong with.
func (c *center) outgoing(body string) services.Outgoing {
	return services.Outgoing{
		Topic: "payoff", AgreementID: c.agreement.ID, Body: body,
		IdempotencyKey: fmt.Sprintf("key-%08d", c.keys.Add(1)),
	}
}

// send starts a thread of Amélie's.
func (c *center) send(body string, files ...string) services.Receipt {
	c.t.Helper()
	m := c.outgoing(body)
	m.AttachmentIDs = files
	receipt, err := c.amelie.Send(context.Background(), m)
	must(c.t, err)
	return receipt
}

// answer answers a thread.
func (c *center) answer(threadID, body string, files ...string) services.Receipt {
	c.t.Helper()
	receipt, err := c.advisor.Answer(context.Background(), services.DeskAnswer{
		ThreadID: threadID, Body: body, AttachmentIDs: files, IdempotencyKey: c.outgoing("").IdempotencyKey,
	})
	must(c.t, err)
	return receipt
}

// attach attaches a text.
func (c *center) attach(s services.Attachments, name, content string) services.Attachment {
	c.t.Helper()
	a, err := s.Attach(context.Background(), services.Upload{Name: name, Data: []byte(content)})
	must(c.t, err)
	return a
}

// threads lists all of Amélie's threads.
func (c *center) threads() []services.ThreadSummary {
	c.t.Helper()
	page, err := c.amelie.Threads(context.Background(), services.ThreadQuery{})
	must(c.t, err)
	return page.Items
}

// thread reads one of Amélie's.
func (c *center) thread(id string) services.Thread {
	c.t.Helper()
	thread, err := c.amelie.Thread(context.Background(), id)
	must(c.t, err)
	return thread
}

// signInLinked signs a linked customer in and authorizes the device.
func (c *center) signInLinked(email string) services.CustomerSession {
	c.t.Helper()
	ctx := context.Background()
	s := c.signIn(email).(services.CustomerSession)
	_, err := s.SendCode(ctx)
	must(c.t, err)
	_, err = s.AuthorizeDevice(ctx, services.DeviceAuthorization{Code: c.mail(email, "code").Code})
	must(c.t, err)
	return s
}

// threadsOf lists all threads of a session.
func (c *center) threadsOf(s services.Messages) []services.ThreadSummary {
	c.t.Helper()
	page, err := s.Threads(context.Background(), services.ThreadQuery{})
	must(c.t, err)
	return page.Items
}

// confirmations counts the mails that confirm a message.
func (c *center) confirmations(email string) (n int) {
	for _, kind := range c.kinds(email) {
		if kind == "message_received" {
			n++
		}
	}
	return n
}

// fill writes many messages of Amélie's, ten to a thread, past the rules.
func (c *center) fill(n int) {
	c.t.Helper()
	person := c.amelie.Info().Person.ID
	must(c.t, c.Store.Update(context.Background(), func(tx core.Tx) error {
		var thread core.ThreadRow
		for i := range n {
			id := c.NewID()
			if i%10 == 0 {
				thread = core.ThreadRow{
					ID: c.NewID(), Reference: fmt.Sprintf("M-%04d-%04d", i/10000, i%10000), PersonID: person,
					AgreementID: c.agreement.ID, Topic: "payoff",
				}
				if err := tx.AddThread(thread); err != nil {
					return err
				}
			}
			thread.LastID, thread.LastAt, thread.LastFrom = id, tx.Now(), services.RoleCustomer
			thread.KeptUntil = tx.Now().Add(c.Brand.Rules.Retention())
			seq, err := tx.AddEvent(person, core.EventRow{Kind: services.EventMessage, ID: thread.ID, At: tx.Now()})
			if err != nil {
				return err
			}
			err = tx.AddMessage(core.MessageRow{
				ID: id, ThreadID: thread.ID, PersonID: person, Seq: seq, From: services.RoleCustomer,
				Author: "Amélie Tremblay", SentAt: tx.Now(), KeptUntil: thread.KeptUntil, Body: fmt.Sprintf(
					"Message number%d about the payoff of my vehicle. %s", i, strings.Repeat("Quelques mots de plus, élégants. ", 12)),
			})
			if err != nil {
				return err
			}
			if err := tx.UpdateThread(thread); err != nil {
				return err
			}
		}
		return nil
	}))
}
