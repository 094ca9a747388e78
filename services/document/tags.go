package document

import (
	"fmt"
	"strings"
)

// node is an element of a document's logical structure (ISO 32000-1, 14.7): what a screen reader reads out, in this order.
// It has either parts of its own or marks.
type node struct {
	kind  string // a standard structure type (ISO 32000-1, 14.8.4): "H1", "P", "Table", "TR", "TH", "TD"
	scope string // of a "TH", what it is the head of: "Row" or "Column"
	kids  []*node
	marks []mark

	object int // number of its object in the file, once that is known
}

// mark is a piece of a page's content that belongs to a node.
type mark struct{ page, id int }

// within has what fn writes be parts of a new element.
func (s *sheet) within(kind string, fn func()) {
	outer := s.open
	s.open = s.leaf(kind)
	fn()
	s.open = outer
}

// leaf adds an element to the open one.
func (s *sheet) leaf(kind string) *node {
	n := &node{kind: kind}
	s.open.kids = append(s.open.kids, n)
	return n
}

// mark has what draw writes belong to an element. draw stays on the page.
func (s *sheet) mark(n *node, draw func()) {
	page := s.pdf.PageNo()
	id := s.marks[page]
	s.marks[page]++
	n.marks = append(n.marks, mark{page, id})
	s.pdf.RawWriteStr(fmt.Sprintf("/%s <</MCID %d>> BDC", n.kind, id))
	draw()
	s.pdf.RawWriteStr("EMC")
}

// artifact has what draw writes belong to no element: lines, and the foot of the page.
func (s *sheet) artifact(draw func()) {
	s.pdf.RawWriteStr("/Artifact BMC")
	draw()
	s.pdf.RawWriteStr("EMC")
}

// number gives a node and all its parts their objects from first on, and tells the first free number.
func (n *node) number(first int) int {
	n.object = first
	first++
	for _, kid := range n.kids {
		first = kid.number(first)
	}
	return first
}

// each calls fn for a node and all its parts.
func (n *node) each(parent int, fn func(n *node, parent int)) {
	fn(n, parent)
	for _, kid := range n.kids {
		kid.each(n.object, fn)
	}
}

// dictionary is the node as it stands in the file; pages are the objects of the pages.
func (n *node) dictionary(parent int, pages []int) string {
	var kids []string
	for _, kid := range n.kids {
		kids = append(kids, fmt.Sprintf("%d 0 R", kid.object))
	}
	for _, m := range n.marks {
		kids = append(kids, fmt.Sprintf("<</Type /MCR /Pg %d 0 R /MCID %d>>", pages[m.page-1], m.id))
	}
	attributes := ""
	if n.scope != "" {
		attributes = " /A <</O /Table /Scope /" + n.scope + ">>"
	}
	return fmt.Sprintf("<</Type /StructElem /S /%s /P %d 0 R /K [%s]%s>>", n.kind, parent, strings.Join(kids, " "), attributes)
}
