package core

import (
	"slices"
	"testing"

	"cloud.google.com/go/civil"
	"pgregory.net/rapid"

	"myaccount/services/finance"
	"myaccount/services/portfolio"
)

// drawnTerms draws the terms of a loan or a lease whose figures add up.
func drawnTerms(t *rapid.T, kind finance.Kind) AgreementRow {
	row := AgreementRow{Terms: portfolio.Terms{
		Kind: kind, Currency: "CAD", Start: civil.Date{Year: 2023, Month: 1, Day: 1}.AddDays(rapid.IntRange(0, 800).Draw(t, "start")),
		Months: rapid.IntRange(2, 72).Draw(t, "months"), Frequency: finance.Monthly, DueDay: rapid.IntRange(0, 31).Draw(t, "due day"),
		Rate:     rapid.SampledFrom([]string{"0", "0.9", "4.99", "6", "19.9"}).Draw(t, "rate"),
		Financed: rapid.Int64Range(500_000, 9_000_000).Draw(t, "financed"),
	}}
	if rapid.Bool().Draw(t, "biweekly") {
		row.Frequency, row.DueDay = finance.Biweekly, 0
	}
	row.Residual = rapid.SampledFrom([]int64{row.Financed / 2, 0}).Draw(t, "residual")
	row.End = finance.Due(row.Start, finance.Monthly, row.Months, 0)
	shape, err := terms(row.Terms)
	if err != nil {
		t.Fatal(err)
	}
	pay, err := finance.Credit{
		Financed: shape.Financed, Residual: shape.Residual, Rate: shape.Rate, Frequency: shape.Frequency,
		Payments: shape.Count(), InAdvance: kind == finance.KindLease,
	}.Payment()
	if err != nil {
		t.Fatal(err)
	}
	row.Base = cents(pay)
	return row
}

// standingOf is where an agreement stands after payments.
func standingOf(t *rapid.T, row AgreementRow, today civil.Date, posted []portfolio.Payment) *standing {
	s := &standing{row: row}
	var err error
	if s.terms, err = terms(row.Terms); err != nil {
		t.Fatal(err)
	}
	s.schedule, _ = s.terms.Schedule()
	return s.at(today, inOrder(posted))
}

// byDayLender posts the payments of a loan as a lender who reckons interest by the day does: what comes in makes the
// interest owed first.
type byDayLender struct {
	loan   finance.Daily
	posted []portfolio.Payment
	shown  bool // a payment made all of the interest, so that one can see how it is reckoned
}

func (l *byDayLender) take(t *rapid.T, on civil.Date, paid int64) {
	owed, err := l.loan.Interest(on)
	if err != nil {
		t.Fatal(err)
	}
	interest := min(cents(owed), paid)
	l.shown = l.shown || interest == cents(owed)
	principal := min(paid-interest, cents(l.loan.Balance))
	amounts, err := moneys("CAD", cents(l.loan.Balance)-principal, cents(owed)-interest)
	if err != nil {
		t.Fatal(err)
	}
	l.loan.Balance, l.loan.Unpaid, l.loan.Since = amounts[0], amounts[1], on
	l.posted = append(l.posted, portfolio.Payment{Date: on, Principal: principal, Interest: interest, Status: portfolio.Posted})
}

// drawByDay has somebody pay such a loan for a while: on the day, early, late, more, less, or not at all.
func drawByDay(t *rapid.T) (row AgreementRow, lender *byDayLender, today civil.Date) {
	row = drawnTerms(t, finance.KindLoan)
	shape, err := terms(row.Terms)
	if err != nil {
		t.Fatal(err)
	}
	lender = &byDayLender{loan: finance.Daily{Balance: shape.Financed, Rate: shape.Rate, Since: row.Start}}
	today = row.Start
	for n := 1; n <= rapid.IntRange(1, shape.Count()).Draw(t, "paid"); n++ {
		on := shape.Due(n).AddDays(rapid.SampledFrom([]int{0, 0, 0, 0, -3, 1, 12, 40}).Draw(t, "late"))
		paid := row.Base + rapid.SampledFrom([]int64{0, 0, 0, 0, -row.Base / 3, 20_000, row.Base, -row.Base}).Draw(t, "more")
		if today = laterOf(today.AddDays(1), on); paid > 0 && lender.loan.Balance.IsPositive() {
			lender.take(t, today, paid)
		}
	}
	return row, lender, today.AddDays(rapid.IntRange(0, 45).Draw(t, "later"))
}

