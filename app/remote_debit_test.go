package main

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"fyne.io/fyne/v2"

	"myaccount/services/debitfile"
	"myaccount/services/mail"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/uitest"
)

// lenderAtBank is who asks the bank for payments.
var lenderAtBank = debitfile.Sender{
	Originator: "0012345678", DataCentre: "00310", ShortName: "AUTO", LongName: "AUTO FINANCE",
	ReturnInstitution: "003", ReturnTransit: "00012", ReturnAccount: "1234567",
}

// A payment that the bank gives back, from its order to its reason: it is exported, posts on its day, is returned, and the
// customer finds why in the mail and on the page, which follows by itself.
func TestRemote_ReturnedPayment(t *testing.T) {
	inBothLanguages(t, func(t *testing.T, w *remoteWalk) {
		w.goTo(nav.Route{Page: nav.PagePay})
		w.WaitFor(w.say("pay.check"))
		w.account()
		reference := w.order()
		w.part("ui.parting.keep")

		w.clock.move(48 * time.Hour) // Monday, on which banks work
		detail := w.exportDebits()
		if !strings.Contains(detail, reference) || !strings.Contains(detail, "0000025050") {
			t.Fatalf("in the file: %q", detail)
		}
		w.comeBack()
		w.goTo(nav.Route{Page: nav.PagePayments})
		w.WaitFor(w.say("nav.payment.posted"))
		w.Canvas().Focus(uitest.All[*kit.Segmented](w.Screen)[0])
		w.Press(fyne.KeyRight)
		w.WaitFor(w.say("nav.payment.submitted"))
		w.shot("payment-submitted")

		must(t, w.backend.core.PostDebits(w.ctx))
		w.WaitGone(w.say("nav.payment.submitted"))
		w.returnDebit(reference)
		w.Canvas().Focus(uitest.All[*kit.Segmented](w.Screen)[0])
		w.Press(fyne.KeyLeft)
		w.WaitFor(w.say("nav.payment.returned"))
		w.shot("payment-returned")
		w.openRow()
		reason := w.p.ReturnReason("901")
		w.WaitFor(reason)
		w.shot("payment-returned-why")
		if m := w.mail(walkEmail, string(mail.PaymentReturned)); !strings.Contains(m.Text, reason) || !strings.Contains(m.Text, reference) {
			t.Errorf("the mail says %s", m.Text)
		}
	})
}

// exportDebits writes the file for the bank, as the operator does, and gives its one detail.
func (w *remoteWalk) exportDebits() string {
	t, core := w.backend.t, w.backend.core
	t.Helper()
	file, _, err := core.ClaimDebitFile(w.ctx, civil.DateOf(w.clock.Now()), lenderAtBank)
	must(t, err)
	var out bytes.Buffer
	must(t, core.WriteDebitFile(w.ctx, file.Number, &out))
	must(t, core.NoteDebitFile(w.ctx, file.Number))
	lines := strings.Split(out.String(), "\r\n")
	if len(lines) != 4 { // header, detail, trailer, and the end
		t.Fatalf("%d lines", len(lines))
	}
	return lines[1]
}

// returnDebit hands in the bank's file that gives a payment back for want of funds.
func (w *remoteWalk) returnDebit(reference string) {
	t := w.backend.t
	t.Helper()
	record := func(kind string, n int, rest string) string {
		return fmt.Sprintf("%s%09d00123456780042%-1440s\r\n", kind, n, rest)
	}
	file := record("A", 1, "02632700310") +
		record("J", 2, fmt.Sprintf("901%010d026327081500001%-12s%022d404%-85s%-19s", 25050, "0012214", 0, "", reference)) +
		record("Z", 3, fmt.Sprintf("%014d%08d", 25050, 1))
	report, err := w.backend.core.ReturnDebits(w.ctx, func() (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(file)), nil
	})
	must(t, err)
	if report.Returned != 1 {
		t.Fatalf("%+v", report)
	}
}
