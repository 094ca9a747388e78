package finance

// ProjectDistance carries the kilometres driven so far on to the end of the
// term, at the same pace, and says how many of them exceed the allowance of the
// whole term (0 when none do). Halves round up. Gone is how much of the term had
// passed when the odometer was read, both in days, or both in months. With
// nothing gone there is no pace yet: projected is driven.
func ProjectDistance(driven, allowance int64, gone, term int) (projected, excess int64) {
	projected = driven
	if gone > 0 {
		past := int64(gone)
		projected = (2*driven*int64(term) + past) / (2 * past)
	}
	return projected, max(projected-allowance, 0)
}
