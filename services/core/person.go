package core

import (
	"time"

	"myaccount/services"
)

// PersonTx is the part of a transaction that keeps people with a login.
type PersonTx interface {
	// Person reads one, or gives ErrNoRow.
	Person(id string) (PersonRow, error)
	// PersonByEmail finds one by an address in any writing, or gives ErrNoRow.
	PersonByEmail(email string) (PersonRow, error)
	// PersonByCustomer finds who is linked to a customer, or gives ErrNoRow.
	PersonByCustomer(customerID string) (PersonRow, error)
	// AddPerson writes a new one. Fails with ErrDuplicate when the address has a login.
	AddPerson(row PersonRow) error
	// UpdatePerson writes all columns but the address, the customer and the time of creation.
	UpdatePerson(row PersonRow) error
	// LinkPerson links a person to a customer, or to none with "". Fails with ErrDuplicate when another person is
	// linked to that customer.
	LinkPerson(id, customerID string) error
	// MovePerson writes a new address. Fails with ErrDuplicate when it has a login.
	MovePerson(id, email string) error
	// DeletePerson removes one with its tokens and sessions.
	DeletePerson(id string) error
	// DeletePending removes those who asked for a login before a moment, did not confirm their address and have no
	// link left to do so.
	DeletePending(before time.Time) error
}

// PersonRow is a login as it is kept.
type PersonRow struct {
	ID    string
	Email string // as it was typed, but for the cleaning of ParseAddress
	Registration
	Role       services.Role
	Active     bool   // the address is confirmed
	CustomerID string // "" when none is linked
	CreatedAt  time.Time
}

// Registration is what somebody gave to ask for a login. While the address is not confirmed anybody may do so, again and
// again: the login has the latest, each mail to activate its own, and the one that is used counts.
type Registration struct {
	FirstName string `json:"first_name"`
	LastName  string `json:"last_name"`
	Language  string `json:"language"` // "en" or "fr"
	Password  string `json:"password"` // Argon2id, PHC string; "" while there is none
	Terms     Terms  `json:"terms"`    // empty of an advisor
}

// Terms is how the terms of use were accepted. In Québec a contract that one side wrote binds in another language only
// once its French text was given (Charter of the French language, s. 55), so what was shown is kept as well.
type Terms struct {
	Version  string               `json:"version"`
	Language string               `json:"language"` // in which they were accepted
	Shown    map[string]time.Time `json:"shown"`    // language to when its text was first shown, as the client says
	At       time.Time            `json:"at"`       // when they were accepted
}

// person is what others may know.
func (r PersonRow) person() services.Person {
	return services.Person{
		ID: r.ID, FirstName: r.FirstName, LastName: r.LastName, Email: r.Email, Language: r.Language,
	}
}
