package core_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"myaccount/services"
)

// waiting signs somebody in who has asked to link and waits for the code.
func waiting(t *testing.T, h *harness) linking {
	t.Helper()
	p := h.sample()["lease"]
	h.person(alice)
	s := h.customer(alice)
	_, err := s.Link(t.Context(), byVIN(p))
	must(t, err)
	return s
}

// enter enters a code.
func enter(t testing.TB, s linking, code services.Secret) error {
	t.Helper()
	_, err := s.AuthorizeDevice(t.Context(), services.DeviceAuthorization{Code: code})
	return err
}

// other is a code that is not the one given.
func other(code services.Secret) services.Secret {
	if code == "000000" {
		return "000001"
	}
	return "000000"
}

func TestAuthorizeDevice_FiftyWrongAtOnceCountFive(t *testing.T) {
	h := newHarness(t)
	s := waiting(t, h)
	code := h.code(alice)
	answers := make([]services.Code, 50)
	var all sync.WaitGroup
	for i := range answers {
		all.Go(func() { answers[i] = services.CodeOf(enter(t, s, other(code))) })
	}
	all.Wait()
	count := map[services.Code]int{}
	for _, a := range answers {
		count[a]++
	}
	if count[services.CodeInvalid] != 5 || count[services.CodeGone] != 45 {
		t.Errorf("%v", count)
	}
	wantCode(t, enter(t, s, code), services.CodeGone)
	if s.Info().Linked {
		t.Error("linked")
	}
}

func TestAuthorizeDevice_Form(t *testing.T) {
	h := newHarness(t)
	s := waiting(t, h)
	for code, reason := range map[services.Secret]string{
		"": "required", " \u00a0": "required", "12345": "format", "1234567": "format", "12345a": "format", "١٢٣٤٥٦": "format", "-12345": "format",
	} {
		wantFields(t, enter(t, s, code), map[string]string{"code": reason})
	}
	err := enter(t, s, other(h.code(alice)))
	wantCode(t, err, services.CodeInvalid)
	wantFields(t, err, map[string]string{"code": "mismatch"})
	must(t, enter(t, s, h.code(alice))) // five wrong forms were no tries
}

func TestAuthorizeDevice_Expires(t *testing.T) {
	h := newHarness(t)
	s := waiting(t, h)
	code := h.code(alice)
	h.clock.Move(10*time.Minute - time.Microsecond)
	wantCode(t, enter(t, s, other(code)), services.CodeInvalid)
	h.clock.Move(time.Microsecond)
	wantCode(t, enter(t, s, code), services.CodeGone)
	_, err := s.SendCode(t.Context()) // goes on with a new one
	must(t, err)
	must(t, enter(t, s, h.code(alice)))
}

func TestAuthorizeDevice_NothingAskedFor(t *testing.T) {
	h := newHarness(t)
	h.person(alice)
	wantCode(t, enter(t, h.customer(alice), "123456"), services.CodeGone)
}

// A code counts in the session that asked for it alone.
func TestAuthorizeDevice_OtherSession(t *testing.T) {
	h := newHarness(t)
	s := waiting(t, h)
	second := h.customer(alice)
	wantCode(t, enter(t, second, h.code(alice)), services.CodeGone)
	must(t, enter(t, s, h.code(alice)))
	_, err := second.SendCode(t.Context())
	must(t, err)
	first := h.code(alice)
	third := h.customer(alice)
	_, err = third.SendCode(t.Context())
	must(t, err)
	if code := h.mail(alice, "code").Code; code != first {
		wantCode(t, enter(t, second, code), services.CodeInvalid)
	}
	must(t, enter(t, second, first))
}

