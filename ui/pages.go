package ui

import (
	"context"
	"io"
	"net/url"
	"os"

	"github.com/google/uuid"

	"myaccount/assets"
	"myaccount/services"
	"myaccount/services/password"
	"myaccount/ui/autopay"
	"myaccount/ui/desk"
	"myaccount/ui/documents"
	"myaccount/ui/entry"
	"myaccount/ui/link"
	"myaccount/ui/messages"
	"myaccount/ui/nav"
	"myaccount/ui/overview"
	"myaccount/ui/pay"
	"myaccount/ui/payments"
	"myaccount/ui/payoff"
	"myaccount/ui/portfolio"
	"myaccount/ui/profile"
	"myaccount/ui/settings"
	"myaccount/ui/vehicle"
)

// page makes the page of a route. A page that needs a session gets it only through the small interfaces it uses.
func (f *frame) page(route nav.Route) nav.Page {
	if make, ok := entryPages[route.Page]; ok {
		return make(f.env, f.site, route)
	}
	switch route.Page {
	case nav.PageSettings:
		return settings.New(f.env, f.settingsDeps())
	case nav.PageImport:
		importer, _ := f.program.Portal.(services.PortfolioImporter)
		return portfolio.NewImport(f.env, portfolio.Deps{Importer: importer, Open: openFile}, route.Arg)
	}
	switch session := f.session.(type) {
	case services.CustomerSession:
		return f.customerPage(session, route)
	case services.AdvisorSession:
		return f.deskPage(session, route)
	}
	return entry.NewSignIn(f.env, f.site, nav.Route{Page: nav.PageSignIn})
}

// entryPages are the pages before somebody is signed in.
var entryPages = map[nav.PageID]func(nav.Env, *entry.Site, nav.Route) nav.Page{
	nav.PageSignIn: entry.NewSignIn, nav.PageRegister: entry.NewRegister, nav.PageCheckMail: entry.NewCheckMail,
	nav.PageActivate: entry.NewActivate, nav.PageForgot: entry.NewForgot, nav.PageReset: entry.NewReset, nav.PageTerms: entry.NewTerms,
	nav.PageConfirm: entry.NewConfirm, nav.PageIdentity: entry.NewIdentity, nav.PageJoin: entry.NewJoin,
}

// newSite is what the entry pages of this window share.
func (f *frame) newSite() *entry.Site {
	p := f.program
	site := &entry.Site{
		Portal:    p.Portal,
		Passwords: p.passwords(),
		Device:    services.DeviceClaim{Name: p.Device, Kind: "personal"},
		Subtitle:  p.Brand.Product.Subtitle, SignedIn: f.signedIn, Confirmed: f.confirmed,
		Inside: func() bool { return f.session != nil },
	}
	if f.hasTray() {
		site.Tray = f.openMailOf
	}
	if identities, ok := p.Portal.(services.IdentitySignIns); ok && p.Browse != nil && p.Policy.IdentityProvider != "" && !f.desk {
		site.Identity = &entry.Identity{IdentitySignIns: identities, Browse: p.Browse}
	}
	if sample, ok := p.Portal.(services.SampleData); ok && p.OfferSample && !f.desk {
		site.Sample, site.OpenDesk = sample, func() { p.OpenDesk(nil) }
	}
	return site
}

// passwords judges new passwords as the portal does.
func (p *Program) passwords() password.Policy {
	rules := p.Brand.Rules
	return password.Policy{Min: rules.PasswordMin, Max: rules.PasswordMax, Words: rules.ContextWords}
}

// settingsDeps is what the settings page works with.
func (f *frame) settingsDeps() settings.Deps {
	p := f.program
	deps := settings.Deps{
		Current: p.Settings, Change: p.Change, Version: p.Version, Disclaimer: p.Brand.Product.Disclaimer,
		Licences: assets.Licences, Deleted: p.App.Quit,
	}
	deps.Data, _ = p.Portal.(services.DataFolder)
	deps.Cache, _ = p.Portal.(services.Stored)
	deps.Server, _ = p.Portal.(services.Service)
	if sample, ok := p.Portal.(services.SampleData); ok && p.OfferSample {
		deps.Sample = sample
	}
	_, deps.Import = p.Portal.(services.PortfolioImporter)
	return deps
}

