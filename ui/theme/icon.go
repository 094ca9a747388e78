package theme

import (
	"bytes"
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"

	"myaccount/assets"
)

// IconName is the name of a line icon: the file icons/<name>.svg in assets.
type IconName string

// The line icons.
const (
	IconOverview     IconName = "overview"
	IconPayments     IconName = "payments"
	IconDocuments    IconName = "documents"
	IconMessages     IconName = "messages"
	IconVehicle      IconName = "vehicle"
	IconProfile      IconName = "profile"
	IconSettings     IconName = "settings"
	IconHelp         IconName = "help"
	IconSignOut      IconName = "sign-out"
	IconMail         IconName = "mail"
	IconFile         IconName = "file"
	IconAttach       IconName = "attach"
	IconSearch       IconName = "search"
	IconClose        IconName = "close"
	IconCheck        IconName = "check"
	IconChevronLeft  IconName = "chevron-left"
	IconChevronRight IconName = "chevron-right"
	IconChevronDown  IconName = "chevron-down"
	IconCopy         IconName = "copy"
	IconLock         IconName = "lock"
	IconWarn         IconName = "warn"
	IconInfo         IconName = "info"
	IconDownload     IconName = "download"
	IconTrash        IconName = "trash"
	IconDesk         IconName = "desk"
	IconCalendar     IconName = "calendar"

	// IconVIN is the drawing of where to find the VIN: windshield and door
	// jamb, 320 by 120.
	IconVIN IconName = "vin"
)

// NewIcon returns the icon in one colour. Fyne recolours fills only and these
// are strokes, so the colour is put into the text of the SVG; the resource's
// name carries it, because Fyne caches pictures by name.
func NewIcon(name IconName, c color.Color) (fyne.Resource, error) {
	svg, err := assets.Icons.ReadFile("icons/" + string(name) + ".svg")
	if err != nil {
		return nil, fmt.Errorf("icon %s: %w", name, err)
	}
	r, g, b, _ := c.RGBA()
	hex := fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
	return fyne.NewStaticResource(string(name)+hex+".svg", bytes.ReplaceAll(svg, []byte("currentColor"), []byte(hex))), nil
}
