package core_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"myaccount/services"
	"myaccount/services/core"
	"myaccount/services/portfolio"
	"myaccount/services/sample"
)

const bob = "bob.roy@example.ca"

func TestLink_ByVINAndByID(t *testing.T) {
	for name, request := range map[string]func(sample.Person) services.LinkRequest{"vin": byVIN, "bmw_id": byID} {
		t.Run(name, func(t *testing.T) {
			h := newHarness(t)
			two := h.sample()["two"]
			h.person(alice)
			s := h.customer(alice)
			if s.Info().Linked || s.Info().Device.Authorized {
				t.Fatalf("before: %+v", s.Info())
			}
			_, err := s.Agreements(t.Context())
			wantCode(t, err, services.CodeDeviceUnauthorized)

			receipt, err := s.Link(t.Context(), request(two))
			must(t, err)
			now := h.clock.Now()
			if receipt.SentTo != "a•••y@example.ca" || !receipt.ExpiresAt.Equal(now.Add(10*time.Minute)) || !receipt.ResendAt.Equal(now.Add(time.Minute)) {
				t.Errorf("receipt %+v", receipt)
			}
			if info, err := s.Reload(t.Context()); err != nil || info.Linked {
				t.Errorf("linked before the code: %+v %v", info, err)
			}
			code := h.code(alice)
			spaced := services.Secret(" " + code.Reveal()[:3] + "\u00a0" + code.Reveal()[3:] + "\n")
			info, err := s.AuthorizeDevice(t.Context(), services.DeviceAuthorization{Code: spaced})
			must(t, err)
			if !info.Ready() || info.Device.Token != "" || s.Info() != info {
				t.Errorf("info %+v", info)
			}
			list, err := s.Agreements(t.Context())
			must(t, err)
			if len(list) != 2 {
				t.Errorf("%d agreements, want both of the customer's", len(list))
			}
			if m := h.mail(alice, "code"); m.Code != "" || m.UsedAt.IsZero() {
				t.Errorf("the used code is still in the tray: %+v", m)
			}
			h.mail(alice, "device_authorized")
			_, err = s.AuthorizeDevice(t.Context(), services.DeviceAuthorization{Code: code})
			wantCode(t, err, services.CodeGone)
			_, err = s.Link(t.Context(), byID(h.sample()["lease"]))
			wantCode(t, err, services.CodeConflict)
		})
	}
}

func TestLink_CleansWhatWasTyped(t *testing.T) {
	h := newHarness(t)
	p := h.sample()["paid_off"] // Hélène Roy-Lavoie
	h.person(alice)
	r := byVIN(p)
	r.FirstName, r.LastName = "  He\u0301le\u0300ne ", "\tRoy-Lavoie\u00a0"
	r.VIN = strings.ToLower(p.VIN[:9]) + " " + p.VIN[9:]
	_, err := h.customer(alice).Link(t.Context(), r)
	must(t, err)
}

func TestLink_NothingMatches(t *testing.T) {
	cents := cad(t, "0.01")
	changes := map[string]func(*services.LinkRequest){
		"first name":      func(r *services.LinkRequest) { r.FirstName = "Paul" },
		"case of a name":  func(r *services.LinkRequest) { r.LastName = strings.ToUpper(r.LastName) },
		"missing accent":  func(r *services.LinkRequest) { r.FirstName = "Amelie" },
		"names swapped":   func(r *services.LinkRequest) { r.FirstName, r.LastName = r.LastName, r.FirstName },
		"VIN":             func(r *services.LinkRequest) { r.VIN = "11111111111111111" },
		"a cent too much": func(r *services.LinkRequest) { r.LastPayment, _ = r.LastPayment.Add(cents) },
		"currency":        func(r *services.LinkRequest) { r.LastPayment, _ = r.LastPayment.Convert("USD", "1") },
		"BMW ID":          func(r *services.LinkRequest) { r.Method, r.BMWID = services.LinkByBMWID, "4410028818" },
	}
	for name, change := range changes {
		t.Run(name, func(t *testing.T) {
			h := newHarness(t)
			r := byVIN(h.sample()["lease"]) // Amélie Tremblay
			h.person(alice)
			change(&r)
			_, err := h.customer(alice).Link(t.Context(), r)
			wantCode(t, err, services.CodeNotFound)
			if err.Error() != string(services.CodeNotFound) {
				t.Errorf("the answer tells more: %v", err)
			}
			if slices.Contains(h.kinds(alice), "code") {
				t.Error("a code was sent")
			}
		})
	}
}

