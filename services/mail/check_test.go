package mail

import (
	"errors"
	"fmt"
	"testing"
)

func TestSMTP_Check(t *testing.T) {
	srvTLS, clientTLS := certificate(t)
	secret := &server{user: "portal", password: "right"}
	port := start(t, secret, srvTLS, false)
	good := sender(t, fmt.Sprintf("smtp://portal:right@127.0.0.1:%d", port), clientTLS)
	if err := good.Check(t.Context()); err != nil {
		t.Error(err)
	}
	if len(secret.got()) != 0 {
		t.Error("the check sent a mail")
	}
	for name, bad := range map[string]*SMTP{
		"wrong password":      sender(t, fmt.Sprintf("smtp://portal:wrong@127.0.0.1:%d", port), clientTLS),
		"unknown certificate": sender(t, fmt.Sprintf("smtp://portal:right@127.0.0.1:%d", port), nil),
		"no STARTTLS":         sender(t, fmt.Sprintf("smtp://127.0.0.1:%d", start(t, &server{}, nil, false)), clientTLS),
		"nobody there":        plain(t, 1),
	} {
		if err := bad.Check(t.Context()); !errors.Is(err, ErrTemporary) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
