package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"myaccount/services/program"
)

// sources are the texts of a test's configuration.
type sources struct {
	user, policy string
	environ      []string
	flags        []program.Source
}

// load writes the files and reads everything.
func (s sources) load(t *testing.T) (config, error) {
	t.Helper()
	dir := t.TempDir()
	files := configFiles{user: filepath.Join(dir, "config.toml"), policy: filepath.Join(dir, "policy.toml")}
	for path, content := range map[string]string{files.user: s.user, files.policy: s.policy} {
		if content == "" {
			continue
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return loadConfig(files, func() []string { return s.environ }, s.flags)
}

func TestLoadConfig_NothingSet(t *testing.T) {
	c, err := sources{}.load(t)
	if err != nil || c != (config{}) {
		t.Fatalf("got %+v, %v", c, err)
	}
}

func TestLoadConfig_EveryKey(t *testing.T) {
	c, err := sources{user: `
data = "/srv/portal"
language = "fr"
appearance = "dark"
text_scale = 1.5
sample = true
[server]
url = "https://portal.example.ca"
[smtp]
url = "smtps://user:secret@mail.example.ca:465"
from = "Portal <portal@example.ca>"
[log]
level = "debug"
`}.load(t)
	if err != nil {
		t.Fatal(err)
	}
	var want config
	want.Data, _ = filepath.Abs("/srv/portal")
	want.Language, want.Appearance, want.TextScale, want.Sample = "fr", "dark", 1.5, true
	want.SMTP.URL, want.SMTP.From = "smtps://user:secret@mail.example.ca:465", "Portal <portal@example.ca>"
	want.Log.Level = "debug"
	want.Server.URL = "https://portal.example.ca"
	if c != want {
		t.Fatalf("got %+v", c)
	}
}

func TestLoadConfig_LaterWins(t *testing.T) {
	s := sources{user: `language = "fr"` + "\n" + `appearance = "light"` + "\n" + `text_scale = 2`}
	steps := []struct {
		name string
		add  func()
		want string
	}{
		{"file", func() {}, "light"},
		{"environment", func() { s.environ = []string{"MYACCOUNT_APPEARANCE=dark", "OTHER=1"} }, "dark"},
		{"flag", func() { s.flags = []program.Source{program.Flag("theme", "appearance", "contrast")} }, "contrast"},
		{"policy", func() { s.policy = `appearance = "system"` }, "system"},
	}
	for _, step := range steps {
		step.add()
		c, err := s.load(t)
		if err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		if c.Appearance != step.want || c.Language != "fr" || c.TextScale != 2 {
			t.Errorf("%s: got %+v", step.name, c)
		}
	}
}

func TestLoadConfig_EnvironmentOfNestedAndTyped(t *testing.T) {
	c, err := sources{environ: []string{
		"MYACCOUNT_SMTP_URL=smtp://localhost:2525", "MYACCOUNT_TEXT_SCALE=1.25", "MYACCOUNT_SAMPLE=true",
	}}.load(t)
	if err != nil || c.SMTP.URL.Reveal() != "smtp://localhost:2525" || c.TextScale != 1.25 || !c.Sample {
		t.Fatalf("got %+v, %v", c, err)
	}
}

func TestLoadConfig_Refuses(t *testing.T) {
	tests := []struct {
		name   string
		from   sources
		key    string
		named  string
		source string
	}{
		{"unknown key", sources{user: `colour = "red"`}, "app.config.unknown", "colour", "config.toml"},
		{"unknown table", sources{policy: "[smtp]\nhost = 1"}, "app.config.unknown", "smtp.host", "policy.toml"},
		{"unknown variable", sources{environ: []string{"MYACCOUNT_COLOUR=1"}}, "app.config.unknown", "MYACCOUNT_COLOUR", "MYACCOUNT_*"},
		{"not TOML", sources{user: "language: fr"}, "app.config.unreadable", "", "config.toml"},
		{"language", sources{user: `language = "de"`}, "app.config.value", "language", "config.toml"},
		{"language of a wrong type", sources{user: `language = ["fr"]`}, "app.config.value", "language", "config.toml"},
		{"appearance", sources{flags: []program.Source{program.Flag("theme", "appearance", "pink")}}, "app.config.value", "appearance", "--theme"},
		{"text too small", sources{user: `text_scale = 0.5`}, "app.config.value", "text_scale", "config.toml"},
		{"text too large", sources{user: `text_scale = 3`}, "app.config.value", "text_scale", "config.toml"},
		{"text not a number", sources{user: `text_scale = nan`}, "app.config.value", "text_scale", "config.toml"},
		{"text of letters", sources{environ: []string{"MYACCOUNT_TEXT_SCALE=big"}}, "app.config.value", "text_scale", "MYACCOUNT_*"},
		{"sample", sources{user: `sample = "perhaps"`}, "app.config.value", "sample", "config.toml"},
		{"mail server", sources{user: "[smtp]\nurl = \"https://pass:word@example.ca\""}, "app.config.value", "smtp.url", "config.toml"},
		{"mail server without a host", sources{user: "[smtp]\nurl = \"smtp://\""}, "app.config.value", "smtp.url", "config.toml"},
		{"sender", sources{user: "[smtp]\nfrom = \"nobody\""}, "app.config.value", "smtp.from", "config.toml"},
		{"level", sources{user: "[log]\nlevel = \"loud\""}, "app.config.value", "log.level", "config.toml"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := test.from.load(t)
			var f *program.Fault
			if !errors.As(err, &f) || f.Key != test.key {
				t.Fatalf("got %v", err)
			}
			if named, _ := f.Vars["Key"].(string); named != test.named {
				t.Errorf("names %q", named)
			}
			if source, _ := f.Vars["Source"].(string); !strings.HasSuffix(source, test.source) {
				t.Errorf("source %q", source)
			}
			if f.Usage != (len(test.from.flags) > 0) {
				t.Errorf("usage %v", f.Usage)
			}
			if strings.Contains(err.Error(), "word") {
				t.Errorf("the error holds the value: %v", err)
			}
		})
	}
}

func TestLoadConfig_CommentedTable(t *testing.T) {
	if _, err := (sources{user: "[smtp]\n# url = \"smtp://localhost\"\n"}).load(t); err != nil {
		t.Fatal(err)
	}
}

func TestLoadConfig_RelativeFolder(t *testing.T) {
	c, err := sources{flags: []program.Source{program.Flag("data", "data", "here")}}.load(t)
	if want, _ := filepath.Abs("here"); err != nil || c.Data != want {
		t.Fatalf("got %q, %v", c.Data, err)
	}
}

func TestSystemConfigFiles(t *testing.T) {
	home := t.TempDir()
	for _, name := range []string{"HOME", "XDG_CONFIG_HOME", "AppData"} {
		t.Setenv(name, home)
	}
	got, err := systemConfigFiles()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(got.user, home) || !strings.HasSuffix(got.user, filepath.Join("my-account", "config.toml")) {
		t.Errorf("user %q", got.user)
	}
	if strings.HasPrefix(got.policy, home) || !strings.HasSuffix(got.policy, filepath.Join("my-account", "policy.toml")) {
		t.Errorf("policy %q", got.policy)
	}
}

func TestPolicyFolder(t *testing.T) {
	set := func(string) string { return `D:\Policies` }
	unset := func(string) string { return "" }
	tests := []struct {
		goos   string
		getenv func(string) string
		want   string
	}{
		{"linux", unset, "/etc"},
		{"darwin", unset, "/Library/Application Support"},
		{"windows", set, `D:\Policies`},
		{"windows", unset, `C:\ProgramData`},
	}
	for _, test := range tests {
		if got := policyFolder(test.goos, test.getenv); got != test.want {
			t.Errorf("%s: got %q", test.goos, got)
		}
	}
}
