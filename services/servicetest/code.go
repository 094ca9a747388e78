package servicetest

import (
	"strings"
	"time"

	"myaccount/services"
)

var codeCases = suite{
	"Linking_SendCode/NothingToAuthorize":       sendCodeNothing,
	"Linking_SendCode/OneAMinute":               sendCodeOneAMinute,
	"Linking_SendCode/TenADay":                  sendCodeTenADay,
	"Linking_SendCode/GivesNoNewTries":          sendCodeGivesNoTries,
	"Linking_SendCode/UnknownDeviceOfCustomer":  sendCodeUnknownDevice,
	"Linking_AuthorizeDevice/AsTyped":           authorizeAsTyped,
	"Linking_AuthorizeDevice/BadInput":          authorizeBadInput,
	"Linking_AuthorizeDevice/FiveTries":         authorizeFiveTries,
	"Linking_AuthorizeDevice/InTime":            authorizeInTime,
	"Linking_AuthorizeDevice/BoundToItsRequest": authorizeBound,
}

// otherCode is a code that is not this one.
func otherCode(code services.Secret) services.Secret {
	last := code[len(code)-1]
	return code[:len(code)-1] + services.Secret('0'+(last-'0'+1)%10)
}

// try enters a code.
func (w *world) try(s services.CustomerSession, code services.Secret) error {
	_, err := s.AuthorizeDevice(w.ctx(), services.DeviceAuthorization{Code: code})
	return err
}

// asked signs a person in who has asked to be linked.
func (w *world) asked(email, key string) services.CustomerSession {
	w.Helper()
	w.person(email)
	s := w.signIn(email)
	_, err := s.Link(w.ctx(), w.byID(key))
	w.must(err)
	return s
}

// emptied checks, where mails are kept on the device, that they carry no codes but those that can be used.
func (w *world) emptied(email string, usable ...services.Secret) {
	w.Helper()
	if _, ok := w.Portal().(services.MailTray); !ok {
		return
	}
	var left []services.Secret
	for _, m := range w.Mails(w, email) {
		if m.Code != "" {
			left = append(left, m.Code)
		}
	}
	same(w, "codes left in mails", left, usable)
}

func sendCodeNothing(w *world) {
	w.person(alice)
	s := w.signIn(alice)
	_, err := s.SendCode(w.ctx())
	w.fails(err, "Linking.SendCode", services.CodeNotLinked)
	w.fails(w.try(s, "123456"), "Linking.AuthorizeDevice", services.CodeGone)
	w.link(s, "lease")
	_, err = s.SendCode(w.ctx())
	w.fails(err, "Linking.SendCode", services.CodeNotLinked)
}

func sendCodeOneAMinute(w *world) {
	s := w.asked(alice, "lease")
	first := w.code(alice)
	_, err := s.SendCode(w.ctx())
	w.Advance(w.waits(err, "Linking.SendCode", services.CodeThrottled))
	receipt, err := s.SendCode(w.ctx())
	w.must(err)
	same(w, "next code", receipt.ResendAt, w.Now().Add(time.Minute))
	w.emptied(alice, w.code(alice))
	if second := w.code(alice); second != first {
		w.refuses(w.try(s, first), "Linking.AuthorizeDevice", map[string]string{"code": services.ReasonMismatch})
	}
	w.authorize(s, false)
}

func sendCodeTenADay(w *world) {
	s := w.asked(alice, "lease")
	for range 9 {
		w.Advance(time.Minute)
		_, err := s.SendCode(w.ctx())
		w.must(err)
	}
	w.Advance(time.Minute)
	_, err := s.SendCode(w.ctx())
	w.Advance(w.waits(err, "Linking.SendCode", services.CodeThrottled))
	s = w.signIn(alice)
	_, err = s.Link(w.ctx(), w.byID("lease"))
	w.must(err)
}

func sendCodeGivesNoTries(w *world) {
	s := w.asked(alice, "lease")
	for range 5 {
		w.refuses(w.try(s, otherCode(w.code(alice))), "Linking.AuthorizeDevice", map[string]string{"code": services.ReasonMismatch})
		w.Advance(time.Minute)
		if _, err := s.SendCode(w.ctx()); err != nil {
			w.fails(err, "Linking.SendCode", services.CodeNotLinked)
		}
	}
	w.fails(w.try(s, w.code(alice)), "Linking.AuthorizeDevice", services.CodeGone)
	_, err := s.Link(w.ctx(), w.byID("lease"))
	w.must(err)
	w.authorize(s, false)
}

func sendCodeUnknownDevice(w *world) {
	w.customer(alice, "lease")
	s := w.signIn(alice)
	if info := s.Info(); !info.Linked || info.Device.Authorized {
		w.Fatalf("second sign-in: %+v", info)
	}
	_, err := s.SendCode(w.ctx())
	w.must(err)
	for range 5 {
		w.refuses(w.try(s, otherCode(w.code(alice))), "Linking.AuthorizeDevice", map[string]string{"code": services.ReasonMismatch})
	}
	w.fails(w.try(s, w.code(alice)), "Linking.AuthorizeDevice", services.CodeGone)
	w.Advance(time.Minute)
	_, err = s.SendCode(w.ctx()) // of a linked customer the authorization starts anew
	w.must(err)
	if info := w.authorize(s, false); !info.Ready() {
		w.Errorf("after the code: %+v", info)
	}
}

func authorizeAsTyped(w *world) {
	s := w.asked(alice, "lease")
	code := w.code(alice)
	w.must(w.try(s, " "+code[:1]+"\u00a0"+code[1:4]+" \t"+code[4:]+"\r\n"))
	w.emptied(alice)
	same(w, "mails of the device", w.mailed(alice, "device_authorized"), 1)
	w.fails(w.try(s, code), "Linking.AuthorizeDevice", services.CodeGone)
}

func authorizeBadInput(w *world) {
	s := w.asked(alice, "lease")
	code := w.code(alice)
	for typed, reason := range map[services.Secret]string{
		"": "required", " \u00a0": "required", code[:5]: "format", code + "0": "format", "12345a": "format", "１２３４５６": "format",
		"-12345": "format", "🙂": "format", "123\x00456": "format", services.Secret(strings.Repeat("1", 10_000)): "format",
	} {
		w.refuses(w.try(s, typed), "Linking.AuthorizeDevice", map[string]string{"code": reason})
	}
	w.must(w.try(s, code)) // bad form is no try
}

func authorizeFiveTries(w *world) {
	s := w.asked(alice, "lease")
	code := w.code(alice)
	for range 5 {
		w.refuses(w.try(s, otherCode(code)), "Linking.AuthorizeDevice", map[string]string{"code": services.ReasonMismatch})
	}
	w.fails(w.try(s, code), "Linking.AuthorizeDevice", services.CodeGone)
}

func authorizeInTime(w *world) {
	s := w.asked(alice, "lease")
	code := w.code(alice)
	w.Advance(w.policy().CodeTTL)
	w.fails(w.try(s, code), "Linking.AuthorizeDevice", services.CodeGone)
	w.emptied(alice)
	_, err := s.SendCode(w.ctx())
	w.must(err)
	w.Advance(w.policy().CodeTTL - time.Millisecond)
	w.authorize(s, false)
}

// authorizeBound enters the code of one session in another of the same person.
func authorizeBound(w *world) {
	s := w.asked(alice, "lease")
	code := w.code(alice)
	other := w.signIn(alice)
	w.fails(w.try(other, code), "Linking.AuthorizeDevice", services.CodeGone)
	w.must(w.try(s, code))
}
