// Command floor is an empty Fyne window: what Fyne itself costs, for make bench. It shows one word, because a window
// without any has no fonts, and every program has; --bare leaves it out. It writes the moment of its first frame where
// the program does, into log/my-account.log of the folder after --data.
package main

import (
	"flag"
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
	"fyne.io/fyne/v2/widget"
)

func main() {
	bare := flag.Bool("bare", false, "without any text")
	data := flag.String("data", "", "folder of the log")
	flag.Parse()
	dir := filepath.Join(*data, "log")
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
	content := container.NewStack()
	if !*bare {
		content.Add(widget.NewLabel("Fyne"))
	}
	content.Add(container.NewWithoutLayout(pixel))
	window := app.NewWithID("app.myaccount.floor").NewWindow("floor")
	window.SetContent(content)
	window.Resize(fyne.NewSize(1280, 800))
	window.ShowAndRun()
}
