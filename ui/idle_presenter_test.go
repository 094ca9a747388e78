package ui

import (
	"testing"
	"time"
)

var start = time.Date(2026, 11, 21, 9, 30, 0, 0, time.UTC)

func TestIdle_WarnsThenEnds(t *testing.T) {
	i := newIdle(15*time.Minute, start)
	for _, c := range []struct {
		after time.Duration
		want  idleState
	}{
		{0, idleActive},
		{13*time.Minute + 59*time.Second, idleActive},
		{14 * time.Minute, idleWarn},
		{14*time.Minute + 59*time.Second, idleWarn},
		{15 * time.Minute, idleOver},
		{8 * time.Hour, idleOver}, // the machine slept
	} {
		if got, _ := i.look(start.Add(c.after)); got != c.want {
			t.Errorf("after %v: state %d, want %d", c.after, got, c.want)
		}
	}
}

func TestIdle_TouchMovesTheEnd(t *testing.T) {
	i := newIdle(15*time.Minute, start)
	i.touch(start.Add(14*time.Minute + 30*time.Second))
	if got, left := i.look(start.Add(15 * time.Minute)); got != idleActive || left != 14*time.Minute+30*time.Second {
		t.Fatalf("state %d with %v left", got, left)
	}
}

func TestIdle_TellsTheSessionNowAndThen(t *testing.T) {
	i := newIdle(15*time.Minute, start)
	told := 0
	for s := range 10 * 60 { // ten minutes of a key a second
		if i.touch(start.Add(time.Duration(s) * time.Second)) {
			told++
		}
	}
	if told < 8 || told > 10 {
		t.Fatalf("told %d times in ten minutes", told)
	}
}

func TestIdle_ClockSetBackIsActivity(t *testing.T) {
	i := newIdle(15*time.Minute, start)
	if got, left := i.look(start.Add(-time.Hour)); got != idleActive || left != 15*time.Minute {
		t.Fatalf("state %d with %v left", got, left)
	}
}
