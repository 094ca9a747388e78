package core

import "myaccount/services/portfolio"

// CustomerTx is the part of a transaction that reads the lender's customers. They are written by ImportTx alone.
type CustomerTx interface {
	// Customer reads one, or gives ErrNoRow.
	Customer(id string) (CustomerRow, error)
	// CustomerByNumber finds one by the BMW ID in any writing (portfolio.Key), or gives ErrNoRow.
	CustomerByNumber(number string) (CustomerRow, error)
}

// CustomerRow is a customer of the lender as the last portfolio file has it, without the agreements. Whether a person
// is linked stands with the person, so that importing never touches a link.
type CustomerRow struct {
	ID string // ours; portfolio.Customer.ID is the BMW ID
	portfolio.Customer
}
