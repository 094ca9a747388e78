package api

import (
	"errors"
	"fmt"
	"regexp"
	"time"

	"cloud.google.com/go/civil"
	"github.com/bojanz/currency"

	"myaccount/services"
)

// Money is an exact amount. In a request it is taken as it was typed; Domain judges it.
type Money struct {
	Amount   string `json:"amount" doc:"Exact decimal number" example:"847.32" maxLength:"32"`
	Currency string `json:"currency" doc:"ISO 4217 code" example:"CAD" maxLength:"3"`
}

// MoneyOf gives nil for the amount that is not known, which has no currency.
func MoneyOf(m services.Money) *Money {
	if m.CurrencyCode() == "" {
		return nil
	}
	return &Money{Amount: m.Number(), Currency: m.CurrencyCode()}
}

// number is what an amount may look like: the library would also take "NaN" and "1e9".
var number = regexp.MustCompile(`^-?\d{1,18}(\.\d{1,8})?$`)

// Domain gives the zero amount, which has no currency, for nil. Fails when it is no number or no currency.
func (m *Money) Domain() (services.Money, error) {
	if m == nil {
		return services.Money{}, nil
	}
	if !number.MatchString(m.Amount) {
		return services.Money{}, errors.New("money: not a decimal number")
	}
	amount, err := currency.NewAmount(m.Amount, m.Currency)
	if err != nil {
		return services.Money{}, fmt.Errorf("money: %w", err)
	}
	return amount, nil
}

// known reads an amount that the server wrote.
func (m *Money) known(err *error) services.Money {
	amount, failed := m.Domain()
	if failed != nil && *err == nil {
		*err = failed
	}
	return amount
}

// Date is a calendar date, YYYY-MM-DD.
type Date struct{ civil.Date }

// DateOf gives nil for no date.
func DateOf(d *services.Date) *Date {
	if d == nil {
		return nil
	}
	return &Date{*d}
}

// Domain gives nil for nil.
func (d *Date) Domain() *services.Date {
	if d == nil {
		return nil
	}
	date := d.Date
	return &date
}

// moment gives nil for the zero time.
func moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}

// instant gives the zero time for nil.
func instant(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return t.UTC()
}

// Seconds is a duration in whole seconds.
type Seconds int64

// SecondsOf rounds up, so that nobody comes back too early.
func SecondsOf(d time.Duration) Seconds { return Seconds((d + time.Second - 1) / time.Second) }

// Duration gives it back.
func (s Seconds) Duration() time.Duration { return time.Duration(s) * time.Second }

// List is part of a list that is ordered by key.
type List[T any] struct {
	Items []T     `json:"items" nullable:"false"`
	Next  *string `json:"next" doc:"What to send as 'after' for the items that follow; null at the end"`
}

// listOf makes a list of what each gives.
func listOf[S, T any](items []S, next string, each func(S) T) List[T] {
	list := List[T]{Items: convert(items, each)}
	if next != "" {
		list.Next = &next
	}
	return list
}

// after gives what Page.After is for the next part.
func (l List[T]) after() string {
	if l.Next == nil {
		return ""
	}
	return *l.Next
}

// convert maps a list, never to nil.
func convert[S, T any](items []S, each func(S) T) []T {
	out := make([]T, len(items))
	for i, item := range items {
		out[i] = each(item)
	}
	return out
}

// collect maps a list that may fail, to nil when it is empty, as the domain has it.
func collect[S, T any](items []S, each func(S) (T, error)) ([]T, error) {
	var out []T
	for _, item := range items {
		domain, err := each(item)
		if err != nil {
			return nil, err
		}
		out = append(out, domain)
	}
	return out, nil
}
