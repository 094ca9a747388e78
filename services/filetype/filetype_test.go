package filetype_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/jpeg"
	"image/png"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"myaccount/services/filetype"
	"myaccount/services/text"
)

var all = []string{"pdf", "jpg", "png", "heic", "txt", "docx"}

func pictures(t testing.TB) (pngData, jpegData []byte) {
	t.Helper()
	picture := image.NewGray(image.Rect(0, 0, 4, 3))
	var p, j bytes.Buffer
	if err := errors.Join(png.Encode(&p, picture), jpeg.Encode(&j, picture, nil)); err != nil {
		t.Fatal(err)
	}
	return p.Bytes(), j.Bytes()
}

// flood is a PNG whose header says that it is huge.
func flood(t testing.TB, width, height uint32) []byte {
	data, _ := pictures(t)
	binary.BigEndian.PutUint32(data[16:], width)
	binary.BigEndian.PutUint32(data[20:], height)
	binary.BigEndian.PutUint32(data[29:], crc32.ChecksumIEEE(data[12:29]))
	return data
}

func docx(t testing.TB, extra map[string][]byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	parts := map[string][]byte{"[Content_Types].xml": []byte("<Types/>"), "word/document.xml": []byte("<w:document/>")}
	for name, data := range extra {
		parts[name] = data
	}
	for name, data := range parts {
		part, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write(data); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// heic is the beginning of a picture of an iPhone.
func heic(width, height uint32) []byte {
	data := []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic\x00\x00\x00\x14ispe\x00\x00\x00\x00")
	data = binary.BigEndian.AppendUint32(data, width)
	data = binary.BigEndian.AppendUint32(data, height)
	return append(data, "\x00\x00\x00\x10mdat12345678"...)
}

// behindPixels puts pixels, which look like enormous dimensions, before the properties of a picture.
func behindPixels(picture []byte) []byte {
	const begin = 0x18 // of the first box, which is kept
	pixels := "\x00\x00\x00\x20mdatispe\x00\x00\x00\x00\xff\xff\xff\xff\xff\xff\xff\xff--------"
	return slices.Concat(picture[:begin], []byte(pixels[:32]), picture[begin:])
}

func TestCheck_Accepts(t *testing.T) {
	pngData, jpegData := pictures(t)
	for _, c := range []struct {
		name, want, mediaType string
		data                  []byte
	}{
		{"registration.pdf", "registration.pdf", "application/pdf", []byte("%PDF-1.4\n%%EOF")},
		{"Photo.JPG", "Photo.JPG", "image/jpeg", jpegData},
		{"photo.jpeg", "photo.jpeg", "image/jpeg", jpegData},
		{"photo", "photo.jpg", "image/jpeg", jpegData},
		{"plan.png", "plan.png", "image/png", pngData},
		{"IMG_1.HEIC", "IMG_1.HEIC", "image/heic", heic(4032, 3024)},
		{"IMG_2.HEIC", "IMG_2.HEIC", "image/heic", behindPixels(heic(4032, 3024))},
		{"notes.txt", "notes.txt", "text/plain", []byte("\ufeffÉté, 夏, 🏖\r\n\tالصيف")},
		{"Letter to Mr. Roy", "Letter to Mr. Roy.txt", "text/plain", []byte("Bonjour")},
		{"letter.docx", "letter.docx", filetype.DOCX.MediaType, docx(t, nil)},
		{`C:\Users\me\letter.docx`, "letter.docx", filetype.DOCX.MediaType, docx(t, map[string][]byte{"a.xml": make([]byte, 9<<20)})},
	} {
		got, err := filetype.Check(c.name, c.data, all)
		if err != nil || got.Name != c.want || got.MediaType != c.mediaType {
			t.Errorf("Check(%q) = %+v, %v; want %q of %s", c.name, got, err, c.want, c.mediaType)
		}
	}
}

func TestCheck_Refuses(t *testing.T) {
	pngData, jpegData := pictures(t)
	for what, c := range map[string]struct {
		name string
		data []byte
		want error
	}{
		"empty":              {"a.pdf", nil, filetype.ErrEmpty},
		"no name":            {"../..", []byte("text"), filetype.ErrName},
		"program":            {"a.pdf", []byte("MZ\x90\x00\x03"), filetype.ErrUnsupported},
		"latin-1":            {"a.txt", []byte("\xe9t\xe9"), filetype.ErrUnsupported},
		"control character":  {"a.txt", []byte("a\x00b"), filetype.ErrUnsupported},
		"escape sequence":    {"a.txt", []byte("a\x1b[31mb"), filetype.ErrUnsupported},
		"script":             {"a.sh", []byte("#!/bin/sh\necho"), filetype.ErrUnsupported},
		"page":               {"a.html", []byte("<html><script>x</script></html>"), filetype.ErrUnsupported},
		"PNG called PDF":     {"a.pdf", pngData, filetype.ErrMismatch},
		"JPEG called EXE":    {"a.exe", jpegData, filetype.ErrMismatch},
		"PDF called TXT":     {"a.txt", []byte("%PDF-1.7"), filetype.ErrMismatch},
		"text called PDF":    {"a.pdf", []byte("hello"), filetype.ErrMismatch},
		"broken PNG":         {"a.png", pngData[:12], filetype.ErrUnsupported},
		"pixel flood":        {"a.png", flood(t, 20_000, 20_000), filetype.ErrSwells},
		"long picture":       {"a.png", flood(t, 30_001, 1), filetype.ErrSwells},
		"HEIC flood":         {"a.heic", heic(60_000, 60_000), filetype.ErrSwells},
		"HEIC behind mdat":   {"a.heic", behindPixels(heic(60_000, 60_000)), filetype.ErrSwells},
		"HEIC named mdat":    {"a.heic", bytes.Replace(heic(60_000, 60_000), []byte("mif1"), []byte("mdat"), 1), filetype.ErrSwells},
		"HEIC cut":           {"a.heic", heic(1, 1)[:40], filetype.ErrUnsupported},
		"other archive":      {"a.docx", zipOf(t, "readme.txt"), filetype.ErrUnsupported},
		"broken archive":     {"a.docx", docx(t, nil)[:60], filetype.ErrUnsupported},
		"document with code": {"a.docx", docx(t, map[string][]byte{"word/vbaProject.bin": {1}}), filetype.ErrUnsupported},
		"zip bomb":           {"a.docx", docx(t, map[string][]byte{"word/media/1": make([]byte, 101<<20)}), filetype.ErrSwells},
		"zip bomb that lies": {"a.docx", lie(t), filetype.ErrUnsupported},
	} {
		t.Run(what, func(t *testing.T) {
			if got, err := filetype.Check(c.name, c.data, all); !errors.Is(err, c.want) {
				t.Errorf("Check = %+v, %v; want %v", got, err, c.want)
			}
		})
	}
}

func TestCheck_Policy(t *testing.T) {
	_, jpegData := pictures(t)
	if _, err := filetype.Check("a.jpg", jpegData, []string{"PDF"}); !errors.Is(err, filetype.ErrUnsupported) {
		t.Errorf("a kind that the policy leaves out: %v", err)
	}
	if _, err := filetype.Check("a.jpg", jpegData, []string{"JPEG"}); err != nil {
		t.Errorf("the policy names the other ending: %v", err)
	}
}

func zipOf(t *testing.T, name string) []byte {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	if _, err := w.Create(name); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// lie is a document whose directory says that its parts are of one byte.
func lie(t *testing.T) []byte {
	data := docx(t, map[string][]byte{"word/media/1": make([]byte, 5<<20)})
	for at := 0; ; {
		i := bytes.Index(data[at:], []byte("PK\x01\x02"))
		if i < 0 {
			return data
		}
		binary.LittleEndian.PutUint32(data[at+i+24:], 1)
		at += i + 4
	}
}

func TestCleanName_Table(t *testing.T) {
	for in, want := range map[string]string{
		"a.pdf":                           "a.pdf",
		"/etc/passwd":                     "passwd",
		`..\..\windows\system.ini`:        "system.ini",
		"  été \t 2026 .pdf ":             "été 2026 .pdf",
		"invoice\u202efdp.exe":            "invoicefdp.exe",
		"a\x00b\x1b.pdf":                  "ab.pdf",
		".hidden":                         "hidden",
		"CON.pdf":                         "_CON.pdf",
		"nul":                             "_nul",
		`a<b>c:d"e|f?g*h.txt`:             "a_b_c_d_e_f_g_h.txt",
		"":                                "",
		"/":                               "",
		"...":                             "",
		strings.Repeat("é", 200) + ".pdf": strings.Repeat("é", 116) + ".pdf",
		strings.Repeat("x", 200):          strings.Repeat("x", 120),
	} {
		if got := filetype.CleanName(in); got != want {
			t.Errorf("CleanName(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzCleanName(f *testing.F) {
	for _, seed := range []string{"a.pdf", "../a", "con", "\u202eabc", strings.Repeat("🚗", 130) + ".docx", "a. ", "\\"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, name string) {
		got := filetype.CleanName(name)
		if utf8.RuneCountInString(got) > filetype.MaxName || strings.ContainsAny(got, `/\`+"\x00") || !text.ControlFree(got) {
			t.Errorf("CleanName(%q) = %q", name, got)
		}
		if again := filetype.CleanName(got); again != got {
			t.Errorf("CleanName(%q) = %q, cleaned again %q", name, got, again)
		}
		if got == "." || got == ".." || strings.HasPrefix(got, ".") {
			t.Errorf("CleanName(%q) = %q hides", name, got)
		}
	})
}

func FuzzCheck(f *testing.F) {
	pngData, jpegData := pictures(f)
	for _, data := range [][]byte{pngData, jpegData, heic(1, 1), docx(f, nil), []byte("%PDF-1.4"), []byte("text")} {
		f.Add("a.pdf", data)
	}
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		file, err := filetype.Check(name, data, all)
		if err == nil && (file.Name == "" || file.MediaType == "" || utf8.RuneCountInString(file.Name) > filetype.MaxName) {
			t.Errorf("accepted as %+v", file)
		}
	})
}
