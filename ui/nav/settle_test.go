package nav

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

func TestSettle_WaitsForWhatIsKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &Scope{Dispatcher: NewQueue()}
		s.Start()
		saved := false
		Keep(s, func(context.Context) (int, error) {
			time.Sleep(time.Second)
			saved = true
			return 0, nil
		}, func(int, error) {})
		s.Stop()
		began := time.Now()
		Settle(3 * time.Second)
		if !saved || time.Since(began) != time.Second {
			t.Errorf("after %v: saved %t", time.Since(began), saved)
		}
		Settle(3 * time.Second)
		if waited := time.Since(began); waited != time.Second {
			t.Errorf("with nothing under way it waited until %v", waited)
		}
	})
}

func TestSettle_IsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &Scope{Dispatcher: NewQueue()}
		s.Start()
		Keep(s, func(context.Context) (int, error) {
			time.Sleep(time.Hour)
			return 0, nil
		}, func(int, error) {})
		began := time.Now()
		Settle(3 * time.Second)
		if waited := time.Since(began); waited != 3*time.Second {
			t.Errorf("waited %v", waited)
		}
		time.Sleep(time.Hour) // the bubble ends when all of it does
	})
}
