package servicetest

import (
	"context"
	"io"
	"maps"
	"slices"
	"time"

	"myaccount/services"
)

var sessionCases = suite{
	"Session_Info/AsReloaded":          infoAsReloaded,
	"Session_Reload/SeesWhatChanged":   reloadSees,
	"Session_Touch/MovesIdleLimit":     touchMoves,
	"Session_SignOut/EndsThisOne":      signOutEnds,
	"Session_SignOut/IdleLimit":        signOutByIdleness,
	"Session_SignOut/LongestTime":      signOutAtTheEnd,
	"Session_SignOut/RestartKeepsNone": restartEnds,
}

func infoAsReloaded(w *world) {
	s := w.customer(alice, "two")
	info, err := s.Reload(w.ctx())
	w.must(err)
	same(w, "info", s.Info(), info)
	if !info.Ready() {
		w.Errorf("not ready: %+v", info)
	}
}

func reloadSees(w *world) {
	w.person(alice)
	s, other := w.signIn(alice), w.signIn(alice)
	w.link(s, "lease")
	if other.Info().Linked {
		w.Error("Info asks somebody")
	}
	info, err := other.Reload(w.ctx())
	w.must(err)
	if !info.Linked || info.Device.Authorized {
		w.Errorf("the other session: %+v", info)
	}
}

func touchMoves(w *world) {
	w.person(alice)
	s := w.signIn(alice)
	for range 4 {
		w.Advance(14 * time.Minute)
		w.must(s.Touch(w.ctx()))
	}
}

func signOutEnds(w *world) {
	w.person(alice)
	s, other := w.signIn(alice), w.signIn(alice)
	w.must(s.SignOut(w.ctx()))
	w.must(s.SignOut(w.ctx()))
	w.fails(s.Touch(w.ctx()), "Session.Touch", services.CodeUnauthenticated)
	w.must(other.Touch(w.ctx()))
}

func signOutByIdleness(w *world) {
	w.person(alice)
	s := w.signIn(alice)
	w.Advance(w.policy().SessionIdle)
	_, err := s.Reload(w.ctx())
	w.fails(err, "Session.Reload", services.CodeUnauthenticated)
	w.must(s.SignOut(w.ctx()))
}

func signOutAtTheEnd(w *world) {
	w.person(alice)
	s := w.signIn(alice)
	for end := s.Info().ExpiresAt; w.Now().Before(end); w.Advance(10 * time.Minute) {
		w.must(s.Touch(w.ctx()))
	}
	w.fails(s.Touch(w.ctx()), "Session.Touch", services.CodeUnauthenticated)
}

func restartEnds(w *world) {
	w.person(alice)
	s := w.signIn(alice)
	w.Restart(w)
	if s.Touch(w.ctx()) == nil {
		w.Error("a session of before the restart can be used")
	}
	w.must(w.signIn(alice).Touch(w.ctx()))
}

var gateCases = suite{
	"Session_Reload/EveryCallOfCustomerEnded":       everyCallOfCustomerEnded,
	"Session_Reload/EveryCallOfAdvisorEnded":        everyCallOfAdvisorEnded,
	"Linking_AuthorizeDevice/EveryCallNeedsDevice":  everyCallNeedsDevice,
	"Linking_AuthorizeDevice/OpenCallsNeedNoDevice": openCallsNeedNoDevice,
}

// calls are calls of a session by their method.
type calls map[string]func(ctx context.Context) error

// openCalls are the calls of a customer's session that need no authorized device.
func openCalls(s services.CustomerSession) calls {
	c := calls{
		"Session.Reload":          func(ctx context.Context) error { _, err := s.Reload(ctx); return err },
		"Session.Touch":           s.Touch,
		"Linking.Link":            func(ctx context.Context) error { _, err := s.Link(ctx, wellFormed()); return err },
		"Linking.SendCode":        func(ctx context.Context) error { _, err := s.SendCode(ctx); return err },
		"Linking.AuthorizeDevice": func(ctx context.Context) error { _, err := s.AuthorizeDevice(ctx, noCode()); return err },
		"Profile.SetLanguage":     func(ctx context.Context) error { return s.SetLanguage(ctx, "fr") },
		"Profile.Export":          func(ctx context.Context) error { return s.Export(ctx, io.Discard) },
		"Profile.DeleteAccount":   func(ctx context.Context) error { return s.DeleteAccount(ctx, password) },
		"Events.Subscribe":        func(ctx context.Context) error { _, err := s.Subscribe(ctx, 0); return err },
	}
	maps.Copy(c, securityCalls(s))
	return c
}

