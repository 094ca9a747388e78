package kit_test

import (
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"myaccount/ui/kit"
	"myaccount/ui/theme"
)

func save(t *testing.T, name string, img image.Image) {
	t.Helper()
	f, err := os.Create(filepath.Join("/tmp/work", "kit-"+name+".png"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, img); err != nil {
		t.Fatal(err)
	}
}

func window(t *testing.T, content fyne.CanvasObject, w, h float32) fyne.Window {
	win := test.NewTempWindow(t, content)
	win.SetPadded(false)
	win.Resize(fyne.NewSize(w, h))
	return win
}

func signIn() (fyne.CanvasObject, *kit.Field) {
	email := kit.NewField("Email address")
	email.SetText("amelie.tremblay@example.ca")
	pw := kit.NewPasswordField("Password", "Show", "Hide")
	pw.SetText("12345678901234")
	in := kit.NewPrimary("Sign in", nil)
	form := kit.VStack(0,
		kit.NewPanel(kit.Good, "Your account is active", "Sign in to link your agreement."), kit.Gap(20),
		kit.NewTitle("Sign in"), kit.Gap(2), kit.NewQuiet("Use the e-mail address that you registered with."), kit.Gap(24),
		email, kit.Gap(16), pw, kit.Gap(18),
		kit.HStack(16, container.NewGridWrap(fyne.NewSize(160, 40), in), kit.Spacer(), kit.NewLink("Forgot your password?", nil)),
		kit.Gap(22), kit.NewRule(), kit.Gap(20),
		kit.Flow(4, 4, kit.NewQuiet("New here?"), kit.NewLink("Register now", nil)))
	hero := kit.NewHero("My BMW Account", "Financial Services", "Your agreement,\nat a glance.", "Contract details, payments, documents and secure messages, in one place on your desktop.")
	return kit.NewHeroSplit(hero, container.NewStack(kit.NewGround(theme.Ground), kit.NewPageScroll(kit.CenterBox(400, form)))), pw
}

func register() (fyne.CanvasObject, *kit.Field) {
	first, last := kit.NewField("First name"), kit.NewField("Last name")
	first.SetText("Amélie")
	last.SetText("Tremblay")
	email := kit.NewField("Email address")
	email.SetText("amelie.tremblay@example")
	email.SetError("Enter a full address, like name@example.ca. It will be your username.")
	pw := kit.NewPasswordField("Password", "Show", "Hide")
	pw.SetText("12345678901234")
	m := kit.NewMeter(4)
	m.Set(3, theme.Good)
	conf := kit.NewPasswordField("Confirm password", "Show", "Hide")
	conf.SetText("12345678901234")
	robot := kit.NewCheck("I’m not a robot", nil)
	robot.SetGood(true)
	robot.SetChecked(true)
	terms := kit.NewCheck("I have read and accept the", nil).SetLink("Terms of Use", nil)
	reg := kit.NewPrimary("Register now", nil)
	reg.Disable()
	form := kit.VStack(0, kit.NewTitle("Register your login"), kit.Gap(2), kit.Flow(4, 4, kit.NewQuiet("Already registered?"), kit.NewLink("Sign in instead", nil)), kit.Gap(20),
		kit.Columns(1, 1)(first, last), kit.Gap(15), email, kit.Gap(15), pw, kit.Gap(7), m, kit.Gap(6), kit.NewHint("Strong. At least 12 characters; a short sentence works well."), kit.Gap(16), conf, kit.Gap(14),
		kit.NewCard(kit.HStack(8, kit.HFill(robot), kit.NewHint("verified on this device")), kit.CardInset(12, 14)), kit.Gap(12), terms, kit.Gap(16), reg)
	hero := kit.NewHero("My BMW Account", "Financial Services", "Your agreement,\nat a glance.", "Contract details, payments, documents and secure messages, in one place on your desktop.")
	return kit.NewHeroSplit(hero, container.NewStack(kit.NewGround(theme.Ground), kit.NewPageScroll(kit.CenterBox(440, form)))), pw
}

func link() (fyne.CanvasObject, *kit.Field) {
	first, last := kit.NewField("First name"), kit.NewField("Last name")
	first.SetText("Amélie")
	last.SetText("Tremblay")
	vin := kit.NewVINField("Vehicle Identification Number")
	vin.SetText("wby43aw01rf000006")
	vin.SetTrailing("17 / 17 ✓", theme.Good)
	vin.SetHint("BMW, built in Germany, model year 2024")
	pay := kit.NewField("Exact amount of your last payment")
	pay.SetText("$ 847.32")
	st := kit.NewStepper([]string{"Your details", "Authorize this device", "Done"})
	seg := kit.NewSegmented([]kit.Option{{"vin", "VIN and last payment"}, {"id", "BMW ID"}}, nil)
	card := kit.NewCard(kit.VStack(0, kit.HStack(0, seg), kit.Gap(18), kit.Columns(1, 1)(first, last), kit.Gap(8), kit.NewHint("Spelled exactly as on your agreement."), kit.Gap(15), vin, kit.Gap(16), pay, kit.Gap(14), kit.HStack(0, kit.NewPrimary("Continue", nil))))
	st2 := kit.NewStepper([]string{"Your details", "Authorize this device", "Done"})
	st2.SetCurrent(1)
	code := kit.NewCodeEntry(6, nil)
	code.SetCode("407")
	sel := kit.NewSelect("Topic", []kit.Option{{"a", "Payment information"}}, nil)
	sel.SetSelected("a")
	radio := kit.NewRadio([]kit.Option{{"a", "System"}, {"b", "Dark"}}, nil)
	radio.SetSelected("a")
	side := kit.VStack(16, kit.NewCard(kit.VStack(10, kit.NewCardTitle("Where to find your VIN"), kit.NewWrapped("• Vehicle registration or insurance card\n• Driver’s door jamb\n• Dashboard, where the windshield meets the hood", kit.StyleQuiet), kit.NewDrawing(theme.IconVIN, theme.QuietText, fyne.NewSize(320, 120)), kit.NewWrapped("A VIN never contains the letters I, O or Q; it may contain the numbers 1 and 0.", kit.StyleQuiet))),
		kit.NewCard(kit.VStack(10, st2, code, sel, radio, kit.HStack(8, kit.NewDanger("Remove from this device", nil).SetCompact(true), kit.NewButton("Export", nil).SetCompact(true)))))
	page := kit.PageMargin(kit.VStack(0, kit.NewTitle("Link your account"), kit.Gap(2), kit.NewQuiet("Verify your identity to see your financing agreement."), kit.Gap(20), st, kit.Gap(18), kit.Columns(560, 408)(kit.VStack(0, card), side)))
	rail := kit.VStack(2, kit.NewText("My BMW Account", kit.Style{Size: theme.SizeBrand, Color: theme.Text, Title: true}), kit.NewHint("Financial Services"), kit.Gap(20))
	items := []struct {
		i theme.IconName
		s string
	}{{theme.IconOverview, "Overview"}, {theme.IconPayments, "Payments"}, {theme.IconDocuments, "Documents"}, {theme.IconMessages, "Message Center"}, {theme.IconVehicle, "Vehicle"}, {theme.IconProfile, "Profile & security"}, {theme.IconSettings, "Settings"}, {theme.IconHelp, "Help"}, {theme.IconSignOut, "Sign out"}, {theme.IconMail, "Mail"}, {theme.IconAttach, "Attach"}, {theme.IconSearch, "Search"}, {theme.IconCopy, "Copy"}, {theme.IconLock, "Lock"}, {theme.IconTrash, "Trash"}, {theme.IconDownload, "Download"}}
	for n, it := range items {
		ri := kit.NewRailItem(it.i, it.s, nil)
		if n == 0 {
			ri.SetSelected(true)
		}
		if n == 3 {
			ri.SetCount(2)
		}
		rail.Add(ri)
	}
	return container.NewBorder(nil, nil, container.NewStack(kit.NewGround(theme.RailGround), kit.Inset(24, 12, 24, 12, rail)), nil, container.NewStack(kit.NewGround(theme.Ground), kit.NewPageScroll(page))), vin
}

func overview() (fyne.CanvasObject, *kit.Field) {
	p := kit.NewProgress()
	p.Set(.38)
	cards := kit.Columns(1, 1, 1)(
		kit.NewCard(kit.VStack(2, kit.NewQuiet("Next payment"), kit.NewFigure("$847.32"), kit.NewLabel("Due Dec 1, 2026 · in 10 days"), kit.Gap(6), kit.HStack(0, kit.NewBadge("Autopay on", kit.Good)))),
		kit.NewCard(kit.VStack(2, kit.NewQuiet("Remaining balance"), kit.NewFigure("$41,208.55"), kit.NewQuiet("18 of 48 payments made"), kit.Gap(10), p)),
		kit.NewCard(kit.VStack(2, kit.NewQuiet("Contract ends"), kit.NewFigure("May 1, 2029"), kit.Flow(4, 4, kit.NewQuiet("30 months left ·"), kit.NewTextLink("see your options", nil).SetColorName(theme.QuietText)))))
	rows := kit.NewCard(kit.VStack(0, kit.HStack(0, kit.NewCardTitle("Recent payments"), kit.Spacer(), kit.NewLink("All payments", nil)), kit.Gap(8),
		kit.NewRowColumns([]float32{2, 4, 2, 1.5}, kit.NewLabel("Nov 1, 2026"), kit.NewLabel("Pre-authorized debit •••214"), kit.NewAmount("$847.32"), kit.HStack(0, kit.NewBadge("Posted", kit.Good))),
		kit.NewRowColumns([]float32{2, 4, 2, 1.5}, kit.NewLabel("Oct 1, 2026"), kit.NewLabel("Pre-authorized debit •••214"), kit.NewAmount("$1,111.11"), kit.HStack(0, kit.NewBadge("New reply", kit.Info)))))
	facts := kit.NewCard(kit.VStack(4, kit.NewCardTitle("Contact"), kit.NewFacts([]kit.Fact{{"E-mail (your username)", "amelie.tremblay@example.ca"}, {"Phone", "514 555-0142"}})))
	panels := kit.Columns(1, 1, 1)(kit.NewPanel(kit.Warn, "Removed in 5 days", "Save a copy of what you need, because messages are kept for 30 days.", kit.NewLink("Save a copy", nil)), kit.NewPanel(kit.Bad, "Not sent", "We could not reach the service. Your message is saved."), kit.NewPanel(kit.Info, "Sample data", "Made-up people."))
	f := kit.NewMultilineField("Message", 4)
	f.SetText("I would like to move my payment date to the 15th of each month.")
	f.SetHint("Draft saved on this device")
	f.SetAside("63 / 4,000")
	page := kit.PageMargin(kit.VStack(16, kit.HStack(16, kit.VStack(2, kit.NewTitle("Good morning, Amélie"), kit.NewQuiet("2024 BMW i4 eDrive40 · Lease ending 4471")), kit.Spacer(), kit.NewButton("Message us", nil), kit.NewPrimary("Make a payment", nil)), cards, kit.Columns(600, 368)(rows, facts), panels, kit.NewCard(f)))
	return container.NewStack(kit.NewGround(theme.Ground), kit.NewPageScroll(page)), f
}

func TestDraw(t *testing.T) {
	app := test.NewTempApp(t)
	for _, look := range []struct {
		n string
		a theme.Appearance
		s float32
	}{{"light", theme.Light, 1}, {"dark", theme.Dark, 1}, {"contrast", theme.HighContrast, 1}, {"light200", theme.Light, 2}} {
		app.Settings().SetTheme(theme.New(look.a, look.s))
		for n, page := range map[string]func() (fyne.CanvasObject, *kit.Field){"signin": signIn, "register": register, "link": link, "overview": overview} {
			o, f := page()
			w := window(t, o, 1280, 800)
			f.Focus(w.Canvas())
			save(t, n+"-"+look.n, w.Canvas().Capture())
		}
	}
}
