package api_test

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/bojanz/currency"
	"pgregory.net/rapid"

	"myaccount/services"
	"myaccount/services/api"
)

// through sends a value over the wire.
func through[T any](t *rapid.T, v T) T {
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var out T
	if err := json.Unmarshal(data, &out); err != nil {
		t.Fatalf("%s: %v", data, err)
	}
	return out
}

// same checks that a value came back as it was.
func same[T any](t *rapid.T, got, want T, err error) {
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("got %+v\nwant %+v", got, want)
	}
}

// The generators draw whatever the domain can hold; texts are valid UTF-8, as the domain cleans them.
var (
	texts = rapid.String()
	dates = rapid.Custom(func(t *rapid.T) services.Date {
		return civil.DateOf(time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "day"), 0).UTC())
	})
	times = rapid.Custom(func(t *rapid.T) time.Time {
		if rapid.Bool().Draw(t, "never") {
			return time.Time{}
		}
		return time.UnixMicro(rapid.Int64Range(1, 4e15).Draw(t, "moment")).UTC()
	})
	moments = rapid.Map(rapid.Int64Range(1, 4e15), func(us int64) time.Time { return time.UnixMicro(us).UTC() })
	money   = rapid.Custom(func(t *rapid.T) services.Money {
		if rapid.Bool().Draw(t, "unknown") {
			return services.Money{}
		}
		amount, err := currency.NewAmountFromInt64(rapid.Int64Range(-1e12, 1e12).Draw(t, "cents"), "CAD")
		if err != nil {
			t.Fatal(err)
		}
		return amount
	})
	files = rapid.Custom(func(t *rapid.T) services.Attachment {
		return services.Attachment{
			ID: texts.Draw(t, "id"), Name: texts.Draw(t, "name"), Size: rapid.Int64Min(0).Draw(t, "size"),
			Type: texts.Draw(t, "type"), SHA256: texts.Draw(t, "sum"),
		}
	})
	messages = rapid.Custom(func(t *rapid.T) services.Message {
		m := services.Message{
			ID: texts.Draw(t, "id"), From: services.RoleCustomer, Author: texts.Draw(t, "author"),
			Body: texts.Draw(t, "body"), SentAt: moments.Draw(t, "sent"), KeptUntil: moments.Draw(t, "kept"),
		}
		m.Attachments = append(m.Attachments, rapid.SliceOfN(files, 0, 3).Draw(t, "files")...)
		return m
	})
	summaries = rapid.Custom(func(t *rapid.T) services.ThreadSummary {
		return services.ThreadSummary{
			ID: texts.Draw(t, "id"), Reference: texts.Draw(t, "reference"), Topic: texts.Draw(t, "topic"),
			AgreementID: texts.Draw(t, "agreement"), AgreementNumber: texts.Draw(t, "number"), Excerpt: texts.Draw(t, "excerpt"),
			LastFrom: services.RoleAdvisor, LastAt: moments.Draw(t, "at"), Unread: rapid.Bool().Draw(t, "unread"),
			Attachments: rapid.IntMin(0).Draw(t, "attachments"), KeptUntil: moments.Draw(t, "kept"),
		}
	})
)

func TestAgreement_ComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		closed := dates.Draw(t, "closed")
		want := services.Agreement{
			ID: texts.Draw(t, "id"), Number: texts.Draw(t, "number"), Kind: services.Lease, VIN: texts.Draw(t, "vin"),
			Vehicle: services.Vehicle{Year: 2025, Make: texts.Draw(t, "make"), Model: texts.Draw(t, "model")}, Province: "QC",
			Start: dates.Draw(t, "start"), End: dates.Draw(t, "end"), Frequency: services.Monthly, AnnualRate: "5.99",
			Balance: money.Draw(t, "balance"), PaymentsMade: 3, PaymentsTotal: 48,
		}
		if rapid.Bool().Draw(t, "whole") {
			want.ClosedOn = &closed
			want.PastDue = &services.PastDue{Amount: money.Draw(t, "past due"), Since: closed, Payments: 2}
			want.Distance = &services.Distance{Allowance: 1, Odometer: 2, ReadOn: closed, ExcessRate: money.Draw(t, "excess")}
			want.Next = &services.NextPayment{Due: closed, Total: money.Draw(t, "total")}
			for range rapid.IntRange(0, 3).Draw(t, "parts") {
				part := services.PaymentPart{Kind: services.PartTax, Name: texts.Draw(t, "tax"), Rate: "5", Amount: money.Draw(t, "part")}
				want.Next.Parts = append(want.Next.Parts, part)
			}
		}
		got, err := through(t, api.AgreementOf(want)).Domain()
		same(t, got, want, err)
	})
}