func TestSendCode_KeepsTheTries(t *testing.T) {
	h := newHarness(t)
	s := waiting(t, h)
	first := h.code(alice)
	for range 3 {
		wantCode(t, enter(t, s, other(first)), services.CodeInvalid)
	}
	h.clock.Move(time.Minute)
	_, err := s.SendCode(t.Context())
	must(t, err)
	second := h.code(alice)
	if first != second {
		wantCode(t, enter(t, s, first), services.CodeInvalid)
	} else {
		wantCode(t, enter(t, s, other(first)), services.CodeInvalid)
	}
	wantCode(t, enter(t, s, other(second)), services.CodeInvalid)
	wantCode(t, enter(t, s, second), services.CodeGone)
	h.clock.Move(time.Minute)
	_, err = s.SendCode(t.Context())
	wantCode(t, err, services.CodeNotLinked) // a link that was tried too often is asked for again
	must(t, func() error { _, err := s.Link(t.Context(), byVIN(h.sample()["lease"])); return err }())
	must(t, enter(t, s, h.code(alice)))
}

func TestSendCode_OnceAMinute(t *testing.T) {
	h := newHarness(t)
	s := waiting(t, h)
	h.clock.Move(40 * time.Second)
	_, err := s.SendCode(t.Context())
	wantCode(t, err, services.CodeThrottled)
	if wait := services.RetryAfterOf(err); wait != 20*time.Second {
		t.Errorf("wait %v", wait)
	}
	h.clock.Move(20 * time.Second)
	receipt, err := s.SendCode(t.Context())
	must(t, err)
	if !receipt.ResendAt.Equal(h.clock.Now().Add(time.Minute)) {
		t.Errorf("%+v", receipt)
	}
	mails := slices.DeleteFunc(h.mails(alice), func(m services.Mail) bool { return m.Kind != "code" })
	if len(mails) != 2 || mails[0].Code == "" || mails[1].Code != "" {
		t.Errorf("the code before is still in the tray: %v", mails)
	}
}

// A clock set back does not lengthen the wait.
func TestSendCode_ClockSetBack(t *testing.T) {
	h := newHarness(t)
	s := waiting(t, h)
	h.clock.Move(-time.Hour)
	_, err := s.SendCode(t.Context())
	must(t, err)
	_, err = s.SendCode(t.Context())
	wantCode(t, err, services.CodeThrottled)
	must(t, enter(t, s, h.code(alice)))
}

func TestSendCode_TenADay(t *testing.T) {
	h := newHarness(t)
	s := waiting(t, h)
	for range 9 {
		h.clock.Move(time.Minute)
		_, err := s.SendCode(t.Context())
		must(t, err)
	}
	h.clock.Move(time.Minute)
	_, err := s.SendCode(t.Context())
	wantCode(t, err, services.CodeThrottled)
	if wait := services.RetryAfterOf(err); wait != 24*time.Hour-10*time.Minute {
		t.Errorf("wait %v", wait)
	}
	must(t, enter(t, s, h.code(alice)))
}

func TestSendCode_NothingToAuthorize(t *testing.T) {
	h := newHarness(t)
	h.person(alice)
	s := h.customer(alice)
	_, err := s.SendCode(t.Context())
	wantCode(t, err, services.CodeNotLinked)
	p := h.sample()["lease"]
	h.link(s, alice, byVIN(p), false)
	_, err = s.SendCode(t.Context())
	wantCode(t, err, services.CodeNotLinked)
}

func TestSendCode_TriesOfADeviceStartAgainWithANewRequest(t *testing.T) {
	h := newHarness(t)
	p := h.sample()["lease"]
	h.person(alice)
	h.link(h.customer(alice), alice, byVIN(p), false)
	s := h.customer(alice)
	_, err := s.SendCode(t.Context())
	must(t, err)
	for range 5 {
		wantCode(t, enter(t, s, other(h.code(alice))), services.CodeInvalid)
	}
	wantCode(t, enter(t, s, h.code(alice)), services.CodeGone)
	h.clock.Move(time.Minute)
	_, err = s.SendCode(t.Context())
	must(t, err)
	must(t, enter(t, s, h.code(alice)))
}
