package server_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/anishathalye/porcupine"

	"myaccount/services"
	"myaccount/services/api"
)

// keys is how many idempotency keys a history of messages uses.
const keys = 6

// sending is a call that sends a message with a key; a text of 0 is the list of threads.
type sending struct{ key, text int }

// sent is what a key has done: nothing while text is 0. The receipt is not known while nobody has read it.
type sent struct {
	text    int
	thread  string
	message string
}

// mailbox is what the service keeps, by key.
type mailbox [keys]sent

// sendModel is the rule of messages: a key sends one message, whose receipt it gives again for the same text; another
// text is refused; the list has exactly what was sent.
var sendModel = porcupine.Model{
	Init: func() any { return mailbox{} },
	Step: func(state, input, output any) (bool, any) {
		box, in := state.(mailbox), input.(sending)
		if in.text == 0 {
			return box.lists(output)
		}
		return box.sends(in, output)
	},
	DescribeOperation: describe, DescribeState: describeState,
}

// reused refuses a key that another text has.
const reused = string(services.CodeInvalid) + " " + services.ReasonReused

// String is short, for those who look at a history.
func (s sent) String() string {
	end := func(id string) string { return id[max(0, len(id)-4):] }
	return fmt.Sprintf("%d(%s %s)", s.text, end(s.thread), end(s.message))
}

// sends is the step of a message.
func (b mailbox) sends(in sending, output any) (bool, any) {
	slot := &b[in.key]
	if slot.text != 0 && slot.text != in.text {
		_, lost := output.(unknown)
		return lost || output == reused, b
	}
	slot.text = in.text
	receipt, ok := output.(sent)
	if !ok {
		return output == unknown{}, b
	}
	return b.learns(in.key, receipt), b
}

// learns notes the receipt of a key, and tells whether it may have that one.
func (b *mailbox) learns(key int, receipt sent) bool {
	for other, slot := range b {
		if other != key && slot.thread == receipt.thread {
			return false
		}
	}
	slot := &b[key]
	if slot.thread == "" {
		slot.thread = receipt.thread
	}
	if slot.message == "" {
		slot.message = receipt.message
	}
	return receipt.thread == slot.thread && (receipt.message == "" || receipt.message == slot.message)
}

// lists is the step of a list.
func (b mailbox) lists(output any) (bool, any) {
	list, ok := output.(mailbox)
	if !ok {
		return output == unknown{}, b
	}
	for key, item := range list {
		if item.text != b[key].text || item.text != 0 && !b.learns(key, item) {
			return false, b
		}
	}
	return true, b
}

// sender makes the calls of one history.
type sender struct {
	*replicas
	token, agreement string
	number           uint64 // of the history
	steady           bool   // no answer is lost
}

// send sends a message as a client that may lose the answer.
func (s *sender) send(draw *rand.Rand, in sending) any {
	q := request{
		method: "POST", path: api.PathThreads, token: s.token,
		header: map[string]string{api.HeaderIdempotencyKey: fmt.Sprintf("history-%d-%d", s.number, in.key)},
		body:   api.NewThread{Topic: "payment", AgreementID: s.agreement, Body: fmt.Sprintf("%d %d %d", s.number, in.key, in.text)},
	}
	ctx, cancel := context.WithCancel(context.Background())
	if !s.steady {
		ctx, cancel = unsure(ctx, draw, &q)
	}
	defer cancel()
	answer, err := s.ask(ctx, draw, q)
	var receipt api.Receipt
	switch {
	case err != nil:
		return unknown{}
	case answer.status == 201 && json.Unmarshal(answer.body, &receipt) == nil:
		return sent{in.text, receipt.ThreadID, receipt.MessageID}
	}
	var p api.Problem
	switch {
	case json.Unmarshal(answer.body, &p) != nil:
		return string(answer.body)
	case p.Code == services.CodeUnavailable: // which is no promise that nothing happened
		return unknown{}
	}
	return fmt.Sprint(p.Code, " ", p.Fields["idempotency_key"])
}

// list reads the threads of the history.
func (s *sender) list(draw *rand.Rand) any {
	answer, err := s.ask(context.Background(), draw, request{method: "GET", path: api.PathThreads + "?limit=100", token: s.token})
	var list api.List[api.ThreadSummary]
	if err != nil || answer.status != 200 || json.Unmarshal(answer.body, &list) != nil {
		return fmt.Sprint(err, string(answer.body))
	}
	var seen mailbox
	for _, item := range list.Items {
		var number uint64
		var in sending
		if n, _ := fmt.Sscanf(item.Excerpt, "%d %d %d", &number, &in.key, &in.text); n != 3 || number != s.number {
			continue // of another history
		}
		if seen[in.key].text != 0 {
			in.text = -1 // twice: no key has such a text
		}
		seen[in.key] = sent{text: in.text, thread: item.ID}
	}
	return seen
}

// TestHistory_Sends: clients send with few keys, mostly the same text, lose answers and send again, and read the list.
func TestHistory_Sends(t *testing.T) {
	workload{sendModel, asIs, func(r *replicas) func(*rand.Rand) *history {
		token := r.one().customer(alice)
		s := &sender{replicas: r, token: token, agreement: r.one().agreement(token)}
		return func(draw *rand.Rand) *history {
			s.number++
			h := newHistory()
			together(draw, 5, 8, func(client int, draw *rand.Rand) {
				in := sending{key: draw.IntN(keys), text: 1 + draw.IntN(5)/4}
				if draw.IntN(4) == 0 {
					h.do(client, sending{}, func() []any { return []any{s.list(draw)} })
					return
				}
				h.do(client, in, func() []any { return []any{s.send(draw, in)} })
			})
			h.do(0, sending{}, func() []any { return []any{s.list(draw)} })
			return h
		}
	}}.check(t)
}

// TestHistory_SendsCanFail tampers with what clients were told: a message twice, one lost, a key that sends again.
func TestHistory_SendsCanFail(t *testing.T) {
	r := onSQLite(t, asIs)
	token := r.one().customer(alice)
	s := &sender{replicas: r, token: token, agreement: r.one().agreement(token), steady: true}
	draw := rand.New(rand.NewPCG(4, 4)) //nolint:gosec // not a secret
	record := func() *history {
		s.number++
		h := newHistory()
		for _, in := range []sending{{0, 1}, {1, 1}, {0, 1}, {1, 2}} {
			h.do(0, in, func() []any { return []any{s.send(draw, in)} })
		}
		h.do(0, sending{}, func() []any { return []any{s.list(draw)} })
		return h
	}
	list := func(change func(*mailbox)) func(*history) {
		return func(h *history) {
			box := h.calls[4].Output.(mailbox)
			change(&box)
			h.calls[4].Output = box
		}
	}
	for name, tamper := range map[string]func(*history){
		"":              func(*history) {},
		"lost":          list(func(b *mailbox) { b[1] = sent{} }),
		"twice":         list(func(b *mailbox) { b[0].text = -1 }),
		"another":       list(func(b *mailbox) { b[0].thread = "another" }),
		"sent again":    func(h *history) { h.calls[2].Output = sent{1, "another", "another"} },
		"one for two":   func(h *history) { h.calls[1].Output = h.calls[0].Output },
		"taken instead": func(h *history) { h.calls[3].Output = h.calls[1].Output },
	} {
		h := record()
		tamper(h)
		h.wants(t, name, sendModel, name == "")
	}
}
