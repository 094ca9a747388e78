package core

import (
	"sync"
	"time"
	_ "time/tzdata" // for systems that have no list of the world's zones, such as Windows

	"cloud.google.com/go/civil"
)

// The time zone of each province, where it has several that of most of its people. Saskatchewan and Yukon do not change
// their clocks, and Newfoundland is half an hour off.
var zones = map[string]string{
	"NL": "America/St_Johns", "NS": "America/Halifax", "PE": "America/Halifax", "NB": "America/Moncton",
	"QC": "America/Toronto", "ON": "America/Toronto", "NU": "America/Iqaluit", "MB": "America/Winnipeg",
	"SK": "America/Regina", "AB": "America/Edmonton", "NT": "America/Edmonton", "YT": "America/Whitehorse",
	"BC": westernmost,
}

// westernmost is where a day begins last. It stands for a place that is not known, so that nothing is called past due
// before it is.
const westernmost = "America/Vancouver"

// located are the zones that were read before, by name.
var located sync.Map

// zone is the time of a province, with its changes of the clock.
func zone(province string) *time.Location {
	name, known := zones[province]
	if !known {
		name = westernmost
	}
	if place, ok := located.Load(name); ok {
		return place.(*time.Location)
	}
	place, err := time.LoadLocation(name)
	if err != nil {
		panic(err) // a name above that no list of zones has: a test reads them all
	}
	located.Store(name, place)
	return place
}

// today is the date where the customer lives, for a due date is due there.
func today(now time.Time, province string) civil.Date { return civil.DateOf(now.In(zone(province))) }

// midnight is when a day begins where a customer lives.
func midnight(day civil.Date, province string) time.Time { return day.In(zone(province)).UTC() }

// clockAfter is when a clock in a place next shows a time, given in minutes after midnight. It is meant for the day: at
// night a change of the clock can leave a time out.
func clockAfter(now time.Time, minutes int, place *time.Location) time.Time {
	local := now.In(place)
	for days := 0; ; days++ {
		at := time.Date(local.Year(), local.Month(), local.Day()+days, 0, minutes, 0, 0, place)
		if at.After(now) {
			return at.UTC()
		}
	}
}
