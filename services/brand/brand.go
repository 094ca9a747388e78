// Package brand reads the brand file (assets/brand/brand.toml): the names, the
// contacts, the topics of messages and the rules of the portal. It is the one
// source of all of them.
package brand

import (
	"fmt"
	"time"

	"cloud.google.com/go/civil"
	"github.com/go-viper/mapstructure/v2"
	"github.com/knadh/koanf/parsers/toml/v2"
	"github.com/knadh/koanf/providers/rawbytes"
	"github.com/knadh/koanf/v2"
)

// Text is a piece of text in each language, by its tag ("en", "fr").
type Text map[string]string

// In gives the text in a language, in English when there is none in it.
func (t Text) In(language string) string {
	if s := t[language]; s != "" {
		return s
	}
	return t["en"]
}

// Brand is everything the brand file says.
type Brand struct {
	Product  Product  `koanf:"product"`
	Colours  Colours  `koanf:"colours"`
	Contact  Contact  `koanf:"contact"`
	Topics   []Topic  `koanf:"topics"` // in the order shown
	Rules    Rules    `koanf:"rules"`
	Identity Identity `koanf:"identity"`
	Server   Server   `koanf:"server"`
	Taxes    []Tax    `koanf:"taxes"`
	Links    []Link   `koanf:"links"`
}

// Product is what the program and the lender are called.
type Product struct {
	Name       string `koanf:"name"`       // of the program
	Subtitle   Text   `koanf:"subtitle"`   // under the name
	Company    Text   `koanf:"company"`    // who answers messages
	Disclaimer Text   `koanf:"disclaimer"` // that the project is independent
}

// Colours are the lender's own, as #RRGGBB, on the pages of the backend. The desktop program has them in ui/theme, among
// others that have to be readable with them.
type Colours struct {
	PrimaryLight string `koanf:"primary_light"`
	PrimaryDark  string `koanf:"primary_dark"`
	PanelFrom    string `koanf:"panel_from"` // gradient beside the sign-in page
	PanelTo      string `koanf:"panel_to"`
}

// Contact is how to reach the lender.
type Contact struct {
	Phone    string `koanf:"phone"`
	Hours    Text   `koanf:"hours"`
	Email    string `koanf:"email"`
	MailFrom string `koanf:"mail_from"` // sender of the program's mails
	Address  Text   `koanf:"address"`
}

// Topic is what a message can be about.
type Topic struct {
	ID   string `koanf:"id"`
	Name Text   `koanf:"name"`
}

// Rules are the figures that the rules of the portal work with.
type Rules struct {
	Languages    []string `koanf:"languages"`
	TermsVersion string   `koanf:"terms_version"` // a date, named in the terms too

	PasswordMin  int      `koanf:"password_min"` // characters
	PasswordMax  int      `koanf:"password_max"`
	ContextWords []string `koanf:"context_words"` // never a password, nor most of one
	NameMax      int      `koanf:"name_max"`      // characters of each name

	CaptchaAfter    int           `koanf:"captcha_after"`    // failed sign-ins
	LockoutAfter    int           `koanf:"lockout_after"`    // failed sign-ins
	LockoutWindow   time.Duration `koanf:"lockout_window"`   // within which they count
	LockoutDuration time.Duration `koanf:"lockout_duration"` // how long it lasts
	SessionIdle     time.Duration `koanf:"session_idle"`
	SessionMax      time.Duration `koanf:"session_max"`
	TrustDays       int           `koanf:"trust_days"` // of a trusted device

	ActivationTTL  time.Duration `koanf:"activation_ttl"`
	ResetTTL       time.Duration `koanf:"reset_ttl"`
	CodeLength     int           `koanf:"code_length"` // digits
	CodeTTL        time.Duration `koanf:"code_ttl"`
	CodeTries      int           `koanf:"code_tries"`
	CodeResendWait time.Duration `koanf:"code_resend_wait"`

	LinkTries  int           `koanf:"link_tries"` // within LinkWindow
	LinkWindow time.Duration `koanf:"link_window"`

	AddressWindow        time.Duration `koanf:"address_window"` // within which the tries of one network address count
	AddressSignIns       int           `koanf:"address_sign_ins"`
	AddressRegistrations int           `koanf:"address_registrations"`
	AddressMails         int           `koanf:"address_mails"` // resets, and activation mails sent again
	AddressLinks         int           `koanf:"address_links"`
	AddressCodes         int           `koanf:"address_codes"` // sent or typed

	PayoffGoodDays      int      `koanf:"payoff_good_days"`      // how long an estimate holds
	InspectionProvinces []string `koanf:"inspection_provinces"`  // where the law wants one at the end of a lease
	InspectionSince     string   `koanf:"inspection_since"`      // a date: of contracts from then on
	InspectionOfferDays int      `koanf:"inspection_offer_days"` // before the end, at the latest
	InspectionFromDays  int      `koanf:"inspection_from_days"`  // before the end, at the earliest
	InspectionToDays    int      `koanf:"inspection_to_days"`    // before the end, at the latest
	RepairDays          int      `koanf:"repair_days"`           // after the report
	ReadingsMax         int      `koanf:"readings_max"`          // of the odometer of one vehicle, corrected ones among them

	BodyMax               int      `koanf:"body_max"`             // characters of a message
	RetentionDays         int      `koanf:"retention_days"`       // of a message, from its sending
	RemovalWarningDays    int      `koanf:"removal_warning_days"` // before the removal
	AttachmentsPerMessage int      `koanf:"attachments_per_message"`
	AttachmentMaxBytes    int64    `koanf:"attachment_max_bytes"` // of one file
	AttachmentTypes       []string `koanf:"attachment_types"`     // file name endings, "pdf"

	PaymentCutoffDays int `koanf:"payment_cutoff_days"` // an order may be taken back until the end of the day so many days before its own
	PaymentAheadDays  int `koanf:"payment_ahead_days"`  // how far ahead a payment may be ordered
	BankAccountsMax   int `koanf:"bank_accounts_max"`   // of one person
	AutopayCutoffDays int `koanf:"autopay_cutoff_days"` // a debit may be stopped until so many days before it
	DebitNoticeDays   int `koanf:"debit_notice_days"`   // calendar days between the notice of a debit and the debit
	DebitStopDays     int `koanf:"debit_stop_days"`     // within which debits stop, however somebody asks
	DebitDisputeDays  int `koanf:"debit_dispute_days"`  // within which a personal debit is paid back

	AutopayRateDiscount string `koanf:"autopay_rate_discount"` // percent a year for those who pay by autopay; "" for none
}

