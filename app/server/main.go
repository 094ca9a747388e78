// Package main is the backend: the program that serves the REST contract and the pages of mails on SQLite or PostgreSQL,
// and the commands of whoever runs it.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/knadh/koanf/parsers/toml/v2"
	"github.com/knadh/koanf/providers/rawbytes"
	"github.com/knadh/koanf/v2"

	"myaccount"
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
	ctx, cancel := context.WithCancel(context.Background())
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		<-signals
		cancel()
		<-signals // a second one ends the program at once
		os.Exit(exitFailure)
	}()
	os.Exit(runMain(ctx, os.Args, os.Stdout, os.Stderr))
}

// operator is what every command has in common.
type operator struct {
	brand     brand.Brand
	catalogue *text.Catalogue
	printer   *text.Printer
	version   string
	out       io.Writer // what was asked for
	errOut    io.Writer // log, and what went wrong
}

// runMain reads the command line, does what it says and tells how the program ends.
func runMain(ctx context.Context, args []string, out, errOut io.Writer) int {
	o := &operator{out: out, errOut: errOut}
	if err := o.load(); err != nil {
		return o.report(err)
	}
	return o.report(o.command().Run(ctx, args))
}

// load reads what is built into the program.
func (o *operator) load() (err error) {
	if o.catalogue, err = text.Load(assets.Translations); err != nil {
		return err
	}
	o.printer = o.catalogue.Printer(systemLanguage(os.Getenv))
	if o.brand, err = brand.Load(assets.Brand); err != nil {
		return err
	}
	k := koanf.New(".")
	if err := k.Load(rawbytes.Provider(myaccount.FyneApp), toml.Parser()); err != nil {
		return fmt.Errorf("read FyneApp.toml: %w", err)
	}
	o.version = k.String("Details.Version")
	return nil
}

// report says what went wrong, in a sentence where there is one, and gives the exit code.
func (o *operator) report(err error) int {
	var fault *program.Fault
	switch {
	case err == nil:
		return exitDone
	case !errors.As(err, &fault):
		_, _ = fmt.Fprintln(o.errOut, programName+":", err)
		return exitFailure
	}
	_, _ = fmt.Fprintln(o.errOut, fault.Sentence(o.printer))
	if fault.Usage {
		return exitUsage
	}
	if fault.Err != nil {
		_, _ = fmt.Fprintln(o.errOut, programName+":", fault.Err)
	}
	return exitFailure
}

// say prints a sentence.
func (o *operator) say(key string, vars ...text.Vars) {
	_, _ = fmt.Fprintln(o.out, o.printer.T(key, vars...))
}

// systemLanguage is the language that the environment asks for.
func systemLanguage(getenv func(string) string) text.Lang {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if locale := getenv(name); locale != "" {
			return text.ParseLang(locale)
		}
	}
	return text.English
}
