package portfolio

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
)

// MaxLine bounds a line, in bytes; a longer one is a fault.
const MaxLine = 1 << 20

// Line is a line of the file that is not blank.
type Line struct {
	Number   int // from 1, blank lines counted
	Customer Customer
	Faults   []Fault // when there are any, Customer is worth nothing
}

// Reader reads a file line by line and also tells what stands twice in the file: a customer or an agreement's number.
// It keeps eight bytes for each, so a million customers take some tens of megabytes.
type Reader struct {
	source *bufio.Reader
	number int
	seed   maphash.Seed
	seen   map[uint64]struct{}
}

// NewReader makes a Reader. A byte order mark, blank lines and CRLF are tolerated.
func NewReader(r io.Reader) *Reader {
	return &Reader{
		source: bufio.NewReaderSize(r, MaxLine+len("\r\n")),
		seed:   maphash.MakeSeed(),
		seen:   map[uint64]struct{}{},
	}
}

var byteOrderMark = []byte("\ufeff")

// Next reads the next line that is not blank; io.EOF at the end. Any other error is the source's.
func (r *Reader) Next() (Line, error) {
	for {
		raw, err := r.read()
		if err != nil {
			return Line{}, err
		}
		line := Line{Number: r.number}
		if raw == nil {
			line.Faults = []Fault{{Reason: TooLong}}
			return line, nil
		}
		if raw = bytes.TrimSpace(raw); len(raw) == 0 {
			continue
		}
		line.Customer, line.Faults = ParseLine(raw)
		if len(line.Faults) == 0 {
			line.Faults = r.repeated(&line.Customer)
		}
		return line, nil
	}
}

// read gives a line as it is, which is good until the next read, and nil for one that is too long.
func (r *Reader) read() ([]byte, error) {
	raw, err := r.source.ReadSlice('\n')
	r.number++
	tooLong := errors.Is(err, bufio.ErrBufferFull)
	for errors.Is(err, bufio.ErrBufferFull) {
		_, err = r.source.ReadSlice('\n')
	}
	switch {
	case err != nil && !errors.Is(err, io.EOF):
		return nil, fmt.Errorf("portfolio: read: %w", err)
	case tooLong:
		return nil, nil
	case err != nil && len(raw) == 0:
		return nil, io.EOF
	case r.number == 1:
		raw = bytes.TrimPrefix(raw, byteOrderMark)
	}
	return raw, nil
}

// repeated tells what an earlier line has too. Only hashes are compared: two different numbers of a file of a million
// customers are mistaken for one another once in ten million imports, and importing again takes other hashes.
func (r *Reader) repeated(c *Customer) []Fault {
	var faults []Fault
	if r.again("c" + Key(c.ID)) {
		faults = append(faults, Fault{Field: "customer_id", Reason: Duplicate})
	}
	for i := range c.Agreements {
		if r.again("a" + Key(c.Agreements[i].Number)) {
			faults = append(faults, Fault{Field: fmt.Sprintf("agreements[%d].number", i), Reason: Duplicate})
		}
	}
	return faults
}

// again tells whether a key was there before.
func (r *Reader) again(key string) bool {
	hash := maphash.String(r.seed, key)
	_, found := r.seen[hash]
	r.seen[hash] = struct{}{}
	return found
}
