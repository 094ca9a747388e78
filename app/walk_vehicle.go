//go:build !release

package main

import "myaccount/ui/nav"

// vehicle looks at the car, at what its number says, and adds what the odometer says.
func (w *walk) vehicle() {
	w.goTo(nav.Route{Page: nav.PageVehicle})
	w.WaitFor(w.say("vehicle.step.end"))
	w.WaitFor(w.say("nav.chart.table"))
	w.shot("vehicle")
	w.Tap(w.say("vehicle.vin.show"))
	w.Tap(w.say("vehicle.distance.add"))
	w.TypeFocused("not a number")
	w.Tap(w.say("vehicle.form.save"))
	w.WaitFor(w.say("nav.field.km.format"))
	w.shot("vehicle-reading")
	field := w.Field(w.say("vehicle.form.km"))
	field.SetText("")
	w.TypeFocused("60 000 km")
	w.Tap(w.say("vehicle.form.save"))
	w.WaitGone(w.say("vehicle.form.save"))
	w.WaitFor(w.say("vehicle.log.own"))
	w.shot("vehicle-read")
}
