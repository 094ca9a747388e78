package document

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// errShape says that gofpdf wrote a file of another shape than this package knows.
var errShape = errors.New("document: a file of an unknown shape")

var (
	trailer = regexp.MustCompile(`trailer\n<<\n/Size (\d+)\n/Root (\d+) 0 R\n/Info (\d+) 0 R\n(?:/ID [^\n]*\n)?>>\nstartxref\n(\d+)\n%%EOF\n$`)
	entry   = regexp.MustCompile(`(?m)^(\d{10}) 00000 n ?$`)
)

// update is an incremental update of a file (ISO 32000-1, 7.5.6): what gofpdf cannot write is added behind what it wrote,
// which stays as it is.
type update struct {
	old     []byte
	size    int // number of objects, one more than the last
	root    int // object of the catalogue
	info    int
	xref    int   // where the old table begins
	offsets []int // of the old objects

	out     bytes.Buffer
	written map[int]int // new offsets by object, those that replace old ones among them
}

// begin reads the end of a file.
func begin(old []byte) (*update, error) {
	match := trailer.FindSubmatch(old)
	if match == nil {
		return nil, errShape
	}
	u := &update{old: old, written: map[int]int{}}
	for i, field := range []*int{&u.size, &u.root, &u.info, &u.xref} {
		*field, _ = strconv.Atoi(string(match[i+1])) // digits, as matched
	}
	if u.xref >= len(old) {
		return nil, errShape
	}
	u.offsets = append(u.offsets, 0)
	for _, line := range entry.FindAllSubmatch(old[u.xref:], -1) {
		offset, _ := strconv.Atoi(string(line[1]))
		u.offsets = append(u.offsets, offset)
	}
	if len(u.offsets) != u.size || u.root >= u.size {
		return nil, errShape
	}
	u.out.Write(old)
	return u, nil
}

// body is the dictionary of an old object.
func (u *update) body(object int) (string, error) {
	rest := u.old[min(u.offsets[object], len(u.old)):]
	head := fmt.Sprintf("%d 0 obj\n", object)
	end := bytes.Index(rest, []byte("\nendobj"))
	if !bytes.HasPrefix(rest, []byte(head)) || end < 0 {
		return "", errShape
	}
	return string(rest[len(head):end]), nil
}

// pages are the objects of the pages, in their order.
func (u *update) pages() (objects []int) {
	for object := 1; object < u.size; object++ {
		if body, err := u.body(object); err == nil && strings.HasPrefix(body, "<</Type /Page\n") {
			objects = append(objects, object)
		}
	}
	return objects
}

// put writes an object, a new one or in place of an old one.
func (u *update) put(object int, body string) {
	u.written[object] = u.out.Len()
	fmt.Fprintf(&u.out, "%d 0 obj\n%s\nendobj\n", object, body)
}

// extend writes an old dictionary again with more entries.
func (u *update) extend(object int, more string) error {
	body, err := u.body(object)
	if err != nil {
		return err
	}
	body, ok := strings.CutSuffix(body, ">>")
	if !ok {
		return errShape
	}
	u.put(object, body+more+">>")
	return nil
}

// end writes the table of what was added.
func (u *update) end(size int) []byte {
	at := u.out.Len()
	u.out.WriteString("xref\n")
	for object := range size {
		if offset, ok := u.written[object]; ok {
			fmt.Fprintf(&u.out, "%d 1\n%010d 00000 n \n", object, offset)
		}
	}
	fmt.Fprintf(&u.out, "trailer\n<<\n/Size %d\n/Root %d 0 R\n/Info %d 0 R\n/Prev %d\n>>\nstartxref\n%d\n%%%%EOF\n",
		size, u.root, u.info, u.xref, at)
	return u.out.Bytes()
}

// describe adds to a file its language, that its title is to be shown, and its logical structure, so that it can be read
// out.
func describe(file []byte, language string, root *node, marks map[int]int) ([]byte, error) {
	u, err := begin(file)
	if err != nil {
		return nil, err
	}
	pages := u.pages()
	tree := u.size
	parents := tree + 1
	size := root.number(parents + 1)
	owners := map[mark]int{}
	root.each(tree, func(n *node, _ int) {
		for _, m := range n.marks {
			owners[m] = n.object
		}
	})
	var numbers strings.Builder
	for i, page := range pages {
		err := u.extend(page, fmt.Sprintf("\n/StructParents %d /Tabs /S", i))
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&numbers, "%d [", i)
		for id := range marks[i+1] {
			fmt.Fprintf(&numbers, "%d 0 R ", owners[mark{i + 1, id}])
		}
		numbers.WriteString("] ")
	}
	err = u.extend(u.root, fmt.Sprintf(
		"/Version /1.7\n/Lang (%s)\n/MarkInfo <</Marked true>>\n/ViewerPreferences <</DisplayDocTitle true>>\n/StructTreeRoot %d 0 R\n",
		language, tree))
	if err != nil {
		return nil, err
	}
	u.put(tree, fmt.Sprintf("<</Type /StructTreeRoot /K %d 0 R /ParentTree %d 0 R /ParentTreeNextKey %d>>",
		root.object, parents, len(pages)))
	u.put(parents, fmt.Sprintf("<</Nums [%s]>>", numbers.String()))
	root.each(tree, func(n *node, parent int) { u.put(n.object, n.dictionary(parent, pages)) })
	return u.end(size), nil
}