// Day is the length that the rules in days count by.
const Day = 24 * time.Hour

// TrustFor is how long a device stays trusted.
func (r Rules) TrustFor() time.Duration { return time.Duration(r.TrustDays) * Day }

// Retention is how long a message is kept after it was sent.
func (r Rules) Retention() time.Duration { return time.Duration(r.RetentionDays) * Day }

// RemovalWarning is how long before its removal a message is marked.
func (r Rules) RemovalWarning() time.Duration { return time.Duration(r.RemovalWarningDays) * Day }

// Identity names the OpenID Connect provider of existing logins.
type Identity struct {
	Provider string `koanf:"provider"` // "" when there is none
}

// Server is the backend that the lender runs.
type Server struct {
	URL string `koanf:"url"` // "https://portal.example.ca"; "" when the program is local-only
}

// Tax is a sales tax of a province from a day on.
type Tax struct {
	Province string     `koanf:"province"` // "QC"
	Name     string     `koanf:"name"`     // "GST", "QST", "HST"
	Rate     string     `koanf:"rate"`     // percent, exact decimal
	From     civil.Date `koanf:"from"`
}

// Link is a page elsewhere that the program sends people to.
type Link struct {
	ID   string `koanf:"id"`
	Name Text   `koanf:"name"`
	URL  string `koanf:"url"`
}

// TaxesOn lists the taxes of a province that apply on a day, the newest row of
// each name, in the order of the file.
func (b Brand) TaxesOn(province string, on civil.Date) []Tax {
	var list []Tax
	at := map[string]int{}
	for _, t := range b.Taxes {
		if t.Province != province || t.From.After(on) {
			continue
		}
		i, seen := at[t.Name]
		switch {
		case !seen:
			at[t.Name] = len(list)
			list = append(list, t)
		case t.From.After(list[i].From):
			list[i] = t
		}
	}
	return list
}

// Load reads and checks a brand file. The error names every key that is wrong,
// unknown or missing.
func Load(file []byte) (Brand, error) {
	k := koanf.New(".")
	if err := k.Load(rawbytes.Provider(file), toml.Parser()); err != nil {
		return Brand{}, fmt.Errorf("brand: reading the file: %w", err)
	}
	var b Brand
	err := k.UnmarshalWithConf("", &b, koanf.UnmarshalConf{DecoderConfig: &mapstructure.DecoderConfig{
		ErrorUnused: true,
		DecodeHook: mapstructure.ComposeDecodeHookFunc(
			mapstructure.StringToTimeDurationHookFunc(),
			mapstructure.TextUnmarshallerHookFunc(),
		),
	}})
	if err != nil {
		return Brand{}, fmt.Errorf("brand: %w", err)
	}
	return b, b.check()
}