// securityCalls are those that need an authorized device once the person is linked.
func securityCalls(s services.CustomerSession) calls {
	return calls{
		"Security.ChangePassword": func(ctx context.Context) error {
			return s.ChangePassword(ctx, services.PasswordChange{Current: password, Password: changed})
		},
		"Security.ChangeEmail": func(ctx context.Context) error {
			return s.ChangeEmail(ctx, services.EmailChange{Password: password, Email: "alice@new.example.ca"})
		},
		"Security.SignInHistory":       func(ctx context.Context) error { _, err := s.SignInHistory(ctx, services.Page{}); return err },
		"Security.SecondFactor":        func(ctx context.Context) error { _, err := s.SecondFactor(ctx); return err },
		"Security.SetUpSecondFactor":   func(ctx context.Context) error { _, err := s.SetUpSecondFactor(ctx, password); return err },
		"Security.ConfirmSecondFactor": func(ctx context.Context) error { _, err := s.ConfirmSecondFactor(ctx, "000000"); return err },
		"Security.RemoveSecondFactor":  func(ctx context.Context) error { return s.RemoveSecondFactor(ctx, password) },
	}
}

// guardedCalls are the others.
func guardedCalls(s services.CustomerSession) calls {
	c := calls{
		"Devices.Devices":       func(ctx context.Context) error { _, err := s.Devices(ctx); return err },
		"Devices.RevokeDevice":  func(ctx context.Context) error { return s.RevokeDevice(ctx, "x") },
		"Agreements.Agreements": func(ctx context.Context) error { _, err := s.Agreements(ctx); return err },
		"Agreements.Agreement":  func(ctx context.Context) error { _, err := s.Agreement(ctx, "x"); return err },
		"Documents.Documents": func(ctx context.Context) error {
			_, err := s.Documents(ctx, services.DocumentQuery{AgreementID: "x"})
			return err
		},
		"Documents.OpenDocument":   func(ctx context.Context) error { _, err := s.OpenDocument(ctx, "x", "en"); return err },
		"Documents.CopyThread":     func(ctx context.Context) error { _, err := s.CopyThread(ctx, "x", "en"); return err },
		"Documents.RemoveDocument": func(ctx context.Context) error { return s.RemoveDocument(ctx, "x") },
		"Payments.Payments":        func(ctx context.Context) error { _, err := s.Payments(ctx, "x", services.Page{}); return err },
		"Payoffs.Payoff": func(ctx context.Context) error {
			_, err := s.Payoff(ctx, services.PayoffQuery{AgreementID: "x"})
			return err
		},
		"Payoffs.WhatIf": func(ctx context.Context) error {
			_, err := s.WhatIf(ctx, services.WhatIfQuery{AgreementID: "x"})
			return err
		},
		"Payoffs.LeaseEnd":   func(ctx context.Context) error { _, err := s.LeaseEnd(ctx, "x"); return err },
		"Schedules.Schedule": func(ctx context.Context) error { _, err := s.Schedule(ctx, "x"); return err },
		"Messages.Threads":   func(ctx context.Context) error { _, err := s.Threads(ctx, services.ThreadQuery{}); return err },
		"Messages.Thread":    func(ctx context.Context) error { _, err := s.Thread(ctx, "x"); return err },
		"Messages.Send": func(ctx context.Context) error {
			_, err := s.Send(ctx, services.Outgoing{ThreadID: "x", Body: "text", IdempotencyKey: "a key of mine"})
			return err
		},
		"Notifications.Notifications":    func(ctx context.Context) error { _, err := s.Notifications(ctx); return err },
		"Notifications.SetNotifications": func(ctx context.Context) error { return s.SetNotifications(ctx, safe()) },
		"Odometers.Readings":             func(ctx context.Context) error { _, err := s.Readings(ctx, "x"); return err },
		"Odometers.AddReading": func(ctx context.Context) error {
			_, err := s.AddReading(ctx, "x", services.NewReading{})
			return err
		},
		"Messages.MarkRead":  func(ctx context.Context) error { return s.MarkRead(ctx, "x") },
		"Messages.Unread":    func(ctx context.Context) error { _, err := s.Unread(ctx); return err },
		"Messages.Search":    func(ctx context.Context) error { _, err := s.Search(ctx, "word", 0); return err },
		"Drafts.Drafts":      func(ctx context.Context) error { _, err := s.Drafts(ctx); return err },
		"Drafts.Draft":       func(ctx context.Context) error { _, err := s.Draft(ctx, "x"); return err },
		"Drafts.SaveDraft":   func(ctx context.Context) error { _, err := s.SaveDraft(ctx, services.Draft{}); return err },
		"Drafts.DeleteDraft": func(ctx context.Context) error { return s.DeleteDraft(ctx, "x") },
	}
	maps.Copy(c, fileCalls(s))
	maps.Copy(c, debitCalls(s))
	return c
}

