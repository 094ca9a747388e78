package main

import (
	"errors"
	"io/fs"
	"net/mail"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"

	"github.com/knadh/koanf/parsers/toml/v2"
	"github.com/knadh/koanf/providers/env/v2"
	"github.com/knadh/koanf/providers/file"
	"github.com/knadh/koanf/v2"

	"myaccount/services"
	"myaccount/services/text"
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

// envPrefix begins every environment variable of the program: text_scale is MYACCOUNT_TEXT_SCALE, smtp.url is
// MYACCOUNT_SMTP_URL.
const envPrefix = "MYACCOUNT_"

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

// configKeys are the keys there are, "smtp.url".
var configKeys = keysOf(reflect.TypeFor[config](), "")

// keysOf lists the keys of a struct of settings.
func keysOf(t reflect.Type, prefix string) []string {
	var keys []string
	for field := range t.Fields() {
		key := prefix + field.Tag.Get("koanf")
		if field.Type.Kind() == reflect.Struct {
			keys = append(keys, keysOf(field.Type, key+".")...)
		} else {
			keys = append(keys, key)
		}
	}
	return keys
}

// configSource is one place that settings come from.
type configSource struct {
	name  string // as the person knows it
	load  func(*koanf.Koanf) error
	usage bool // the command line
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
		return configFiles{}, &fault{key: "app.folder.unknown", err: err}
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
// so that nobody gets around the policy. A key that does not exist or a value that makes no sense is a *fault that
// names both the key and where it stands.
func loadConfig(files configFiles, environ func() []string, flags []flagValue) (config, error) {
	var c config
	sources := []configSource{
		{name: files.user, load: fromFile(files.user)},
		{name: envPrefix + "*", load: fromEnvironment(environ)},
	}
	for _, flag := range flags {
		sources = append(sources, configSource{"--" + flag.name, flag.load, true})
	}
	sources = append(sources, configSource{name: files.policy, load: fromFile(files.policy)})
	for _, source := range sources {
		if err := c.read(source); err != nil {
			return config{}, err
		}
	}
	if c.Data == "" {
		return c, nil
	}
	data, err := filepath.Abs(c.Data)
	if err != nil {
		return config{}, &fault{key: "app.folder.unknown", err: err}
	}
	c.Data = data
	return c, nil
}

// fromFile loads a TOML file. One that does not exist sets nothing.
func fromFile(path string) func(*koanf.Koanf) error {
	return func(k *koanf.Koanf) error {
		err := k.Load(file.Provider(path), toml.Parser())
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return err
	}
}

// flagValue is a setting of the command line.
type flagValue struct {
	name  string // of the flag, "theme"
	key   string // of the configuration, "appearance"
	value any
}

// load puts the flag's value into a configuration.
func (f flagValue) load(k *koanf.Koanf) error { return k.Set(f.key, f.value) }

// fromEnvironment loads the variables that begin with envPrefix.
func fromEnvironment(environ func() []string) func(*koanf.Koanf) error {
	names := map[string]string{}
	for _, key := range configKeys {
		names[envName(key)] = key
	}
	provider := env.Provider(".", env.Opt{
		Prefix:      envPrefix,
		EnvironFunc: environ,
		TransformFunc: func(name, value string) (string, any) {
			if key, ok := names[name]; ok {
				return key, value
			}
			return name, value // refused as a key that does not exist
		},
	})
	return func(k *koanf.Koanf) error { return k.Load(provider, nil) }
}

// envName is the environment variable of a key.
func envName(key string) string {
	return envPrefix + strings.ToUpper(strings.ReplaceAll(key, ".", "_"))
}

// read puts what a source sets over what is there.
func (c *config) read(source configSource) error {
	k := koanf.New(".")
	if err := source.load(k); err != nil {
		return &fault{key: "app.config.unreadable", vars: text.Vars{"Source": source.name}, err: err}
	}
	for _, key := range k.Keys() {
		if isEmptyTable(k.Get(key)) {
			continue
		}
		named := text.Vars{"Source": source.name, "Key": key}
		if !slices.Contains(configKeys, key) {
			return &fault{key: "app.config.unknown", vars: named}
		}
		if err := c.set(key, k.Get(key)); err != nil {
			return &fault{"app.config.value", named, err, source.usage}
		}
	}
	return nil
}

// isEmptyTable tells a [table] whose keys are all commented out.
func isEmptyTable(value any) bool {
	table, ok := value.(map[string]any)
	return ok && len(table) == 0
}

// set takes one key over and checks it. Its errors never hold the value, which may be a password.
func (c *config) set(key string, value any) error {
	one := koanf.New(".")
	if one.Set(key, value) != nil || one.Unmarshal("", c) != nil {
		return errValue
	}
	return c.check(key)
}

// errValue says that a value is none of those a key can have.
var errValue = errors.New("not a value of this key")

// check looks at the value of one key.
func (c *config) check(key string) error {
	switch key {
	case "language":
		return oneOf(c.Language, languages)
	case "appearance":
		return oneOf(c.Appearance, appearances)
	case "text_scale":
		if !isTextScale(c.TextScale) {
			return errValue
		}
	case "server.url":
		return checkServer(c.Server.URL)
	case "smtp.url":
		return checkSMTP(c.SMTP.URL)
	case "smtp.from":
		if _, err := mail.ParseAddress(c.SMTP.From); err != nil {
			return errValue
		}
	case "log.level":
		return oneOf(c.Log.Level, logLevels)
	}
	return nil
}

// oneOf refuses a value that is none of those allowed.
func oneOf(value string, allowed []string) error {
	if !slices.Contains(allowed, value) {
		return errValue
	}
	return nil
}

// isTextScale tells whether text can be drawn at a scale. Not-a-number, which TOML can write, is none.
func isTextScale(scale float32) bool { return scale >= minTextScale && scale <= maxTextScale }

// checkSMTP refuses what is not the address of a mail server.
func checkSMTP(address services.Secret) error {
	u, err := url.Parse(address.Reveal())
	if err != nil || u.Scheme != "smtp" && u.Scheme != "smtps" || u.Hostname() == "" {
		return errValue
	}
	return nil
}
