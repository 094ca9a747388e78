package core_test

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"

	"cloud.google.com/go/civil"
	"github.com/bojanz/currency"

	"myaccount/services"
	"myaccount/services/sample"
)

// linking is the part of a customer's session that this file's tests use.
type linking interface {
	services.Session
	services.Linking
	services.Devices
	services.Agreements
	services.Payments
}

// customer signs a person in, who may be new.
func (h *harness) customer(email string) linking {
	h.t.Helper()
	return h.signIn(email).(linking)
}

// opener hands out a file that lies in memory.
func opener(data []byte) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }
}

// imports imports a file that has nothing wrong.
func (h *harness) imports(data []byte) services.ImportReport {
	h.t.Helper()
	report, err := h.ImportPortfolio(context.Background(), opener(data), nil)
	must(h.t, err)
	return report
}

// sample imports the sample portfolio and gives its people by their keys, "lease".
func (h *harness) sample() map[string]sample.Person {
	h.t.Helper()
	today := civil.DateOf(h.clock.Now())
	data, err := sample.Portfolio(today)
	must(h.t, err)
	h.imports(data)
	list, err := sample.People(today)
	must(h.t, err)
	people := map[string]sample.Person{}
	for _, p := range list {
		people[strings.TrimPrefix(p.Key, "sample.person.")] = p
	}
	return people
}

// byVIN is the request that finds a person of the sample.
func byVIN(p sample.Person) services.LinkRequest {
	return services.LinkRequest{
		Method: services.LinkByVIN, FirstName: p.FirstName, LastName: p.LastName, VIN: p.VIN, LastPayment: p.LastPayment,
	}
}

// byID is the other request that does.
func byID(p sample.Person) services.LinkRequest {
	return services.LinkRequest{Method: services.LinkByBMWID, FirstName: p.FirstName, LastName: p.LastName, BMWID: p.CustomerID}
}

// code is the code of the latest mail to an address.
func (h *harness) code(email string) services.Secret {
	h.t.Helper()
	code := h.mail(email, "code").Code
	if code == "" {
		h.t.Fatal("the mail has no code any more")
	}
	return code
}

// link links a person to a customer of the sample.
func (h *harness) link(s linking, email string, r services.LinkRequest, trust bool) services.SessionInfo {
	h.t.Helper()
	_, err := s.Link(context.Background(), r)
	must(h.t, err)
	info, err := s.AuthorizeDevice(context.Background(), services.DeviceAuthorization{Code: h.code(email), Trust: trust})
	must(h.t, err)
	return info
}

func cad(t testing.TB, amount string) services.Money {
	t.Helper()
	m, err := currency.NewAmount(amount, "CAD")
	must(t, err)
	return m
}
