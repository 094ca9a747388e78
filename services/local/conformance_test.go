package local_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"myaccount/assets"
	"myaccount/services"
	"myaccount/services/basetest"
	"myaccount/services/brand"
	"myaccount/services/local"
	"myaccount/services/sample"
	"myaccount/services/seal"
	"myaccount/services/servicetest"
	"myaccount/services/text"
)

func TestConformance(t *testing.T) {
	empty := newConformed(t, &keys{secrets: map[string]seal.Secret{}})
	empty.open() // once: migrating a new database takes longer than most cases
	empty.must(empty.portal.Close())
	servicetest.Run(t, func(t *testing.T) servicetest.World {
		w := newConformed(t, &keys{key: empty.keys.key, made: 1, secrets: map[string]seal.Secret{}})
		w.must(os.CopyFS(w.folder, os.DirFS(empty.folder)))
		w.open()
		t.Cleanup(func() { w.must(w.portal.Close()) })
		return w
	})
}

// conformed is the World of a data folder. Passwords are hashed weakly and challenges are easy, to save time.
type conformed struct {
	*basetest.Clock
	t      *testing.T
	folder string
	keys   *keys
	portal *local.Portal
}

var _ servicetest.World = (*conformed)(nil)

func newConformed(t *testing.T, k *keys) *conformed {
	return &conformed{
		t: t, folder: filepath.Join(t.TempDir(), "data"), keys: k, Clock: basetest.NewClock(basetest.Start),
	}
}

// Things that are the same for every case and take a while to make.
var (
	sharedCatalogue = sync.OnceValues(func() (*text.Catalogue, error) { return text.Load(assets.Translations) })
	sharedBrand     = sync.OnceValues(func() (brand.Brand, error) { return brand.Load(assets.Brand) })
)

// open opens the data folder.
func (w *conformed) open() {
	w.t.Helper()
	rules, err := sharedBrand()
	w.must(err)
	catalogue, err := sharedCatalogue()
	w.must(err)
	w.portal, err = local.Open(w.t.Context(), local.Options{
		Folder: w.folder, Keys: w.keys, Clock: w.Clock, NewID: func() string { return uuid.Must(uuid.NewV7()).String() },
		NewToken: seal.Token, NewCode: seal.Digits, Passwords: seal.NewPasswords(seal.Params{Time: 1, Memory: 64, Threads: 1}),
		Brand: rules, Terms: map[string]string{"en": assets.TermsEnglish, "fr": assets.TermsFrench},
		Catalogue: catalogue, CaptchaCost: 20,
	})
	w.must(err)
}

func (w *conformed) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *conformed) Advance(d time.Duration) { w.Move(d) }

func (w *conformed) Portal() services.Portal { return w.portal }

func (w *conformed) Mails(t testing.TB, address string) []services.Mail {
	t.Helper()
	mails, err := w.portal.Mails(t.Context(), address)
	w.must(err)
	return mails
}

func (w *conformed) Import(t testing.TB, portfolio []byte) {
	t.Helper()
	open := func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(portfolio)), nil }
	_, err := w.portal.ImportPortfolio(t.Context(), open, nil)
	w.must(err)
}

// Advisor signs the sample's advisor in, who chooses a password the first time.
func (w *conformed) Advisor(t testing.TB) services.AdvisorSession {
	t.Helper()
	who, err := sample.TheAdvisor()
	w.must(err)
	c := services.Credentials{Email: who.Email, Password: password, Device: services.DeviceClaim{Name: "Desk", Kind: "personal"}}
	session, err := w.portal.SignIn(t.Context(), c)
	if services.CodeOf(err) == services.CodeUnauthenticated {
		w.must(w.portal.EnsureAdvisor(t.Context(), who.FirstName, who.LastName, who.Email))
		w.must(w.portal.InviteAdvisor(t.Context(), who.Email))
		token := w.Mails(t, who.Email)[0].Token
		w.must(w.portal.ResetPassword(t.Context(), services.PasswordReset{Token: token, Password: password}))
		session, err = w.portal.SignIn(t.Context(), c)
	}
	w.must(err)
	return session.(services.AdvisorSession)
}

func (w *conformed) Restart(t testing.TB) {
	t.Helper()
	w.must(w.portal.Close())
	w.open()
}
