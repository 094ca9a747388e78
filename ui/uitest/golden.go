package uitest

import (
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
func rightOf(img image.Image, of int) image.Image {
	b := img.Bounds()
	part := image.NewNRGBA(image.Rect(0, 0, b.Dx()-of, b.Dy()))
	draw.Draw(part, part.Bounds(), img, b.Min.Add(image.Pt(of, 0)), draw.Src)
	return part
}

// compare tells how two pictures differ, nil when they are the same to a person.
func compare(got, want image.Image) error {
	if got.Bounds().Size() != want.Bounds().Size() {
		return fmt.Errorf("size %v, want %v", got.Bounds().Size(), want.Bounds().Size())
	}
	size, differ := got.Bounds().Size(), 0
	for y := range size.Y {
		for x := range size.X {
			if farApart(got, want, x, y) {
				differ++
			}
		}
	}
	if share := float64(differ) / float64(size.X*size.Y); share > sameShare {
		return fmt.Errorf("%d pixels (%.2f %%) differ", differ, share*100)
	}
	return nil
}

func farApart(a, b image.Image, x, y int) bool {
	r1, g1, b1, _ := a.At(a.Bounds().Min.X+x, a.Bounds().Min.Y+y).RGBA()
	r2, g2, b2, _ := b.At(b.Bounds().Min.X+x, b.Bounds().Min.Y+y).RGBA()
	far := func(m, n uint32) bool { return max(m, n)-min(m, n) > shade<<8 }
	return far(r1, r2) || far(g1, g2) || far(b1, b2)
}

func readPNG(path string) (image.Image, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("golden picture (UPDATE_GOLDEN=1 writes it): %w", err)
	}
	defer f.Close()
	return png.Decode(f)
}

func writePNG(path string, img image.Image) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := png.Encode(f, img); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
