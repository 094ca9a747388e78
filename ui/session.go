package ui

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/desk"
	"myaccount/ui/entry"
	"myaccount/ui/kit"
	"myaccount/ui/messages"
	"myaccount/ui/nav"
)

// lookEvery is how often the shell looks whether the person is still there.
const lookEvery = time.Second

// signedIn begins a session in this window. An advisor who signs in at the main window gets the desk in a window of
// its own, so that an answer can be seen to arrive beside it.
func (f *frame) signedIn(session services.Session) {
	info := session.Info()
	if info.Role == services.RoleAdvisor && !f.desk {
		f.program.OpenDesk(session)
		f.open(nav.Route{Page: nav.PageSignIn})
		return
	}
	f.endSession(context.Background())
	f.session, f.begun, f.answers, f.telling = session, &messages.Begun{}, desk.Begun{}, false
	f.idle = newIdle(info.IdleFor, f.program.Clock.Now())
	f.life.Start()
	f.look()
	f.listen()
	f.watchOutbox()
	f.countUnread()
	f.open(f.home())
}

// home is where a session begins: where the person wanted to go before it, else its first page.
func (f *frame) home() nav.Route {
	switch {
	case f.session == nil:
		return nav.Route{Page: nav.PageSignIn}
	case f.session.Info().Role == services.RoleAdvisor:
		return nav.Route{Page: nav.PageDesk}
	case !f.session.Info().Ready():
		return nav.Route{Page: nav.PageLink}
	case f.wanted.Page != "":
		wanted := f.wanted
		f.wanted = nav.Route{}
		return wanted
	default:
		return nav.Route{Page: nav.PageOverview}
	}
}

// open pages can be shown without a session.
var openPages = map[nav.PageID]bool{
	nav.PageSignIn: true, nav.PageRegister: true, nav.PageCheckMail: true, nav.PageActivate: true, nav.PageForgot: true,
	nav.PageReset: true, nav.PageTerms: true, nav.PageConfirm: true, nav.PageIdentity: true,
	nav.PageJoin: true, nav.PageSettings: true, nav.PageImport: true,
}

// ready pages need an authorized device and a link.
var readyPages = map[nav.PageID]bool{
	nav.PageOverview: true, nav.PagePayments: true, nav.PageVehicle: true, nav.PageDocuments: true, nav.PageMessages: true, nav.PageCompose: true, nav.PageSent: true,
	nav.PagePayoff: true, nav.PageLeaseEnd: true,
}

// mayOpen says whether this session, or nobody's, can go to a page. A person's own data need an authorized device from
// the link on, as an agreement does.
func (f *frame) mayOpen(page nav.PageID) bool {
	if f.session == nil {
		return openPages[page]
	}
	info := f.session.Info()
	switch {
	case readyPages[page]:
		return info.Ready()
	case page == nav.PageProfile:
		return info.Role == services.RoleCustomer && (info.Device.Authorized || !info.Linked)
	}
	return page != nav.PageSignIn
}

// allowed is the route itself, or home when this session cannot go there. Where somebody wanted to go before signing
// in, as with the link of a mail, they come after it.
func (f *frame) allowed(route nav.Route) nav.Route {
	switch {
	case route.Page == nav.PageImport && !f.imports():
		return f.home()
	case f.mayOpen(route.Page):
		return route
	}
	if readyPages[route.Page] || route.Page == nav.PageProfile {
		f.wanted = route
	}
	return f.home()
}

// authorized opens the rest of the program after the device was authorized and an agreement linked. The page that did
// it says so and goes on by itself.
func (f *frame) authorized() {
	f.listen()
	f.watchOutbox()
	f.countUnread()
	f.program.Dispatcher.Do(f.rebuild)
}

// confirmed goes on after a changed address was confirmed: with the session of this window, which may be of the person
// whose address it is, else to the sign-in page.
func (f *frame) confirmed() {
	if f.session == nil {
		f.replace(nav.Route{Page: nav.PageSignIn, Payload: entry.NoteConfirmed})
		return
	}
	nav.Run(&f.life, f.session.Reload, func(_ services.SessionInfo, err error) {
		if f.checked(err); err != nil {
			return
		}
		f.replace(f.allowed(nav.Route{Page: nav.PageProfile}))
		f.toaster.Say(f.program.printer.T("ui.confirmed"))
	})
}

// out ends the session and says why on the sign-in page.
func (f *frame) out(note entry.Note) {
	f.leave()
	f.endSession(context.Background())
	f.open(nav.Route{Page: nav.PageSignIn, Payload: note})
}

// endSession ends the session, if there is one. Telling the service must not keep the person waiting.
func (f *frame) endSession(ctx context.Context) {
	if f.session == nil {
		return
	}
	ended := f.session
	f.closeWarning()
	f.life.Stop()
	f.session, f.unread, f.badge, f.idle, f.wanted = nil, 0, nil, nil, nav.Route{}
	f.closeParting()
	f.program.ending.Go(func() {
		nav.Settle(settleTime)
		if err := ended.SignOut(ctx); err != nil {
			f.program.Log.Warn("sign-out failed", "error", err)
		}
	})
}

// settleTime is how long a session waits at its end for what is being saved.
const settleTime = 3 * time.Second

