package entry

import (
	"slices"
	"testing"
)

// robotOf is a check in a visit of its own.
func (b *bench) robotOf() *robot {
	return newForgot(b.env, b.site, "", nil).robot
}

func TestRobot_Progress(t *testing.T) {
	inBubble(t, func(b *bench) {
		b.portal.unsolvable = true
		r := b.robotOf()
		r.scope.Start()
		var seen []float64
		r.changed = func() { seen = append(seen, r.progress) }
		r.toggle()
		if !r.working {
			t.Fatal("not at work")
		}
		b.settle()
		if len(seen) < 8 || !slices.IsSorted(seen) || seen[len(seen)-1] < 0.8 {
			t.Errorf("progress %v", seen)
		}
		if r.working || r.solved() || r.sentence(b.p) == "" {
			t.Error("a check without a solution is not told")
		}
		b.portal.unsolvable = false
		r.toggle()
		b.settle()
		if !r.solved() || r.sentence(b.p) != "" {
			t.Error("no second try")
		}
		r.toggle()
		if !r.solved() {
			t.Error("a solution is thrown away by a click")
		}
	})
}

func TestRobot_CalledOff(t *testing.T) {
	inBubble(t, func(b *bench) {
		b.portal.unsolvable = true
		r := b.robotOf()
		r.scope.Start()
		r.toggle()
		r.toggle()
		b.settle()
		if r.working || r.solved() || r.progress != 0 || r.sentence(b.p) != "" {
			t.Errorf("working %t, progress %v, says %q", r.working, r.progress, r.sentence(b.p))
		}
	})
}
