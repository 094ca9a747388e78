package main

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/urfave/cli/v3"

	"myaccount/services/program"
	"myaccount/services/text"
)

// programName is the name of the binary.
const programName = "my-account"

// start is what the command line asks for.
type start struct {
	flags []program.Source // go over the configuration
	ask   request          // goes to a copy that runs already, or to the window
}

// configFlags are the flags that set a key of the configuration.
var configFlags = []struct{ name, key string }{
	{"data", "data"}, {"lang", "language"}, {"theme", "appearance"}, {"sample", "sample"}, {"server", "server.url"},
}

// newCommand makes the command line in the words of a printer. open is what the program does without a sub-command;
// without one it shows its help.
func newCommand(p *text.Printer, version string, open func(context.Context, start) error) *cli.Command {
	cli.HelpFlag = &cli.BoolFlag{Name: "help", Aliases: []string{"h"}, Usage: p.T("app.cli.help")}
	cli.VersionFlag = &cli.BoolFlag{Name: "version", Aliases: []string{"v"}, Usage: p.T("app.cli.version")}
	cli.RootCommandHelpTemplate = helpTemplate(p)
	cli.CommandHelpTemplate, cli.SubcommandHelpTemplate = cli.RootCommandHelpTemplate, cli.RootCommandHelpTemplate
	cli.VersionPrinter = func(c *cli.Command) {
		_, _ = fmt.Fprintln(c.Root().Writer, programName, c.Root().Version)
	}
	command := &cli.Command{
		Name:            programName,
		Usage:           p.T("app.cli.about"),
		UsageText:       programName + " " + p.T("app.cli.usage"),
		Version:         version,
		HideHelpCommand: true,
		OnUsageError: func(_ context.Context, _ *cli.Command, err error, _ bool) error {
			return usageFault(err)
		},
		ExitErrHandler: func(context.Context, *cli.Command, error) {}, // main decides on exit codes
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "data", Usage: p.T("app.cli.data")},
			&cli.StringFlag{Name: "lang", Usage: p.T("app.cli.lang")},
			&cli.StringFlag{Name: "theme", Usage: p.T("app.cli.theme")},
			&cli.BoolFlag{Name: "sample", Usage: p.T("app.cli.sample")},
			&cli.StringFlag{Name: "server", Usage: p.T("app.cli.server")},
			&cli.StringFlag{Name: "import", Usage: p.T("app.cli.import")},
		},
	}
	if open != nil {
		command.Action = func(ctx context.Context, c *cli.Command) error {
			s, err := readStart(c)
			if err != nil {
				return err
			}
			return open(ctx, s)
		}
	}
	return command
}

// helpTemplate lays the help of a command out with headings in the printer's language.
func helpTemplate(p *text.Printer) string {
	return fmt.Sprintf(`{{.Usage}}

%s:
   {{or .UsageText (print .FullName " [options]")}}{{if .VisibleCommands}}

%s:{{range .VisibleCommands}}
   {{.Name}}{{"\t"}}{{.Usage}}{{end}}{{end}}

%s:{{range .VisibleFlags}}
   {{.}}{{end}}
`, p.T("app.cli.heading.usage"), p.T("app.cli.heading.commands"), p.T("app.cli.heading.options"))
}

// usageFault says that a command line is not understood.
func usageFault(err error) error {
	return &program.Fault{Key: "app.cli.wrong", Vars: text.Vars{"Detail": err.Error()}, Err: err, Usage: true}
}

// readStart takes what the flags and the argument say.
func readStart(c *cli.Command) (start, error) {
	var s start
	for _, f := range configFlags {
		if c.IsSet(f.name) {
			s.flags = append(s.flags, program.Flag(f.name, f.key, c.Value(f.name)))
		}
	}
	if c.NArg() > 1 {
		return start{}, &program.Fault{Key: "app.cli.arguments", Usage: true}
	}
	if link := c.Args().First(); link != "" {
		if _, err := parseLink(link); err != nil {
			return start{}, &program.Fault{Key: "app.cli.link", Err: err, Usage: true}
		}
		s.ask.Link = link
	}
	if path := c.String("import"); path != "" {
		absolute, err := filepath.Abs(path)
		if err != nil {
			return start{}, fmt.Errorf("import: %w", err)
		}
		s.ask.Import = absolute
	}
	return s, nil
}