// Whatever is paid on a loan whose interest is reckoned by the day, each payment is explained, and the plan goes on from
// what the lender says is owed: to nothing, never upwards, every row adding up.
func TestReplay_ByTheDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		row, lender, today := drawByDay(t)
		s := standingOf(t, row, today, lender.posted)
		if s.schedule == nil || !lender.shown {
			return // a payment below the interest
		}
		if s.plan == nil {
			t.Fatalf("not explained: %+v", lender.posted)
		}
		made, over := s.covered()
		before, interest := row.Financed, int64(0)
		for n, i := range s.plan {
			if i.Number != n+1 || cents(i.Payment) != cents(i.Principal)+cents(i.Interest) || cents(i.Interest) < 0 || cents(i.Principal) < 0 {
				t.Fatalf("installment %d: %+v", n+1, i)
			}
			if balance := cents(i.Balance); balance > before {
				t.Fatalf("installment %d: %d after %d", n+1, balance, before)
			}
			before = cents(i.Balance)
			if n < made {
				interest += cents(i.Interest)
			}
		}
		if before != 0 || over < 0 {
			t.Fatalf("%d left, %d over", before, over)
		}
		if r := s.replay; r != nil {
			ahead := int64(0)
			for _, i := range s.plan[made:] {
				ahead += cents(i.Principal)
			}
			if made < len(s.plan) { // a part is in the row that it is of
				ahead -= r.part.principal
			}
			if r.balance != cents(lender.loan.Balance) || ahead != r.balance || r.daily && interest+r.part.interest != s.totals.Interest {
				t.Fatalf("%d owed and %d to come of %s; interest %d and %d of %d", r.balance, ahead, lender.loan.Balance, interest, r.part.interest, s.totals.Interest)
			}
		}
	})
}

// A payment that is a cent off is not explained, and then nothing is.
func TestReplay_ACentOff(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		row, lender, today := drawByDay(t)
		if row.Rate == "0" || len(lender.posted) == 0 {
			return
		}
		wrong := rapid.IntRange(0, len(lender.posted)-1).Draw(t, "wrong")
		if p := &lender.posted[wrong]; p.Interest > 1 && p.Principal > 1 {
			p.Interest, p.Principal = p.Interest+1, p.Principal-1
			if s := standingOf(t, row, today, lender.posted); s.plan != nil && s.replay != nil && s.replay.daily {
				t.Fatalf("payment %d of %+v is explained", wrong, lender.posted)
			}
		}
	})
}

// A lease that is paid in whatever parts has a plan; its installments made and what was paid of the next one are all that
// was paid, and the rest of what was due is past due.
func TestReplay_LeaseInParts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		row := drawnTerms(t, finance.KindLease)
		shape, err := terms(row.Terms)
		if err != nil {
			t.Fatal(err)
		}
		schedule, err := shape.Schedule()
		if err != nil {
			return // the rounding of the payment left no rate
		}
		alike := rapid.Bool().Draw(t, "split alike")
		if alike {
			if schedule, err = shape.StraightLine(); err != nil {
				return // a payment that the rounding makes less than the depreciation
			}
		}
		var posted []portfolio.Payment
		for _, i := range schedule[:rapid.IntRange(0, len(schedule)).Draw(t, "made")] {
			principal, interest := cents(i.Principal), cents(i.Interest)
			if rapid.Bool().Draw(t, "in parts") {
				first := portfolio.Payment{
					Date: i.Due, Status: portfolio.Posted, Principal: rapid.Int64Range(0, principal).Draw(t, "principal"),
					Interest: rapid.Int64Range(0, interest).Draw(t, "interest"),
				}
				posted = append(posted, first)
				principal, interest = principal-first.Principal, interest-first.Interest
				if rapid.IntRange(0, 4).Draw(t, "the rest") == 0 {
					break
				}
			}
			posted = append(posted, portfolio.Payment{Date: i.Due, Status: portfolio.Posted, Principal: principal, Interest: interest})
		}
		s := standingOf(t, row, row.Start.AddDays(rapid.IntRange(0, 1500).Draw(t, "today")), posted)
		if s.plan == nil && alike && !slices.ContainsFunc(posted, func(p portfolio.Payment) bool {
			return p.Principal == cents(schedule[0].Principal) && p.Interest == cents(schedule[0].Interest)
		}) {
			return // no payment shows how they are split
		}
		if s.plan == nil {
			t.Fatalf("not explained: %+v", posted)
		}
		made, over := s.covered()
		paid, whole := s.totals.Principal+s.totals.Interest, int64(0)
		for _, i := range s.plan[:made] {
			whole += cents(i.Payment)
		}
		if whole+over != paid {
			t.Fatalf("%d made and %d over of %d", whole, over, paid)
		}
		past, err := s.pastDue()
		if err != nil {
			t.Fatal(err)
		}
		due := int64(0)
		for _, i := range s.plan[:s.due] {
			due += cents(i.Payment)
		}
		switch {
		case due <= paid && past != nil, due > paid && (past == nil || cents(past.Amount) != due-paid):
			t.Fatalf("%d paid of %d due, past due %+v", paid, due, past)
		}
	})
}

