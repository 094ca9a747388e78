package entry

import (
	"context"
	"slices"
	"testing"

	"myaccount/services"
)

func TestTerms_Load(t *testing.T) {
	inBubble(t, func(b *bench) {
		v := newTerms(b.queue, b.portal, "en")
		v.start()
		if !v.loading {
			t.Error("not loading")
		}
		b.settle()
		if v.loading || v.err != nil || v.have.Language != "en" {
			t.Errorf("have %q, err %v", v.have.Language, v.err)
		}
		v.choose("fr")
		v.choose("en")
		b.settle()
		if v.have.Language != "en" || v.loading {
			t.Errorf("a slow answer wins: %q", v.have.Language)
		}
	})
}

func TestTerms_Retry(t *testing.T) {
	inBubble(t, func(b *bench) {
		b.portal.termsErr = services.Fail(services.CodeUnavailable)
		v := newTerms(b.queue, b.portal, "en")
		v.start()
		b.settle()
		if v.err == nil {
			t.Fatal("no failure")
		}
		b.portal.termsErr = nil
		v.retry()
		b.settle()
		if v.err != nil || v.have.Text == "" {
			t.Errorf("after a retry: %v", v.err)
		}
	})
}

// fakeSample is sample data that notes what is asked of it.
type fakeSample struct {
	services.SampleData
	loaded  bool
	loads   int
	invites int
	err     error
}

func (f *fakeSample) SampleLoaded(context.Context) (bool, error) { return f.loaded, nil }

func (f *fakeSample) LoadSample(context.Context) error {
	f.loads++
	f.loaded = f.err == nil
	return f.err
}

func (f *fakeSample) InviteSampleAdvisor(context.Context) (string, error) {
	f.invites++
	return "advisor@example.ca", f.err
}

func TestSample(t *testing.T) {
	inBubble(t, func(b *bench) {
		data := &fakeSample{err: services.Fail(services.CodeUnavailable)}
		v := newSignIn(b.queue, b.env.Clock, b.site, "", "")
		s := &sample{scope: &v.scope, data: data, tray: b.site.Tray, changed: func() {}}
		v.start()
		s.resume()
		b.settle()
		if s.loaded || s.err != nil {
			t.Fatalf("loaded %t, %v", s.loaded, s.err)
		}
		s.load()
		b.settle()
		s.invite()
		b.settle()
		if s.err == nil || s.loaded || len(b.trays) != 0 {
			t.Error("a failure is not told")
		}
		data.err = nil
		s.load()
		s.load()
		b.settle()
		s.invite()
		s.invite()
		b.settle()
		if !s.loaded || data.loads != 2 || data.invites != 2 || !slices.Equal(b.trays, []string{"advisor@example.ca"}) {
			t.Errorf("loaded %t, %d loads, %d invites, trays %q", s.loaded, data.loads, data.invites, b.trays)
		}
	})
}
