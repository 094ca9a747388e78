package finance

// ProjectDistance carries the kilometres driven so far on to the end of the
// term, at the same pace, and says how many of them exceed the allowance of the
// whole term (0 when none do). Halves round up. With no month gone there is no
// pace yet: projected is driven.
func ProjectDistance(driven, allowance int64, monthsGone, months int) (projected, excess int64) {
	projected = driven
	if monthsGone > 0 {
		gone := int64(monthsGone)
		projected = (2*driven*int64(months) + gone) / (2 * gone)
	}
	return projected, max(projected-allowance, 0)
}
