package program

import (
	"errors"
	"io/fs"
	"reflect"
	"slices"
	"strings"

	"github.com/go-viper/mapstructure/v2"
	"github.com/knadh/koanf/parsers/toml/v2"
	"github.com/knadh/koanf/providers/env/v2"
	"github.com/knadh/koanf/providers/file"
	"github.com/knadh/koanf/v2"

	"myaccount/services/text"
)

// EnvPrefix begins every environment variable of the program: log_level is MYACCOUNT_LOG_LEVEL, smtp.url is
// MYACCOUNT_SMTP_URL.
const EnvPrefix = "MYACCOUNT_"

// ErrValue says that a value is none of those a key can have. It never holds the value, which may be a password.
var ErrValue = errors.New("not a value of this key")

// Source is one place that settings come from.
type Source struct {
	name  string // as whoever runs the program knows it
	load  func(*koanf.Koanf) error
	usage bool // the command line
}

// File is a TOML file. One that does not exist sets nothing, unless it must be there.
func File(path string, must bool) Source {
	return Source{name: path, load: func(k *koanf.Koanf) error {
		err := k.Load(file.Provider(path), toml.Parser())
		if errors.Is(err, fs.ErrNotExist) && !must {
			return nil
		}
		return err
	}}
}

// Flag is a setting of the command line: the name of the flag, the key that it sets, and its value.
func Flag(name, key string, value any) Source {
	return Source{name: "--" + name, usage: true, load: func(k *koanf.Koanf) error { return k.Set(key, value) }}
}

// Environment is the variables that begin with EnvPrefix, of a program with the given keys.
func Environment(keys []string, environ func() []string) Source {
	names := map[string]string{}
	for _, key := range keys {
		names[envName(key)] = key
	}
	provider := env.Provider(".", env.Opt{
		Prefix:      EnvPrefix,
		EnvironFunc: environ,
		TransformFunc: func(name, value string) (string, any) {
			if key, ok := names[name]; ok {
				return key, value
			}
			return name, value // refused as a key that does not exist
		},
	})
	return Source{name: EnvPrefix + "*", load: func(k *koanf.Koanf) error { return k.Load(provider, nil) }}
}

// envName is the environment variable of a key.
func envName(key string) string {
	return EnvPrefix + strings.ToUpper(strings.ReplaceAll(key, ".", "_"))
}

// Keys lists the keys of a struct of settings by its koanf tags: "log_level", "smtp.url".
func Keys[T any]() []string { return keysOf(reflect.TypeFor[T](), "") }

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

// Load puts what the sources set over a struct of settings; the later source wins. check looks at the value that a key
// has then. A key that does not exist and a value that makes no sense are *Fault that names the key and where it stands.
func Load[T any](to *T, check func(key string) error, sources ...Source) error {
	keys := Keys[T]()
	for _, source := range sources {
		k := koanf.New(".")
		if err := source.load(k); err != nil {
			return &Fault{Key: "app.config.unreadable", Vars: text.Vars{"Source": source.name}, Err: err}
		}
		for _, key := range k.Keys() {
			if isEmptyTable(k.Get(key)) {
				continue
			}
			named := text.Vars{"Source": source.name, "Key": key}
			if !slices.Contains(keys, key) {
				return &Fault{Key: "app.config.unknown", Vars: named}
			}
			if err := set(to, key, k.Get(key), check); err != nil {
				return &Fault{"app.config.value", named, err, source.usage}
			}
		}
	}
	return nil
}

// isEmptyTable tells a [table] whose keys are all commented out.
func isEmptyTable(value any) bool {
	table, ok := value.(map[string]any)
	return ok && len(table) == 0
}

// set takes one key over and checks it. A list may also be a text with commas, as in the environment.
func set[T any](to *T, key string, value any, check func(string) error) error {
	one := koanf.New(".")
	decoder := &mapstructure.DecoderConfig{
		Result: to, WeaklyTypedInput: true, DecodeHook: mapstructure.StringToSliceHookFunc(","),
	}
	if one.Set(key, value) != nil || one.UnmarshalWithConf("", to, koanf.UnmarshalConf{DecoderConfig: decoder}) != nil {
		return ErrValue
	}
	return check(key)
}
