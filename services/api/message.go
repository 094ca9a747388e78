package api

import (
	"time"

	"myaccount/services"
)

// ThreadSummary is a thread as a list shows it.
type ThreadSummary struct {
	ID              string        `json:"id"`
	Reference       string        `json:"reference" example:"M-7K3F-92QD"`
	Topic           string        `json:"topic"`
	AgreementID     string        `json:"agreement_id"`
	AgreementNumber string        `json:"agreement_number"`
	Excerpt         string        `json:"excerpt" doc:"The beginning of the latest message, one line"`
	LastFrom        services.Role `json:"last_from"`
	LastAt          time.Time     `json:"last_at"`
	Unread          bool          `json:"unread"`
	Attachments     int           `json:"attachments"`
	KeptUntil       time.Time     `json:"kept_until" doc:"When its last message will be removed"`
}

// summaryOf makes it from the domain's.
func summaryOf(t services.ThreadSummary) ThreadSummary {
	out := ThreadSummary(t)
	out.LastAt, out.KeptUntil = t.LastAt.UTC(), t.KeptUntil.UTC()
	return out
}

// Domain gives it back.
func (t ThreadSummary) Domain() services.ThreadSummary {
	out := services.ThreadSummary(t)
	out.LastAt, out.KeptUntil = t.LastAt.UTC(), t.KeptUntil.UTC()
	return out
}

// ThreadsOf makes part of a list.
func ThreadsOf(p services.ThreadPage) List[ThreadSummary] { return listOf(p.Items, p.Next, summaryOf) }

// ThreadsFrom gives the part back.
func ThreadsFrom(l List[ThreadSummary]) services.ThreadPage {
	return services.ThreadPage{Items: convert(l.Items, ThreadSummary.Domain), Next: l.after()}
}

// Thread is a conversation, oldest message first.
type Thread struct {
	ThreadSummary
	Messages []Message `json:"messages" nullable:"false"`
}

// ThreadOf makes it from the domain's.
func ThreadOf(t services.Thread) Thread {
	return Thread{summaryOf(t.ThreadSummary), convert(t.Messages, messageOf)}
}

// Domain gives it back.
func (t Thread) Domain() services.Thread {
	return services.Thread{ThreadSummary: t.ThreadSummary.Domain(), Messages: convert(t.Messages, Message.Domain)}
}

// Message is one message of a thread.
type Message struct {
	ID          string        `json:"id"`
	From        services.Role `json:"from"`
	Author      string        `json:"author"`
	Body        string        `json:"body"`
	SentAt      time.Time     `json:"sent_at"`
	KeptUntil   time.Time     `json:"kept_until"`
	Attachments []Attachment  `json:"attachments" nullable:"false"`
}

func messageOf(m services.Message) Message {
	return Message{
		ID: m.ID, From: m.From, Author: m.Author, Body: m.Body, SentAt: m.SentAt.UTC(), KeptUntil: m.KeptUntil.UTC(),
		Attachments: convert(m.Attachments, AttachmentOf),
	}
}

// Domain gives it back.
func (m Message) Domain() services.Message {
	return services.Message{
		ID: m.ID, From: m.From, Author: m.Author, Body: m.Body, SentAt: m.SentAt.UTC(), KeptUntil: m.KeptUntil.UTC(),
		Attachments: attachments(m.Attachments),
	}
}

// NewThread is the first message of a thread.
type NewThread struct {
	Topic         string   `json:"topic,omitempty"`
	AgreementID   string   `json:"agreement_id,omitempty"`
	Body          string   `json:"body,omitempty"`
	AttachmentIDs []string `json:"attachment_ids,omitempty"`
}

// NewMessage is a reply.
type NewMessage struct {
	Body          string   `json:"body,omitempty"`
	AttachmentIDs []string `json:"attachment_ids,omitempty"`
}

// Receipt confirms that a message was received.
type Receipt struct {
	ThreadID   string    `json:"thread_id"`
	MessageID  string    `json:"message_id"`
	Reference  string    `json:"reference" example:"M-7K3F-92QD"`
	ReceivedAt time.Time `json:"received_at"`
}

// ReceiptOf makes it from the domain's.
func ReceiptOf(r services.Receipt) Receipt {
	return Receipt{r.ThreadID, r.MessageID, r.Reference, r.ReceivedAt.UTC()}
}

// Domain gives it back.
func (r Receipt) Domain() services.Receipt {
	return services.Receipt{ThreadID: r.ThreadID, MessageID: r.MessageID, Reference: r.Reference, ReceivedAt: r.ReceivedAt.UTC()}
}

// Unread counts threads with an unread reply.
type Unread struct {
	Threads int `json:"threads"`
}

// Hit is a thread that a search found.
type Hit struct {
	Thread  ThreadSummary `json:"thread"`
	Excerpt string        `json:"excerpt" doc:"Around the first word found"`
	Marks   [][2]int      `json:"marks" nullable:"false" doc:"Byte ranges of the words within the excerpt"`
	At      time.Time     `json:"at" doc:"Of the message"`
}

// HitsOf makes a list.
func HitsOf(hits []services.Hit) List[Hit] {
	return listOf(hits, "", func(h services.Hit) Hit {
		return Hit{summaryOf(h.Thread), h.Excerpt, convert(h.Marks, same[[2]int]), h.At.UTC()}
	})
}

// HitsFrom gives the list back.
func HitsFrom(l List[Hit]) []services.Hit {
	return convert(l.Items, func(h Hit) services.Hit {
		hit := services.Hit{Thread: h.Thread.Domain(), Excerpt: h.Excerpt, At: h.At.UTC()}
		if len(h.Marks) > 0 {
			hit.Marks = h.Marks
		}
		return hit
	})
}