// customerPage makes a page of somebody with an agreement.
func (f *frame) customerPage(session services.CustomerSession, route nav.Route) nav.Page {
	switch route.Page {
	case nav.PageLink, nav.PageAuthorize:
		return link.New(f.env, f.linkDeps(session))
	case nav.PageAutopay:
		return autopay.New(f.env, f.autopayDeps(session), route.Arg)
	case nav.PageProfile:
		return profile.New(f.env, f.profileDeps(session), route)
	case nav.PagePayoff:
		return payoff.New(f.env, payoff.Deps{Agreements: session, Payoffs: session}, route.Arg)
	case nav.PageLeaseEnd:
		return payoff.NewLeaseEnd(f.env, payoff.Deps{Agreements: session, Payoffs: session}, route.Arg)
	case nav.PagePayments:
		deps := payments.Deps{
			Agreements: session, Payments: session, Schedules: session, Debits: session, Autopays: session,
			Person: func() services.Person { return session.Info().Person },
		}
		return payments.New(f.env, deps, route.Arg)
	case nav.PagePay:
		return pay.New(f.env, payDeps(session), route)
	case nav.PageAccounts:
		return pay.NewAccounts(f.env, payDeps(session))
	case nav.PageVehicle:
		return vehicle.New(f.env, f.vehicleDeps(session), route.Arg)
	case nav.PageDocuments:
		return documents.New(f.env, f.documentDeps(session), route.Arg)
	case nav.PageMessages:
		return messages.New(f.env, f.messageDeps(session), route)
	case nav.PageCompose:
		return messages.NewCompose(f.env, f.messageDeps(session), route)
	case nav.PageSent:
		return messages.NewSent(f.env, f.messageDeps(session), route)
	default:
		return overview.New(f.env, overviewDeps(session), route.Arg)
	}
}

// linkDeps is what linking an agreement works with.
func (f *frame) linkDeps(s services.CustomerSession) link.Deps {
	deps := link.Deps{Linking: s, Info: s.Info, Authorized: func(services.SessionInfo) { f.authorized() }}
	if f.hasTray() {
		deps.OpenMail = f.openMail
	}
	if sample, ok := f.program.Portal.(services.SampleData); ok && f.program.OfferSample {
		deps.Sample = func(ctx context.Context) ([]services.SamplePerson, error) { return sample.SamplePeople(ctx) }
	}
	return deps
}

// payDeps is what making a payment and keeping bank accounts work with.
func payDeps(s services.CustomerSession) pay.Deps {
	return pay.Deps{
		Agreements: s, Accounts: s, Debits: s, Autopays: s, NewKey: uuid.NewString,
		Holder: func() string { return s.Info().Person.Name() },
	}
}

// vehicleDeps is what the vehicle page works with: its links are the lender's.
func (f *frame) vehicleDeps(s services.CustomerSession) vehicle.Deps {
	deps := vehicle.Deps{Agreements: s, Odometers: s, Payoffs: s, Open: f.openURL}
	for _, l := range f.program.Brand.Links {
		deps.Links = append(deps.Links, vehicle.Link{Name: l.Name, URL: l.URL})
	}
	return deps
}

// openURL shows a page in the system's browser.
func (f *frame) openURL(address string) error {
	page, err := url.Parse(address)
	if err != nil {
		return err
	}
	return f.program.App.OpenURL(page)
}

func overviewDeps(s services.CustomerSession) overview.Deps {
	return overview.Deps{
		Agreements: s, Payments: s, Schedules: s, Payoffs: s, Autopays: s, Messages: s,
		Person: func() services.Person { return s.Info().Person },
	}
}

// autopayDeps is what the page of an autopay works with.
func (f *frame) autopayDeps(s services.CustomerSession) autopay.Deps {
	rules := f.program.Brand.Rules
	return autopay.Deps{
		Agreements: s, Accounts: s, Autopays: s, Payoffs: s,
		RateDiscount: rules.AutopayRateDiscount, DisputeDays: rules.DebitDisputeDays,
	}
}

// profileDeps is what the pages of "Profile & security" work with.
func (f *frame) profileDeps(s services.CustomerSession) profile.Deps {
	ended := func() { f.out(entry.NoteSignedOut) }
	deps := profile.Deps{
		Info: s.Info, Security: s, Devices: s, Profile: s, Notifications: s, Passwords: f.program.passwords(), Left: ended, Deleted: ended,
	}
	deps.Kept, _ = s.(services.Kept)
	if f.hasTray() {
		deps.OpenMail = func(address string) { f.tray.Open(f.program.printer, address, true) }
	}
	return deps
}

// documentDeps is what the page of documents works with.
func (f *frame) documentDeps(s services.CustomerSession) documents.Deps {
	deps := documents.Deps{Agreements: s, Documents: s, Pictures: f.program.Pictures}
	if p, ok := f.env.Files.(printer); ok {
		deps.Print = p.Print
	}
	return deps
}

func (f *frame) messageDeps(s services.CustomerSession) messages.Deps {
	deps := messages.Deps{Messages: s, Drafts: s, Attachments: s, Agreements: s, Copies: s, Begun: f.begun}
	deps.Outbox, _ = s.(services.Outbox)
	return deps
}

// deskPage makes the advisor's page.
func (f *frame) deskPage(session services.AdvisorSession, route nav.Route) nav.Page {
	return desk.New(f.env, desk.Deps{Desk: session, Attachments: session, Documents: session, NewKey: uuid.NewString, Begun: f.answers}, route)
}

func openFile(path string) (io.ReadCloser, error) { return os.Open(path) }
