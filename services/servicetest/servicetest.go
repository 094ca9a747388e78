// Package servicetest is the conformance suite: what every implementation of services.Portal has to do, whichever way
// it reaches the rules. An implementation calls Run from a test of its own with what opens an empty portal.
//
// Each case is a subtest named after the method it is about, "Messages_Send/SameKey", on a portal of its own with a
// clock that stands still until the case moves it. Cases reach the portal as people do: what a mail carries, they read
// in the mail. The suite notes every error it was given; when all cases have run, these must be exactly the (method,
// code, field) that the doc comments of package services name, so neither can change alone.
package servicetest

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"myaccount/services"
)

// World is an empty portal with what a test needs around it.
type World interface {
	services.Clock
	// Advance moves the clock, back when d is negative.
	Advance(d time.Duration)
	// Portal is the portal as somebody uses it on one computer: what it remembers of the devices that people trust, it
	// remembers for all of a case.
	Portal() services.Portal
	// Mails lists what was sent to an address, newest first. Of a mail the suite reads Kind, Subject, Text, Token and
	// Code, and only where the portal is a services.MailTray do used tokens and codes have to be gone from it.
	Mails(t testing.TB, address string) []services.Mail
	// Import imports a portfolio file that has nothing wrong.
	Import(t testing.TB, portfolio []byte)
	// Advisor signs the one person of the lender in, in a new session.
	Advisor(t testing.TB) services.AdvisorSession
	// Restart closes the portal and opens the same data again. Sessions of before cannot be used.
	Restart(t testing.TB)
}

// suite is what cases are called by: "Interface_Method/Case".
type suite map[string]func(w *world)

// all lists the cases.
func all() suite {
	cases := suite{}
	for _, part := range []suite{
		publicCases, registrarCases, resetCases, signInCases, lockoutCases, sessionCases, gateCases, linkCases, codeCases, deviceCases,
		agreementCases, paymentCases, scheduleCases, documentCases, bankAccountCases, debitCases, autopayCases, odometerCases, payoffCases, messageCases, sendCases, draftCases, attachmentCases, profileCases, notificationCases, securityCases, eventCases, deskCases,
		copyCases, clockCases, parallelCases, journeyCases,
	} {
		maps.Copy(cases, part)
	}
	return cases
}

// Run runs every case, each on a World of its own, and then compares what was seen with what is documented.
func Run(t *testing.T, open func(t *testing.T) World) {
	documented := readContract(t)
	cases, seen := all(), &sightings{}
	for _, method := range documented.methods {
		if !slices.ContainsFunc(slices.Collect(maps.Keys(cases)), func(name string) bool {
			return strings.HasPrefix(name, strings.ReplaceAll(method, ".", "_")+"/")
		}) {
			t.Errorf("no case is about %s", method)
		}
	}
	t.Cleanup(func() { // after the cases, which run beside each other
		if seen.ran() == len(cases) && !t.Failed() {
			documented.compare(t, seen)
		}
	})
	for _, name := range slices.Sorted(maps.Keys(cases)) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			defer seen.done()
			cases[name](&world{World: open(t), T: t, seen: seen})
		})
	}
}
