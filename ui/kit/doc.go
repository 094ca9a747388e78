// Package kit holds the widgets that the screens are made of. They know nothing
// of the domain, take their words from the caller, follow the theme, and work
// with the keyboard alone. Touch them on the UI goroutine only.
//
// # Text
//
//	NewTitle NewSection NewCardTitle NewFigure NewLabel NewStrong NewQuiet NewHint NewAmount (s) *Text
//	NewText(s, Style) *Text            one line: SetText SetColorName SetStyle SetAlignment SetTruncate
//	NewWrapped(s, Style) *Wrapped      many lines: SetText SetColorName SetAlignment
//	NewSelectable(s, Style) *Selectable  can be copied: SetText SetWrapping
//	StyleTitle StyleSection StyleCardTitle StyleFigure StyleLabel StyleStrong StyleQuiet StyleHint StyleFieldName StyleAmount
//
// # Layout
//
//	VStack(gap, objs...) HStack(gap, objs...) Flow(gap, rowGap, objs...)   exact gaps; hidden objects take no room
//	Spacer() HFill(o) Gap(n) Columns(weights...)(objs...) Sides(left, right) HeadBody(head, body) HeadFit(gap, head, body, natural) BodyFoot(body, foot) Inset(t, r, b, l, o) PageMargin(o) MaxWidth(w, o) CenterBox(w, o)
//	NewSheet(content) NewSplit(width, list, chosen, back) *Split   ShowDetail OnAlone   list beside what was chosen, or one of them
//	NewPageScroll(o) *PageScroll       brings the focused control into view
//	Settle(win)                        lays out again, for the test driver (tests, tour)
//
// Text that may be long belongs in NewWrapped: one line of NewText asks for its
// whole width, and at 200 % text that may be more than the window has. Columns,
// Sides and Flow go on underneath when the width is used up; HStack does not.
//
// # Surfaces
//
//	NewCard(content, CardInset(v, h), CardColors(ground, border)) *Box
//	NewPanel(kind, title, text, actions...) *Panel   Set SetActions; kinds Neutral Good Warn Bad Info
//	NewBadge(text, kind) NewCounter(n) NewRule() NewGround(color) NewIcon(name, color) NewDrawing(name, color, size)
//	NewBubble(own, content) NewFileLine(name, detail, actions...) NewMarked(style) *Marked   Set(text, marks)
//	NewUploadList(remove, title, dismiss, dismissed) *UploadList   Set(lines, refused) Next
//	NewConversation(head, below, later) *Conversation   Show(keys, draw) ToEnd
//	NewMessage(own, head, body, files...) NewWriteBox(words, rows, attach, send, dismiss) *WriteBox   Fill Show Stack OnGrown
//	NewFacts([]Fact) NewRowLine(objs...) NewRowColumns(weights, objs...)
//	NewHero(title, subtitle, claim, text) *Hero   NewHeroSplit(hero, content)
//
// # Pressing
//
//	NewButton NewPrimary NewDanger NewLink NewTextLink NewQuietLink (label, tapped) *Button
//	NewIconButton(icon, label, tapped) *Button
//	   SetText SetBusy SetBusyText SetCompact SetSizeName SetColorName Enable Disable
//	NewMenuButton(label, func() []MenuItem) *Button
//	NewRailItem(icon, label, tapped) *RailItem   SetText SetCount SetSelected
//
// # Typing and choosing
//
//	NewField(label) NewPasswordField(label, show, hide) NewMultilineField(label, rows) NewVINField(label) *Field
//	   Text SetText SetLabel SetPlaceholder SetHint SetAside SetError Error SetTrailing SetTabular SetToggleLabels
//	   Focus(canvas) Focusable Focused Enable Disable
//	   OnChanged OnSubmitted OnEscape OnKey OnShortcut OnFocus MaxRunes Upper Filter
//	NewDateField(label, printer) *DateField        Date SetDate SetBounds SetClosed Check Text SetText SetError OnChanged OnSubmitted
//	NewSelect(label, []Option, func(id)) *Select   Selected SetSelected SetOptions SetLabel SetPlaceholder SetError
//	NewSegmented NewRadio ([]Option, func(id))     Selected SetSelected SetOptions
//	NewCheck(label, func(bool)) *Check             SetLink SetLabel SetChecked Checked SetGood SetError
//	NewCodeEntry(n, onComplete) *CodeEntry         Code SetCode Clear SetError OnChanged OnSubmitted Focus
//
// # Telling
//
//	NewMeter(segments).Set(n, color) NewProgress().Set(fraction) NewBusy(text).Set(text) NewStepper(steps).SetCurrent(i)
//	NewSkeleton(widths...) NewSkeletonBlock(w, h) NewEmptyState(icon, title, text, action)
//	NewFailedState(title, text, retryLabel, retry, reference)   NewReference(Reference)
//	NewStates(loading, empty, failed, full) *States   SetState(Loading|Empty|Failed|Full) State Set
//	NewToaster(after) *Toaster   Say Clear; lies on top in a container.NewStack
//	ShowDialog(win, title, content, confirm, dismiss, danger, closed) *Dialog   Validate ConfirmButton Close
//	NewDrawer(title, subtitle, closeLabel, content) *Drawer   Show(win) Close OnClosed
//
// # Charts
//
//	NewChart(words, today, series...) *Chart   Legend Focusable Turn SetTable OnTable   lines over time, with a table behind
//
// # Lists
//
//	NewRow(object, func(item T)) Row[T]   a row is a widget, never a type that only embeds *fyne.Container
//	NewList(func() Row[T]) *List[T]   SetItems Selected SetSelected SelectKey OnSelected OnOpened OnNearEnd Key
//	NewTable([]Column[T], key func(T) string) *Table[T]   SetItems Items SetSorted Sorted Selected SelectKey Natural Head OnOpened OnSorted
//
// # Theme
//
// A change of theme or text size reaches what is in a window, hidden or not.
// What is kept outside (a page in a history, a closed drawer) must be made anew.
//
// # Keys and shortcuts
//
// A control hands the keys it has no use for (Escape always, Enter unless it
// acts on it) to fyne.Canvas.OnTypedKey, and the shortcuts it has no use for to
// the canvas: so the shell uses canvas.SetOnTypedKey and canvas.AddShortcut as
// if nothing had the focus. Dialogs and drawers borrow OnTypedKey while open.
package kit
