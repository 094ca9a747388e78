package profile_test

import (
	"context"
	"io"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/password"
	"myaccount/services/text"
	"myaccount/ui/nav"
	"myaccount/ui/profile"
	"myaccount/ui/theme"
	"myaccount/ui/uitest"
)

const right services.Secret = "quiet-Harbour-92-lantern"

const (
	another = "another-Meadow-47-kettle"
	secret  = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
)

// fake is all the services of the pages: it keeps what it is told, and fails as a test says.
type fake struct {
	mu       sync.Mutex
	info     services.SessionInfo
	factor   services.SecondFactor
	devices  []services.Device
	keeps    services.KeptInfo
	notices  services.NotificationSettings
	history  []services.SignInRecord
	err      error           // of everything that is read
	fails    error           // of everything that is changed
	hold     <-chan struct{} // nothing is answered before it is closed
	calls    []string
	password services.Secret // that was handed in last
	email    string
}

// call notes a call and gives its error.
func (f *fake) call(name string, err error) error {
	if f.hold != nil {
		<-f.hold
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls = append(f.calls, name)
	return err
}

// checked fails unless the password is right.
func (f *fake) checked(name, field string, typed services.Secret) error {
	err := f.fails
	if err == nil && typed != right {
		err = services.Invalid(field, services.ReasonMismatch)
	}
	f.password = typed
	return f.call(name, err)
}

func (f *fake) ChangePassword(_ context.Context, c services.PasswordChange) error {
	return f.checked("change password to "+c.Password.Reveal(), "current", c.Current)
}

func (f *fake) ChangeEmail(_ context.Context, c services.EmailChange) error {
	f.email = c.Email
	return f.checked("change address to "+c.Email, "password", c.Password)
}

func (f *fake) SignInHistory(_ context.Context, p services.Page) (services.SignInPage, error) {
	const some = 16
	from := 0
	if p.After != "" {
		from, _ = strconv.Atoi(p.After)
	}
	to := min(from+some, len(f.history))
	page := services.SignInPage{Items: f.history[from:to]}
	if to < len(f.history) {
		page.Next = strconv.Itoa(to)
	}
	return page, f.call("history after "+p.After, f.err)
}

func (f *fake) SecondFactor(context.Context) (services.SecondFactor, error) {
	return f.factor, f.call("second factor", f.err)
}

func (f *fake) SetUpSecondFactor(_ context.Context, typed services.Secret) (services.FactorSetup, error) {
	uri := "otpauth://totp/My%20BMW%20Account:amelie.tremblay@example.ca?algorithm=SHA1&digits=6&issuer=My%20BMW%20Account&period=30&secret=" + secret
	return services.FactorSetup{Secret: secret, URI: services.Secret(uri)}, f.checked("set up", "password", typed)
}

func (f *fake) ConfirmSecondFactor(_ context.Context, code services.Secret) ([]services.Secret, error) {
	err := f.fails
	if err == nil && strings.ReplaceAll(code.Reveal(), " ", "") != "123456" {
		err = services.Invalid("code", services.ReasonMismatch)
	}
	codes := []services.Secret{"ABCD-EFGH-IJKL-MNOP", "QRST-UVWX-YZ23-4567", "2345-6723-4567-ABCD"}
	return codes, f.call("confirm "+code.Reveal(), err)
}

func (f *fake) RemoveSecondFactor(_ context.Context, typed services.Secret) error {
	return f.checked("remove factor", "password", typed)
}

func (f *fake) Devices(context.Context) ([]services.Device, error) {
	return f.devices, f.call("devices", f.err)
}

func (f *fake) RevokeDevice(_ context.Context, id string) error {
	return f.call("revoke "+id, f.fails)
}

func (f *fake) Kept(context.Context) (services.KeptInfo, error) {
	return f.keeps, f.call("kept", f.err)
}

func (f *fake) RemoveKept(_ context.Context, discard bool) error {
	if err := f.call("remove kept, discard "+strconv.FormatBool(discard), f.fails); err != nil {
		return err
	}
	f.keeps = services.KeptInfo{}
	return nil
}

func (f *fake) SetLanguage(_ context.Context, language string) error {
	if f.fails == nil {
		f.mu.Lock()
		f.info.Person.Language = language
		f.mu.Unlock()
	}
	return f.call("language "+language, f.fails)
}

func (f *fake) Export(_ context.Context, w io.Writer) error {
	if _, err := io.WriteString(w, "zip"); err != nil {
		return err
	}
	return f.call("export", f.fails)
}

func (f *fake) DeleteAccount(_ context.Context, typed services.Secret) error {
	return f.checked("delete", "password", typed)
}

// called says how often a call was made.
func (f *fake) called(name string) (n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, c := range f.calls {
		if c == name {
			n++
		}
	}
	return n
}

// fixture is a page with what it works on.
type fixture struct {
	*uitest.App
	t     *testing.T
	fake  *fake
	deps  profile.Deps
	ended string
	mails []string
}

func newFixture(t *testing.T, lang text.Lang, look theme.Appearance, scale float32) *fixture {
	f := &fixture{App: uitest.NewApp(t, lang, look, scale), t: t, fake: &fake{
		factor: services.SecondFactor{Since: day(3), Recovery: 9},
		devices: []services.Device{
			{ID: "here", Name: "Linux computer", Authorized: true, TrustedUntil: uitest.Now.AddDate(0, 0, 28), LastUsed: uitest.Now, Current: true},
			{ID: "laptop", Name: "Windows laptop", Authorized: true, TrustedUntil: day(29), LastUsed: day(12)},
		},
		history: []services.SignInRecord{
			{ID: "4", At: uitest.Now, Device: "Linux computer", Outcome: services.SignInOK},
			{ID: "3", At: day(20), Device: "Linux computer", From: "203.0.113.7", Outcome: services.SignInRecovery},
			{ID: "2", At: day(20), Device: "Linux computer", From: "203.0.113.7", Outcome: services.SignInFactor},
			{ID: "1", At: day(12), Device: "Windows laptop", From: "2001:db8::1", Outcome: services.SignInPassword},
		},
	}}
	f.fake.info = services.SessionInfo{
		Role: services.RoleCustomer, Linked: true, Device: f.fake.devices[0],
		Person: services.Person{FirstName: "Amélie", LastName: "Tremblay", Email: "amelie.tremblay@example.ca", Language: string(lang)},
	}
	f.deps = profile.Deps{
		Info: func() services.SessionInfo {
			f.fake.mu.Lock()
			defer f.fake.mu.Unlock()
			return f.fake.info
		},
		Security: f.fake, Devices: f.fake, Profile: f.fake, Notifications: f.fake, Passwords: password.Policy{Min: 12, Max: 128, Words: []string{"bmw"}},
		OpenMail: func(address string) { f.mails = append(f.mails, address) },
		Left:     func() { f.ended = "left" }, Deleted: func() { f.ended = "deleted" },
	}
	return f
}

// day is half past nine in the morning of a day of November.
func day(n int) time.Time { return time.Date(2026, 11, n, 14, 30, 0, 0, time.UTC) }

// open shows a part, "" for the whole.
func (f *fixture) open(part string, room fyne.Size) *uitest.Screen {
	return f.Show(f.t, profile.New(f.Env(), f.deps, nav.Route{Page: nav.PageProfile, Arg: part}), room)
}

// say is a sentence of the catalogue.
func (f *fixture) say(key string, vars ...text.Vars) string {
	return f.Printer.T("profile."+key, vars...)
}

// enter types into a field named by its sentence.
func (f *fixture) enter(s *uitest.Screen, key, typed string) { s.Type(f.say(key), typed) }

func english(t *testing.T) *fixture { return newFixture(t, text.English, theme.Light, 1) }
