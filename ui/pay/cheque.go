package pay

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/theme"
)

// cheque is a drawing of a cheque that shows at its foot where the numbers of the account are, with what is typed of them.
type cheque struct {
	object fyne.CanvasObject
	holder *kit.Text
	parts  map[string]*chequePart // by the field
}

// chequePart is one of the numbers between its magnetic marks, with a bar under it that is blue while it is typed.
type chequePart struct {
	object       fyne.CanvasObject
	digits       *kit.Text
	idle, active fyne.CanvasObject
	least, most  int // digits
}

func newCheque(p *text.Printer) *cheque {
	c := &cheque{holder: kit.NewText("", kit.StyleHint).SetTruncate(true)}
	c.parts = map[string]*chequePart{
		fieldTransit:     newChequePart(p.T("pay.accounts.transit"), transitDigits, transitDigits, markTransit, markDash),
		fieldInstitution: newChequePart(p.T("pay.accounts.institution"), institutionDigits, institutionDigits, nil, markTransit),
		fieldNumber:      newChequePart(p.T("pay.accounts.number"), numberLeast, numberMost, nil, markOnUs),
	}
	foot := kit.Columns(5, 5, 7)(c.parts[fieldTransit].object, c.parts[fieldInstitution].object, c.parts[fieldNumber].object)
	lines := kit.VStack(theme.Gap3, c.holder, kit.NewRule(), kit.Inset(0, 120, 0, 0, kit.NewRule()), kit.Gap(theme.Gap2), foot)
	c.object = kit.NewCard(lines, kit.CardColors(theme.Card, theme.InfoBorder), kit.CardInset(theme.Gap4, theme.Gap4))
	return c
}

func newChequePart(name string, least, most int, before, after []rect) *chequePart {
	part := &chequePart{
		digits: kit.NewText("", kit.Style{Size: theme.SizeSection, Color: theme.Text, Tabular: true}),
		idle:   kit.NewGround(theme.Border), active: kit.NewGround(theme.Primary), least: least, most: most,
	}
	line := kit.HStack(theme.Gap2)
	if before != nil {
		line.Add(newMark(before))
	}
	line.Add(part.digits)
	line.Add(newMark(after))
	bar := container.New(barLayout{}, part.idle, part.active)
	part.object = kit.VStack(theme.Gap1, line, bar, kit.NewWrapped(name, kit.StyleHint))
	part.show("")
	part.light(false)
	return part
}

// show draws what is typed as far as there is room on a cheque, and a point for each digit that is missing.
func (c *chequePart) show(typed string) {
	c.digits.SetText(typed[:min(len(typed), c.most)] + strings.Repeat("·", max(c.least-len(typed), 0)))
}

// light makes the bar blue.
func (c *chequePart) light(on bool) {
	c.active.Hide()
	if on {
		c.active.Show()
	}
	c.active.Refresh()
}

// show draws the whole form.
func (c *cheque) show(f accountForm) {
	c.holder.SetText(f.holder)
	c.parts[fieldTransit].show(f.transit)
	c.parts[fieldInstitution].show(f.institution)
	c.parts[fieldNumber].show(f.number)
}

// barLayout stacks lines of 3.
type barLayout struct{}

// MinSize is part of fyne.Layout.
func (barLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(1, 3) }

// Layout is part of fyne.Layout.
func (barLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Resize(size)
	}
}

// rect is a part of a magnetic mark, in twelfths of its height: x, y, width, height.
type rect [4]float32

// The marks of a cheque's foot, after the shapes of E-13B (ISO 1004): beside the transit number, between it and the
// institution's, and after the account's.
var (
	markTransit = []rect{{0, 0, 2, 12}, {5, 1, 3, 4}, {5, 7, 3, 4}}
	markDash    = []rect{{0, 3, 2, 6}, {4, 3, 2, 6}, {8, 3, 2, 6}}
	markOnUs    = []rect{{0, 2, 2, 10}, {4, 2, 2, 10}, {8, 8, 3, 4}}
)

// markLayout places the rectangles of a mark.
type markLayout struct{ rects []rect }

const markHeight = 18

func newMark(rects []rect) fyne.CanvasObject {
	parts := make([]fyne.CanvasObject, len(rects))
	for i := range parts {
		parts[i] = kit.NewGround(theme.QuietText)
	}
	return container.New(markLayout{rects}, parts...)
}

// MinSize is part of fyne.Layout.
func (markLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(markHeight, markHeight) }

// Layout is part of fyne.Layout.
func (l markLayout) Layout(objects []fyne.CanvasObject, _ fyne.Size) {
	const unit = markHeight / 12.0
	for i, o := range objects {
		r := l.rects[i]
		o.Move(fyne.NewPos(r[0]*unit, r[1]*unit))
		o.Resize(fyne.NewSize(r[2]*unit, r[3]*unit))
	}
}
