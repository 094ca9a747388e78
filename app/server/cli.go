package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/urfave/cli/v3"

	"myaccount/services/program"
	"myaccount/services/text"
)

// programName is the name of the binary.
const programName = "my-account-server"

// command makes the command line. What configures the program can be given to every command.
func (o *operator) command() *cli.Command {
	p := o.printer
	cli.HelpFlag = &cli.BoolFlag{Name: "help", Aliases: []string{"h"}, Usage: p.T("app.cli.help"), Local: true}
	cli.VersionFlag = &cli.BoolFlag{Name: "version", Aliases: []string{"v"}, Usage: p.T("app.cli.version"), Local: true}
	cli.RootCommandHelpTemplate = helpTemplate(p)
	cli.CommandHelpTemplate, cli.SubcommandHelpTemplate = cli.RootCommandHelpTemplate, cli.RootCommandHelpTemplate
	cli.VersionPrinter = func(c *cli.Command) {
		_, _ = fmt.Fprintln(c.Root().Writer, programName, c.Root().Version)
	}
	return &cli.Command{
		Name: programName, Usage: p.T("server.cli.about"), Version: o.version, HideHelpCommand: true,
		Writer: o.out, ErrWriter: o.errOut,
		OnUsageError:   func(_ context.Context, _ *cli.Command, err error, _ bool) error { return misunderstood(err) },
		ExitErrHandler: func(context.Context, *cli.Command, error) {}, // main decides on exit codes
		Flags:          o.flags(),
		Commands: []*cli.Command{
			o.one("serve", "", o.serve),
			o.one("migrate", "", o.migrate),
			o.one("import", "FILE", o.importFile),
			o.one("sample", "", o.loadSample),
			o.group("advisor", o.one("add", "", o.addAdvisor,
				&cli.StringFlag{Name: "email", Usage: p.T("server.cli.email"), Required: true},
				&cli.StringFlag{Name: "first", Usage: p.T("server.cli.first"), Required: true},
				&cli.StringFlag{Name: "last", Usage: p.T("server.cli.last"), Required: true})),
			o.group("customer", o.one("unlock", "EMAIL", o.unlock)),
			o.group("mail",
				o.one("list", "", o.listMails, &cli.BoolFlag{Name: "refused", Usage: p.T("server.cli.refused")}),
				o.one("retry", "ID", o.retryMail),
				o.one("report", "FILE", o.readReport)),
			o.group("debits",
				o.one("export", "", o.exportDebits,
					&cli.StringFlag{Name: "date", Usage: p.T("server.cli.date")},
					&cli.StringFlag{Name: "out", Usage: p.T("server.cli.out")},
					&cli.Int64Flag{Name: "number", Usage: p.T("server.cli.number")}),
				o.one("returns", "FILE", o.takeReturns)),
			o.one("purge", "", o.purge),
			o.one("backup", "FOLDER", o.backup),
			o.one("restore", "FOLDER", o.restore),
			o.group("seal", o.one("rotate", "", o.rotate,
				&cli.BoolFlag{Name: "prepare", Usage: p.T("server.cli.prepare")},
				&cli.BoolFlag{Name: "finish", Usage: p.T("server.cli.finish")})),
			o.one("doctor", "", o.doctor),
		},
		Action: func(_ context.Context, c *cli.Command) error {
			if c.Args().Present() {
				return misunderstood(fmt.Errorf("%q", c.Args().First()))
			}
			return cli.ShowRootCommandHelp(c)
		},
	}
}

// flags are the flags of the configuration, which every command takes.
func (o *operator) flags() []cli.Flag {
	flags := []cli.Flag{&cli.StringFlag{Name: "config", Usage: o.printer.T("server.cli.config")}}
	for _, key := range program.Keys[config]() {
		name, usage := strings.ReplaceAll(key, "_", "-"), o.printer.T("server.cli.flag."+key)
		switch key {
		case "http":
			flags = append(flags, &cli.BoolFlag{Name: name, Usage: usage})
		case "trusted_proxy":
			flags = append(flags, &cli.StringSliceFlag{Name: name, Usage: usage})
		default:
			flags = append(flags, &cli.StringFlag{Name: name, Usage: usage})
		}
	}
	return flags
}

// action is what a command does with its configuration and its argument.
type action func(ctx context.Context, c config, cmd *cli.Command) error

// one makes a command that takes one argument, or none when that has no name.
func (o *operator) one(name, argument string, do action, flags ...cli.Flag) *cli.Command {
	want := 0
	if argument != "" {
		want = 1
	}
	return &cli.Command{
		Name: name, Usage: o.printer.T("server.cli.command." + name), ArgsUsage: argument, Flags: flags,
		HideHelpCommand: true,
		OnUsageError:    func(_ context.Context, _ *cli.Command, err error, _ bool) error { return misunderstood(err) },
		Action: func(ctx context.Context, cmd *cli.Command) error {
			if cmd.NArg() != want {
				return &program.Fault{Key: "server.cli.arguments", Vars: text.Vars{"Command": cmd.FullName()}, Usage: true}
			}
			c, err := readConfig(cmd)
			if err != nil {
				return err
			}
			return do(ctx, c, cmd)
		},
	}
}

// group makes a command that only has commands of its own.
func (o *operator) group(name string, commands ...*cli.Command) *cli.Command {
	return &cli.Command{
		Name: name, Usage: o.printer.T("server.cli.command." + name), HideHelpCommand: true, Commands: commands,
		Action: func(_ context.Context, cmd *cli.Command) error {
			return &program.Fault{Key: "server.cli.arguments", Vars: text.Vars{"Command": cmd.FullName()}, Usage: true}
		},
	}
}

// readConfig takes the configuration with what the flags say.
func readConfig(cmd *cli.Command) (config, error) {
	var flags []program.Source
	for _, key := range program.Keys[config]() {
		if name := strings.ReplaceAll(key, "_", "-"); cmd.IsSet(name) {
			flags = append(flags, program.Flag(name, key, cmd.Value(name)))
		}
	}
	return loadConfig(cmd.String("config"), flags)
}

// misunderstood says that a command line is not understood.
func misunderstood(err error) error {
	return &program.Fault{Key: "app.cli.wrong", Vars: text.Vars{"Detail": err.Error()}, Err: err, Usage: true}
}

// helpTemplate lays the help of a command out with headings in the printer's language.
func helpTemplate(p *text.Printer) string {
	options := p.T("app.cli.heading.options")
	return fmt.Sprintf(`{{.Usage}}

%s:
   {{.FullName}} [options]{{if .ArgsUsage}} {{.ArgsUsage}}{{end}}{{if .VisibleCommands}}

%s:{{range .VisibleCommands}}
   {{.Name}}{{"\t"}}{{.Usage}}{{end}}{{end}}

%s:{{range .VisibleFlags}}
   {{.}}{{end}}{{range .VisiblePersistentFlags}}
   {{.}}{{end}}
`, p.T("app.cli.heading.usage"), p.T("app.cli.heading.commands"), options)
}
