package main

import (
	"bytes"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"myaccount/services"
)

func TestNewLogger_KeepsPrivateValuesOut(t *testing.T) {
	const private = "PRIVATE"
	person := services.Person{FirstName: private, Email: private}
	tests := []struct {
		name string
		attr slog.Attr
	}{
		{"email", slog.String("email", private)},
		{"name", slog.String("name", private)},
		{"part of a name", slog.String("first_name", private)},
		{"camel case", slog.String("deviceToken", private)},
		{"capitals", slog.String("VIN", private)},
		{"password", slog.Any("password", private)},
		{"code", slog.String("code", private)},
		{"body", slog.String("message-body", private)},
		{"within a group", slog.Group("mail", slog.String("id", private))},
		{"group in a group", slog.Group("request", slog.Group("person", slog.String("email", private)))},
		{"struct", slog.Any("person", person)},
		{"pointer", slog.Any("person", &person)},
		{"list", slog.Any("people", []string{private})},
		{"map", slog.Any("fields", map[string]string{"a": private})},
		{"secret", slog.Any("value", services.Secret(private))},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var out bytes.Buffer
			log := newLogger(&out, slog.LevelDebug)
			log.LogAttrs(t.Context(), slog.LevelInfo, "event", test.attr)
			log.With(test.attr).Info("event")
			log.WithGroup("outer").Info("event", test.attr)
			if strings.Contains(out.String(), private) || strings.Count(out.String(), "\n") != 3 {
				t.Errorf("logged %s", &out)
			}
		})
	}
}

func TestNewLogger_KeepsTheRest(t *testing.T) {
	var out bytes.Buffer
	newLogger(&out, slog.LevelInfo).Info("imported", "customers", 3, "page", "overview",
		"err", errors.New("disk full"), "took", services.CodeInternal)
	for _, want := range []string{`"level":"INFO"`, `"msg":"imported"`, `"customers":3`, `"page":"overview"`, `"err":"disk full"`} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %s in %s", want, &out)
		}
	}
}

func TestOpenLog(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "log")
	log, file, err := openLog(dir, "warn")
	if err != nil {
		t.Fatal(err)
	}
	log.Info("quiet")
	log.Warn("loud")
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(dir, "my-account.log"))
	if err != nil || strings.Contains(string(data), "quiet") || !strings.Contains(string(data), `"loud"`) {
		t.Errorf("got %s, %v", data, err)
	}
}

func TestLogLevel(t *testing.T) {
	for text, want := range map[string]slog.Level{
		"debug": slog.LevelDebug, "warn": slog.LevelWarn, "error": slog.LevelError, "": slog.LevelInfo,
	} {
		if got := logLevel(text); got != want {
			t.Errorf("%q: got %v", text, got)
		}
	}
}
