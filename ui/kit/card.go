package kit

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"myaccount/ui/theme"
)

// Box is a ground with a border and a radius under its content.
type Box struct {
	widget.BaseWidget
	ground               *frame
	fill, line           fyne.ThemeColorName
	content              *fyne.Container
	top, right, bot, lef float32
}

// CardOption changes how a card looks.
type CardOption func(*Box)

// CardInset sets the room inside a card: above and below, left and right.
func CardInset(vertical, horizontal float32) CardOption {
	return func(b *Box) { b.top, b.bot, b.lef, b.right = vertical, vertical, horizontal, horizontal }
}

// CardColors sets ground and border of a card.
func CardColors(ground, border fyne.ThemeColorName) CardOption {
	return func(b *Box) { b.fill, b.line = ground, border }
}

// NewCard makes a card: hairline, radius 8, room of 20 inside.
func NewCard(content fyne.CanvasObject, options ...CardOption) *Box {
	b := &Box{fill: theme.Card, line: theme.Hairlines}
	CardInset(theme.CardInset, theme.CardInset)(b)
	for _, o := range options {
		o(b)
	}
	b.ground = newFrame()
	b.content = container.NewStack(b.ground.Container, Inset(b.top, b.right, b.bot, b.lef, content))
	b.ExtendBaseWidget(b)
	return b
}

// SetColors changes ground and border.
func (b *Box) SetColors(ground, border fyne.ThemeColorName) {
	b.fill, b.line = ground, border
	b.Refresh()
}

// Refresh is part of fyne.CanvasObject.
func (b *Box) Refresh() {
	b.paint()
	b.BaseWidget.Refresh()
}

// CreateRenderer is part of fyne.Widget.
func (b *Box) CreateRenderer() fyne.WidgetRenderer {
	b.paint()
	return widget.NewSimpleRenderer(b.content)
}

func (b *Box) paint() {
	b.ground.set(colorOf(b, b.fill), colorOf(b, b.line), theme.Hairline, theme.RadiusCard)
}

// Kind is what a panel or a badge says at a glance.
type Kind int

// The kinds.
const (
	Neutral Kind = iota
	Good
	Warn
	Bad
	Info
)

// kindColors are ground and border of a panel, ground of a badge, and text.
var kindColors = map[Kind]struct{ ground, border, badge, text fyne.ThemeColorName }{
	Neutral: {theme.Card, theme.Hairlines, theme.QuietBadge, theme.QuietText},
	Good:    {theme.GoodGround, theme.GoodBorder, theme.GoodBadge, theme.Good},
	Warn:    {theme.WarnGround, theme.WarnBorder, theme.WarnGround, theme.Warn},
	Bad:     {theme.BadGround, theme.BadBorder, theme.BadGround, theme.Bad},
	Info:    {theme.SelectedGround, theme.InfoBorder, theme.SelectedGround, theme.Link},
}

// Panel is the tinted note above a form or a page.
type Panel struct {
	widget.BaseWidget
	kind        Kind
	box         *Box
	mark        *Icon
	title, text *Wrapped
	actions     *fyne.Container
}

var kindIcons = map[Kind]theme.IconName{
	Neutral: theme.IconInfo, Info: theme.IconInfo, Good: theme.IconCheck, Warn: theme.IconWarn, Bad: theme.IconWarn,
}

// NewPanel makes a note; an empty title or text takes no room. The actions,
// links or small buttons, stand under it.
func NewPanel(kind Kind, title, text string, actions ...fyne.CanvasObject) *Panel {
	p := &Panel{
		mark:    newIcon(theme.IconInfo, theme.Text, 16),
		title:   NewWrapped(title, StyleStrong),
		text:    NewWrapped(text, StyleQuiet),
		actions: Flow(theme.Gap4, theme.Gap2, actions...),
	}
	p.box = NewCard(VStack(theme.Gap1,
		HStack(6, p.mark, HFill(p.title)), p.text, p.actions), CardInset(theme.Gap4, theme.Gap4))
	p.ExtendBaseWidget(p)
	p.Set(kind, title, text)
	return p
}

// Set changes kind, title and text.
func (p *Panel) Set(kind Kind, title, text string) {
	p.kind = kind
	c := kindColors[kind]
	p.box.SetColors(c.ground, c.border)
	p.title.SetText(title)
	p.title.SetColorName(c.text)
	p.text.SetText(text)
	p.mark.SetColorName(c.text)
	p.mark.SetName(kindIcons[kind])
	setVisible(p.text, text != "")
	setVisible(p.actions, len(p.actions.Objects) > 0)
	p.Refresh()
}

