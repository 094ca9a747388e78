package core

import (
	"context"
	"fmt"
	"strings"

	"cloud.google.com/go/civil"
	"github.com/bojanz/currency"

	"myaccount/services"
	"myaccount/services/portfolio"
)

// PaymentTx is the part of a transaction that reads payments. They are written by ImportTx alone.
type PaymentTx interface {
	// Payments reads an agreement's posted and returned payments, newest first, at most limit, those after a
	// position of an earlier answer; the zero PaymentKey is before the newest.
	Payments(agreementID string, after PaymentKey, limit int) ([]portfolio.Payment, error)
	// PaymentTotals sums up an agreement's posted payments.
	PaymentTotals(agreementID string) (PaymentTotals, error)
	// LatestPosted reads all payments posted on the latest day on which any was.
	LatestPosted(agreementID string) ([]portfolio.Payment, error)
	// NextScheduled reads the first payment that the lender has scheduled on or after a day, or gives ErrNoRow.
	NextScheduled(agreementID string, from civil.Date) (portfolio.Payment, error)
}

// PaymentKey is a position in an agreement's payments.
type PaymentKey struct {
	Date civil.Date
	ID   string
}

// PaymentTotals are the sums of an agreement's posted payments, in cents.
type PaymentTotals struct {
	Count     int
	Principal int64
	Interest  int64
	Tax       int64
}

// Payments lists what was paid on an agreement; see services.Payments.
func (s *customerSession) Payments(ctx context.Context, agreementID string, p services.Page) (services.PaymentPage, error) {
	after, ok := parsePaymentKey(p.After)
	if !ok {
		return services.PaymentPage{}, services.Invalid("after", services.ReasonFormat)
	}
	limit := limitOf(p.Limit)
	var page services.PaymentPage
	err := s.view(ctx, ready, func(tx Tx, row SessionRow) error {
		a, err := findAgreement(tx, row.CustomerID, agreementID)
		if err != nil {
			return err
		}
		rows, err := tx.Payments(a.ID, after, limit+1)
		if err != nil {
			return err
		}
		page, err = paymentPage(rows, limit, a.Currency)
		return err
	})
	return page, err
}

// paymentPage makes a page of at most limit rows; one more tells that others follow.
func paymentPage(rows []portfolio.Payment, limit int, code string) (services.PaymentPage, error) {
	page := services.PaymentPage{Items: make([]services.Payment, min(len(rows), limit))}
	if len(rows) > limit {
		last := rows[limit-1]
		page.Next = PaymentKey{last.Date, last.ID}.String()
	}
	for i := range page.Items {
		r := rows[i]
		amounts, err := moneys(code, r.Principal+r.Interest+r.Tax, r.Principal, r.Interest, r.Tax)
		if err != nil {
			return services.PaymentPage{}, err
		}
		page.Items[i] = services.Payment{
			ID: r.ID, Date: r.Date, Method: r.Method, Status: services.PaymentStatus(r.Status),
			Amount: amounts[0], Principal: amounts[1], Interest: amounts[2], Tax: amounts[3],
		}
	}
	return page, nil
}

// String writes the position for services.Page.After.
func (k PaymentKey) String() string { return k.Date.String() + "~" + k.ID }

// parsePaymentKey reads what String wrote; "" is the zero position.
func parsePaymentKey(s string) (PaymentKey, bool) {
	if s == "" {
		return PaymentKey{}, true
	}
	day, id, ok := strings.Cut(s, "~")
	date, err := civil.ParseDate(day)
	return PaymentKey{date, id}, ok && err == nil
}

// money makes an amount of cents.
func money(code string, cents int64) (services.Money, error) {
	amount, err := currency.NewAmountFromInt64(cents, code)
	if err != nil {
		return services.Money{}, fmt.Errorf("core: money: %w", err)
	}
	return amount, nil
}

// moneys makes several amounts of one currency.
func moneys(code string, cents ...int64) ([]services.Money, error) {
	amounts := make([]services.Money, len(cents))
	for i, n := range cents {
		var err error
		if amounts[i], err = money(code, n); err != nil {
			return nil, err
		}
	}
	return amounts, nil
}
