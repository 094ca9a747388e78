package brand

import (
	"errors"
	"fmt"
	"net/mail"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"

	"cloud.google.com/go/civil"

	"myaccount/services/finance"
)

var (
	isID     = regexp.MustCompile(`^[a-z][a-z_]*$`)
	isColour = regexp.MustCompile(`^#[0-9A-Fa-f]{6}$`)
	isRegion = regexp.MustCompile(`^[A-Z]{2}$`)
)

// fileTypes are the endings that attachments may have: those whose bytes the
// program can tell.
var fileTypes = []string{"pdf", "jpeg", "png", "heic", "txt", "docx"}

// findings gathers what is wrong, so that one run shows all of it.
type findings []error

func (f *findings) expect(ok bool, key, format string, args ...any) {
	if !ok {
		*f = append(*f, fmt.Errorf("brand: %s: %s", key, fmt.Sprintf(format, args...)))
	}
}

func (f *findings) text(key string, t Text, languages []string) {
	for _, l := range languages {
		f.expect(strings.TrimSpace(t[l]) != "", key+"."+l, "is missing")
	}
	for l := range t {
		f.expect(slices.Contains(languages, l), key+"."+l, "is not one of rules.languages")
	}
}

func (b Brand) check() error {
	var f findings
	b.checkNames(&f)
	b.checkLists(&f)
	b.Rules.check(&f)
	f.expect(b.Server.URL == "" || isHTTPS(b.Server.URL), "server.url", "is not an https address")
	return errors.Join(f...)
}

func isHTTPS(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Scheme == "https" && u.Host != ""
}

func (b Brand) checkNames(f *findings) {
	languages := b.Rules.Languages
	f.expect(b.Product.Name != "", "product.name", "is missing")
	f.text("product.subtitle", b.Product.Subtitle, languages)
	f.text("product.company", b.Product.Company, languages)
	f.text("product.disclaimer", b.Product.Disclaimer, languages)
	f.text("contact.hours", b.Contact.Hours, languages)
	f.text("contact.address", b.Contact.Address, languages)
	f.expect(b.Contact.Phone != "", "contact.phone", "is missing")
	for key, address := range map[string]string{
		"contact.email": b.Contact.Email, "contact.mail_from": b.Contact.MailFrom,
	} {
		a, err := mail.ParseAddress(address)
		f.expect(err == nil && a.Address == address, key, "is not an e-mail address")
	}
	for key, colour := range map[string]string{
		"primary_light": b.Colours.PrimaryLight, "primary_dark": b.Colours.PrimaryDark,
		"panel_from": b.Colours.PanelFrom, "panel_to": b.Colours.PanelTo,
	} {
		f.expect(isColour.MatchString(colour), "colours."+key, "is not like #1C69D4")
	}
}

func (b Brand) checkLists(f *findings) {
	languages := b.Rules.Languages
	f.expect(len(b.Topics) > 0, "topics", "is empty")
	topics, links := map[string]bool{}, map[string]bool{}
	for i, t := range b.Topics {
		key := fmt.Sprintf("topics[%d]", i)
		f.expect(isID.MatchString(t.ID) && !topics[t.ID], key+".id", "%q is not a new id of small letters", t.ID)
		f.text(key+".name", t.Name, languages)
		topics[t.ID] = true
	}
	for i, l := range b.Links {
		key := fmt.Sprintf("links[%d]", i)
		f.expect(isID.MatchString(l.ID) && !links[l.ID], key+".id", "%q is not a new id of small letters", l.ID)
		f.text(key+".name", l.Name, languages)
		u, err := url.Parse(l.URL)
		f.expect(err == nil && u.Scheme == "https" && u.Host != "", key+".url", "is not an https address")
		links[l.ID] = true
	}
	for i, t := range b.Taxes {
		key := fmt.Sprintf("taxes[%d]", i)
		_, err := finance.ParseRate(t.Rate)
		f.expect(err == nil, key+".rate", "is not a percentage")
		f.expect(isRegion.MatchString(t.Province), key+".province", "is not two capital letters")
		f.expect(t.Name != "", key+".name", "is missing")
		f.expect(t.From.IsValid(), key+".from", "is missing")
	}
}

func (r Rules) check(f *findings) {
	r.checkPositive(f)
	for _, l := range []string{"en", "fr"} {
		f.expect(slices.Contains(r.Languages, l), "rules.languages", "lacks %s", l)
	}
	_, err := civil.ParseDate(r.TermsVersion)
	f.expect(err == nil, "rules.terms_version", "is not a date")
	f.expect(r.PasswordMin <= r.PasswordMax, "rules.password_max", "is less than password_min")
	f.expect(r.CaptchaAfter <= r.LockoutAfter, "rules.captcha_after", "is more than lockout_after")
	f.expect(r.SessionIdle <= r.SessionMax, "rules.session_max", "is less than session_idle")
	_, err = civil.ParseDate(r.InspectionSince)
	f.expect(err == nil, "rules.inspection_since", "is not a date")
	f.expect(r.InspectionFromDays <= r.InspectionOfferDays, "rules.inspection_from_days", "is more than inspection_offer_days")
	f.expect(r.InspectionToDays <= r.InspectionFromDays, "rules.inspection_to_days", "is more than inspection_from_days")
	for _, p := range r.InspectionProvinces {
		f.expect(isRegion.MatchString(p), "rules.inspection_provinces", "%q is not two capital letters", p)
	}
	f.expect(r.RemovalWarningDays < r.RetentionDays, "rules.removal_warning_days", "is not less than retention_days")
	_, err = finance.ParseRate(r.AutopayRateDiscount)
	f.expect(r.AutopayRateDiscount == "" || err == nil, "rules.autopay_rate_discount", "is not a percentage")
	f.expect(r.AutopayCutoffDays < r.DebitNoticeDays, "rules.autopay_cutoff_days", "is not less than debit_notice_days")
	f.expect(r.CodeLength >= 6 && r.CodeLength <= 10, "rules.code_length", "is not 6 to 10")
	for _, t := range r.AttachmentTypes {
		f.expect(slices.Contains(fileTypes, t), "rules.attachment_types", "%q is not one of %v", t, fileTypes)
	}
}

// checkPositive expects every figure of the rules to be more than nothing, and
// every list to have something in it. A figure that the file forgot is 0.
func (r Rules) checkPositive(f *findings) {
	v := reflect.ValueOf(r)
	for i := range v.NumField() {
		key := "rules." + v.Type().Field(i).Tag.Get("koanf")
		switch value := v.Field(i).Interface().(type) {
		case int:
			f.expect(value > 0, key, "is not more than 0")
		case int64:
			f.expect(value > 0, key, "is not more than 0")
		case time.Duration:
			f.expect(value > 0, key, "is not more than 0")
		case []string:
			f.expect(len(value) > 0, key, "is empty")
		}
	}
}
