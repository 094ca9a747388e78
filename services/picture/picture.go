// Package picture draws the first page of a document, so that it can be looked at within the program.
//
// PDFs are drawn by PDFium, the engine of Chromium, as WebAssembly (github.com/klippa-app/go-pdfium on wazero): no C is
// linked, and a hostile file sees neither files nor the network, for it is given none. The engine is made ready when the
// first PDF is drawn; what wazero makes of it is kept in a folder, so that the next start takes a fraction of the time.
package picture

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	_ "image/jpeg" // formats that documents may have
	_ "image/png"
	"io"
	"sync"
	"time"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"golang.org/x/image/draw"
)

// ErrNone says that a file has no picture: it is of another kind, damaged, locked by a password, or larger than what is
// drawn.
var ErrNone = errors.New("picture: this file cannot be drawn")

const (
	memoryPages = 4096     // of 64 KiB: 256 MiB for the engine and the page
	pixelsMost  = 40 << 20 // of an image, before it is made smaller
	sideMost    = 2000     // pixels of a picture
	waitMost    = 30 * time.Second
)

// Picture is the first page of a document.
type Picture struct {
	Image image.Image
	Pages int // of the document; 1 of an image
}

// Maker makes pictures, one at a time. It may be used by several goroutines.
type Maker struct {
	folder string // "" to keep nothing

	mu    sync.Mutex
	pool  pdfium.Pool
	cache wazero.CompilationCache
}

// New makes a Maker that keeps the engine, made ready for this machine, in a folder of its own; "" keeps nothing.
func New(folder string) *Maker { return &Maker{folder: folder} }

// First draws the first page of a file of a media type at most so many pixels wide. Errors: ErrNone, and ctx's.
func (m *Maker) First(ctx context.Context, data []byte, mediaType string, width int) (Picture, error) {
	width = min(max(width, 1), sideMost)
	ctx, cancel := context.WithTimeout(ctx, waitMost)
	defer cancel()
	type result struct {
		picture Picture
		err     error
	}
	done := make(chan result, 1)
	go func() { // a file may keep the engine busy for longer than anybody waits
		var r result
		if mediaType == "application/pdf" {
			r.picture, r.err = m.page(ctx, data, width)
		} else {
			r.picture, r.err = photo(data, width)
		}
		done <- r
	}()
	select {
	case r := <-done:
		return r.picture, r.err
	case <-ctx.Done():
		return Picture{}, ctx.Err()
	}
}

// photo makes an image smaller.
func photo(data []byte, width int) (Picture, error) {
	config, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || config.Width < 1 || config.Height < 1 || config.Width > pixelsMost/config.Height {
		return Picture{}, ErrNone
	}
	full, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return Picture{}, ErrNone
	}
	if config.Width <= width {
		return Picture{full, 1}, nil
	}
	small := image.NewRGBA(image.Rect(0, 0, width, max(1, config.Height*width/config.Width)))
	draw.ApproxBiLinear.Scale(small, small.Bounds(), full, full.Bounds(), draw.Src, nil)
	return Picture{small, 1}, nil
}

// page draws the first page of a PDF.
func (m *Maker) page(ctx context.Context, data []byte, width int) (picture Picture, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := ctx.Err(); err != nil { // nobody waits any more
		return Picture{}, err
	}
	if err := m.ready(); err != nil {
		return Picture{}, err
	}
	engine, err := m.pool.GetInstance(waitMost)
	if err != nil {
		return Picture{}, fmt.Errorf("picture: %w", err)
	}
	defer func() {
		// A hostile file can bring the engine down: the next one gets a new one, as none is used twice.
		if fault := recover(); fault != nil {
			err = fmt.Errorf("%w: %v", ErrNone, fault)
		}
		_ = engine.Close() // it is thrown away
	}()
	document, err := engine.OpenDocument(&requests.OpenDocument{File: &data})
	if err != nil {
		return Picture{}, fmt.Errorf("%w: %w", ErrNone, err)
	}
	count, err := engine.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: document.Document})
	if err != nil {
		return Picture{}, fmt.Errorf("%w: %w", ErrNone, err)
	}
	first := requests.Page{ByIndex: &requests.PageByIndex{Document: document.Document, Index: 0}}
	drawn, err := engine.RenderPageInPixels(&requests.RenderPageInPixels{Page: first, Width: width, Height: sideMost})
	if err != nil {
		return Picture{}, fmt.Errorf("%w: %w", ErrNone, err)
	}
	defer drawn.Cleanup()
	// The pixels are the engine's: a copy outlives it.
	copied := image.NewRGBA(drawn.Result.Image.Bounds())
	draw.Draw(copied, copied.Bounds(), drawn.Result.Image, copied.Bounds().Min, draw.Src)
	return Picture{copied, count.PageCount}, nil
}

// ready makes the engine ready. It sees no files.
func (m *Maker) ready() error {
	if m.pool != nil {
		return nil
	}
	config := wazero.NewRuntimeConfig().WithMemoryLimitPages(memoryPages)
	if m.folder != "" && m.cache == nil {
		// Without the folder it takes longer, and works as well.
		if cache, err := wazero.NewCompilationCacheWithDir(m.folder); err == nil {
			m.cache = cache
		}
	}
	if m.cache != nil {
		config = config.WithCompilationCache(m.cache)
	}
	pool, err := webassembly.Init(webassembly.Config{
		MinIdle: 0, MaxIdle: 1, MaxTotal: 1, RuntimeConfig: config, FSConfig: wazero.NewFSConfig(),
		Stdout: io.Discard, Stderr: io.Discard,
	})
	if err != nil {
		return fmt.Errorf("picture: %w", err)
	}
	m.pool = pool
	return nil
}

// Close ends the engine.
func (m *Maker) Close() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.pool == nil {
		return nil
	}
	err := m.pool.Close()
	if m.cache != nil {
		err = errors.Join(err, m.cache.Close(context.Background()))
	}
	m.pool, m.cache = nil, nil
	return err
}
