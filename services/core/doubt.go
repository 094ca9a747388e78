package core

import (
	"myaccount/services"
	"myaccount/services/finance"
)

// doubts are what does not add up in the lender's figures of an agreement, for the desk: a customer is shown none of what
// follows from it. Of a closed agreement nothing follows any more.
func (s *standing) doubts() ([]services.Doubt, error) {
	if !s.row.ClosedOn.IsZero() {
		return nil, nil
	}
	var list []services.Doubt
	for _, doubt := range []func() (*services.Doubt, error){s.doubtTerms, s.doubtPosted, s.doubtTax} {
		d, err := doubt()
		if err != nil {
			return nil, err
		}
		if d != nil {
			list = append(list, *d)
		}
	}
	return list, nil
}

// doubtTerms holds amount, rate, payment and term against each other. A loan that is paid faster ends before its term; a
// regular one by a payment at most, for what the rounding leaves.
func (s *standing) doubtTerms() (*services.Doubt, error) {
	if s.schedule == nil {
		return &services.Doubt{Kind: services.DoubtTerms}, nil
	}
	regular := s.row.Frequency != finance.AcceleratedBiweekly
	if n := s.terms.Count(); regular && len(s.schedule) < n-1 {
		return &services.Doubt{Kind: services.DoubtTerm, FoundCount: len(s.schedule), ExpectedCount: n}, nil
	}
	return nil, nil
}

// doubtPosted holds what was posted against the schedule: how many payments, how much, and how it was split. Payments on
// top or ahead are nothing to doubt, as long as each is explained.
func (s *standing) doubtPosted() (*services.Doubt, error) {
	made := s.totals.Count
	if s.schedule == nil || s.plan != nil {
		return nil, nil
	}
	if made > len(s.schedule) {
		return &services.Doubt{Kind: services.DoubtCount, FoundCount: made, ExpectedCount: len(s.schedule)}, nil
	}
	kind, found, expected := services.DoubtPayments, s.totals.Principal+s.totals.Interest, int64(0)
	for _, row := range s.schedule[:made] {
		expected += row.Payment.BigInt().Int64()
	}
	if s.level {
		kind, found, expected = services.DoubtPrincipal, s.totals.Principal, 0
		for _, row := range s.schedule[:made] {
			expected += row.Principal.BigInt().Int64()
		}
	}
	return s.doubt(kind, made, found, expected)
}

// doubtTax holds the tax of a payment against the rates on file.
func (s *standing) doubtTax() (*services.Doubt, error) {
	if len(s.row.Taxes) == 0 {
		return nil, nil
	}
	_, sum, err := s.taxes(s.row.Base)
	if err != nil || sum == s.row.Tax {
		return nil, err
	}
	return s.doubt(services.DoubtTax, 1, s.row.Tax, sum)
}

// doubt makes one of amounts in cents, over so many payments.
func (s *standing) doubt(kind services.DoubtKind, count int, found, expected int64) (*services.Doubt, error) {
	amounts, err := moneys(s.row.Currency, found, expected)
	if err != nil {
		return nil, err
	}
	return &services.Doubt{Kind: kind, FoundCount: count, ExpectedCount: count, Found: amounts[0], Expected: amounts[1]}, nil
}

// doubtsOf are those of the agreement of a thread; none where it has left the portfolio.
func doubtsOf(tx Tx, row AgreementRow) ([]services.Doubt, error) {
	if row.ID == "" {
		return nil, nil
	}
	s, err := stand(tx, row)
	if err != nil {
		return nil, err
	}
	return s.doubts()
}
