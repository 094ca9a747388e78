package profile

import (
	"image"
	"image/color"
	"image/draw"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/qr"

	"myaccount/services"
)

const (
	quietModules = 4 // the margin that ISO/IEC 18004 asks for around a QR code
	moduleSide   = 4 // of a module on the screen, in device-independent pixels
	modulePixels = 8 // of a module in the picture, which is scaled without smoothing
)

// qrCode draws a text as a QR code, here and with nobody's help: black on white in every appearance, for cameras.
func qrCode(text services.Secret) (fyne.CanvasObject, error) {
	code, err := qr.Encode(text.Reveal(), qr.M, qr.Auto)
	if err != nil {
		return nil, err
	}
	modules := code.Bounds().Dx()
	large, err := barcode.Scale(code, modules*modulePixels, modules*modulePixels)
	if err != nil {
		return nil, err
	}
	side, margin := (modules+2*quietModules)*modulePixels, quietModules*modulePixels
	picture := image.NewGray(image.Rect(0, 0, side, side))
	draw.Draw(picture, picture.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.Draw(picture, large.Bounds().Add(image.Pt(margin, margin)), large, image.Point{}, draw.Src)
	shown := canvas.NewImageFromImage(picture)
	shown.ScaleMode, shown.FillMode = canvas.ImageScalePixels, canvas.ImageFillContain
	shown.SetMinSize(fyne.NewSquareSize(float32(modules+2*quietModules) * moduleSide))
	return shown, nil
}