func TestLink_Form(t *testing.T) {
	h := newHarness(t)
	good := byVIN(h.sample()["lease"])
	h.person(alice)
	s := h.customer(alice)
	minus, _ := good.LastPayment.Mul("-1")
	third, _ := good.LastPayment.Div("7")
	tests := []struct {
		change func(*services.LinkRequest)
		want   map[string]string
	}{
		{func(r *services.LinkRequest) { *r = services.LinkRequest{Method: services.LinkByVIN} }, map[string]string{
			"first_name": "required", "last_name": "required", "vin": "required", "last_payment": "required",
		}},
		{func(r *services.LinkRequest) { *r = services.LinkRequest{Method: services.LinkByBMWID} }, map[string]string{
			"first_name": "required", "last_name": "required", "bmw_id": "required",
		}},
		{func(r *services.LinkRequest) { r.Method = "" }, map[string]string{"method": "unknown"}},
		{func(r *services.LinkRequest) { r.FirstName = strings.Repeat("é", 101) }, map[string]string{"first_name": "too_long"}},
		{func(r *services.LinkRequest) { r.LastName = "a\u202eb" }, map[string]string{"last_name": "control"}},
		{func(r *services.LinkRequest) { r.VIN = r.VIN[1:] }, map[string]string{"vin": "too_short"}},
		{func(r *services.LinkRequest) { r.VIN += "1" }, map[string]string{"vin": "too_long"}},
		{func(r *services.LinkRequest) { r.VIN = "O" + r.VIN[1:] }, map[string]string{"vin": "format"}},
		{func(r *services.LinkRequest) { r.LastPayment = minus }, map[string]string{"last_payment": "format"}},
		{func(r *services.LinkRequest) { r.LastPayment = third }, map[string]string{"last_payment": "format"}},
		{func(r *services.LinkRequest) {
			r.Method, r.BMWID = services.LinkByBMWID, strings.Repeat("1", 101)
		}, map[string]string{"bmw_id": "too_long"}},
	}
	for _, test := range tests {
		r := good
		test.change(&r)
		_, err := s.Link(t.Context(), r)
		wantCode(t, err, services.CodeInvalid)
		wantFields(t, err, test.want)
	}
	_, err := s.Link(t.Context(), good) // none of that was a try
	must(t, err)
}

func TestLink_AgreementOfSomebodyElse(t *testing.T) {
	h := newHarness(t)
	p := h.sample()["lease"]
	h.person(alice)
	h.link(h.customer(alice), alice, byVIN(p), false)
	h.person(bob)
	s := h.customer(bob)
	_, err := s.Link(t.Context(), byVIN(p))
	wantCode(t, err, services.CodeNotFound)
	if slices.Contains(h.kinds(bob), "code") {
		t.Error("a code was sent")
	}
	if kind := h.kinds(alice)[0]; kind != "link_attempt" {
		t.Errorf("the holder got %q", kind)
	}
	wrong := byVIN(p)
	wrong.FirstName = "Bob"
	_, err = s.Link(t.Context(), wrong)
	wantCode(t, err, services.CodeNotFound)
	if kinds := h.kinds(alice); kinds[1] == "link_attempt" {
		t.Error("the holder got a mail for a try that did not match")
	}
}

// Whoever asks for the code first does not win over who enters it first.
func TestLink_TwoAtOnce(t *testing.T) {
	h := newHarness(t)
	p := h.sample()["lease"]
	h.person(alice)
	h.person(bob)
	a, b := h.customer(alice), h.customer(bob)
	_, err := a.Link(t.Context(), byVIN(p))
	must(t, err)
	h.link(b, bob, byID(p), false)
	_, err = a.AuthorizeDevice(t.Context(), services.DeviceAuthorization{Code: h.code(alice)})
	wantCode(t, err, services.CodeGone)
	if info, err := a.Reload(t.Context()); err != nil || info.Linked || info.Device.Authorized {
		t.Errorf("%+v %v", info, err)
	}
}

