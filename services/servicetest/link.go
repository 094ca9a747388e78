package servicetest

import (
	"strings"
	"time"

	"github.com/bojanz/currency"

	"myaccount/services"
)

var linkCases = suite{
	"Linking_Link/BothWays":                linkBothWays,
	"Linking_Link/AsTyped":                 linkAsTyped,
	"Linking_Link/NothingMatches":          linkNothingMatches,
	"Linking_Link/BadInput":                linkBadInput,
	"Linking_Link/FiveTriesAnHour":         linkThrottledByPerson,
	"Linking_Link/FiveTriesWithAVIN":       linkThrottledByVIN,
	"Linking_Link/OfSomebodyElse":          linkOfSomebodyElse,
	"Linking_Link/OnlyOne":                 linkOnlyOne,
	"Linking_AuthorizeDevice/TwoLogins":    authorizeTwoLogins,
	"Linking_AuthorizeDevice/TwoCustomers": authorizeTwoCustomers,
}

func linkBothWays(w *world) {
	for email, r := range map[string]services.LinkRequest{alice: w.byVIN("two"), bob: w.byID("lease")} {
		w.person(email)
		s := w.signIn(email)
		receipt, err := s.Link(w.ctx(), r)
		w.must(err)
		same(w, "receipt", receipt, services.CodeReceipt{
			SentTo: email[:1] + "•••" + email[strings.Index(email, "@")-1:], ExpiresAt: w.Now().Add(10 * time.Minute), ResendAt: w.Now().Add(time.Minute),
		})
		if info, err := s.Reload(w.ctx()); err != nil || info.Linked {
			w.Errorf("linked before the code: %+v, %v", info, err)
		}
		if info := w.authorize(s, false); !info.Ready() || s.Info() != info || info.Device.Token != "" {
			w.Errorf("after the code: %+v", info)
		}
		list, err := s.Agreements(w.ctx())
		w.must(err)
		same(w, "agreements", len(list), map[string]int{alice: 2, bob: 1}[email])
	}
}

func linkAsTyped(w *world) {
	w.person(alice)
	r := w.byVIN("paid_off") // Hélène Roy-Lavoie
	r.FirstName, r.LastName = "  He\u0301le\u0300ne\u200b ", "\tRoy-Lavoie\u00a0"
	r.VIN = " " + strings.ToLower(r.VIN[:9]) + "-" + r.VIN[9:13] + " " + r.VIN[13:] + "\u202e"
	_, err := w.signIn(alice).Link(w.ctx(), r)
	w.must(err)
}

func linkNothingMatches(w *world) {
	cent, err := currency.NewAmount("0.01", "CAD")
	w.must(err)
	changes := []func(r *services.LinkRequest){
		func(r *services.LinkRequest) { r.FirstName = "Paul" },
		func(r *services.LinkRequest) { r.LastName = strings.ToUpper(r.LastName) },
		func(r *services.LinkRequest) { r.FirstName = "Amelie" },
		func(r *services.LinkRequest) { r.FirstName += " 🙂" },
		func(r *services.LinkRequest) { r.VIN = "11111111111111111" },
		func(r *services.LinkRequest) { r.LastPayment, _ = r.LastPayment.Add(cent) },
		func(r *services.LinkRequest) { r.Method, r.BMWID = services.LinkByBMWID, "4410028818" },
	}
	for i, change := range changes {
		email := string(rune('a'+i)) + alice
		w.person(email)
		r := w.byVIN("lease") // Amélie Tremblay
		change(&r)
		w.Advance(time.Hour) // the tries with one VIN are counted too
		_, err := w.signIn(email).Link(w.ctx(), r)
		w.fails(err, "Linking.Link", services.CodeNotFound)
		w.alike(err, services.Fail(services.CodeNotFound))
		same(w, "codes", w.mailed(email, "code"), 0)
	}
}

