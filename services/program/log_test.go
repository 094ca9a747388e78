package program

import (
	"bytes"
	"errors"
	"log/slog"
	"strings"
	"testing"

	"myaccount/services"
)

func TestNewLogger_KeepsPrivateValuesOut(t *testing.T) {
	const private = "PRIVATE"
	person := services.Person{FirstName: private, Email: private}
	for name, attr := range map[string]slog.Attr{
		"email":            slog.String("email", private),
		"part of a name":   slog.String("first_name", private),
		"camel case":       slog.String("deviceToken", private),
		"capitals":         slog.String("VIN", private),
		"code":             slog.String("code", private),
		"within a group":   slog.Group("mail", slog.String("id", private)),
		"group in a group": slog.Group("request", slog.Group("person", slog.String("email", private))),
		"struct":           slog.Any("person", person),
		"pointer":          slog.Any("person", &person),
		"list":             slog.Any("people", []string{private}),
		"map":              slog.Any("fields", map[string]string{"a": private}),
		"secret":           slog.Any("value", services.Secret(private)),
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			log := NewLogger(&out, "debug")
			log.LogAttrs(t.Context(), slog.LevelInfo, "event", attr)
			log.With(attr).Info("event")
			log.WithGroup("outer").Info("event", attr)
			if strings.Contains(out.String(), private) || strings.Count(out.String(), "\n") != 3 {
				t.Errorf("logged %s", &out)
			}
		})
	}
}

func TestNewLogger_KeepsTheRest(t *testing.T) {
	var out bytes.Buffer
	NewLogger(&out, "").Info("imported", "customers", 3, "err", errors.New("disk full"))
	for _, want := range []string{`"level":"INFO"`, `"msg":"imported"`, `"customers":3`, `"err":"disk full"`} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %s in %s", want, &out)
		}
	}
}

func TestNewLogger_Level(t *testing.T) {
	for level, want := range map[string]int{"debug": 4, "": 3, "loud": 3, "info": 3, "warn": 2, "error": 1} {
		var out bytes.Buffer
		log := NewLogger(&out, level)
		log.Debug("a")
		log.Info("b")
		log.Warn("c")
		log.Error("d")
		if got := strings.Count(out.String(), "\n"); got != want {
			t.Errorf("%q: %d lines", level, got)
		}
	}
}
