package server_test

import (
	"fmt"
	"strings"
	"testing"

	"myaccount/services"
	"myaccount/services/api"
	"myaccount/services/core"
)

// fill gives a customer's session so many messages, ten to a thread.
func (h *harness) fill(token string, messages int) {
	h.t.Helper()
	var mine api.Session
	h.do(request{method: "GET", path: api.PathSession, token: token}).want(200).into(&mine)
	agreement, person := h.agreement(token), mine.Person.ID
	must(h.t, h.core.Store.Update(h.t.Context(), func(tx core.Tx) error {
		thread := core.ThreadRow{PersonID: person, AgreementID: agreement, Topic: "payoff", LastFrom: services.RoleCustomer}
		for i := range messages {
			m := core.MessageRow{
				ID: h.core.NewID(), PersonID: person, From: services.RoleCustomer, SentAt: tx.Now(), KeptUntil: tx.Now().Add(h.core.Brand.Rules.Retention()),
				Body: fmt.Sprintf("Message number%d. %s", i, strings.Repeat("Quelques mots de plus, élégants. ", 12)),
			}
			if i%10 == 0 {
				thread.ID, thread.Reference = h.core.NewID(), fmt.Sprintf("M-%04d-%04d", i/10000, i%10000)
				thread.LastID, thread.LastAt, thread.KeptUntil = m.ID, m.SentAt, m.KeptUntil
				if err := tx.AddThread(thread); err != nil {
					return err
				}
			}
			seq, err := tx.AddEvent(person, core.EventRow{Kind: services.EventMessage, ID: thread.ID, At: tx.Now()})
			if err != nil {
				return err
			}
			m.ThreadID, m.Seq = thread.ID, seq
			if err := tx.AddMessage(m); err != nil {
				return err
			}
		}
		return nil
	}))
}

// BenchmarkSearch is a search over 10,000 messages.
func BenchmarkSearch(b *testing.B) {
	h := newHarness(b)
	token := h.customer(alice)
	h.fill(token, 10_000)
	for _, q := range []string{"number9999", "nowhere"} {
		b.Run(q, func(b *testing.B) {
			ask := request{method: "GET", path: api.PathSearch + "?q=" + q, token: token}
			h.do(ask).want(200)
			for b.Loop() {
				h.do(ask).want(200)
			}
		})
	}
}