func linkBadInput(w *world) {
	w.person(alice)
	s, good := w.signIn(alice), w.byVIN("lease")
	minus, _ := good.LastPayment.Mul("-1")
	third, _ := good.LastPayment.Div("7")
	zero, _ := good.LastPayment.Mul("0")
	long := strings.Repeat("n", 101)
	type r = services.LinkRequest
	for _, test := range []struct {
		change func(*r)
		want   map[string]string
	}{
		{func(q *r) { *q = r{} }, map[string]string{"method": "unknown", "first_name": "required", "last_name": "required"}},
		{func(q *r) { *q = r{Method: services.LinkByVIN} }, map[string]string{"first_name": "required", "last_name": "required", "vin": "required", "last_payment": "required"}},
		{func(q *r) { *q = r{Method: services.LinkByBMWID} }, map[string]string{"first_name": "required", "last_name": "required", "bmw_id": "required"}},
		{func(q *r) { q.FirstName, q.LastName = long, " \u200b" }, map[string]string{"first_name": "too_long", "last_name": "required"}},
		{func(q *r) { q.FirstName = "Amé\x00lie" }, map[string]string{"first_name": "control"}},
		{func(q *r) { q.LastName = "Trem\u202eblay" }, map[string]string{"last_name": "control"}},
		{func(q *r) { q.VIN = q.VIN[:16] }, map[string]string{"vin": "too_short"}},
		{func(q *r) { q.VIN += "1" }, map[string]string{"vin": "too_long"}},
		{func(q *r) { q.VIN = "I" + q.VIN[1:] }, map[string]string{"vin": "format"}},
		{func(q *r) { q.VIN = q.VIN[:8] + "o" + q.VIN[9:] }, map[string]string{"vin": "format"}},
		{func(q *r) { q.VIN = q.VIN[:16] + "Q" }, map[string]string{"vin": "format"}},
		{func(q *r) { q.VIN = q.VIN[:16] + "🙂" }, map[string]string{"vin": "format"}},
		{func(q *r) { q.VIN = q.VIN[:16] + "é" }, map[string]string{"vin": "format"}},
		{func(q *r) { q.LastPayment = zero }, map[string]string{"last_payment": "format"}},
		{func(q *r) { q.LastPayment = minus }, map[string]string{"last_payment": "format"}},
		{func(q *r) { q.LastPayment = third }, map[string]string{"last_payment": "format"}},
		{func(q *r) { q.Method, q.BMWID = services.LinkByBMWID, long }, map[string]string{"bmw_id": "too_long"}},
	} {
		wrong := good
		test.change(&wrong)
		_, err := s.Link(w.ctx(), wrong)
		w.refuses(err, "Linking.Link", test.want)
	}
	_, err := s.Link(w.ctx(), good) // bad form is no try
	w.must(err)
}

func linkThrottledByPerson(w *world) {
	w.person(alice)
	s := w.signIn(alice)
	for i := range 5 {
		r := wellFormed()
		r.BMWID = strings.Repeat("1", i+1)
		_, err := s.Link(w.ctx(), r)
		w.fails(err, "Linking.Link", services.CodeNotFound)
	}
	_, err := s.Link(w.ctx(), w.byVIN("lease"))
	wait := w.waits(err, "Linking.Link", services.CodeThrottled)
	w.Advance(wait)
	_, err = w.signIn(alice).Link(w.ctx(), w.byVIN("lease"))
	w.must(err)
}

func linkThrottledByVIN(w *world) {
	w.person(alice)
	w.person(bob)
	s, other := w.signIn(alice), w.signIn(bob)
	r := w.byVIN("lease")
	wrong := r
	wrong.FirstName = "Paul"
	for range 5 {
		_, err := s.Link(w.ctx(), wrong)
		w.fails(err, "Linking.Link", services.CodeNotFound)
	}
	_, err := other.Link(w.ctx(), r)
	w.fails(err, "Linking.Link", services.CodeThrottled)
	_, err = other.Link(w.ctx(), w.byVIN("two"))
	w.must(err)
}

func linkOfSomebodyElse(w *world) {
	w.customer(alice, "lease")
	w.person(bob)
	_, err := w.signIn(bob).Link(w.ctx(), w.byVIN("lease"))
	w.fails(err, "Linking.Link", services.CodeNotFound)
	same(w, "mails to who holds it", w.mailed(alice, "link_attempt"), 1)
	same(w, "codes", w.mailed(bob, "code"), 0)
}

func linkOnlyOne(w *world) {
	s := w.customer(alice, "lease")
	_, err := s.Link(w.ctx(), w.byVIN("two"))
	w.fails(err, "Linking.Link", services.CodeConflict)
	list, err := s.Agreements(w.ctx())
	w.must(err)
	same(w, "agreements", len(list), 1)
}

// authorizeTwoLogins is two people who ask for one customer, and enter their codes one after the other.
func authorizeTwoLogins(w *world) {
	w.person(alice)
	w.person(bob)
	s, other := w.signIn(alice), w.signIn(bob)
	for _, session := range []services.CustomerSession{s, other} {
		_, err := session.Link(w.ctx(), w.byVIN("lease"))
		w.must(err)
	}
	w.authorize(other, false)
	_, err := s.AuthorizeDevice(w.ctx(), services.DeviceAuthorization{Code: w.code(alice)})
	w.fails(err, "Linking.AuthorizeDevice", services.CodeGone)
	if info, err := s.Reload(w.ctx()); err != nil || info.Linked || info.Device.Authorized {
		w.Errorf("who came second: %+v, %v", info, err)
	}
}

// authorizeTwoCustomers is one person who asks for two customers in two windows.
func authorizeTwoCustomers(w *world) {
	w.person(alice)
	s, other := w.signIn(alice), w.signIn(alice)
	_, err := s.Link(w.ctx(), w.byID("lease"))
	w.must(err)
	first := w.code(alice)
	w.Advance(time.Second)
	w.link(other, "two")
	_, err = s.AuthorizeDevice(w.ctx(), services.DeviceAuthorization{Code: first})
	w.fails(err, "Linking.AuthorizeDevice", services.CodeConflict)
	list, err := other.Agreements(w.ctx())
	w.must(err)
	same(w, "agreements", len(list), 2)
}
