// Command floor is an empty Fyne window: what Fyne itself costs, for make bench. It writes the moment of its first
// frame where the program does, into log/my-account.log of the folder after --data.
package main

import (
	"image"
	"log"
	"log/slog"
	"os"
	"path/filepath"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
)

func main() {
	if len(os.Args) != 3 || os.Args[1] != "--data" {
		log.Fatal("usage: floor --data FOLDER")
	}
	dir := filepath.Join(os.Args[2], "log")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		log.Fatal(err)
	}
	file, err := os.OpenFile(filepath.Join(dir, "my-account.log"), os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		log.Fatal(err)
	}
	var once sync.Once
	pixel := canvas.NewRaster(func(int, int) image.Image {
		once.Do(func() { slog.New(slog.NewJSONHandler(file, nil)).Info("first frame") })
		return image.NewNRGBA(image.Rect(0, 0, 1, 1))
	})
	pixel.Resize(fyne.NewSquareSize(1))
	window := app.NewWithID("app.myaccount.floor").NewWindow("floor")
	window.SetContent(container.NewWithoutLayout(pixel))
	window.Resize(fyne.NewSize(1280, 800))
	window.ShowAndRun()
}
