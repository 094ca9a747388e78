package nav

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

func TestSettle_WaitsForWhatIsKeptAndWhatThatBegins(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		queue := NewQueue()
		s := &Scope{Dispatcher: queue}
		saves := 0
		save := func(context.Context) (int, error) {
			time.Sleep(time.Second)
			saves++
			return 0, nil
		}
		Keep(s, save, func(int, error) { Keep(s, save, func(int, error) {}) })
		go func() {
			for range 2 {
				<-queue.More()
				queue.Drain()
			}
		}()
		began := time.Now()
		Settle(3 * time.Second)
		if saves != 2 || time.Since(began) != 2*time.Second {
			t.Errorf("after %v: saved %d times", time.Since(began), saves)
		}
		Settle(3 * time.Second)
		if waited := time.Since(began); waited != 2*time.Second {
			t.Errorf("with nothing under way it waited until %v", waited)
		}
	})
}

func TestSettle_IsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		queue := NewQueue()
		Keep(&Scope{Dispatcher: queue}, func(context.Context) (int, error) {
			time.Sleep(time.Hour)
			return 0, nil
		}, func(int, error) {})
		began := time.Now()
		Settle(3 * time.Second)
		if waited := time.Since(began); waited != 3*time.Second {
			t.Errorf("waited %v", waited)
		}
		time.Sleep(time.Hour) // the bubble ends when all of it does
		synctest.Wait()
		queue.Drain()
	})
}

// At the end of the program nothing runs what the Dispatcher is given: Finish takes the answers, once.
func TestFinish_TakesAnswers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		queue, taken := NewQueue(), 0
		s := &Scope{Dispatcher: queue}
		work := func(context.Context) (int, error) {
			time.Sleep(time.Second)
			return 0, nil
		}
		Keep(s, work, func(int, error) {
			taken++
			Keep(s, work, func(int, error) { taken++ })
		})
		settled := make(chan struct{})
		go func() {
			Settle(5 * time.Second)
			close(settled)
		}()
		if !Finish(settled, time.Minute) || taken != 2 {
			t.Errorf("%d answers were taken", taken)
		}
		if queue.Drain(); taken != 2 {
			t.Error("an answer was taken twice")
		}
		if Finish(make(chan struct{}), time.Second) {
			t.Error("what never ends has ended")
		}
	})
}
