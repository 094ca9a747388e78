package main

import (
	"net/mail"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"

	"myaccount/services"
	"myaccount/services/program"
)

// configFolder is the name of the program's folder within the system's folders.
const configFolder = "my-account"

// What can be chosen.
var (
	languages   = []string{"", "en", "fr"} // "" follows the system
	appearances = []string{"system", "light", "dark", "contrast"}
	logLevels   = []string{"debug", "info", "warn", "error"}
)

// The text can be drawn at its own size up to twice as large.
const (
	minTextScale = 1
	maxTextScale = 2
)

// config is what the person or the administrator of the machine decides before the program starts. README.md explains
// every key.
type config struct {
	Data       string  `koanf:"data"`       // folder; "" is the system's place for data
	Language   string  `koanf:"language"`   // "en", "fr"; "" follows the system
	Appearance string  `koanf:"appearance"` // "system", "light", "dark", "contrast"; "" leaves it to the person
	TextScale  float32 `koanf:"text_scale"` // 1 to 2; 0 leaves it to the person
	Sample     bool    `koanf:"sample"`     // offer the sample portfolio
	Server     struct {
		URL string `koanf:"url"` // https://…; "local" for local-only mode; "" is the brand file's
	} `koanf:"server"`
	SMTP struct {
		URL  services.Secret `koanf:"url"`  // smtp://user:password@host:587 or smtps://…; "" sends nothing
		From string          `koanf:"from"` // sender's address; "" is the brand file's
	} `koanf:"smtp"`
	Log struct {
		Level string `koanf:"level"` // "debug", "info", "warn", "error"; "" is "info"
	} `koanf:"log"`
}

// configFiles are the person's file and the machine's policy.
type configFiles struct {
	user   string
	policy string
}

// systemConfigFiles says where this system keeps the two files.
func systemConfigFiles() (configFiles, error) {
	dir, err := os.UserConfigDir()
	if err != nil {
		return configFiles{}, &program.Fault{Key: "app.folder.unknown", Err: err}
	}
	return configFiles{
		user:   filepath.Join(dir, configFolder, "config.toml"),
		policy: filepath.Join(policyFolder(runtime.GOOS, os.Getenv), configFolder, "policy.toml"),
	}, nil
}

// policyFolder is where a system keeps settings for everybody on a machine.
func policyFolder(goos string, getenv func(string) string) string {
	switch goos {
	case "windows":
		if dir := getenv("ProgramData"); dir != "" {
			return dir
		}
		return `C:\ProgramData`
	case "darwin":
		return "/Library/Application Support"
	default:
		return "/etc"
	}
}

// loadConfig reads the person's file, then the environment, then the flags, then the machine's policy. The later wins,
// so that nobody gets around the policy. A key that does not exist or a value that makes no sense is a *program.Fault
// that names both the key and where it stands.
func loadConfig(files configFiles, environ func() []string, flags []program.Source) (config, error) {
	var c config
	sources := slices.Concat(
		[]program.Source{program.File(files.user, false), program.Environment(program.Keys[config](), environ)},
		flags, []program.Source{program.File(files.policy, false)})
	if err := program.Load(&c, c.check, sources...); err != nil {
		return config{}, err
	}
	if c.Data == "" {
		return c, nil
	}
	data, err := filepath.Abs(c.Data)
	if err != nil {
		return config{}, &program.Fault{Key: "app.folder.unknown", Err: err}
	}
	c.Data = data
	return c, nil
}

// check looks at the value of one key.
func (c *config) check(key string) error {
	switch key {
	case "language":
		return oneOf(c.Language, languages)
	case "appearance":
		return oneOf(c.Appearance, appearances)
	case "text_scale":
		if !isTextScale(c.TextScale) {
			return program.ErrValue
		}
	case "server.url":
		return checkServer(c.Server.URL)
	case "smtp.url":
		return checkSMTP(c.SMTP.URL)
	case "smtp.from":
		if _, err := mail.ParseAddress(c.SMTP.From); err != nil {
			return program.ErrValue
		}
	case "log.level":
		return oneOf(c.Log.Level, logLevels)
	}
	return nil
}

// oneOf refuses a value that is none of those allowed.
func oneOf(value string, allowed []string) error {
	if !slices.Contains(allowed, value) {
		return program.ErrValue
	}
	return nil
}

// isTextScale tells whether text can be drawn at a scale. Not-a-number, which TOML can write, is none.
func isTextScale(scale float32) bool { return scale >= minTextScale && scale <= maxTextScale }

// checkSMTP refuses what is not the address of a mail server.
func checkSMTP(address services.Secret) error {
	u, err := url.Parse(address.Reveal())
	if err != nil || u.Scheme != "smtp" && u.Scheme != "smtps" || u.Hostname() == "" {
		return program.ErrValue
	}
	return nil
}
