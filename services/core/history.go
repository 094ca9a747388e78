package core

import (
	"context"
	"strings"
	"time"

	"myaccount/services"
	"myaccount/services/brand"
)

// SignInTx is the part of a transaction that keeps the history of sign-ins.
type SignInTx interface {
	// AddSignIn writes one.
	AddSignIn(row SignInRow) error
	// SignIns reads a person's, newest first, before one of an id ("" for the newest).
	SignIns(personID, after string, limit int) ([]SignInRow, error)
	// DropSignIn removes one.
	DropSignIn(id string) error
	// DropSignIns removes a person's.
	DropSignIns(personID string) error
	// ForgetSignIns removes those of before a moment.
	ForgetSignIns(before time.Time) error
}

// SignInRow is one try to sign in as it is kept.
type SignInRow struct {
	ID       string // later ones are greater
	PersonID string
	At       time.Time
	Device   string
	From     string
	Outcome  services.SignInOutcome
}

// signInsFor is how long the history reaches back.
const signInsFor = 180 * brand.Day

// record writes a try to sign in into the person's history. For an address that nobody has it does the same work and
// leaves nothing, so that the time does not tell.
func (c *Core) record(ctx context.Context, tx Tx, try attempt, outcome services.SignInOutcome) error {
	row := SignInRow{ID: c.NewID(), PersonID: try.person.ID, At: tx.Now(), Device: try.name, Outcome: outcome}
	if from := clientOf(ctx); from.IsValid() {
		row.From = from.String()
	}
	if err := tx.AddSignIn(row); err != nil {
		return err
	}
	if row.PersonID == "" {
		return tx.DropSignIn(row.ID)
	}
	return nil
}

// SignInHistory lists the tries to sign in; see services.Security.
func (s *customerSession) SignInHistory(ctx context.Context, p services.Page) (services.SignInPage, error) {
	if strings.ContainsFunc(p.After, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return services.SignInPage{}, services.Invalid("after", services.ReasonFormat)
	}
	limit := limitOf(p.Limit)
	var page services.SignInPage
	err := s.view(ctx, private, func(tx Tx, row SessionRow) error {
		rows, err := tx.SignIns(row.PersonID, p.After, limit+1)
		if err != nil {
			return err
		}
		page = services.SignInPage{Items: signInRecords(rows[:min(len(rows), limit)])}
		if len(rows) > limit {
			page.Next = rows[limit-1].ID
		}
		return nil
	})
	return page, err
}

// signInRecords is what a person may know of the rows.
func signInRecords(rows []SignInRow) []services.SignInRecord {
	records := make([]services.SignInRecord, 0, len(rows))
	for _, r := range rows {
		records = append(records, services.SignInRecord{ID: r.ID, At: r.At, Device: r.Device, From: r.From, Outcome: r.Outcome})
	}
	return records
}
