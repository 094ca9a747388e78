package kit

import (
	"math"
	"time"

	"cloud.google.com/go/civil"
	"fyne.io/fyne/v2"
)

// scale places days and figures in a rectangle: the first day at its left, the highest figure at its top. Nought is
// always among the figures, so that a line looks as steep as it is.
type scale struct {
	at        fyne.Position
	size      fyne.Size
	from, to  civil.Date
	low, high float64
	step      float64 // from one figure of the axis to the next
}

// valueSteps is about how many steps the axis of figures has.
const valueSteps = 4

// newScale finds the range of what is drawn, widened to round figures.
func newScale(days []stop) scale {
	s := scale{step: 1}
	for i, d := range days {
		if i == 0 {
			s.from = d.on
		}
		s.to = d.on
		for _, f := range d.figures {
			s.low, s.high = min(s.low, f.value), max(s.high, f.value)
		}
	}
	if s.high == s.low {
		s.high = s.low + 1
	}
	s.step = roundStep((s.high - s.low) / valueSteps)
	s.low = math.Floor(s.low/s.step) * s.step
	s.high = math.Ceil(s.high/s.step) * s.step
	return s
}

// roundStep is the least of 1, 2, 2.5, 5 and 10 times a power of ten that is not below a step.
func roundStep(step float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(step)))
	for _, round := range []float64{1, 2, 2.5, 5} {
		if round*power >= step {
			return round * power
		}
	}
	return 10 * power
}

// values are the figures of the axis.
func (s scale) values() (list []float64) {
	for i := range int(math.Round((s.high-s.low)/s.step)) + 1 {
		list = append(list, s.low+float64(i)*s.step)
	}
	return list
}

// x is where a day lies.
func (s scale) x(on civil.Date) float32 {
	span := s.to.DaysSince(s.from)
	if span == 0 {
		return s.at.X + s.size.Width/2
	}
	return s.at.X + s.size.Width*float32(on.DaysSince(s.from))/float32(span)
}

// y is where a figure lies.
func (s scale) y(value float64) float32 {
	return s.at.Y + s.size.Height*float32((s.high-value)/(s.high-s.low))
}

func (s scale) point(p ChartPoint) fyne.Position { return fyne.NewPos(s.x(p.On), s.y(p.Value)) }

// months are the first days of months between two days, evenly apart, and whether they all begin a year. most says how
// many there is room for.
func months(from, to civil.Date, most func(yearly bool) int) (firsts []civil.Date, yearly bool) {
	first, last := from.Year*12+int(from.Month)-1, to.Year*12+int(to.Month)-1
	if from.Day > 1 {
		first++
	}
	for _, step := range []int{1, 2, 3, 6, 12, 24, 60, 120, 300} {
		begin := (first + step - 1) / step * step
		if (last-begin)/step+1 > most(step%12 == 0) && step < 300 {
			continue
		}
		for m := begin; m <= last; m += step {
			firsts = append(firsts, civil.Date{Year: m / 12, Month: time.Month(m%12 + 1), Day: 1})
		}
		return firsts, step%12 == 0
	}
	return nil, false
}

// thinned leaves out points that a line cannot show: those less than apart from the one before, but for the last.
func thinned(points []fyne.Position, apart float32) []fyne.Position {
	if len(points) < 3 {
		return points
	}
	kept := points[:1:1]
	for _, p := range points[1 : len(points)-1] {
		if p.X-kept[len(kept)-1].X >= apart {
			kept = append(kept, p)
		}
	}
	return append(kept, points[len(points)-1])
}
