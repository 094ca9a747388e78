package api

import (
	"time"

	"myaccount/services"
)

// Link is what a customer knows about the agreement.
type Link struct {
	Method      services.LinkMethod `json:"method,omitempty" doc:"vin or bmw_id"`
	FirstName   string              `json:"first_name,omitempty"`
	LastName    string              `json:"last_name,omitempty"`
	VIN         string              `json:"vin,omitempty" doc:"With the method vin"`
	LastPayment *Money              `json:"last_payment,omitempty" doc:"With the method vin: the latest posted payment, tax included"`
	BMWID       string              `json:"bmw_id,omitempty" doc:"With the method bmw_id"`
}

// LinkOf makes it from the domain's.
func LinkOf(r services.LinkRequest) Link {
	return Link{
		Method: r.Method, FirstName: r.FirstName, LastName: r.LastName, VIN: r.VIN,
		LastPayment: MoneyOf(r.LastPayment), BMWID: r.BMWID,
	}
}

// Domain gives it back. Fails with CodeInvalid (last_payment: format).
func (l Link) Domain() (services.LinkRequest, error) {
	payment, err := l.LastPayment.Domain()
	if err != nil {
		return services.LinkRequest{}, services.Invalid("last_payment", services.ReasonFormat)
	}
	return services.LinkRequest{
		Method: l.Method, FirstName: l.FirstName, LastName: l.LastName, VIN: l.VIN, LastPayment: payment, BMWID: l.BMWID,
	}, nil
}

// CodeReceipt says where a code was sent.
type CodeReceipt struct {
	CodeSentTo string    `json:"code_sent_to" doc:"Masked address" example:"a•••e@example.ca"`
	ExpiresAt  time.Time `json:"expires_at"`
	ResendAt   time.Time `json:"resend_at" doc:"A new code can be asked for from then on"`
}

// CodeReceiptOf makes it from the domain's.
func CodeReceiptOf(r services.CodeReceipt) CodeReceipt {
	return CodeReceipt{CodeSentTo: r.SentTo, ExpiresAt: r.ExpiresAt.UTC(), ResendAt: r.ResendAt.UTC()}
}

// Domain gives it back.
func (r CodeReceipt) Domain() services.CodeReceipt {
	return services.CodeReceipt{SentTo: r.CodeSentTo, ExpiresAt: r.ExpiresAt.UTC(), ResendAt: r.ResendAt.UTC()}
}
