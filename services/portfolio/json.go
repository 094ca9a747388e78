package portfolio

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
)

// maxDepth bounds how deep arrays and objects may lie within one another.
const maxDepth = 32

// decoder walks over the JSON of one line once, without building a tree. encoding/json would neither name the path of
// a fault nor notice a key that stands twice, and takes several times as long. After a breach of JSON's grammar
// broken is set and every method returns at once.
type decoder struct {
	data   []byte
	pos    int
	depth  int
	broken bool
	path   []step
	faults []Fault
}

// step is one part of the path to a value: a name, or the index of an item.
type step struct {
	name  string
	index int // -1 for a name
}

// field says how one member of an object is read into a T. A member that is null counts as missing.
type field[T any] struct {
	name     string
	required bool
	read     func(d *decoder, to *T)
}

// object reads an object with the fields given, and tells those that are unknown, missing or there twice.
func object[T any](d *decoder, to *T, fields []field[T]) {
	if !d.enter('{') {
		return
	}
	var known, given uint64 // bits by index in fields
	for next := 0; d.more('}', next > 0); next++ {
		key := d.key()
		i := find(fields, key, next)
		switch {
		case d.broken:
			return
		case i < 0:
			d.at(shown(key), Unknown)
			d.skip()
			continue
		}
		bit := uint64(1) << i
		d.path = append(d.path, step{fields[i].name, -1})
		switch {
		case known&bit != 0:
			d.fault(Duplicate)
			d.skip()
		case d.null():
			known |= bit
		default:
			known, given = known|bit, given|bit
			fields[i].read(d, to)
		}
		d.path = d.path[:len(d.path)-1]
	}
	for i, f := range fields {
		if f.required && given&(1<<i) == 0 && !d.broken {
			d.at(f.name, Required)
		}
	}
}

// find gives the index of the field of a name, looking first where it is when the file keeps the order of the fields.
func find[T any](fields []field[T], key []byte, guess int) int {
	if guess < len(fields) && fields[guess].name == string(key) {
		return guess
	}
	for i := range fields {
		if fields[i].name == string(key) {
			return i
		}
	}
	return -1
}

// items steps through an array and runs read for each item.
func (d *decoder) items(read func()) {
	if !d.enter('[') {
		return
	}
	for n := 0; d.more(']', n > 0); n++ {
		d.in(step{"", n}, read)
	}
}

// list reads an array of objects.
func list[T any](d *decoder, fields []field[T]) []T {
	var all []T
	d.items(func() {
		var item T
		object(d, &item, fields)
		all = append(all, item)
	})
	return all
}

// clean runs read and tells whether it found no fault.
func (d *decoder) clean(read func()) bool {
	before := len(d.faults)
	read()
	return !d.broken && len(d.faults) == before
}

// in runs f with a step more in the path.
func (d *decoder) in(s step, f func()) {
	d.path = append(d.path, s)
	f()
	d.path = d.path[:len(d.path)-1]
}

// fault notes what is wrong with the value at the path.
func (d *decoder) fault(reason string) {
	d.faults = append(d.faults, Fault{Field: d.where(), Reason: reason})
}

// at notes what is wrong with a member of the object at the path.
func (d *decoder) at(name, reason string) {
	d.in(step{name, -1}, func() { d.fault(reason) })
}

// where writes the path as "agreements[0].vin".
func (d *decoder) where() string {
	var out []byte
	for _, s := range d.path {
		if s.index >= 0 {
			out = append(strconv.AppendInt(append(out, '['), int64(s.index), 10), ']')
			continue
		}
		if len(out) > 0 {
			out = append(out, '.')
		}
		out = append(out, s.name...)
	}
	return string(out)
}

// shown cuts a name that the file made up to what an error can show.
func shown(key []byte) string {
	const most = 40
	return strings.ToValidUTF8(string(key[:min(len(key), most)]), "")
}

// peek gives the next character that is no white space, 0 at the end.
func (d *decoder) peek() byte {
	for ; d.pos < len(d.data); d.pos++ {
		switch c := d.data[d.pos]; c {
		case ' ', '\t', '\r', '\n':
		default:
			return c
		}
	}
	return 0
}

// take steps over c if it is what comes next.
func (d *decoder) take(c byte) bool {
	if d.broken || d.peek() != c {
		return false
	}
	d.pos++
	return true
}

// enter steps into an object or array; another value is a fault and skipped.
func (d *decoder) enter(open byte) bool {
	if !d.take(open) {
		d.wrong()
		return false
	}
	d.depth++
	d.broken = d.broken || d.depth > maxDepth
	return !d.broken
}

