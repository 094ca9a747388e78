package filetype

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	_ "image/jpeg" // the two formats whose
	_ "image/png"  // dimensions are read
	"io"
	"strings"
)

// Limits of what a file may become once it is opened: a viewer needs four
// bytes of memory for each pixel.
const (
	maxSide     = 30_000
	maxPixels   = 100_000_000
	maxEntries  = 2_000
	maxInflated = 100 << 20 // bytes of all parts of a document
)

// inspect looks inside a file of the kind.
func (k Kind) inspect(data []byte) error {
	switch k.MediaType {
	case JPEG.MediaType, PNG.MediaType:
		config, _, err := image.DecodeConfig(bytes.NewReader(data))
		if err != nil {
			return fmt.Errorf("%w: %w", ErrUnsupported, err)
		}
		return dimensions(uint64(config.Width), uint64(config.Height))
	case HEIC.MediaType:
		return inspectHEIC(data)
	case DOCX.MediaType:
		return inspectDOCX(data)
	}
	return nil
}

// dimensions refuses a pixel flood: few bytes that say "65,535 × 65,535".
func dimensions(width, height uint64) error {
	if width > maxSide || height > maxSide || width*height > maxPixels {
		return ErrSwells
	}
	return nil
}

// inspectHEIC reads the dimensions that the file's properties name, in every
// box but the one with the pixels, which could hold the mark by chance.
func inspectHEIC(data []byte) error {
	for len(data) > 0 {
		box := data[:boxSize(data)]
		data = data[len(box):]
		if len(box) >= 8 && string(box[4:8]) == "mdat" {
			continue
		}
		if err := inspectBox(box); err != nil {
			return err
		}
	}
	return nil
}

// boxSize is how long the first box of a file is (ISO/IEC 14496-12, 4.2): its
// size in 32 bits, or 1 and the size in 64 bits behind the type. What is no box
// lasts to the end, as one of size 0 does.
func boxSize(data []byte) int {
	if len(data) < 16 {
		return len(data)
	}
	size := uint64(binary.BigEndian.Uint32(data))
	if size == 1 {
		size = binary.BigEndian.Uint64(data[8:])
	}
	if size < 8 || size > uint64(len(data)) {
		return len(data)
	}
	return int(size) //nolint:gosec // no more than there are bytes
}

// inspectBox looks for dimensions (ISO/IEC 23008-12, 6.5.3 "ispe": version and
// flags, width, height; 32 bits each).
func inspectBox(data []byte) error {
	mark := []byte("ispe")
	for {
		i := bytes.Index(data, mark)
		if i < 0 {
			return nil
		}
		data = data[i+len(mark):]
		if len(data) < 12 {
			return ErrUnsupported
		}
		err := dimensions(uint64(binary.BigEndian.Uint32(data[4:])), uint64(binary.BigEndian.Uint32(data[8:])))
		if err != nil {
			return err
		}
	}
}

// inspectDOCX accepts a Word document without macros whose parts are of
// bounded size in all. Sizes that an archive claims may lie, so it is unpacked
// (to nowhere).
func inspectDOCX(data []byte) error {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return fmt.Errorf("%w: %w", ErrUnsupported, err)
	}
	if len(archive.File) > maxEntries {
		return ErrSwells
	}
	parts := map[string]bool{}
	left := int64(maxInflated)
	for _, part := range archive.File {
		parts[strings.ToLower(part.Name)] = true
		if left, err = unpack(part, left); err != nil {
			return err
		}
	}
	if !parts["[content_types].xml"] || !parts["word/document.xml"] || parts["word/vbaproject.bin"] {
		return ErrUnsupported
	}
	return nil
}

// unpack reads one part and gives how many bytes the next may still have.
func unpack(part *zip.File, left int64) (int64, error) {
	if part.UncompressedSize64 > uint64(left) {
		return 0, ErrSwells
	}
	content, err := part.Open()
	if err != nil {
		return 0, fmt.Errorf("%w: %w", ErrUnsupported, err)
	}
	defer content.Close()
	n, err := io.Copy(io.Discard, io.LimitReader(content, left+1))
	if n > left {
		return 0, ErrSwells
	}
	if err != nil {
		return 0, fmt.Errorf("%w: %w", ErrUnsupported, err)
	}
	return left - n, nil
}
