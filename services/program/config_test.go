package program_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"myaccount/assets"
	"myaccount/services/program"
	"myaccount/services/text"
)

type settings struct {
	Listen string   `koanf:"listen"`
	Open   bool     `koanf:"open"`
	Nets   []string `koanf:"nets"`
	SMTP   struct {
		URL string `koanf:"url"`
	} `koanf:"smtp"`
}

// write puts a TOML file into a folder of the test.
func write(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "program.toml")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// load loads the sources; "bad" is a value of no key.
func load(sources ...program.Source) (s settings, err error) {
	err = program.Load(&s, func(string) error {
		if s.Listen == "bad" {
			return program.ErrValue
		}
		return nil
	}, sources...)
	return s, err
}

func environ(list ...string) program.Source {
	return program.Environment(program.Keys[settings](), func() []string { return list })
}

func TestLoad_LaterWins(t *testing.T) {
	sources := []program.Source{
		program.File(write(t, "listen = 'file'\nopen = true\nnets = ['a', 'b']\n[smtp]\nurl = 'x'"), true),
		environ("MYACCOUNT_LISTEN=environment", "MYACCOUNT_NETS=c,d", "MYACCOUNT_SMTP_URL=y", "OTHER=1"),
		program.Flag("listen", "listen", "flag"),
		program.File(filepath.Join(t.TempDir(), "none.toml"), false),
	}
	for n, want := range []string{"", "file", "environment", "flag", "flag"} {
		s, err := load(sources[:n]...)
		if err != nil || s.Listen != want || s.Open != (n > 0) {
			t.Errorf("%d sources: %+v, %v", n, s, err)
		}
	}
	if s, _ := load(sources...); !slices.Equal(s.Nets, []string{"c", "d"}) || s.SMTP.URL != "y" {
		t.Errorf("got %+v", s)
	}
}

func TestLoad_Refuses(t *testing.T) {
	catalogue, err := text.Load(assets.Translations)
	if err != nil {
		t.Fatal(err)
	}
	none := filepath.Join(t.TempDir(), "none.toml")
	tests := []struct {
		name   string
		source program.Source
		key    string
		says   []string
		usage  bool
	}{
		{"unknown key", program.File(write(t, "colour = 1"), true), "app.config.unknown", []string{"program.toml", "colour"}, false},
		{"unknown in a table", program.File(write(t, "[smtp]\nhost = 1"), true), "app.config.unknown", []string{"smtp.host"}, false},
		{"unknown variable", environ("MYACCOUNT_COLOUR=1"), "app.config.unknown", []string{"MYACCOUNT_COLOUR"}, false},
		{"not TOML", program.File(write(t, "listen: 1"), true), "app.config.unreadable", []string{"program.toml"}, false},
		{"not there", program.File(none, true), "app.config.unreadable", []string{none}, false},
		{"value", program.Flag("listen", "listen", "bad"), "app.config.value", []string{"--listen", "listen"}, true},
		{"type", environ("MYACCOUNT_OPEN=perhaps"), "app.config.value", []string{"MYACCOUNT_*", "open"}, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := load(test.source)
			var f *program.Fault
			if !errors.As(err, &f) || f.Key != test.key || f.Usage != test.usage {
				t.Fatalf("got %v", err)
			}
			for _, lang := range []text.Lang{text.English, text.French} {
				for _, want := range test.says {
					if sentence := f.Sentence(catalogue.Printer(lang)); !strings.Contains(sentence, want) {
						t.Errorf("%q does not name %q", sentence, want)
					}
				}
			}
			if strings.Contains(err.Error(), "perhaps") {
				t.Errorf("the error holds the value: %v", err)
			}
		})
	}
}

func TestLoad_CommentedTable(t *testing.T) {
	if _, err := load(program.File(write(t, "[smtp]\n# url = 'x'\n"), true)); err != nil {
		t.Fatal(err)
	}
}