func TestPayments_ComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := services.PaymentPage{Next: texts.Draw(t, "next")}
		for range rapid.IntRange(0, 3).Draw(t, "payments") {
			want.Items = append(want.Items, services.Payment{
				ID: texts.Draw(t, "id"), Date: dates.Draw(t, "date"), Amount: money.Draw(t, "amount"), Principal: money.Draw(t, "principal"),
				Interest: money.Draw(t, "interest"), Tax: money.Draw(t, "tax"), Method: "pad", Status: services.PaymentPosted,
			})
		}
		got, err := api.PaymentsFrom(through(t, api.PaymentsOf(want)))
		same(t, got, want, err)
	})
}

func TestSchedule_ComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var want []services.Installment
		for n := range rapid.IntRange(0, 3).Draw(t, "installments") {
			want = append(want, services.Installment{
				Number: n + 1, Due: dates.Draw(t, "due"), Principal: money.Draw(t, "principal"), Interest: money.Draw(t, "interest"),
				Tax: money.Draw(t, "tax"), Total: money.Draw(t, "total"), Balance: money.Draw(t, "balance"), Paid: rapid.Bool().Draw(t, "paid"),
			})
		}
		got, err := api.ScheduleFrom(through(t, api.ScheduleOf(want)))
		same(t, got, want, err)
	})
}

func TestThreads_ComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		page := services.ThreadPage{Items: rapid.SliceOfN(summaries, 0, 3).Draw(t, "threads"), Next: texts.Draw(t, "next")}
		same(t, api.ThreadsFrom(through(t, api.ThreadsOf(page))), page, nil)

		thread := services.Thread{ThreadSummary: summaries.Draw(t, "thread"), Messages: rapid.SliceOfN(messages, 0, 3).Draw(t, "messages")}
		same(t, through(t, api.ThreadOf(thread)).Domain(), thread, nil)

		hits := []services.Hit{{Thread: thread.ThreadSummary, Excerpt: "a lease", Marks: [][2]int{{2, 7}}, At: moments.Draw(t, "at")}}
		same(t, api.HitsFrom(through(t, api.HitsOf(hits))), hits, nil)
	})
}

func TestDesk_ComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		summary := services.DeskSummary{
			ThreadSummary: summaries.Draw(t, "thread"), Customer: texts.Draw(t, "customer"), Waiting: true,
			WaitingSince: times.Draw(t, "since"),
		}
		page := services.DeskPage{Items: []services.DeskSummary{summary}, Next: texts.Draw(t, "next")}
		same(t, api.DeskThreadsFrom(through(t, api.DeskThreadsOf(page))), page, nil)

		thread := services.DeskThread{
			DeskSummary: summary, Messages: rapid.SliceOfN(messages, 0, 3).Draw(t, "messages"), Language: "fr",
			Vehicle: services.Vehicle{Year: 2024, Make: "BMW", Model: texts.Draw(t, "model")}, Kind: services.Loan,
			Doubts: []services.Doubt{
				{Kind: services.DoubtTerm, FoundCount: 31, ExpectedCount: 48},
				{Kind: services.DoubtTax, FoundCount: 1, ExpectedCount: 1, Found: money.Draw(t, "found"), Expected: money.Draw(t, "expected")},
			},
		}
		got, err := through(t, api.DeskThreadOf(thread)).Domain()
		same(t, got, thread, err)
	})
}

func TestSession_ComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		device := services.Device{
			ID: texts.Draw(t, "id"), Name: texts.Draw(t, "name"), Authorized: true, TrustedUntil: times.Draw(t, "until"),
			LastUsed: times.Draw(t, "used"), Current: true, Token: services.Secret(texts.Draw(t, "token")),
		}
		info := services.SessionInfo{
			Role: services.RoleAdvisor, Person: services.Person{ID: "1", FirstName: texts.Draw(t, "first"), Email: texts.Draw(t, "email")},
			Device: device, Linked: true, ExpiresAt: moments.Draw(t, "expires"), IdleFor: 15 * time.Minute,
		}
		same(t, through(t, api.SessionOf(info)).Domain(), info, nil)
		devices := []services.Device{device}
		same(t, api.DevicesFrom(through(t, api.DevicesOf(devices))), devices, nil)
	})
}

