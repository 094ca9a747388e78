package core

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// searched takes a person's index as a search does, gives it some bytes when it is new, and tells whether it was.
func (x *searchIndexes) searched(person string, bytes int) (fresh bool) {
	index := x.take(person)
	defer x.giveBack(person, index)
	if fresh = len(index.entries) == 0; fresh {
		index.entries = []searchEntry{{folded: strings.Repeat("x", bytes)}}
	}
	return fresh
}

// kept tells who is, and whether anything is to be forgotten later.
func (x *searchIndexes) kept() (people []string, sweeps bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	return slices.Sorted(maps.Keys(x.of)), x.sweep != nil
}

func TestSearchIndexes_KeepsThoseUsedLast(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var x searchIndexes
		defer x.close()
		for i := range searchPeople {
			x.searched(fmt.Sprint(i), 1)
			time.Sleep(time.Second)
		}
		if x.searched("0", 1) {
			t.Error("forgotten too soon")
		}
		x.searched("one more", 1)
		if people, _ := x.kept(); len(people) != searchPeople || slices.Contains(people, "1") || !slices.Contains(people, "0") {
			t.Errorf("kept are %v", people)
		}
	})
}

func TestSearchIndexes_Bytes(t *testing.T) {
	var x searchIndexes
	defer x.close()
	for i := range 4 {
		x.searched(fmt.Sprint(i), searchBytes/3)
		if bytes := x.bytes(); bytes > searchBytes {
			t.Errorf("%d bytes are kept", bytes)
		}
	}
	if people, _ := x.kept(); !slices.Equal(people, []string{"2", "3"}) {
		t.Errorf("kept are %v", people)
	}
	x.searched("too large", searchBytes)
	if people, _ := x.kept(); !slices.Equal(people, []string{"2", "3"}) {
		t.Errorf("beside what there is no room for, kept are %v", people)
	}
}

func TestSearchIndexes_Forgets(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var x searchIndexes
		x.searched("early", 1)
		time.Sleep(searchIdle - time.Second)
		x.searched("late", 1)
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if people, _ := x.kept(); !slices.Equal(people, []string{"late"}) {
			t.Errorf("after a while %v", people)
		}
		time.Sleep(searchIdle)
		synctest.Wait()
		if people, sweeps := x.kept(); len(people) != 0 || sweeps {
			t.Errorf("in the end %v", people)
		}
		index := x.take("one")
		index.entries = []searchEntry{{folded: "x"}}
		x.forget("one") // whose session ends meanwhile
		x.giveBack("one", index)
		index = x.take("another") // of whom nothing was found, or who may not search
		x.giveBack("another", index)
		if people, _ := x.kept(); len(people) != 0 {
			t.Errorf("come back: %v", people)
		}
		x.searched("one", 1)
		x.close()
		if people, sweeps := x.kept(); len(people) != 0 || sweeps {
			t.Errorf("are left: %v", people)
		}
	})
}
