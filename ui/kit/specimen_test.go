package kit_test

import (
	"bytes"
	"flag"
	"image"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"myaccount/ui/kit"
	"myaccount/ui/theme"
)

var update = flag.Bool("update", false, "write the golden pictures anew")

// golden compares a picture with testdata/<name>.png. Up to one pixel in a
// thousand may differ visibly: rounding in the painter between platforms.
func golden(t *testing.T, name string, got image.Image) {
	t.Helper()
	path := filepath.Join("testdata", name+".png")
	if *update {
		var b bytes.Buffer
		if err := png.Encode(&b, got); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	want, err := png.Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	if n := different(got, want); n > 0.001 {
		t.Errorf("%s: %.2f %% of the pixels differ; look, then go test -update", name, 100*n)
	}
}

// different is the part of the pixels that differ by more than an eighth of the
// range in a channel; 1 if the sizes do.
func different(a, b image.Image) float64 {
	if a.Bounds() != b.Bounds() {
		return 1
	}
	x, y, n := pixels(a), pixels(b), 0
	for i := 0; i < len(x); i += 4 {
		for c := range 3 {
			if max(x[i+c], y[i+c])-min(x[i+c], y[i+c]) > 0x20 {
				n++
				break
			}
		}
	}
	return float64(n) / float64(len(x)/4)
}

func pixels(img image.Image) []uint8 {
	flat := image.NewRGBA(img.Bounds())
	draw.Draw(flat, flat.Bounds(), img, img.Bounds().Min, draw.Src)
	return flat.Pix
}

// form shows what is typed into and chosen from.
func form() (fyne.CanvasObject, *kit.Field) {
	email := kit.NewField("Email address")
	email.SetText("amelie.tremblay@example")
	email.SetError("Enter a full address, like name@example.ca. It will be your username.")
	password := kit.NewPasswordField("Password", "Show", "Hide")
	password.SetText("fourteen signs")
	password.SetHint("Strong. At least 12 characters; a short sentence works well.")
	meter := kit.NewMeter(4)
	meter.Set(3, theme.Good)
	vin := kit.NewVINField("Vehicle Identification Number")
	vin.SetText("wby43aw01rf000006")
	vin.SetTrailing("17 / 17 ✓", theme.Good)
	topic := kit.NewSelect("Topic", []kit.Option{{ID: "a", Label: "Payment information"}}, nil)
	topic.SetSelected("a")
	account := kit.NewSelect("Account", nil, nil)
	account.SetPlaceholder("Choose an account")
	message := kit.NewMultilineField("Message", 3)
	message.SetText("I would like to move my payment date to the 15th of each month.")
	message.SetHint("Draft saved on this device")
	message.SetAside("63 / 4,000")
	off := kit.NewField("Cannot be changed")
	off.SetText("514 555-0142")
	off.Disable()
	robot := kit.NewCheck("I’m not a robot", nil)
	robot.SetGood(true)
	robot.SetChecked(true)
	terms := kit.NewCheck("I have read and accept the", nil).SetLink("Terms of Use", nil)
	trust := kit.NewCheck("Trust this device for 30 days", nil)
	trust.SetChecked(true)
	code := kit.NewCodeEntry(6, nil)
	code.SetCode("407")
	radio := kit.NewRadio([]kit.Option{{ID: "a", Label: "As the system"}, {ID: "b", Label: "Dark"}}, nil)
	radio.SetSelected("a")
	ways := kit.NewSegmented([]kit.Option{{ID: "v", Label: "VIN and last payment"}, {ID: "b", Label: "BMW ID"}}, nil)
	return kit.VStack(16,
		kit.HStack(0, ways), email, kit.VStack(7, password, meter), vin,
		kit.Columns(1, 1)(topic, account), message, off,
		kit.NewCard(kit.HStack(8, kit.HFill(robot), kit.NewHint("verified on this device")), kit.CardInset(12, 14)),
		terms, trust, code, radio), password
}

// rest shows what is read and pressed.
func rest() fyne.CanvasObject {
	off, busy, progress := kit.NewPrimary("Register now", nil), kit.NewPrimary("Send", nil), kit.NewProgress()
	off.Disable()
	busy.SetBusy(true)
	progress.Set(0.38)
	stepper := kit.NewStepper([]string{"Your details", "Authorize this device", "Done"})
	stepper.SetCurrent(1)
	overview := kit.NewRailItem(theme.IconOverview, "Overview", nil)
	overview.SetSelected(true)
	messages := kit.NewRailItem(theme.IconMessages, "Message Center", nil)
	messages.SetCount(2)
	weights := []float32{2, 4, 2, 1.6}
	return kit.VStack(16,
		kit.NewPanel(kit.Good, "Your account is active", "Sign in to link your agreement."),
		kit.NewPanel(kit.Bad, "Not sent", "We could not reach the service. Your message is saved and will be sent when the connection is back.", kit.NewLink("Try again", nil)),
		stepper,
		kit.Sides(kit.VStack(2, kit.NewTitle("Good morning, Amélie"), kit.NewQuiet("2024 BMW i4 · Lease ending 4471")), kit.NewButton("Message us", nil)),
		kit.NewCard(kit.VStack(2, kit.NewQuiet("Next payment"), kit.NewFigure("$41,208.55"), kit.NewLabel("Due Dec 1, 2026 · in 10 days"), kit.Gap(6), progress, kit.Gap(6),
			kit.Flow(8, 8, kit.NewBadge("Posted", kit.Good), kit.NewBadge("New reply", kit.Info), kit.NewBadge("In 5 days", kit.Warn), kit.NewBadge("Returned", kit.Bad), kit.NewBadge("Draft", kit.Neutral)))),
		kit.NewCard(kit.VStack(8, kit.Sides(kit.NewCardTitle("Recent payments"), kit.NewLink("All payments", nil)),
			kit.NewRowColumns(weights, kit.NewLabel("Nov 1"), kit.NewLabel("Debit •••214").SetTruncate(true), kit.NewAmount("$847.32"), kit.HStack(0, kit.NewBadge("Posted", kit.Good))),
			kit.NewFacts([]kit.Fact{{Label: "Phone", Value: "514 555-0142"}}))),
		kit.Flow(16, 8, kit.NewPrimary("Make a payment", nil), off, busy, kit.NewDanger("Remove", nil).SetCompact(true), kit.NewTextLink("Change", nil), kit.NewQuietLink("Show", nil), kit.NewIconButton(theme.IconClose, "Close", nil)),
		kit.Columns(1, 1)(overview, messages),
		kit.Columns(1, 1)(kit.NewCard(kit.NewSkeleton(140, 180, 90)), kit.NewDrawing(theme.IconVIN, theme.QuietText, fyne.NewSize(200, 80))),
		kit.NewFailedState("This page could not be read", "What you typed is kept.", "Try again", nil, kit.Reference{ID: "0190-77ab", Words: "Request 0190-77ab", Copy: "Copy", Copied: func() {}}))
}

func specimen() (fyne.CanvasObject, *kit.Field) {
	left, focus := form()
	return container.NewStack(kit.NewGround(theme.Ground), kit.PageMargin(kit.Columns(1, 1)(kit.VStack(0, left), kit.VStack(0, rest())))), focus
}

// looks are the themes of the golden pictures.
var looks = []struct {
	name          string
	theme         *theme.Theme
	width, height float32
}{
	{"light", theme.New(theme.Light, 1), 1040, 1250},
	{"dark", theme.New(theme.Dark, 1), 1040, 1250},
	{"contrast", theme.New(theme.HighContrast, 1), 1040, 1250},
	{"light-200", theme.New(theme.Light, 2), 1400, 1960},
}

func TestSpecimen(t *testing.T) {
	app := test.NewTempApp(t)
	for _, look := range looks {
		t.Run(look.name, func(t *testing.T) {
			app.Settings().SetTheme(look.theme)
			sheet, focus := specimen()
			win := window(t, sheet, look.width, look.height)
			focus.Focus(win.Canvas())
			golden(t, "specimen-"+look.name, win.Canvas().Capture())
		})
	}
}

func TestSpecimen_ThemeIsChangedWhileItIsShown(t *testing.T) {
	app := test.NewTempApp(t)
	for _, first := range looks {
		app.Settings().SetTheme(first.theme)
		sheet, focus := specimen()
		look := looks[1]
		win := window(t, sheet, look.width, look.height)
		focus.Focus(win.Canvas())
		win.Canvas().Capture()
		app.Settings().SetTheme(look.theme)
		kit.Settle(win)
		kit.Settle(win) // wrapped text settles at the second go when all sizes changed
		t.Run(first.name+" to "+look.name, func(t *testing.T) { golden(t, "specimen-"+look.name, win.Canvas().Capture()) })
	}
}

func TestSpecimen_NoTextIsCut(t *testing.T) {
	app := test.NewTempApp(t)
	for _, scale := range []float32{theme.Scale100, theme.Scale125, theme.Scale150, theme.Scale200} {
		app.Settings().SetTheme(theme.New(theme.Light, scale))
		sheet, _ := specimen()
		scroll := kit.NewPageScroll(sheet)
		win := window(t, scroll, 1024, 700)
		kit.Settle(win)
		walk(sheet, fyne.Position{}, func(o fyne.CanvasObject, at fyne.Position) {
			line, ok := o.(*canvas.Text)
			if !ok || line.Text == "" {
				return
			}
			need := line.MinSize()
			if line.Alignment == fyne.TextAlignLeading && at.X+need.Width > 1024 {
				t.Errorf("scale %v: %q ends at %v, beyond the window", scale, line.Text, at.X+need.Width)
			}
			if line.Size().Width < need.Width-1 || line.Size().Height < need.Height-1 {
				t.Errorf("scale %v: %q has %v and needs %v", scale, line.Text, line.Size(), need)
			}
		})
	}
}

func TestHero(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New(theme.Light, 1))
	hero := kit.NewHero("My BMW Account", "Financial Services", "Your agreement,\nat a glance.", "Contract details, payments, documents and secure messages, in one place on your desktop.")
	toaster := kit.NewToaster(func(time.Duration, func()) func() { return func() {} })
	win := window(t, container.NewStack(kit.NewHeroSplit(hero, kit.CenterBox(300, kit.NewTitle("Sign in"))), toaster), 1280, 800)
	if got := hero.Size(); got != fyne.NewSize(520, 800) {
		t.Errorf("the panel is %v at 1280, want 520 wide", got)
	}
	toaster.Say("The VIN was copied")
	golden(t, "hero", win.Canvas().Capture())
	win.Resize(fyne.NewSize(1024, 700))
	if got := hero.Size(); got != fyne.NewSize(416, 700) {
		t.Errorf("the panel is %v at 1024, want 416 wide", got)
	}
}