// What a payoff comes to grows from day to day by what it says, and a loan that is paid to its end costs nothing more.
func TestPayoff_FromDayToDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		row, lender, today := drawByDay(t)
		s := standingOf(t, row, today, lender.posted)
		balance, err := s.balance()
		if s.plan == nil || err != nil || balance.CurrencyCode() == "" {
			return
		}
		e := &ending{standing: s, paid: row.Start}
		if e.made, _ = s.covered(); s.replay != nil {
			e.paid, e.unpaid = s.replay.since, max(s.replay.unpaid, 0)
		}
		on := today.AddDays(rapid.IntRange(0, 400).Draw(t, "on"))
		for _, due := range s.plan {
			if due.Due == on {
				return // the payment of the day is taken as made the day after
			}
		}
		first, err := e.loanPayoff(on)
		if err != nil {
			return // the payment does not cover the interest
		}
		next, err := e.loanPayoff(on.AddDays(1))
		if err != nil {
			t.Fatal(err)
		}
		perDiem := int64(0)
		if first.PerDiem.CurrencyCode() != "" {
			perDiem = cents(first.PerDiem)
		}
		if cents(next.Total) != cents(first.Total)+perDiem {
			t.Fatalf("%s and %d a day become %s", first.Total, perDiem, next.Total)
		}
		end, err := e.loanPayoff(s.plan[len(s.plan)-1].Due.AddDays(60))
		if err != nil {
			t.Fatal(err)
		}
		if s.due == e.made && cents(end.Total) != 0 {
			t.Fatalf("after the end %s is left", end.Total)
		}
	})
}

// An autopay on such a loan pays it to the end, the last payment too: each debit makes the interest up to its day, and all
// of them the balance.
func TestAutopay_ByTheDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		row, lender, today := drawByDay(t)
		s := standingOf(t, row, today, lender.posted)
		if s.replay == nil || !s.replay.daily || s.plan == nil || !lender.loan.Balance.IsPositive() || s.due >= s.count() {
			return
		}
		p := newAutopayPlan(s, nil)
		p.first = today
		dues, err := p.dues()
		if err != nil {
			t.Fatal(err)
		}
		if made, _ := s.covered(); len(dues) == 0 || dues[0].number != made+1 {
			return // what is past due is not the autopay's
		}
		loan, sum := lender.loan, int64(0)
		for n, d := range dues {
			owed, err := loan.Interest(d.on)
			if err != nil {
				t.Fatal(err)
			}
			if cents(owed) > row.Base {
				return // interest is carried on
			}
			if !d.sure || d.interest != cents(owed) {
				t.Fatalf("debit %d on %s makes %d of interest, %s is owed", n+1, d.on, d.interest, owed)
			}
			sum += d.principal()
			amounts, err := moneys("CAD", max(cents(loan.Balance)-d.principal(), 0), 0)
			if err != nil {
				t.Fatal(err)
			}
			loan.Balance, loan.Unpaid, loan.Since = amounts[0], amounts[1], d.on
		}
		if sum != cents(lender.loan.Balance) {
			t.Fatalf("%d debited of %s", sum, lender.loan.Balance)
		}
	})
}
