package main

import (
	"cmp"
	"net"
	"net/mail"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"myaccount/services"
	"myaccount/services/debitfile"
	"myaccount/services/program"
)

// config is what whoever runs the program decides. README.md explains every key; each is also a flag with hyphens, and
// an environment variable.
type config struct {
	Listen       string          `koanf:"listen"`        // host:port
	Data         string          `koanf:"data"`          // folder
	HTTP         bool            `koanf:"http"`          // without TLS
	Database     services.Secret `koanf:"database"`      // postgres://…; "" is SQLite in the data folder
	Blobs        string          `koanf:"blobs"`         // folder, file://… or s3://…; "" is a folder in the data folder
	Keyset       string          `koanf:"keyset"`        // file; "" is one in the data folder
	SMTP         services.Secret `koanf:"smtp"`          // smtp://user:password@host:587; "" writes mails to files
	MailFrom     string          `koanf:"mail_from"`     // sender's address; "" is the brand file's
	PublicURL    string          `koanf:"public_url"`    // what people reach the server by
	TLSCert      string          `koanf:"tls_cert"`      // PEM file
	TLSKey       string          `koanf:"tls_key"`       // PEM file
	TrustedProxy []string        `koanf:"trusted_proxy"` // networks whose X-Forwarded-For is believed
	LogLevel     string          `koanf:"log_level"`

	// The identity provider that the brand file names; none without an issuer.
	OIDCIssuer       string          `koanf:"oidc_issuer"`
	OIDCClientID     string          `koanf:"oidc_client_id"`
	OIDCClientSecret services.Secret `koanf:"oidc_client_secret"` // "" of a public client

	// Who asks the bank for debits, as the bank knows it; see debitfile.Sender. Needed to export them.
	DebitOriginator        string `koanf:"debit_originator"`
	DebitDataCentre        string `koanf:"debit_data_centre"`
	DebitShortName         string `koanf:"debit_short_name"`
	DebitLongName          string `koanf:"debit_long_name"`
	DebitReturnInstitution string `koanf:"debit_return_institution"`
	DebitReturnTransit     string `koanf:"debit_return_transit"`
	DebitReturnAccount     string `koanf:"debit_return_account"`
	DebitSettlement        string `koanf:"debit_settlement"`
}

// debitPrefix begins the keys that make a debitfile.Sender.
const debitPrefix = "debit_"

// debitSender is who asks the bank for debits.
func (c *config) debitSender() debitfile.Sender {
	return debitfile.Sender{
		Originator: c.DebitOriginator, DataCentre: c.DebitDataCentre, ShortName: c.DebitShortName, LongName: c.DebitLongName,
		ReturnInstitution: c.DebitReturnInstitution, ReturnTransit: c.DebitReturnTransit, ReturnAccount: c.DebitReturnAccount,
		Settlement: c.DebitSettlement,
	}
}

const defaultListen = "127.0.0.1:8443"

var logLevels = []string{"debug", "info", "warn", "error"}

// configFolder is the name of the program's folder within the system's folders.
const configFolder = "my-account"

// configFile is where the system keeps the configuration of the backend.
func configFile(goos string, getenv func(string) string) string {
	base := "/etc"
	switch goos {
	case "windows":
		base = cmp.Or(getenv("ProgramData"), `C:\ProgramData`)
	case "darwin":
		base = "/Library/Application Support"
	}
	return filepath.Join(base, configFolder, "server.toml")
}

// dataFolder is where a system keeps a service's data: what systemd gives it, else the person's place for data.
func dataFolder(goos string, getenv func(string) string) (string, error) {
	if dir := getenv("STATE_DIRECTORY"); filepath.IsAbs(dir) {
		return dir, nil
	}
	var base string
	home := getenv("HOME")
	switch {
	case goos == "windows":
		base = getenv("LocalAppData")
	case goos == "darwin" && home != "":
		base = filepath.Join(home, "Library", "Application Support")
	case filepath.IsAbs(getenv("XDG_DATA_HOME")):
		base = getenv("XDG_DATA_HOME")
	case home != "":
		base = filepath.Join(home, ".local", "share")
	}
	if base == "" {
		return "", &program.Fault{Key: "app.folder.unknown"}
	}
	return filepath.Join(base, programName), nil
}

