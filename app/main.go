// Package main is the desktop program: the command line, the configuration, the data folder with its single running
// copy, log, crash reports and settings, and the wiring of the portal with the window.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"fyne.io/fyne/v2/lang"

	"myaccount/assets"
	"myaccount/services/brand"
	"myaccount/services/program"
	"myaccount/services/text"
)

// How the program ends.
const (
	exitDone    = 0
	exitFailure = 1
	exitUsage   = 2 // the command line is not understood
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := runMain(ctx, os.Args, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// runMain reads the command line, does what it says and tells how the program ends.
func runMain(ctx context.Context, args []string, out, errOut io.Writer) int {
	catalogue, err := text.Load(assets.Translations)
	if err != nil {
		return report(errOut, nil, err)
	}
	p := catalogue.Printer(systemLanguage(os.Getenv))
	product, err := brand.Load(assets.Brand)
	if err != nil {
		return report(errOut, p, err)
	}
	meta, err := metadata(product.Product.Name)
	if err != nil {
		return report(errOut, p, err)
	}
	command := newCommand(p, meta.Version, func(ctx context.Context, s start) error {
		return runDesktop(ctx, s, &desktop{brand: product, catalogue: catalogue, printer: p, meta: meta})
	})
	command.Commands = tourCommands(p, product, catalogue)
	command.Writer, command.ErrWriter = out, errOut
	return report(errOut, p, command.Run(ctx, args))
}

// report says what went wrong, in a sentence where there is one, and gives the exit code.
func report(errOut io.Writer, p *text.Printer, err error) int {
	var f *program.Fault
	switch {
	case err == nil, errors.Is(err, errHandedOver):
		return exitDone
	case p == nil || !errors.As(err, &f):
		_, _ = fmt.Fprintln(errOut, programName+":", err)
		return exitFailure
	case f.Usage:
		_, _ = fmt.Fprintln(errOut, f.Sentence(p))
		return exitUsage
	default:
		_, _ = fmt.Fprintln(errOut, f.Sentence(p))
		return exitFailure
	}
}

// systemLanguage is the language that the person set for programs: in the environment, else in the system.
func systemLanguage(getenv func(string) string) text.Lang {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if locale := getenv(name); locale != "" {
			return text.ParseLang(locale)
		}
	}
	return text.ParseLang(lang.SystemLocale().LanguageString())
}
