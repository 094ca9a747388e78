package mailtray

import (
	"context"
	"slices"
	"strings"
	"time"

	"cloud.google.com/go/civil"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/nav"
)

// batch is how many mails are shown at first and added at a time.
const batch = 20

// tray decides what the drawer shows.
type tray struct {
	scope   nav.Scope
	mails   services.MailTray
	clock   services.Clock
	changed func()

	address string // whose mails are shown; "" while the address is asked for
	own     bool   // the person is signed in under it
	typed   string // the address while it is being asked for
	lacking bool   // Show was pressed without an address

	loading bool // for the first time
	reading bool // a request is under way
	again   bool // something changed meanwhile
	err     error
	list    []services.Mail
	version int             // grows whenever the list changes
	shown   int             // at most so many
	whole   map[string]bool // ids of the mails that are shown as a whole
}

func newTray(d nav.Dispatcher, clock services.Clock, mails services.MailTray) *tray {
	return &tray{scope: nav.Scope{Dispatcher: d}, mails: mails, clock: clock, changed: func() {}}
}

// start shows the mails to an address, or asks for one when it is empty.
func (t *tray) start(address string, own bool) {
	t.address, t.own, t.typed, t.lacking = address, own, address, false
	t.list, t.err, t.reading, t.again, t.shown, t.whole = nil, nil, false, false, batch, map[string]bool{}
	t.version++
	t.scope.Start()
	if address != "" {
		t.watch()
	}
}

func (t *tray) stop() { t.scope.Stop() }

// asking says whether the drawer asks for an address.
func (t *tray) asking() bool { return t.address == "" }

func (t *tray) setTyped(v string) {
	t.typed, t.lacking = v, false
	t.changed()
}

// show shows the mails to the typed address.
func (t *tray) show() {
	address := strings.TrimSpace(t.typed)
	if address == "" {
		t.lacking = true
	} else {
		t.start(address, false)
	}
	t.changed()
}

// other asks for another address; whoever is signed in has only their own.
func (t *tray) other() {
	if t.own {
		return
	}
	typed := t.address
	t.start("", false)
	t.typed = typed
	t.changed()
}

// watch reads the mails, and again whenever some were added or used, until the visit ends.
func (t *tray) watch() {
	ctx := t.scope.Context()
	news := t.mails.WatchMails(ctx)
	go func() {
		for range news {
			t.scope.Dispatcher.Do(func() {
				if ctx.Err() == nil {
					t.load()
				}
			})
		}
	}()
	t.loading = true
	t.load()
}

// load reads the mails. News that come while they are read lead to one more reading.
func (t *tray) load() {
	if t.reading {
		t.again = true
		return
	}
	t.reading, t.again = true, false
	address := t.address
	nav.Run(&t.scope, func(ctx context.Context) ([]services.Mail, error) { return t.mails.Mails(ctx, address) },
		func(list []services.Mail, err error) {
			t.reading, t.loading, t.err = false, false, err
			if err == nil && !slices.Equal(list, t.list) {
				t.list = list
				t.version++
			}
			if t.again {
				t.load()
			}
			t.changed()
		})
}

// retry reads again after a failure.
func (t *tray) retry() {
	t.loading, t.err = true, nil
	t.load()
	t.changed()
}

// visible are the mails that are shown.
func (t *tray) visible() []services.Mail { return t.list[:min(len(t.list), t.shown)] }

// more shows older mails.
func (t *tray) more() {
	t.shown += batch
	t.version++
	t.changed()
}

// toggle shows a mail as a whole, or its head alone.
func (t *tray) toggle(id string) {
	t.whole[id] = !t.whole[id]
	t.version++
	t.changed()
}

// expired says whether what a mail carries has expired.
func (t *tray) expired(m services.Mail) bool {
	return !m.ExpiresAt.IsZero() && !t.clock.Now().Before(m.ExpiresAt)
}

// live says whether the button or the code of a mail can still be used.
func (t *tray) live(m services.Mail) bool {
	return (m.Token != "" || m.Code != "") && !t.expired(m)
}

// pressable says whether the button of a mail is shown.
func (t *tray) pressable(m services.Mail) bool {
	return m.Button != "" && (m.Action == services.MailOpen || m.Token != "" && !t.expired(m))
}

// spent says whether a mail carried something that no longer works: of such a mail only the head is shown.
func (t *tray) spent(m services.Mail) bool {
	return !t.live(m) && (!m.UsedAt.IsZero() || !m.ExpiresAt.IsZero())
}

// kindCode is the kind of mail that carries a code in place of a link.
const kindCode = "code"

// status says what became of what a mail carried; "" when there is nothing to say.
func (t *tray) status(p *text.Printer, m services.Mail) string {
	now := t.clock.Now()
	switch {
	case !t.spent(m):
		return ""
	case !m.UsedAt.IsZero() && m.Kind == kindCode:
		return p.T("mailtray.used.code", text.Vars{"When": moment(p, m.UsedAt, now)})
	case !m.UsedAt.IsZero():
		return p.T("mailtray.used.link", text.Vars{"When": moment(p, m.UsedAt, now)})
	case t.expired(m):
		return p.T("mailtray.expired")
	}
	return p.T("mailtray.replaced")
}

// at writes when a mail came.
func (t *tray) at(p *text.Printer, m services.Mail) string {
	now := t.clock.Now()
	if age := now.Sub(m.At); age >= 0 && age < time.Minute {
		return p.T("mailtray.now")
	}
	return p.When(m.At.Local(), now.Local())
}

// moment writes a time with its day unless that is today.
func moment(p *text.Printer, at, now time.Time) string {
	at, now = at.Local(), now.Local()
	if day := civil.DateOf(at); day != civil.DateOf(now) {
		return p.T("text.datetime", text.Vars{"Date": p.DateShort(day), "Clock": p.Clock(at)})
	}
	return p.Clock(at)
}