// loadConfig reads the file, then the environment, then the flags; the later wins. A file that was asked for must be
// there. What does not fit together is a *program.Fault.
func loadConfig(asked string, flags []program.Source) (config, error) {
	c := config{Listen: defaultListen}
	file := program.File(cmp.Or(asked, configFile(runtime.GOOS, os.Getenv)), asked != "")
	sources := append([]program.Source{file, program.Environment(program.Keys[config](), os.Environ)}, flags...)
	if err := program.Load(&c, c.check, sources...); err != nil {
		return config{}, err
	}
	if c.Data == "" {
		var err error
		if c.Data, err = dataFolder(runtime.GOOS, os.Getenv); err != nil {
			return config{}, err
		}
	}
	var err error
	if c.Data, err = filepath.Abs(c.Data); err != nil {
		return config{}, &program.Fault{Key: "app.folder.unknown", Err: err}
	}
	return c, c.fits()
}

// check looks at the value of one key.
func (c *config) check(key string) error {
	ok := true
	if name, debit := strings.CutPrefix(key, debitPrefix); debit {
		ok = !c.debitSender().Check()[name]
	}
	switch key {
	case "listen":
		_, port, err := net.SplitHostPort(c.Listen)
		ok = err == nil && port != ""
	case "database":
		ok = isURL(c.Database.Reveal(), "postgres", "postgresql")
	case "blobs":
		ok = !strings.Contains(c.Blobs, "://") || isURL(c.Blobs, "s3") || strings.HasPrefix(c.Blobs, "file:///")
	case "smtp":
		ok = isURL(c.SMTP.Reveal(), "smtp")
	case "mail_from":
		_, err := mail.ParseAddress(c.MailFrom)
		ok = err == nil
	case "oidc_issuer":
		ok = isURL(c.OIDCIssuer, "https", "http")
	case "public_url":
		ok = isURL(c.PublicURL, "https", "http")
	case "trusted_proxy":
		_, err := c.proxies()
		ok = err == nil
	case "log_level":
		ok = slices.Contains(logLevels, c.LogLevel)
	}
	if !ok {
		return program.ErrValue
	}
	return nil
}

// isURL tells an address of one of some schemes that names a host.
func isURL(address string, schemes ...string) bool {
	u, err := url.Parse(address)
	return err == nil && slices.Contains(schemes, u.Scheme) && u.Host != ""
}

// fits refuses what would give away what people send, or cannot work.
func (c *config) fits() error {
	host, _, _ := net.SplitHostPort(c.Listen) // check has seen to it
	public, _ := url.Parse(c.PublicURL)
	issuer, _ := url.Parse(c.OIDCIssuer)
	switch {
	case (c.OIDCIssuer == "") != (c.OIDCClientID == ""), c.OIDCIssuer == "" && c.OIDCClientSecret != "":
		return &program.Fault{Key: "server.config.oidc_pair"}
	case c.OIDCIssuer != "" && issuer.Scheme != "https" && !isLoopback(issuer.Hostname()):
		return &program.Fault{Key: "server.config.oidc_http"}
	case (c.TLSCert == "") != (c.TLSKey == ""):
		return &program.Fault{Key: "server.config.tls_pair"}
	case c.HTTP && c.TLSCert != "":
		return &program.Fault{Key: "server.config.tls_http"}
	case c.HTTP && !isLoopback(host) && len(c.TrustedProxy) == 0:
		return &program.Fault{Key: "server.config.http"}
	case c.PublicURL != "" && public.Scheme != "https" && !isLoopback(public.Hostname()):
		return &program.Fault{Key: "server.config.public_url"}
	}
	return nil
}

// isLoopback tells a host that only this machine reaches.
func isLoopback(host string) bool {
	address, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && address.IsLoopback()
}

// proxies are the networks whose word on who calls is believed: "10.0.0.0/8", or one address.
func (c *config) proxies() ([]netip.Prefix, error) {
	var networks []netip.Prefix
	for _, text := range c.TrustedProxy {
		text = strings.TrimSpace(text)
		if address, err := netip.ParseAddr(text); err == nil {
			networks = append(networks, netip.PrefixFrom(address, address.BitLen()))
			continue
		}
		network, err := netip.ParsePrefix(text)
		if err != nil {
			return nil, program.ErrValue
		}
		networks = append(networks, network.Masked())
	}
	return networks, nil
}

// base is what the addresses of pages begin with, "https://portal.example/".
func (c *config) base(listening string) string {
	if c.PublicURL != "" {
		return strings.TrimRight(c.PublicURL, "/") + "/"
	}
	return c.here(listening)
}

// here is the address that the server listens on, by a name that this machine knows.
func (c *config) here(listening string) string {
	host, port, _ := net.SplitHostPort(listening)
	if address, err := netip.ParseAddr(host); host == "" || err == nil && address.IsUnspecified() {
		host = "localhost"
	}
	scheme := "https"
	if c.HTTP {
		scheme = "http"
	}
	return scheme + "://" + net.JoinHostPort(host, port) + "/"
}