// touched notes a sign of the person.
func (f *frame) touched() {
	if f.session == nil || f.idle == nil {
		return
	}
	f.closeWarning()
	if f.idle.touch(f.program.Clock.Now()) {
		nav.RunErr(&f.life, f.session.Touch, f.checked)
	}
}

// checked ends what is shown when the service says that the session has ended.
func (f *frame) checked(err error) {
	if services.CodeOf(err) == services.CodeUnauthenticated {
		f.out(entry.NoteEnded)
	}
}

// look warns a person who seems to be away, and signs out when they do not come back.
func (f *frame) look() {
	life := f.life.Context()
	f.program.After(lookEvery, func() {
		if life.Err() != nil {
			return
		}
		switch state, left := f.idle.look(f.program.Clock.Now()); state {
		case idleOver:
			f.out(entry.NoteIdle)
			return
		case idleWarn:
			f.warn(left)
		case idleActive:
			f.closeWarning()
		}
		f.look()
	})
}

// warn says how much time is left before the session ends.
func (f *frame) warn(left time.Duration) {
	p := f.program.printer
	sentence := p.T("ui.idle.text", text.Vars{"Left": p.Countdown(left)})
	if f.warning != nil {
		f.countdown.SetText(sentence)
		return
	}
	f.countdown = kit.NewWrapped(sentence, kit.StyleLabel)
	f.warning = kit.ShowDialog(f.window, p.T("ui.idle.title"), f.countdown, p.T("ui.idle.stay"), p.T("ui.foot.sign_out"), false, f.answered)
}

// answered takes the answer to the warning.
func (f *frame) answered(stay bool) {
	if f.warning == nil {
		return // closed by a sign of the person
	}
	f.warning = nil
	if stay {
		f.touched()
		return
	}
	f.signOut()
}

func (f *frame) closeWarning() {
	if warning := f.warning; warning != nil {
		f.warning = nil
		warning.Close(true)
	}
}

// listen takes the session's events as long as it lasts, and begins again where it was cut off. A customer's events
// begin with the link.
func (f *frame) listen() {
	events, ok := f.session.(services.Events)
	info := f.session.Info()
	if !ok || info.Role == services.RoleCustomer && !info.Ready() {
		return
	}
	ctx := f.life.Context()
	go func() {
		var last int64
		for ctx.Err() == nil {
			channel, err := events.Subscribe(ctx, last)
			if err != nil {
				f.program.Log.Warn("events", "error", err)
				f.program.Dispatcher.Do(func() {
					if ctx.Err() == nil {
						f.checked(err)
					}
				})
			}
			for event := range orClosed(channel) {
				last = event.Seq
				f.program.Dispatcher.Do(func() { f.happened(ctx, event) })
			}
			wait(ctx, lookEvery)
		}
	}()
}

func orClosed(c <-chan services.Event) <-chan services.Event {
	if c != nil {
		return c
	}
	closed := make(chan services.Event)
	close(closed)
	return closed
}

func wait(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// happened tells the person and the page what an event is about.
func (f *frame) happened(life context.Context, e services.Event) {
	if life.Err() != nil {
		return
	}
	if e.Kind == services.EventSession {
		nav.Run(&f.life, f.session.Reload, func(_ services.SessionInfo, err error) {
			if f.checked(err); err == nil {
				f.tellPage(e)
			}
		})
		return
	}
	if e.Kind == services.EventNotice {
		f.notice(services.NotificationEvent(e.ID))
		return
	}
	f.countUnread()
	if e.Kind == services.EventMessage && f.session.Info().Role == services.RoleAdvisor {
		f.notify("ui.notify.waiting")
	}
	f.tellPage(e)
}

// notice tells what the person wants to be told by the computer; of a newer service it may be something unknown.
func (f *frame) notice(event services.NotificationEvent) {
	if key := "ui.notify." + string(event); f.program.printer.Has(key) {
		f.notify(key)
	}
}

// notify shows a desktop notification, which says nothing of what was written.
func (f *frame) notify(key string) {
	f.program.App.SendNotification(fyne.NewNotification(f.program.Policy.Product, f.program.printer.T(key)))
}

// tellLanguage makes the mails to a customer speak the language of the screen. One change is under way at a time, so that
// of several it is the last one that counts.
func (f *frame) tellLanguage() {
	customer, ok := f.session.(services.Profile)
	lang := string(f.program.printer.Lang())
	if !ok || f.telling || f.session.Info().Person.Language == lang {
		return
	}
	f.telling = true
	set := func(ctx context.Context) error { return customer.SetLanguage(ctx, lang) }
	nav.RunErr(&f.life, set, func(err error) {
		f.telling = false
		if err != nil {
			f.program.Log.Warn("the language of mails was not changed", "error", err)
			return
		}
		f.tellLanguage()
	})
}

// countUnread brings the badge up to date.
func (f *frame) countUnread() {
	messages, ok := f.session.(services.Messages)
	if !ok || !f.session.Info().Ready() {
		return
	}
	nav.Run(&f.life, messages.Unread, func(n int, err error) {
		if err != nil {
			f.checked(err)
			return
		}
		f.unread = n
		if f.badge != nil {
			f.badge.SetCount(n)
		}
	})
}
