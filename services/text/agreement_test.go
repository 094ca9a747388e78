package text_test

import (
	"testing"
)

func TestPrinter_Agreement(t *testing.T) {
	en, fr := printers(t)
	for _, tt := range []struct{ got, want string }{
		{en.Vehicle(2024, "BMW", "i4 eDrive40"), "2024 BMW i4 eDrive40"},
		{en.Part("tax", "QST", "9.975"), "QST (9.975%)"},
		{fr.Part("tax", "QST", "9.975"), "TVQ (9,975\u00a0%)"},
		{fr.Part("tax", "GST", ""), "TPS"},
		{fr.Part("tax", "Luxury tax", "1"), "Luxury tax (1\u00a0%)"},
		{en.Part("tax", "", "5"), "Tax"},
		{en.Part("rent", "", ""), "Rent charge"},
		{fr.Method("pad"), "Débit préautorisé"},
		{en.Method("barter"), "Payment"},
		{fr.ReturnReason("901"), "Fonds insuffisants"},
		{en.ReturnReason("920"), "Debit agreement revoked"}, // of a business, as 917 of a person
		{fr.ReturnReason("999"), "Code 999 de la banque"},
	} {
		if tt.got != tt.want {
			t.Errorf("%q, want %q", tt.got, tt.want)
		}
	}
}
