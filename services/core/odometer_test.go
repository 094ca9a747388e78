package core_test

import (
	"encoding/json"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"pgregory.net/rapid"

	"myaccount/services"
	"myaccount/services/core"
)

// The customer lives in Québec, where the day begins five hours after the one of the clock.
func TestAddReading_TodayIsWhereTheCustomerLives(t *testing.T) {
	h := newHarness(t)
	midnight := h.clock.Now().Truncate(24*time.Hour).AddDate(0, 0, 1)
	h.clock.Move(midnight.Add(4*time.Hour + 55*time.Minute).Sub(h.clock.Now()))
	s := linked(t, h, "lease").(services.Odometers)
	a := only(t, s.(linking))
	read := services.NewReading{Km: a.Distance.Odometer + 100, On: civil.DateOf(midnight)}
	if _, err := s.AddReading(t.Context(), a.ID, read); services.FieldsOf(err)["on"] != services.ReasonFuture {
		t.Errorf("five minutes before midnight: %v", err)
	}
	h.clock.Move(6 * time.Minute)
	if _, err := s.AddReading(t.Context(), a.ID, read); err != nil {
		t.Errorf("after midnight: %v", err)
	}
}

// A log is bounded; what is in it already may be said again, and a reading that was refused for being too many is not kept.
func TestAddReading_FullLog(t *testing.T) {
	h := newHarness(t, func(c *core.Config) { c.Brand.Rules.ReadingsMax = 3 })
	s := linked(t, h, "lease").(services.Odometers)
	a := only(t, s.(linking))
	read := services.NewReading{Km: a.Distance.Odometer, On: a.Distance.ReadOn}
	for range 2 {
		read.Km++
		if _, err := s.AddReading(t.Context(), a.ID, read); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.AddReading(t.Context(), a.ID, read); err != nil {
		t.Errorf("the same again: %v", err)
	}
	read.Km++
	if _, err := s.AddReading(t.Context(), a.ID, read); services.FieldsOf(err)["km"] != services.ReasonTooMany {
		t.Errorf("one too many: %v", err)
	}
	if list, err := s.Readings(t.Context(), a.ID); err != nil || len(list) != 3 {
		t.Errorf("%d readings, %v", len(list), err)
	}
}

// Whatever is read in whatever order, what was kept never runs backwards, and the latest is what the allowance goes by.
func TestAddReading_NeverBackwards(t *testing.T) {
	h := newHarness(t)
	s := linked(t, h, "lease").(services.Odometers)
	a := only(t, s.(linking))
	rapid.Check(t, func(rt *rapid.T) {
		read := services.NewReading{
			Km: a.Distance.Odometer + rapid.Int64Range(-3000, 3000).Draw(rt, "km"),
			On: a.Distance.ReadOn.AddDays(rapid.IntRange(-60, 2).Draw(rt, "day")),
		}
		_, err := s.AddReading(t.Context(), a.ID, read)
		if err != nil && services.CodeOf(err) != services.CodeInvalid {
			rt.Fatal(err)
		}
		list, err := s.Readings(t.Context(), a.ID)
		if err != nil {
			rt.Fatal(err)
		}
		var later *services.Reading
		for i, r := range list {
			if r.Corrected {
				continue
			}
			if later != nil && (!r.On.Before(later.On) || r.Km > later.Km) {
				rt.Fatalf("%+v comes before %+v", r, *later)
			}
			later = &list[i]
		}
		now := only(t, s.(linking))
		if now.Distance.Odometer != list[0].Km || now.Distance.ReadOn != list[0].On {
			rt.Fatalf("the allowance goes by %+v, the log begins with %+v", now.Distance, list[0])
		}
	})
}

func TestReadings_AreExportedAndGoWithTheLogin(t *testing.T) {
	h := newHarness(t)
	s := linked(t, h, "lease").(services.CustomerSession)
	a := only(t, s.(linking))
	_, err := s.AddReading(t.Context(), a.ID, services.NewReading{Km: a.Distance.Odometer + 7, On: a.Distance.ReadOn})
	must(t, err)
	var exported []struct{ Readings []services.Reading }
	must(t, json.Unmarshal([]byte(export(t, s)["agreements.json"]), &exported))
	if len(exported) != 1 || len(exported[0].Readings) != 2 || exported[0].Readings[0].Km != a.Distance.Odometer+7 {
		t.Errorf("exported %+v", exported)
	}
	must(t, s.DeleteAccount(t.Context(), password))
	h.person(alice)
	again := h.customer(alice)
	h.link(again, alice, byVIN(h.sample()["lease"]), false)
	list, err := again.(services.Odometers).Readings(t.Context(), a.ID)
	must(t, err)
	if len(list) != 1 || !list[0].Lender {
		t.Errorf("after the login was removed: %+v", list)
	}
}
