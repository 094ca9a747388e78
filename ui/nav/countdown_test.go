package nav_test

import (
	"testing"
	"testing/synctest"
	"time"

	"myaccount/ui/nav"
)

type systemClock struct{}

func (systemClock) Now() time.Time { return time.Now() }

func TestCountdown_TellsEverySecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		queue := nav.NewQueue()
		scope := &nav.Scope{Dispatcher: queue}
		told := 0
		c := &nav.Countdown{Scope: scope, Clock: systemClock{}, Changed: func() { told++ }}
		pass := func(seconds int) {
			for range seconds {
				time.Sleep(time.Second)
				synctest.Wait()
				queue.Drain()
			}
		}
		scope.Start()
		c.Start(3 * time.Second)
		if pass(2); told != 2 || c.Left() != time.Second {
			t.Fatalf("after two seconds: told %d times, %v left", told, c.Left())
		}
		if pass(5); told != 3 || !c.Over() {
			t.Fatalf("after the end: told %d times, over %t", told, c.Over())
		}
		c.Start(5 * time.Second)
		scope.Stop()
		if pass(2); told != 3 {
			t.Error("told after the visit")
		}
		scope.Start()
		c.Resume()
		if pass(9); told != 6 {
			t.Errorf("told %d times, want 6: the moment outlives the visit", told)
		}
		scope.Stop()
	})
}