// more tells whether another member follows, and steps over the comma before it or the closing bracket.
func (d *decoder) more(closing byte, comma bool) bool {
	switch {
	case d.broken:
		return false
	case d.take(closing):
		d.depth--
		return false
	case comma && !d.take(','):
		d.broken = true
	}
	return !d.broken
}

// key reads the name of a member, as it is written, and its colon.
func (d *decoder) key() []byte {
	if d.peek() != '"' {
		d.broken = true
		return nil
	}
	key := d.token()
	if !d.take(':') {
		d.broken = true
		return nil
	}
	return key[1 : len(key)-1]
}

// null steps over a null.
func (d *decoder) null() bool {
	return !d.broken && d.peek() == 'n' && d.word("null")
}

// word steps over a literal, or breaks.
func (d *decoder) word(w string) bool {
	if end := d.pos + len(w); end <= len(d.data) && string(d.data[d.pos:end]) == w {
		d.pos = end
		return true
	}
	d.broken = true
	return false
}

// wrong notes a value of another type than asked for, and skips it.
func (d *decoder) wrong() {
	if !d.broken {
		d.fault(Format)
		d.skip()
	}
}

// skip steps over any value.
func (d *decoder) skip() {
	switch c := d.peek(); {
	case d.broken:
	case c == '{':
		d.enter('{')
		for n := 0; d.more('}', n > 0); n++ {
			d.key()
			d.skip()
		}
	case c == '[':
		d.enter('[')
		for n := 0; d.more(']', n > 0); n++ {
			d.skip()
		}
	case c == '"':
		d.token()
	case c == 't':
		d.word("true")
	case c == 'f':
		d.word("false")
	case c == 'n':
		d.word("null")
	default:
		d.number()
	}
}

// str reads a string, which is good until the next line; ok is false, and the fault noted, when the value is none.
func (d *decoder) str() (s []byte, ok bool) {
	if d.broken || d.peek() != '"' {
		d.wrong()
		return nil, false
	}
	token := d.token()
	if d.broken {
		return nil, false
	}
	if bytes.IndexByte(token, '\\') < 0 {
		return token[1 : len(token)-1], true
	}
	var plain string
	err := json.Unmarshal(token, &plain) // the grammar was checked; a lone surrogate becomes U+FFFD
	return []byte(plain), err == nil
}

// token steps over a string and gives it with its quotes.
func (d *decoder) token() []byte {
	start := d.pos
	for d.pos++; d.pos < len(d.data); d.pos++ {
		switch c := d.data[d.pos]; {
		case c == '"':
			d.pos++
			return d.data[start:d.pos]
		case c == '\\':
			d.escape()
		case c < ' ':
			d.broken = true
		}
		if d.broken {
			break
		}
	}
	d.broken = true
	return []byte(`""`)
}

// escape steps onto the last character of an escape sequence.
func (d *decoder) escape() {
	d.pos++
	if d.pos >= len(d.data) {
		d.broken = true
		return
	}
	switch d.data[d.pos] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
	case 'u':
		for range 4 {
			if d.pos++; d.pos >= len(d.data) || !isHex(d.data[d.pos]) {
				d.broken = true
				return
			}
		}
	default:
		d.broken = true
	}
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

// number steps over a number and gives it; whole is false when it has a fraction or an exponent.
func (d *decoder) number() (digits []byte, whole bool) {
	start := d.pos
	d.sign('-', '-')
	if d.pos < len(d.data) && d.data[d.pos] == '0' {
		d.pos++
	} else {
		d.digits()
	}
	whole = true
	if d.pos < len(d.data) && d.data[d.pos] == '.' {
		whole = false
		d.pos++
		d.digits()
	}
	if d.pos < len(d.data) && (d.data[d.pos] == 'e' || d.data[d.pos] == 'E') {
		whole = false
		d.pos++
		d.sign('+', '-')
		d.digits()
	}
	return d.data[start:d.pos], whole
}

func (d *decoder) sign(a, b byte) {
	if d.pos < len(d.data) && (d.data[d.pos] == a || d.data[d.pos] == b) {
		d.pos++
	}
}

// digits steps over at least one digit.
func (d *decoder) digits() {
	start := d.pos
	for d.pos < len(d.data) && '0' <= d.data[d.pos] && d.data[d.pos] <= '9' {
		d.pos++
	}
	d.broken = d.broken || d.pos == start
}

// end checks that nothing follows.
func (d *decoder) end() {
	if d.peek(); d.pos < len(d.data) {
		d.broken = true
	}
}
