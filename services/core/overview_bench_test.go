package core_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"testing"

	"cloud.google.com/go/civil"

	"myaccount/services"
	"myaccount/services/sample"
)

// BenchmarkOverview is all that the overview asks for, for a customer with five agreements of 48 payments each. Its limit
// is 50 ms.
func BenchmarkOverview(b *testing.B) {
	const agreements = 5
	h := newHarness(b)
	person := h.times("lease", agreements)
	h.person(alice)
	s := h.customer(alice)
	h.link(s, alice, byID(person), false)
	session := s.(services.CustomerSession)
	for b.Loop() {
		list, err := session.Agreements(b.Context())
		if err != nil || len(list) != agreements {
			b.Fatal(len(list), err)
		}
		must(b, readOverview(b, session, list[0].ID))
	}
}

// times imports a person of the sample with so many copies of the one agreement.
func (h *harness) times(key string, copies int) sample.Person {
	h.t.Helper()
	person := h.sample()[key]
	data, err := sample.Portfolio(civil.DateOf(h.clock.Now()))
	must(h.t, err)
	for line := range bytes.Lines(data) {
		var customer map[string]any
		must(h.t, json.Unmarshal(line, &customer))
		if customer["customer_id"] != person.CustomerID {
			continue
		}
		one := customer["agreements"].([]any)[0].(map[string]any)
		list := []any{one}
		for n := 1; n < copies; n++ {
			var other map[string]any
			written, err := json.Marshal(one)
			must(h.t, err)
			must(h.t, json.Unmarshal(written, &other))
			other["number"] = fmt.Sprint(other["number"], "-", n)
			for _, p := range other["payments"].([]any) {
				payment := p.(map[string]any)
				payment["id"] = fmt.Sprint(payment["id"], "-", n)
			}
			list = append(list, other)
		}
		customer["agreements"] = list
		line, err := json.Marshal(customer)
		must(h.t, err)
		h.imports(line)
	}
	return person
}

// readOverview reads what the overview shows of an agreement, and the messages.
func readOverview(b *testing.B, s services.CustomerSession, agreementID string) error {
	ctx := b.Context()
	if _, err := s.Payments(ctx, agreementID, services.Page{Limit: 4}); err != nil {
		return err
	}
	if _, err := s.Schedule(ctx, agreementID); err != nil {
		return err
	}
	if _, err := s.LeaseEnd(ctx, agreementID); err != nil {
		return err
	}
	if _, err := s.Autopay(ctx, agreementID); services.CodeOf(err) != services.CodeNotFound { // there is none
		return err
	}
	if _, err := s.Threads(ctx, services.ThreadQuery{Page: services.Page{Limit: 3}}); err != nil {
		return err
	}
	_, err := s.Unread(ctx)
	return err
}
