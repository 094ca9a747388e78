package main

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/urfave/cli/v3"

	"myaccount/services"
	"myaccount/services/program"
	"myaccount/services/text"
)

// advisor is a person of the lender.
type advisor struct{ first, last, email string }

// addAdvisor makes the login of an advisor, if there is none, and sends a mail to choose a password.
func (o *operator) addAdvisor(ctx context.Context, c config, cmd *cli.Command) error {
	who := advisor{first: cmd.String("first"), last: cmd.String("last"), email: cmd.String("email")}
	return o.with(ctx, c, func(b *backend) error { return o.invite(ctx, b, who) })
}

// invite makes the login and sends the mail itself, so that it goes out whether or not a server runs.
func (o *operator) invite(ctx context.Context, b *backend, who advisor) error {
	if err := b.EnsureAdvisor(ctx, who.first, who.last, who.email); err != nil {
		return advisorFault(err)
	}
	if err := b.InviteAdvisor(ctx, who.email); err != nil {
		return err
	}
	if _, err := b.SendMails(ctx); err != nil {
		return err
	}
	if b.config.SMTP == "" {
		o.say("server.advisor.written", text.Vars{"Email": who.email, "Folder": b.config.mailFolder()})
	} else {
		o.say("server.advisor.invited", text.Vars{"Email": who.email})
	}
	return nil
}

// advisorFault says why there is no such login.
func advisorFault(err error) error {
	var refused *services.Error
	switch {
	case services.CodeOf(err) == services.CodeConflict:
		return &program.Fault{Key: "server.advisor.customer", Err: err}
	case errors.As(err, &refused) && refused.Code == services.CodeInvalid:
		names := map[string]string{"email": "--email", "first_name": "--first", "last_name": "--last"}
		var flags []string
		for _, field := range slices.Sorted(maps.Keys(refused.Fields)) {
			flags = append(flags, names[field])
		}
		return &program.Fault{Key: "server.advisor.invalid", Vars: text.Vars{"Flags": strings.Join(flags, ", ")}, Usage: true}
	}
	return err
}

// unlock lets somebody try again who failed too often.
func (o *operator) unlock(ctx context.Context, c config, cmd *cli.Command) error {
	email := cmd.Args().First()
	return o.with(ctx, c, func(b *backend) error {
		err := b.Unlock(ctx, email)
		if services.CodeOf(err) == services.CodeNotFound {
			return &program.Fault{Key: "server.unlock.nobody", Vars: text.Vars{"Email": email}}
		}
		if err == nil {
			o.say("server.unlock.done", text.Vars{"Email": email})
		}
		return err
	})
}

// migrate brings the database up to date.
func (o *operator) migrate(ctx context.Context, c config, _ *cli.Command) error {
	return o.with(ctx, c, func(*backend) error { // opening did it
		o.say("server.migrate.done")
		return nil
	})
}

// purge does at once what is due, and looks for files that nothing names.
func (o *operator) purge(ctx context.Context, c config, _ *cli.Command) error {
	return o.with(ctx, c, func(b *backend) error {
		if err := errors.Join(b.due(ctx), b.PurgeOrphans(ctx)); err != nil {
			return err
		}
		o.say("server.purge.done")
		return nil
	})
}
