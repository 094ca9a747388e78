package api

import (
	"time"

	"myaccount/services"
)

// DeskSummary is a thread as the desk's queue shows it.
type DeskSummary struct {
	ThreadSummary
	Customer     string     `json:"customer" doc:"Name"`
	Waiting      bool       `json:"waiting"`
	WaitingSince *time.Time `json:"waiting_since" doc:"Of the oldest message without an answer; null when answered"`
}

func deskSummaryOf(s services.DeskSummary) DeskSummary {
	return DeskSummary{summaryOf(s.ThreadSummary), s.Customer, s.Waiting, moment(s.WaitingSince)}
}

// Domain gives it back.
func (s DeskSummary) Domain() services.DeskSummary {
	return services.DeskSummary{
		ThreadSummary: s.ThreadSummary.Domain(), Customer: s.Customer, Waiting: s.Waiting, WaitingSince: instant(s.WaitingSince),
	}
}

// DeskThreadsOf makes part of the queue.
func DeskThreadsOf(p services.DeskPage) List[DeskSummary] {
	return listOf(p.Items, p.Next, deskSummaryOf)
}

// DeskThreadsFrom gives the part back.
func DeskThreadsFrom(l List[DeskSummary]) services.DeskPage {
	return services.DeskPage{Items: convert(l.Items, DeskSummary.Domain), Next: l.after()}
}

// DeskThread is a conversation with what an advisor needs beside it.
type DeskThread struct {
	DeskSummary
	Messages []Message              `json:"messages" nullable:"false"`
	Language string                 `json:"language" doc:"The customer's"`
	Vehicle  Vehicle                `json:"vehicle"`
	Kind     services.AgreementKind `json:"kind"`
	Doubts   []Doubt                `json:"doubts" nullable:"false" doc:"What does not add up in the lender's figures of the agreement"`
}

// DeskThreadOf makes it from the domain's.
func DeskThreadOf(t services.DeskThread) DeskThread {
	return DeskThread{
		deskSummaryOf(t.DeskSummary), convert(t.Messages, messageOf), t.Language, Vehicle(t.Vehicle), t.Kind,
		convert(t.Doubts, doubtOf),
	}
}

// Domain gives it back. Fails when an amount is none.
func (t DeskThread) Domain() (services.DeskThread, error) {
	doubts, err := collect(t.Doubts, Doubt.Domain)
	return services.DeskThread{
		DeskSummary: t.DeskSummary.Domain(), Messages: convert(t.Messages, Message.Domain),
		Language: t.Language, Vehicle: services.Vehicle(t.Vehicle), Kind: t.Kind, Doubts: doubts,
	}, err
}
