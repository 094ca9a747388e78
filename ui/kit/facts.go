package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"myaccount/ui/theme"
)

// Fact is a name and what it is.
type Fact struct{ Label, Value string }

// NewFacts makes two columns, names in grey and values to the right, a hairline
// under each.
func NewFacts(facts []Fact) *fyne.Container {
	column := VStack(0)
	for _, f := range facts {
		column.Add(NewRowLine(NewQuiet(f.Label), Spacer(), NewSelectable(f.Value, StyleLabel)))
	}
	return column
}

// NewRowLine puts objects into one row with a hairline under it: a line of a
// small table. Spacer and HFill share the width that is left.
func NewRowLine(objects ...fyne.CanvasObject) *fyne.Container {
	return VStack(0, Inset(10, theme.Gap2, 10, theme.Gap2, HStack(theme.Gap2, objects...)), NewRule())
}

// NewRowColumns puts objects into columns shared by weights, with a hairline
// under them: a line of a table whose columns align from line to line.
func NewRowColumns(weights []float32, objects ...fyne.CanvasObject) *fyne.Container {
	row := container.New(&columns{gap: theme.Gap2, stackGap: theme.Gap1, weights: weights}, objects...)
	return VStack(0, Inset(10, theme.Gap2, 10, theme.Gap2, row), NewRule())
}
