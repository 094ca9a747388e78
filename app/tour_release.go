//go:build release

package main

import (
	"github.com/urfave/cli/v3"

	"myaccount/services/brand"
	"myaccount/services/text"
)

// tourCommands is empty: what is shipped has no tour.
func tourCommands(*text.Printer, brand.Brand, *text.Catalogue) []*cli.Command { return nil }
