package main

import (
	"fmt"

	"fyne.io/fyne/v2"
	"github.com/knadh/koanf/parsers/toml/v2"
	"github.com/knadh/koanf/providers/rawbytes"
	"github.com/knadh/koanf/v2"

	"myaccount"
)

// metadata is what Fyne wants to know about the program. The name is the product's of the brand file.
func metadata(name string) (fyne.AppMetadata, error) {
	k := koanf.New(".")
	if err := k.Load(rawbytes.Provider(myaccount.FyneApp), toml.Parser()); err != nil {
		return fyne.AppMetadata{}, fmt.Errorf("read FyneApp.toml: %w", err)
	}
	return fyne.AppMetadata{
		ID:         k.String("Details.ID"),
		Name:       name,
		Version:    k.String("Details.Version"),
		Build:      k.Int("Details.Build"),
		Migrations: k.BoolMap("Migrations"),
	}, nil
}