// debitCalls are those about money.
func debitCalls(s services.CustomerSession) calls {
	return calls{
		"BankAccounts.BankAccounts": func(ctx context.Context) error { _, err := s.BankAccounts(ctx); return err },
		"BankAccounts.AddBankAccount": func(ctx context.Context) error {
			_, err := s.AddBankAccount(ctx, newAccount("1234567"))
			return err
		},
		"BankAccounts.RemoveBankAccount": func(ctx context.Context) error { return s.RemoveBankAccount(ctx, "x") },
		"Debits.Debits":                  func(ctx context.Context) error { _, err := s.Debits(ctx, "x", services.Page{}); return err },
		"Debits.DebitTerms":              func(ctx context.Context) error { _, err := s.DebitTerms(ctx, "x", services.Date{}); return err },
		"Autopays.Autopay":               func(ctx context.Context) error { _, err := s.Autopay(ctx, "x"); return err },
		"Autopays.DebitAgreement": func(ctx context.Context) error {
			_, err := s.DebitAgreement(ctx, services.AutopayOrder{AgreementID: "x"})
			return err
		},
		"Autopays.SetAutopay": func(ctx context.Context) error {
			_, err := s.SetAutopay(ctx, services.AutopayOrder{AgreementID: "x"})
			return err
		},
		"Autopays.StopAutopay": func(ctx context.Context) error { return s.StopAutopay(ctx, "x") },
		"Debits.MakePayment": func(ctx context.Context) error {
			_, err := s.MakePayment(ctx, services.PaymentOrder{AgreementID: "x", IdempotencyKey: "a key of mine"})
			return err
		},
		"Debits.CancelPayment": func(ctx context.Context) error { return s.CancelPayment(ctx, "x") },
	}
}

func fileCalls(s services.Attachments) calls {
	return calls{
		"Attachments.Attach": func(ctx context.Context) error {
			_, err := s.Attach(ctx, services.Upload{Name: "a.txt", Data: []byte("a")})
			return err
		},
		"Attachments.OpenAttachment": func(ctx context.Context) error { _, err := s.OpenAttachment(ctx, "x"); return err },
		"Attachments.Detach":         func(ctx context.Context) error { return s.Detach(ctx, "x") },
	}
}

func advisorCalls(s services.AdvisorSession) calls {
	c := calls{
		"Session.Reload":  func(ctx context.Context) error { _, err := s.Reload(ctx); return err },
		"Session.Touch":   s.Touch,
		"Desk.Queue":      func(ctx context.Context) error { _, err := s.Queue(ctx, services.DeskQuery{}); return err },
		"Desk.DeskThread": func(ctx context.Context) error { _, err := s.DeskThread(ctx, "x"); return err },
		"Desk.Answer": func(ctx context.Context) error {
			_, err := s.Answer(ctx, services.DeskAnswer{ThreadID: "x", Body: "text", IdempotencyKey: "a key of mine"})
			return err
		},
		"DeskDocuments.PutDocument": func(ctx context.Context) error {
			_, err := s.PutDocument(ctx, deskDocument("x", "a.pdf"))
			return err
		},
		"Events.Subscribe": func(ctx context.Context) error { _, err := s.Subscribe(ctx, 0); return err },
	}
	maps.Copy(c, fileCalls(s))
	return c
}

// wellFormed is a request to link that finds nobody.
func wellFormed() services.LinkRequest {
	return services.LinkRequest{Method: services.LinkByBMWID, FirstName: "No", LastName: "Body", BMWID: "0"}
}

func noCode() services.DeviceAuthorization { return services.DeviceAuthorization{Code: "000000"} }

// all checks that every call fails with a code.
func (c calls) all(w *world, code services.Code) {
	w.Helper()
	for _, method := range slices.Sorted(maps.Keys(c)) {
		w.fails(c[method](w.ctx()), method, code)
	}
}

func everyCallOfCustomerEnded(w *world) {
	s := w.customer(alice, "lease")
	w.must(s.SignOut(w.ctx()))
	openCalls(s).all(w, services.CodeUnauthenticated)
	guardedCalls(s).all(w, services.CodeUnauthenticated)
}

func everyCallOfAdvisorEnded(w *world) {
	s := w.Advisor(w)
	w.must(s.SignOut(w.ctx()))
	advisorCalls(s).all(w, services.CodeUnauthenticated)
}

func everyCallNeedsDevice(w *world) {
	w.customer(alice, "lease")
	guardedCalls(w.signIn(alice)).all(w, services.CodeDeviceUnauthorized)
	w.person(bob) // who is not linked either
	guardedCalls(w.signIn(bob)).all(w, services.CodeDeviceUnauthorized)
}

func openCallsNeedNoDevice(w *world) {
	w.person(alice)
	for method, call := range openCalls(w.signIn(alice)) {
		if method == "Profile.DeleteAccount" {
			continue // nothing could be called after it
		}
		if err := call(w.ctx()); services.CodeOf(err) == services.CodeDeviceUnauthorized {
			w.Errorf("%s: %v", method, err)
		}
	}
}
