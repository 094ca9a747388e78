package core_test

import (
	"strings"
	"testing"

	"myaccount/services"
)

// doubted imports the line of a customer, who writes to the lender, and gives what the desk is told of the figures and
// what the customer sees.
func doubted(t *testing.T, data string) ([]services.Doubt, services.Agreement, []services.Installment) {
	t.Helper()
	h := newHarness(t)
	a := of(t, h, data)
	s := h.signIn(alice).(services.CustomerSession)
	_, err := s.SendCode(t.Context())
	must(t, err)
	must(t, enter(t, s, h.code(alice)))
	schedule, err := s.Schedule(t.Context(), a.ID)
	must(t, err)
	receipt, err := s.Send(t.Context(), services.Outgoing{Topic: "payment", AgreementID: a.ID, Body: "A question", IdempotencyKey: "one question"})
	must(t, err)
	must(t, h.EnsureAdvisor(t.Context(), "Sophie", "Nguyen", advisorAddress))
	must(t, h.InviteAdvisor(t.Context(), advisorAddress))
	token := h.mail(advisorAddress, "set_password").Token
	must(t, h.ResetPassword(t.Context(), services.PasswordReset{Token: token, Password: password}))
	thread, err := h.signIn(advisorAddress).(services.AdvisorSession).DeskThread(t.Context(), receipt.ThreadID)
	must(t, err)
	return thread.Doubts, a, schedule
}

// said writes doubts shortly.
func said(doubts []services.Doubt) string {
	var list []string
	for _, d := range doubts {
		words := []string{string(d.Kind)}
		if d.Found.CurrencyCode() != "" {
			words = append(words, d.Found.Number(), d.Expected.Number())
		}
		list = append(list, strings.Join(words, " "))
	}
	return strings.Join(list, ", ")
}

// Files whose figures do not add up are imported; the desk is told what differs, and the customer is shown no sum of it.
func TestDoubts(t *testing.T) {
	regular := line([2]string{"810.66", "814.71"}, [2]string{"50.00", "45.95"}, "")
	payment := `"base":"860.66","tax":"0.00","total":"860.66"`
	taxed := strings.Replace(regular, payment, `"base":"860.66","tax":"111.89","total":"972.55"`, 1)
	many, onTop := "", ""
	for i := range 11 {
		id := "x" + string(rune('a'+i))
		many += posted(id, "2026-03-02", "0.01", "0.01")
		onTop += posted(id, "2026-03-02", "0.01", "0.00")
	}
	for name, c := range map[string]struct {
		data, want string
		hidden     bool // the schedule is not shown
	}{
		"regular":            {regular, "", false},
		"payment too small":  {strings.Replace(regular, payment, `"base":"10.00","tax":"0.00","total":"10.00"`, 1), "terms", true},
		"payment too large":  {strings.Replace(regular, payment, `"base":"2000.00","tax":"0.00","total":"2000.00"`, 1), "term, payments 1721.32 4000.00", true},
		"interest otherwise": {line([2]string{"800.00", "814.71"}, [2]string{"60.66", "45.95"}, ""), "principal 1614.71 1625.37", true},
		"half a payment":     {line([2]string{"380.33", "814.71"}, [2]string{"50.00", "45.95"}, ""), "", false},
		"a part otherwise":   {line([2]string{"400.00", "814.71"}, [2]string{"30.33", "45.95"}, ""), "payments 1290.99 1721.32", true},
		"by the day":         {line([2]string{"809.70", "818.36"}, [2]string{"50.96", "42.30"}, ""), "", false},
		"too many":           {line([2]string{"810.66", "814.71"}, [2]string{"50.00", "45.95"}, many), "count", true},
		"paid on top":        {line([2]string{"810.66", "814.71"}, [2]string{"50.00", "45.95"}, onTop), "", false},
		"tax":                {strings.Replace(taxed, `"payments":`, `"taxes":[{"name":"HST","rate":"5"}],"payments":`, 1), "tax 111.89 43.03", false},
		"tax as it should":   {strings.Replace(taxed, `"payments":`, `"taxes":[{"name":"HST","rate":"13"}],"payments":`, 1), "", false},
		"closed":             {strings.Replace(regular, `"payments":`, `"closed_on":"2026-03-05","payments":`, 1), "", true},
	} {
		t.Run(name, func(t *testing.T) {
			doubts, a, schedule := doubted(t, c.data)
			if got := said(doubts); got != c.want {
				t.Errorf("the desk is told %q, want %q", got, c.want)
			}
			if c.hidden != (len(schedule) == 0) {
				t.Errorf("%d installments are shown", len(schedule))
			}
			if c.hidden && a.Next != nil && len(a.Next.Parts) > 0 {
				t.Errorf("parts that nobody can know: %+v", a.Next)
			}
		})
	}
}

// Nothing in the sample is doubted.
func TestDoubts_Sample(t *testing.T) {
	for _, key := range []string{"lease", "biweekly", "two", "ending", "past_due", "european"} {
		t.Run(key, func(t *testing.T) {
			h := newHarness(t)
			s := linked(t, h, key).(services.CustomerSession)
			list, err := s.Agreements(t.Context())
			must(t, err)
			must(t, h.EnsureAdvisor(t.Context(), "Sophie", "Nguyen", advisorAddress))
			must(t, h.InviteAdvisor(t.Context(), advisorAddress))
			token := h.mail(advisorAddress, "set_password").Token
			must(t, h.ResetPassword(t.Context(), services.PasswordReset{Token: token, Password: password}))
			desk := h.signIn(advisorAddress).(services.AdvisorSession)
			for _, a := range list {
				receipt, err := s.Send(t.Context(), services.Outgoing{Topic: "payment", AgreementID: a.ID, Body: "A question", IdempotencyKey: "question " + a.ID})
				must(t, err)
				thread, err := desk.DeskThread(t.Context(), receipt.ThreadID)
				must(t, err)
				if len(thread.Doubts) > 0 {
					t.Errorf("%s: %s", a.Number, said(thread.Doubts))
				}
			}
		})
	}
}