func TestLink_FiveTriesAnHour(t *testing.T) {
	h := newHarness(t)
	people := h.sample()
	h.person(alice)
	s := h.customer(alice)
	r := byVIN(people["lease"])
	r.FirstName = "Paul"
	for i := range 5 {
		h.clock.Move(time.Minute)
		r.VIN = fmt.Sprintf("1111111111111111%d", i)
		_, err := s.Link(t.Context(), r)
		wantCode(t, err, services.CodeNotFound)
	}
	_, err := s.Link(t.Context(), byVIN(people["lease"]))
	wantCode(t, err, services.CodeThrottled)
	if wait := services.RetryAfterOf(err); wait != 56*time.Minute {
		t.Errorf("wait %v", wait)
	}
	h.signIn(alice) // another session is no way round
	_, err = h.customer(alice).Link(t.Context(), byVIN(people["lease"]))
	wantCode(t, err, services.CodeThrottled)
	for range 6 { // the session is used, so that it lasts
		h.clock.Move(14 * time.Minute)
		must(t, s.Touch(t.Context()))
	}
	_, err = s.Link(t.Context(), byVIN(people["lease"]))
	must(t, err)
}

// The limit of an agreement holds for one that does not exist as well, so it tells nothing.
func TestLink_FiveTriesOfAnAgreement(t *testing.T) {
	for name, number := range map[string]string{"known": "4410028817", "unknown": "9999999999"} {
		t.Run(name, func(t *testing.T) {
			h := newHarness(t)
			h.sample()
			var codes []services.Code
			for i := range 7 {
				email := fmt.Sprintf("p%d@example.ca", i)
				h.person(email)
				_, err := h.customer(email).Link(t.Context(), services.LinkRequest{
					Method: services.LinkByBMWID, FirstName: "Paul", LastName: "Martin", BMWID: number,
				})
				codes = append(codes, services.CodeOf(err))
			}
			want := append(slices.Repeat([]services.Code{services.CodeNotFound}, 5), services.CodeThrottled, services.CodeThrottled)
			if !slices.Equal(codes, want) {
				t.Errorf("%v", codes)
			}
		})
	}
}

func TestLink_SamplePeople(t *testing.T) {
	h := newHarness(t)
	people := h.sample()
	for i, key := range slices.Sorted(maps.Keys(people)) {
		email := fmt.Sprintf("p%d@example.ca", i)
		h.person(email)
		if info := h.link(h.customer(email), email, byVIN(people[key]), false); !info.Ready() {
			t.Errorf("%s: %+v", key, info)
		}
	}
}

// asked counts what a try to link asks of the store.
type asked struct {
	core.Store
	n map[string]int
}

func (s asked) Update(ctx context.Context, fn func(core.Tx) error) error {
	return s.Store.Update(ctx, func(tx core.Tx) error { return fn(askedTx{tx, s.n}) })
}

type askedTx struct {
	core.Tx
	n map[string]int
}

func (t askedTx) Customer(id string) (core.CustomerRow, error) {
	t.n["customer"]++
	return t.Tx.Customer(id)
}

func (t askedTx) CustomerByNumber(number string) (core.CustomerRow, error) {
	t.n["number"]++
	return t.Tx.CustomerByNumber(number)
}

func (t askedTx) AgreementsByVIN(vin string) ([]core.AgreementRow, error) {
	t.n["vin"]++
	return t.Tx.AgreementsByVIN(vin)
}

func (t askedTx) LatestPosted(id string) ([]portfolio.Payment, error) {
	t.n["posted"]++
	return t.Tx.LatestPosted(id)
}

// Whatever part is wrong, the store is asked the same, so that time tells nothing.
func TestLink_AsksTheSameWhateverIsWrong(t *testing.T) {
	store := asked{n: map[string]int{}}
	h := newHarness(t, func(c *core.Config) {
		store.Store = c.Store
		c.Store = store
	})
	p := h.sample()["lease"]
	cents := cad(t, "0.01")
	wrong := map[string]func(*services.LinkRequest){
		"VIN":     func(r *services.LinkRequest) { r.VIN = "11111111111111111" },
		"payment": func(r *services.LinkRequest) { r.LastPayment, _ = r.LastPayment.Add(cents) },
		"name":    func(r *services.LinkRequest) { r.LastName = "Martin" },
		"all": func(r *services.LinkRequest) {
			*r = byVIN(p)
			r.VIN, r.LastName, r.LastPayment = "1"+r.VIN[1:], "x", cents
		},
	}
	for name, change := range wrong {
		email := strings.ToLower(name) + "@example.ca"
		h.person(email)
		s := h.customer(email)
		r := byVIN(p)
		change(&r)
		clear(store.n)
		_, err := s.Link(t.Context(), r)
		wantCode(t, err, services.CodeNotFound)
		if want := map[string]int{"vin": 1, "posted": 1, "customer": 1}; !maps.Equal(store.n, want) {
			t.Errorf("%s: asked %v", name, store.n)
		}
	}
}