// SetActions changes what stands under the text.
func (p *Panel) SetActions(actions ...fyne.CanvasObject) {
	p.actions.Objects = actions
	setVisible(p.actions, len(actions) > 0)
	p.Refresh()
}

// CreateRenderer is part of fyne.Widget.
func (p *Panel) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(p.box) }

func setVisible(o fyne.CanvasObject, on bool) {
	if on {
		o.Show()
	} else {
		o.Hide()
	}
}

// Badge is a pill with a word: Posted, New reply.
type Badge struct {
	widget.BaseWidget
	kind   Kind
	ground *frame
	label  *Text
	row    *fyne.Container
}

// NewBadge makes a pill.
func NewBadge(text string, kind Kind) *Badge {
	b := &Badge{kind: kind, ground: newFrame()}
	b.label = NewText(text, Style{Size: theme.SizeSmall, Color: kindColors[kind].text, Bold: true})
	b.row = container.NewStack(b.ground.Container, Inset(3, 8, 3, 8, b.label))
	b.ExtendBaseWidget(b)
	return b
}

// Set changes word and kind.
func (b *Badge) Set(text string, kind Kind) {
	b.kind = kind
	b.label.SetText(text)
	b.label.SetColorName(kindColors[kind].text)
	b.Refresh()
}

// Refresh is part of fyne.CanvasObject.
func (b *Badge) Refresh() {
	b.paint()
	b.BaseWidget.Refresh()
}

// CreateRenderer is part of fyne.Widget.
func (b *Badge) CreateRenderer() fyne.WidgetRenderer {
	b.paint()
	return widget.NewSimpleRenderer(b.row)
}

func (b *Badge) paint() {
	width := float32(0)
	if highContrast(b) {
		width = 1
	}
	c := kindColors[b.kind]
	b.ground.set(colorOf(b, c.badge), colorOf(b, c.border), width, b.row.MinSize().Height/2)
}

// Counter is a blue pill with a number; zero hides it.
type Counter struct {
	widget.BaseWidget
	ground *frame
	label  *Text
	row    *fyne.Container
}

// NewCounter makes a counter.
func NewCounter(n int) *Counter {
	c := &Counter{ground: newFrame()}
	c.label = NewText("", Style{Size: theme.SizeSmall, Color: theme.OnPrimary, Bold: true})
	c.row = container.NewStack(c.ground.Container, Inset(2, 7, 2, 7, c.label))
	c.ExtendBaseWidget(c)
	c.Set(n)
	return c
}

// Set changes the number; above 99 it reads 99+.
func (c *Counter) Set(n int) {
	text := strconv.Itoa(n)
	if n > 99 {
		text = "99+"
	}
	c.label.SetText(text)
	setVisible(c, n > 0)
	c.Refresh()
}

// Refresh is part of fyne.CanvasObject.
func (c *Counter) Refresh() {
	c.paint()
	c.BaseWidget.Refresh()
}

// CreateRenderer is part of fyne.Widget.
func (c *Counter) CreateRenderer() fyne.WidgetRenderer {
	c.paint()
	return widget.NewSimpleRenderer(c.row)
}

func (c *Counter) paint() {
	c.ground.set(colorOf(c, theme.Primary), nil, 0, c.row.MinSize().Height/2)
}

// Rule is a hairline across its width.
type Rule struct {
	widget.BaseWidget
	line  *canvas.Rectangle
	color fyne.ThemeColorName
}

// NewRule makes a hairline.
func NewRule() *Rule { return newRule(theme.Hairlines) }

func newRule(color fyne.ThemeColorName) *Rule {
	r := &Rule{line: canvas.NewRectangle(nil), color: color}
	r.ExtendBaseWidget(r)
	return r
}

// MinSize is part of fyne.CanvasObject.
func (r *Rule) MinSize() fyne.Size { return fyne.NewSize(1, theme.Hairline) }

// Refresh is part of fyne.CanvasObject.
func (r *Rule) Refresh() {
	r.line.FillColor = colorOf(r, r.color)
	r.BaseWidget.Refresh()
}

// CreateRenderer is part of fyne.Widget.
func (r *Rule) CreateRenderer() fyne.WidgetRenderer {
	r.line.FillColor = colorOf(r, r.color)
	return widget.NewSimpleRenderer(r.line)
}
