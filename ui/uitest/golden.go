package uitest

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
)

// A picture is the same when few of its pixels differ by more than a shade: fonts are rasterised a little differently
// from one processor to the next.
const (
	shade     = 32    // of 255, in one channel
	sameShare = 0.002 // of the pixels may differ by more
)

// updateGolden is the environment variable that makes Golden write instead of compare.
const updateGolden = "UPDATE_GOLDEN"

// Golden compares the window with testdata/<name>.png; with UPDATE_GOLDEN=1 in the environment it writes that file.
// A picture that differs is put beside it as <name>.failed.png.
func (s *Screen) Golden(name string) {
	s.t.Helper()
	s.GoldenRight(name, 0)
}

// GoldenRight is Golden for what is at the right of so many pixels: beside a panel that other pictures show.
func (s *Screen) GoldenRight(name string, of int) {
	s.t.Helper()
	s.Drain()
	got := rightOf(s.Canvas().Capture(), of)
	path := filepath.Join("testdata", name+".png")
	failed := filepath.Join("testdata", name+".failed.png")
	if os.Getenv(updateGolden) != "" {
		s.must(writePNG(path, got))
		return
	}
	want, err := readPNG(path)
	s.must(err)
	if err := compare(got, want); err != nil {
		s.must(writePNG(failed, got))
		s.t.Errorf("%s: %v; see %s", path, err, failed)
	}
}

// Save writes the window as a picture, to look at.
func (s *Screen) Save(path string) {
	s.t.Helper()
	s.Drain()
	s.Capture(path)
}

// Capture is Save without draining, for what is shown while work is under way.
func (s *Screen) Capture(path string) {
	s.t.Helper()
	s.must(writePNG(path, s.Canvas().Capture()))
}

func (s *Screen) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// rightOf is the part of a picture at the right of so many pixels.
func rightOf(img image.Image, of int) *image.NRGBA {
	n := nrgba(img)
	b := n.Bounds()
	return n.SubImage(image.Rect(b.Min.X+of, b.Min.Y, b.Max.X, b.Max.Y)).(*image.NRGBA)
}

// nrgba gives the pixels of a picture in the form that canvases draw.
func nrgba(img image.Image) *image.NRGBA {
	switch img := img.(type) {
	case *image.NRGBA:
		return img
	case *image.RGBA: // as a picture without transparency is read: the same bytes
		if img.Opaque() {
			return &image.NRGBA{Pix: img.Pix, Stride: img.Stride, Rect: img.Rect}
		}
	}
	n := image.NewNRGBA(img.Bounds())
	draw.Draw(n, n.Bounds(), img, img.Bounds().Min, draw.Src)
	return n
}

// compare tells how two pictures differ, nil when they are the same to a person.
func compare(got, want *image.NRGBA) error {
	size := got.Bounds().Size()
	if size != want.Bounds().Size() {
		return fmt.Errorf("size %v, want %v", size, want.Bounds().Size())
	}
	differ := 0
	for y := range size.Y {
		a, b := got.Pix[y*got.Stride:][:4*size.X], want.Pix[y*want.Stride:][:4*size.X]
		if !bytes.Equal(a, b) {
			differ += farApart(a, b)
		}
	}
	if share := float64(differ) / float64(size.X*size.Y); share > sameShare {
		return fmt.Errorf("%d pixels (%.2f %%) differ", differ, share*100)
	}
	return nil
}

// farApart counts the pixels of two lines that differ by more than a shade.
func farApart(a, b []uint8) int {
	differ := 0
	for i := 0; i < len(a); i += 4 {
		for c := i; c < i+3; c++ {
			if max(a[c], b[c])-min(a[c], b[c]) > shade {
				differ++
				break
			}
		}
	}
	return differ
}

func readPNG(path string) (*image.NRGBA, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("golden picture (UPDATE_GOLDEN=1 writes it): %w", err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		return nil, fmt.Errorf("golden picture: %w", err)
	}
	return nrgba(img), nil
}

func writePNG(path string, img image.Image) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return err
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := png.Encode(f, img); err != nil {
		return errors.Join(err, f.Close())
	}
	return f.Close()
}
