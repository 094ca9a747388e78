//go:build !release

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"github.com/urfave/cli/v3"

	"myaccount/services/brand"
	"myaccount/services/text"
	"myaccount/ui"
	"myaccount/ui/nav"
)

// The tour walks the customer's journey on the sample data, with the same shell, portal and database as the program,
// and writes a numbered picture of every screen and state. It needs no display.

// tourCommands are the sub-commands that only builds for developers have.
func tourCommands(p *text.Printer, product brand.Brand, catalogue *text.Catalogue) []*cli.Command {
	return []*cli.Command{{
		Name: "tour", Usage: p.T("app.tour.about"), HideHelpCommand: true,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "out", Usage: p.T("app.tour.out"), Required: true},
			&cli.StringFlag{Name: "lang", Usage: p.T("app.cli.lang"), Value: "en"},
			&cli.StringFlag{Name: "theme", Usage: p.T("app.cli.theme"), Value: "light"},
			&cli.StringFlag{Name: "size", Usage: p.T("app.tour.size"), Value: "1280x800"},
			&cli.FloatFlag{Name: "text", Usage: p.T("app.tour.text"), Value: 1},
		},
		OnUsageError: func(_ context.Context, _ *cli.Command, err error, _ bool) error { return usageFault(err) },
		Action: func(ctx context.Context, c *cli.Command) error {
			size, err := parseSize(c.String("size"))
			if err != nil {
				return usageFault(err)
			}
			settings := nav.Settings{Language: c.String("lang"), Appearance: c.String("theme"), TextScale: float32(c.Float("text"))}
			if sane(settings) != settings {
				return usageFault(fmt.Errorf("%s %s %g", settings.Language, settings.Appearance, settings.TextScale))
			}
			return takeTour(ctx, tourOptions{out: c.String("out"), size: size, settings: settings, brand: product, catalogue: catalogue})
		},
	}}
}

// tourOptions is what a tour is taken with.
type tourOptions struct {
	out       string // folder of the pictures; "" takes none
	size      fyne.Size
	settings  nav.Settings
	brand     brand.Brand
	catalogue *text.Catalogue
	change    []func(*ui.Options) // what a test wants otherwise
}

// takeTour takes the walk and writes its pictures; older pictures of a tour in the folder are removed.
func takeTour(ctx context.Context, o tourOptions) (err error) {
	if err := clearPictures(o.out); err != nil {
		return err
	}
	data, err := os.MkdirTemp("", "my-account-tour-*")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(data)) }()
	guide := &guide{}
	defer func() { err = errors.Join(err, guide.finish(recover())) }()
	w, err := newWalk(ctx, guide, data, o)
	if err != nil {
		return err
	}
	defer w.close()
	w.all()
	return nil
}

// clearPictures removes the numbered pictures of an earlier tour.
func clearPictures(dir string) error {
	old, err := filepath.Glob(filepath.Join(dir, "[0-9][0-9][0-9]-*.png"))
	if err != nil {
		return err
	}
	for _, path := range old {
		if err := os.Remove(path); err != nil {
			return err
		}
	}
	return os.MkdirAll(dir, 0o750)
}

// parseSize reads "1280x800".
func parseSize(s string) (fyne.Size, error) {
	width, height, ok := strings.Cut(s, "x")
	w, errW := strconv.ParseUint(width, 10, 12)
	h, errH := strconv.ParseUint(height, 10, 12)
	if !ok || errW != nil || errH != nil || w < 640 || h < 480 {
		return fyne.Size{}, fmt.Errorf("size %q", s)
	}
	return fyne.NewSize(float32(w), float32(h)), nil
}

// guide is to a tour what a *testing.T is to a test: it collects what is wrong and breaks off where nothing can go on.
type guide struct{ faults []error }

// lost is how a guide breaks off.
type lost struct{}

// Helper is part of uitest.TB.
func (*guide) Helper() {}

// Errorf notes a fault.
func (g *guide) Errorf(format string, args ...any) {
	g.faults = append(g.faults, fmt.Errorf(format, args...))
}

// Fatal notes a fault and breaks off.
func (g *guide) Fatal(args ...any) {
	g.faults = append(g.faults, errors.New(fmt.Sprint(args...)))
	panic(lost{})
}

// Fatalf notes a fault and breaks off.
func (g *guide) Fatalf(format string, args ...any) {
	g.Errorf(format, args...)
	panic(lost{})
}

// finish gives what was wrong. Another panic than the guide's own goes on.
func (g *guide) finish(panicked any) error {
	if _, ours := panicked.(lost); panicked != nil && !ours {
		panic(panicked)
	}
	return errors.Join(g.faults...)
}
