package link

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/nav"
	"myaccount/ui/uitest"
)

type bubbleClock struct{}

func (bubbleClock) Now() time.Time { return time.Now() }

// slow answers after a second.
type slow struct {
	links, codes, entered int
	err                   error
}

func (s *slow) Link(context.Context, services.LinkRequest) (services.CodeReceipt, error) {
	s.links++
	return s.answer()
}

func (s *slow) SendCode(context.Context) (services.CodeReceipt, error) {
	s.codes++
	return s.answer()
}

func (s *slow) answer() (services.CodeReceipt, error) {
	time.Sleep(time.Second)
	return services.CodeReceipt{SentTo: "a•y@example.ca", ExpiresAt: time.Now().Add(10 * time.Minute), ResendAt: time.Now().Add(time.Minute)}, s.err
}

func (s *slow) AuthorizeDevice(context.Context, services.DeviceAuthorization) (services.SessionInfo, error) {
	s.entered++
	time.Sleep(time.Second)
	return services.SessionInfo{Linked: true, Device: services.Device{Authorized: true}}, s.err
}

// bench is a presenter whose time a test lets pass.
type bench struct {
	*presenter
	service *slow
	queue   *nav.Queue
	info    services.SessionInfo
	told    int
}

func inBubble(t *testing.T, check func(b *bench)) {
	t.Helper()
	synctest.Test(t, func(*testing.T) {
		b := &bench{service: &slow{}, queue: nav.NewQueue()}
		b.info.Person = services.Person{FirstName: "Amélie", LastName: "Tremblay"}
		b.presenter = newPresenter(b.queue, bubbleClock{}, Deps{
			Linking: b.service, Info: func() services.SessionInfo { return b.info }, Authorized: func(services.SessionInfo) { b.told++ },
		})
		check(b)
		b.scope.Stop()
	})
}

func (b *bench) pass(d time.Duration) {
	for ; d > 0; d -= time.Second {
		time.Sleep(min(d, time.Second))
		synctest.Wait()
		b.queue.Drain()
	}
}

func (b *bench) fill() {
	b.details.set(fieldVIN, "WBY43AW01RF000006")
	b.details.set(fieldPayment, "847.32")
}

func TestDetails_OneRequestAtATime(t *testing.T) {
	inBubble(t, func(b *bench) {
		b.start()
		b.fill()
		b.details.submit()
		b.details.submit()
		if b.details.ready() {
			t.Error("can be pressed while busy")
		}
		b.pass(2 * time.Second)
		if b.service.links != 1 || b.step != stepCode {
			t.Errorf("asked %d times, at step %d", b.service.links, b.step)
		}
	})
}

func TestDetails_WaitsAfterTooManyTries(t *testing.T) {
	inBubble(t, func(b *bench) {
		p := uitest.Printer(t, text.English)
		b.start()
		b.fill()
		b.service.err = services.FailAfter(services.CodeThrottled, 90*time.Second)
		b.details.submit()
		b.pass(31 * time.Second)
		if got := b.details.problem(p, time.Now()); !strings.Contains(got, "1:00") {
			t.Errorf("after half a minute: %q", got)
		}
		b.details.set(fieldLast, "Roy")
		b.details.submit()
		if b.service.links != 1 || b.details.problem(p, time.Now()) == "" {
			t.Error("a change ends the wait")
		}
		b.pass(time.Minute)
		if !b.details.ready() || b.details.problem(p, time.Now()) != "" {
			t.Errorf("after the wait: %q", b.details.problem(p, time.Now()))
		}
	})
}

func TestDetails_NumberNeverPanics(t *testing.T) {
	p := uitest.Printer(t, text.French)
	rapid.Check(t, func(rt *rapid.T) {
		d := newDetails(&nav.Scope{}, bubbleClock{}, Deps{Info: func() services.SessionInfo { return services.SessionInfo{} }}, func() {}, nil)
		d.set(fieldVIN, rapid.String().Draw(rt, "vin"))
		d.set(fieldPayment, rapid.String().Draw(rt, "payment"))
		n := d.number(p)
		request, ok := d.request()
		if ok || n.complete && n.count != 17 || n.doubtful && !n.complete {
			rt.Fatalf("%+v, ready %t", n, ok) // the names are empty
		}
		if request.VIN != strings.ToUpper(request.VIN) && n.complete {
			rt.Fatalf("VIN %q", request.VIN)
		}
		d.fieldError(p, fieldVIN)
	})
}

func TestCode_CountsDown(t *testing.T) {
	inBubble(t, func(b *bench) {
		p := uitest.Printer(t, text.English)
		b.info.Linked = true
		b.start()
		b.pass(2 * time.Second)
		b.pass(22 * time.Second)
		if got, want := b.code.intro(p)+" "+b.code.resend(p), "We sent it to a•y@example.ca. It works for 9:37. Send a new code (0:37)"; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		b.code.send()
		if b.pass(38 * time.Second); b.service.codes != 1 || !b.code.canSend() {
			t.Errorf("sent %d codes, can send %t", b.service.codes, b.code.canSend())
		}
		b.code.typeDigits("407113")
		if b.pass(9 * time.Minute); !b.code.dead() || b.code.ready(6) {
			t.Error("an expired code can be handed in")
		}
	})
}

func TestCode_HandedInOnce(t *testing.T) {
	inBubble(t, func(b *bench) {
		b.info.Linked = true
		left := 0
		b.leave = func() { left++ }
		b.start()
		b.pass(2 * time.Second)
		b.code.typeDigits("407113")
		b.code.submit(6)
		b.code.submit(6)
		b.pass(2 * time.Second)
		if b.service.entered != 1 || b.told != 1 || left != 1 {
			t.Errorf("handed in %d times, told %d times, left %d times", b.service.entered, b.told, left)
		}
	})
}

func TestCode_SendingIsNotCutOffAndNotRepeated(t *testing.T) {
	inBubble(t, func(b *bench) {
		b.info.Linked = true
		b.start()
		b.scope.Stop()
		b.pass(2 * time.Second)
		b.service.err = services.FailAfter(services.CodeThrottled, 50*time.Second)
		b.start()
		b.pass(2 * time.Second)
		if b.service.codes != 2 || b.code.err != nil || b.code.canSend() {
			t.Errorf("asked %d times, error %v", b.service.codes, b.code.err)
		}
	})
}
