package storetest

import (
	"slices"
	"time"

	"myaccount/services"
	"myaccount/services/core"
)

// notices says that what is held for a person is held once each, for its time, and apart from that of others.
func notices(w *world) {
	hold := func(id string, events ...services.NotificationEvent) {
		w.update(func(tx core.Tx) error {
			var errs []error
			for _, event := range events {
				errs = append(errs, tx.HoldNotice(id, event))
			}
			return every(errs...)
		})
	}
	held := func(id string, want ...services.NotificationEvent) {
		w.view(func(tx core.Tx) error {
			got, err := tx.Notices(id)
			if slices.Sort(got); !slices.Equal(got, want) {
				w.Errorf("for %s: %v, want %v", id, got, want)
			}
			return err
		})
	}
	w.update(func(tx core.Tx) error { return every(tx.AddPerson(person("amelie")), tx.AddPerson(person("daniel"))) })
	hold("amelie", services.NotifyDue, services.NotifyReply, services.NotifyReply)
	hold("daniel", services.NotifyReply)
	w.clock.Move(time.Hour)
	hold("amelie", services.NotifyDue)
	w.update(func(tx core.Tx) error { return tx.ForgetNotices(start.Add(time.Minute)) })
	held("amelie", services.NotifyDue)
	held("daniel")
	hold("daniel", services.NotifyReply)
	w.update(func(tx core.Tx) error { _, err := tx.TakeNotices("amelie"); return err })
	held("amelie")
	held("daniel", services.NotifyReply)
	hold("amelie", services.NotifyDue)
	w.update(func(tx core.Tx) error { return tx.DeletePerson("amelie") })
	held("amelie")
}

// claimNotice says that of many who take what is held at once one gets it.
func claimNotice(w *world) {
	w.update(func(tx core.Tx) error {
		return every(tx.AddPerson(person("amelie")), tx.HoldNotice("amelie", services.NotifyReply))
	})
	var taken [crowd]int
	w.succeeded(w.atOnce(func(i int, tx core.Tx) error {
		events, err := tx.TakeNotices("amelie")
		taken[i] = len(events)
		return err
	}), nil)
	sum := 0
	for _, n := range taken {
		sum += n
	}
	if sum != 1 {
		w.Errorf("%d took it", sum)
	}
}
