package sample

import (
	"cloud.google.com/go/civil"

	"myaccount/services/finance"
)

// currencyCode is the currency of every sample agreement.
const currencyCode = "CAD"

// The statuses of a payment in the portfolio file.
const (
	posted    = "posted"
	returned  = "returned"
	scheduled = "scheduled"
)

// customer is a line of the portfolio file.
type customer struct {
	CustomerID  string      `json:"customer_id"`
	FirstName   string      `json:"first_name"`
	LastName    string      `json:"last_name"`
	Email       string      `json:"email"`
	DateOfBirth string      `json:"date_of_birth,omitempty"`
	Language    string      `json:"language"`
	Province    string      `json:"province"`
	Agreements  []agreement `json:"agreements"`
	key         string      // which of the sample's people it is
}

type agreement struct {
	Number         string            `json:"number"`
	Kind           finance.Kind      `json:"kind"`
	VIN            string            `json:"vin"`
	Vehicle        vehicle           `json:"vehicle"`
	Currency       string            `json:"currency"`
	StartDate      civil.Date        `json:"start_date"`
	EndDate        civil.Date        `json:"end_date"`
	TermMonths     int               `json:"term_months"`
	Frequency      finance.Frequency `json:"frequency"`
	Payment        level             `json:"payment"`
	AnnualRate     string            `json:"annual_rate"`
	AmountFinanced string            `json:"amount_financed"`
	Residual       string            `json:"residual,omitempty"`
	KmAllowance    int               `json:"km_allowance,omitempty"`
	ExcessKmRate   string            `json:"excess_km_rate,omitempty"`
	Odometer       *odometer         `json:"odometer,omitempty"`
	DueDay         int               `json:"due_day,omitempty"`
	ClosedOn       *civil.Date       `json:"closed_on,omitempty"`
	Taxes          []tax             `json:"taxes,omitempty"`
	Fees           []fee             `json:"fees,omitempty"`
	Payments       []payment         `json:"payments"`
}

type vehicle struct {
	Year  int    `json:"year"`
	Make  string `json:"make"`
	Model string `json:"model"`
}

type level struct {
	Base  string `json:"base"`
	Tax   string `json:"tax"`
	Total string `json:"total"`
}

type odometer struct {
	Km int        `json:"km"`
	On civil.Date `json:"on"`
}

type tax struct {
	Name string `json:"name"`
	Rate string `json:"rate"`
}

// fee is a charge that the agreement names.
type fee struct {
	Name   string `json:"name"`
	Amount string `json:"amount"`
}

type payment struct {
	ID        string     `json:"id"`
	Date      civil.Date `json:"date"`
	Amount    string     `json:"amount"`
	Principal string     `json:"principal"`
	Interest  string     `json:"interest"`
	Tax       string     `json:"tax"`
	Method    string     `json:"method"`
	Status    string     `json:"status"`
}
