package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"myaccount/services/program"
)

// loads loads a configuration file and flags.
func loads(t *testing.T, file string, flags ...program.Source) (config, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "server.toml")
	must(t, os.WriteFile(path, []byte(file), 0o600))
	return loadConfig(path, append([]program.Source{program.Flag("data", "data", t.TempDir())}, flags...))
}

func TestLoadConfig(t *testing.T) {
	t.Setenv("MYACCOUNT_TRUSTED_PROXY", "10.0.0.0/8, 192.0.2.7")
	t.Setenv("MYACCOUNT_LOG_LEVEL", "debug")
	c, err := loads(t, "listen = '0.0.0.0:80'\nhttp = true\nlog_level = 'warn'\nsmtp = 'smtp://u:p@localhost'",
		program.Flag("listen", "listen", "0.0.0.0:81"))
	must(t, err)
	proxies, err := c.proxies()
	if err != nil || len(proxies) != 2 || proxies[0].String() != "10.0.0.0/8" || proxies[1].String() != "192.0.2.7/32" {
		t.Errorf("proxies %v, %v", proxies, err)
	}
	if c.Listen != "0.0.0.0:81" || c.LogLevel != "debug" || c.SMTP.Reveal() != "smtp://u:p@localhost" {
		t.Errorf("got %+v", c)
	}
}

func TestLoadConfig_Refuses(t *testing.T) {
	for file, key := range map[string]string{
		"colour = 1":                            "app.config.unknown",
		"listen = 'nowhere'":                    "app.config.value",
		"listen = 'localhost:'":                 "app.config.value",
		"database = 'mysql://h/d'":              "app.config.value",
		"database = 'postgres://'":              "app.config.value",
		"blobs = 'gs://b'":                      "app.config.value",
		"blobs = 's3://'":                       "app.config.value",
		"blobs = 'file://host/x'":               "app.config.value",
		"smtp = 'http://h'":                     "app.config.value",
		"mail_from = 'nobody'":                  "app.config.value",
		"public_url = 'portal'":                 "app.config.value",
		"trusted_proxy = ['everybody']":         "app.config.value",
		"log_level = 'loud'":                    "app.config.value",
		"http = 'perhaps'":                      "app.config.value",
		"tls_cert = 'c'":                        "server.config.tls_pair",
		"tls_key = 'k'":                         "server.config.tls_pair",
		"tls_cert = 'c'\ntls_key = 'k'\nhttp=1": "server.config.tls_http",
		"http = true\nlisten = '0.0.0.0:80'":    "server.config.http",
		"http = true\nlisten = ':80'":           "server.config.http",
		"http = true\nlisten = 'example.ca:80'": "server.config.http",
		"public_url = 'http://example.ca'":      "server.config.public_url",
		"oidc_issuer = 'login'":                 "app.config.value",
		"oidc_issuer = 'https://login.example'": "server.config.oidc_pair",
		"oidc_client_id = 'app'":                "server.config.oidc_pair",
		"oidc_client_secret = 's'":              "server.config.oidc_pair",
		"oidc_issuer = 'http://login.example'\noidc_client_id = 'app'": "server.config.oidc_http",
	} {
		_, err := loads(t, file)
		var fault *program.Fault
		if !errors.As(err, &fault) || fault.Key != key {
			t.Errorf("%s: got %v, want %s", file, err, key)
		}
	}
}

func TestLoadConfig_Allows(t *testing.T) {
	for _, file := range []string{
		"", "http = true", "http = true\nlisten = 'localhost:80'", "http = true\nlisten = '[::1]:80'",
		"http = true\nlisten = '0.0.0.0:80'\ntrusted_proxy = ['10.0.0.1']", "tls_cert = 'c'\ntls_key = 'k'",
		"public_url = 'http://localhost:8080'", "public_url = 'https://example.ca/portal/'", "listen = '0.0.0.0:8443'",
		"database = 'postgresql://h/d'", "blobs = 's3://bucket?region=ca-central-1'", "blobs = 'file:///srv/files'", "blobs = 'files'",
		"oidc_issuer = 'https://login.example'\noidc_client_id = 'app'\noidc_client_secret = 's'",
		"oidc_issuer = 'http://127.0.0.1:3000'\noidc_client_id = 'app'",
	} {
		if _, err := loads(t, file); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
}

func TestConfig_Addresses(t *testing.T) {
	for _, test := range []struct{ public, listening, want string }{
		{"", "127.0.0.1:8443", "https://127.0.0.1:8443/"},
		{"", "0.0.0.0:8443", "https://localhost:8443/"},
		{"", "[::]:8443", "https://localhost:8443/"},
		{"", "[::1]:8443", "https://[::1]:8443/"},
		{"https://portal.example", "0.0.0.0:8443", "https://portal.example/"},
		{"https://portal.example/sub/", "0.0.0.0:8443", "https://portal.example/sub/"},
	} {
		c := config{PublicURL: test.public}
		if got := c.base(test.listening); got != test.want {
			t.Errorf("%+v: %s", test, got)
		}
	}
}

func TestConfig_Folders(t *testing.T) {
	c := config{Data: "/data"}
	for blobs, want := range map[string]string{
		"": "/data/attachments", "/srv/files": "/srv/files", "file:///srv/my%20files": "/srv/my files",
	} {
		c.Blobs = blobs
		if got := c.blobsPath(); got != want {
			t.Errorf("%q: %s", blobs, got)
		}
	}
	env := func(pairs map[string]string) func(string) string {
		return func(name string) string { return pairs[name] }
	}
	for _, test := range []struct {
		goos string
		env  map[string]string
		want string
	}{
		{"linux", map[string]string{"STATE_DIRECTORY": "/var/lib/my-account", "HOME": "/root"}, "/var/lib/my-account"},
		{"linux", map[string]string{"XDG_DATA_HOME": "/x", "HOME": "/root"}, "/x/my-account-server"},
		{"linux", map[string]string{"HOME": "/root"}, "/root/.local/share/my-account-server"},
		{"darwin", map[string]string{"HOME": "/u"}, "/u/Library/Application Support/my-account-server"},
	} {
		if got, err := dataFolder(test.goos, env(test.env)); err != nil || got != test.want {
			t.Errorf("%+v: %s, %v", test, got, err)
		}
	}
	if _, err := dataFolder("linux", env(nil)); err == nil {
		t.Error("a folder from nowhere")
	}
	if got := configFile("linux", env(nil)); !strings.HasPrefix(got, "/etc/my-account/") {
		t.Errorf("configuration in %s", got)
	}
}