func TestRequests_ComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		secret := services.Secret(texts.Draw(t, "secret"))
		registration := services.Registration{
			FirstName: texts.Draw(t, "first"), LastName: texts.Draw(t, "last"), Email: texts.Draw(t, "email"), Password: secret,
			Language: "fr", TermsVersion: "1", TermsLanguage: "en", TermsShown: map[string]time.Time{"en": moments.Draw(t, "shown")},
			Captcha: texts.Draw(t, "captcha"),
		}
		same(t, through(t, api.RegistrationOf(registration)).Domain(), registration, nil)
		credentials := services.Credentials{
			Email: "a", Password: secret, Captcha: "c", Device: services.DeviceClaim{Token: secret, Name: "n", Kind: "kiosk"},
		}
		same(t, through(t, api.CredentialsOf(credentials)).Domain(), credentials, nil)
		start := services.IdentityStart{
			Issuer: "i", Endpoint: "e", ClientID: "c", Scopes: []string{"openid"}, State: secret, Nonce: secret, Life: time.Minute,
		}
		same(t, through(t, api.IdentityStartOf(start)).Domain(), start, nil)
		proof := services.IdentityProof{
			State: secret, Code: secret, Verifier: secret, RedirectURI: "r", TOTP: secret, Language: "fr", TermsVersion: "v",
			TermsLanguage: "en", TermsShown: map[string]time.Time{"en": moments.Draw(t, "shown")}, Device: credentials.Device,
		}
		same(t, through(t, api.IdentityProofOf(proof)).Domain(), proof, nil)
		link := services.LinkRequest{
			Method: services.LinkByVIN, FirstName: "A", LastName: "B", VIN: texts.Draw(t, "vin"), LastPayment: money.Draw(t, "payment"),
		}
		got, err := through(t, api.LinkOf(link)).Domain()
		same(t, got, link, err)
		receipt := services.Receipt{ThreadID: "t", MessageID: "m", Reference: "r", ReceivedAt: moments.Draw(t, "received")}
		same(t, through(t, api.ReceiptOf(receipt)).Domain(), receipt, nil)
		code := services.CodeReceipt{SentTo: "a•••e@example.ca", ExpiresAt: moments.Draw(t, "until"), ResendAt: moments.Draw(t, "again")}
		same(t, through(t, api.CodeReceiptOf(code)).Domain(), code, nil)
	})
}

func TestLink_RefusesWhatIsNoMoney(t *testing.T) {
	for _, money := range []api.Money{{"12,5", "CAD"}, {"", "CAD"}, {"1", "ZZZ"}, {"NaN", "CAD"}, {"1e9", "CAD"}, {"1e9", ""}} {
		_, err := api.Link{LastPayment: &money}.Domain()
		if services.FieldsOf(err)["last_payment"] != services.ReasonFormat {
			t.Errorf("%v: %v", money, err)
		}
	}
}

func TestPolicy_ComesBack(t *testing.T) {
	want := services.Policy{
		Product: "P", Company: "C", Phone: "1", Hours: map[string]string{"en": "h"},
		Topics:    []services.Topic{{ID: "t", Name: map[string]string{"fr": "n"}}},
		Languages: []string{"en"}, TermsVersion: "v", PasswordMin: 12, PasswordMax: 128, NameMax: 100, BodyMax: 4000, CodeLength: 6,
		CodeTTL: 10 * time.Minute, CodeResendWait: time.Minute, ActivationTTL: 24 * time.Hour, ResetTTL: time.Hour,
		LockoutAfter: 10, LockoutFor: 24 * time.Hour, SessionIdle: 15 * time.Minute, TrustFor: 30 * 24 * time.Hour,
		Retention: 30 * 24 * time.Hour, AttachmentMax: 10 << 20, AttachmentTypes: []string{"pdf"}, AttachmentsMax: 5, IdentityProvider: "x",
	}
	if got := api.PolicyOf(want).Domain(); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}

func TestProblem_ComesBack(t *testing.T) {
	for _, code := range services.Codes() {
		want := services.FailAfter(code, 90*time.Second)
		if code == services.CodeInvalid {
			want.Fields = map[string]string{"email": services.ReasonFormat}
		}
		p := api.ProblemOf(want)
		if got := p.Domain(); !reflect.DeepEqual(got, want) || p.Status != code.Status() {
			t.Errorf("%s: %d, %+v", code, p.Status, got)
		}
	}
}

func TestProblem_OfANewerServer(t *testing.T) {
	for status, want := range map[int]services.Code{
		400: services.CodeInvalid, 403: services.CodeForbidden, 429: services.CodeThrottled, 502: services.CodeUnavailable, 418: services.CodeInternal,
	} {
		p := api.Problem{Status: status, Code: "of tomorrow"}
		if got := p.Domain().Code; got != want {
			t.Errorf("%d: %s", status, got)
		}
	}
}

func TestProblem_TellsNoCause(t *testing.T) {
	p := api.ProblemOf(services.Internal(errSecret{}))
	data, err := json.Marshal(p)
	if err != nil || string(data) != `{"status":500,"code":"internal"}` {
		t.Errorf("%s, %v", data, err)
	}
}

type errSecret struct{}

func (errSecret) Error() string { return "a secret" }
