package picture_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strings"
	"sync"
	"testing"

	"myaccount/services/picture"
)

// shared is one Maker for all tests: making the engine ready takes a while.
var shared = sync.OnceValue(func() *picture.Maker { return picture.New("") })

// pdf is a file of so many pages; on the first the left half is black.
func pdf(pages int) []byte {
	var out strings.Builder
	var offsets []int
	object := func(format string, arguments ...any) {
		offsets = append(offsets, out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n"+format+"\nendobj\n", append([]any{len(offsets)}, arguments...)...)
	}
	out.WriteString("%PDF-1.4\n")
	object("<</Type /Catalog /Pages 2 0 R>>")
	var kids strings.Builder
	for i := range pages {
		fmt.Fprintf(&kids, "%d 0 R ", 4+i)
	}
	object("<</Type /Pages /Count %d /Kids [%s] /MediaBox [0 0 200 100]>>", pages, kids.String())
	const content = "0 g 0 0 100 100 re f"
	object("<</Length %d>>\nstream\n%s\nendstream", len(content), content)
	for i := range pages {
		if i == 0 {
			object("<</Type /Page /Parent 2 0 R /Contents 3 0 R>>")
		} else {
			object("<</Type /Page /Parent 2 0 R>>")
		}
	}
	at := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, offset := range offsets {
		fmt.Fprintf(&out, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&out, "trailer\n<</Size %d /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, at)
	return []byte(out.String())
}

// dark tells whether a picture is dark at a place.
func dark(img image.Image, x, y int) bool {
	r, g, b, _ := img.At(x, y).RGBA()
	return r+g+b < 3*0x4000
}

func TestFirst_PDF(t *testing.T) {
	for range 3 {
		p, err := shared().First(t.Context(), pdf(7), "application/pdf", 400)
		if err != nil {
			t.Fatal(err)
		}
		if p.Pages != 7 || p.Image.Bounds().Dx() != 400 || p.Image.Bounds().Dy() != 200 {
			t.Errorf("%d pages, %v", p.Pages, p.Image.Bounds())
		}
		if !dark(p.Image, 100, 100) || dark(p.Image, 300, 100) {
			t.Error("it is not what was written")
		}
	}
}

func TestFirst_Image(t *testing.T) {
	img := image.NewGray(image.Rect(0, 0, 900, 300))
	for x := range 900 {
		for y := range 300 {
			if x >= 450 {
				img.SetGray(x, y, color.Gray{255})
			}
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		t.Fatal(err)
	}
	for width, want := range map[int]int{300: 300, 900: 900, 2000: 900, 0: 1} {
		p, err := shared().First(t.Context(), out.Bytes(), "image/png", width)
		if err != nil || p.Pages != 1 || p.Image.Bounds().Dx() != want {
			t.Errorf("%d wide: %v, %+v", width, err, p.Pages)
		}
	}
	p, err := shared().First(t.Context(), out.Bytes(), "image/png", 300)
	if err != nil || !dark(p.Image, 75, 50) || dark(p.Image, 225, 50) {
		t.Errorf("it is not what was drawn: %v", err)
	}
}

// TestFirst_None: what cannot be drawn is said to be so, and the next file is drawn all the same.
func TestFirst_None(t *testing.T) {
	damaged := pdf(1)
	huge := []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01\x00\x00\x00\x01\x00\x00\x08\x02\x00\x00\x00")
	for what, test := range map[string]struct {
		data []byte
		kind string
	}{
		"nothing":         {nil, "application/pdf"},
		"no PDF":          {[]byte("MZ\x90\x00 not a PDF"), "application/pdf"},
		"a cut PDF":       {damaged[:60], "application/pdf"},
		"no page":         {pdf(0), "application/pdf"},
		"a PDF as image":  {damaged, "image/png"},
		"a huge image":    {huge, "image/png"},
		"another kind":    {[]byte("text"), "text/plain"},
		"an empty stream": {bytes.ReplaceAll(damaged, []byte("stream"), []byte("strxam")), "text/plain"},
	} {
		if _, err := shared().First(t.Context(), test.data, test.kind, 400); !errors.Is(err, picture.ErrNone) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := shared().First(t.Context(), damaged, "application/pdf", 400); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

func TestFirst_NobodyWaits(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := shared().First(ctx, pdf(1), "application/pdf", 400); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// TestMaker_Keeps: what was made ready is found again by the next one.
func TestMaker_Keeps(t *testing.T) {
	folder := t.TempDir()
	for range 2 {
		m := picture.New(folder)
		if _, err := m.First(t.Context(), pdf(1), "application/pdf", 100); err != nil {
			t.Fatal(err)
		}
		if err := m.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func FuzzFirst(f *testing.F) {
	f.Add(pdf(1))
	f.Add([]byte("%PDF-1.4\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := shared().First(t.Context(), data, "application/pdf", 50)
		if err == nil && (p.Image == nil || p.Pages < 1) {
			t.Errorf("%d pages without error", p.Pages)
		}
	})
}
