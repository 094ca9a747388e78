package debitfile

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Return is a debit that the bank gave back.
type Return struct {
	Record    int    // in the file, from 1
	Reason    string // 3 digits, "901"
	Amount    int64  // cents
	Reference string // of the Debit
}

// Reader reads a file of returns. It holds one record, however many there are.
type Reader struct {
	in     *bufio.Reader
	record int      // the last one read
	queue  []Return // of it, not given yet
	ended  bool

	debits, total int64 // of the records so far, as the trailer counts them
}

// NewReader begins to read a file.
func NewReader(r io.Reader) *Reader { return &Reader{in: bufio.NewReaderSize(r, 1<<16)} }

// Next gives the next return. Fails with io.EOF once the whole file was read and its trailer says the same in count and
// sum, and with ErrFormat, which names the record.
func (r *Reader) Next() (Return, error) {
	for len(r.queue) == 0 {
		if err := r.read(); err != nil {
			return Return{}, err
		}
	}
	next := r.queue[0]
	r.queue = r.queue[1:]
	return next, nil
}

// read reads one record.
func (r *Reader) read() error {
	line, err := r.line()
	if errors.Is(err, io.EOF) && r.ended {
		return io.EOF
	}
	if errors.Is(err, io.EOF) {
		return r.fault("the file ends without a trailer")
	}
	if err != nil {
		return err
	}
	r.record++
	if r.ended {
		return r.fault("a record after the trailer")
	}
	if n, err := number(line, 2, 10); err != nil || n != int64(r.record) {
		return r.fault("count of records")
	}
	kind := line[0]
	if (kind == 'A') != (r.record == 1) {
		return r.fault("no header, or one in the middle")
	}
	switch kind {
	case 'A', 'C', 'I', 'E', 'F', 'S', 'U': // nothing of ours
		return nil
	case 'D', 'J':
		return r.segments(line)
	case 'Z':
		return r.trailer(line)
	}
	return r.fault("type of record")
}

// line reads a record with its end of line. Spaces that were cut off its end are put back.
func (r *Reader) line() (string, error) {
	line, err := r.in.ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", fmt.Errorf("debitfile: %w", err)
	}
	if line == "" || line == "\x1a" { // the end that some systems mark
		return "", io.EOF
	}
	line = strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r")
	if len(line) > recordSize || len(line) < segmentFrom {
		r.record++
		return "", r.fault("length of record")
	}
	return line + strings.Repeat(" ", recordSize-len(line)), nil
}

// segments reads the debits of a record.
func (r *Reader) segments(line string) error {
	for n := range segments {
		from := segmentFrom + n*segmentSize
		segment := line[from : from+segmentSize]
		if strings.Trim(segment, " ") == "" || n > 0 && strings.Trim(segment, " 0") == "" {
			break
		}
		amount, err := number(segment, 4, 13)
		if err != nil {
			return r.fault("amount")
		}
		r.debits++
		r.total += amount
		if line[0] != 'J' {
			continue
		}
		returned := Return{Record: r.record, Reason: segment[:3], Amount: amount, Reference: strings.TrimSpace(segment[150:169])}
		if !digits(returned.Reason) {
			return r.fault("reason")
		}
		r.queue = append(r.queue, returned)
	}
	return nil
}

// trailer compares what the file says of itself with what was read.
func (r *Reader) trailer(line string) error {
	r.ended = true
	total, err := number(line, 25, 38)
	if err != nil || total != r.total {
		return r.fault("sum of debits")
	}
	if count, err := number(line, 39, 46); err != nil || count != r.debits {
		return r.fault("count of debits")
	}
	return nil
}

// fault names what is wrong with the record that was read last. What stands in it is not told: it may be an account.
func (r *Reader) fault(what string) error {
	return fmt.Errorf("%w: record %d: %s", ErrFormat, max(r.record, 1), what)
}

// number reads a field that is filled with zeros.
func number(s string, from, to int) (int64, error) {
	field := s[from-1 : to]
	if !digits(field) {
		return 0, ErrFormat
	}
	return strconv.ParseInt(field, 10, 64)
}
