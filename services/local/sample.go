package local

import (
	"bytes"
	"context"
	"errors"
	"io"

	"cloud.google.com/go/civil"

	"myaccount/services"
	"myaccount/services/core"
	"myaccount/services/sample"
)

// settingSample names the day for which the sample portfolio was made. What the link page offers must be of that day:
// the last payments move with it.
const settingSample = "sample_on"

// LoadSample imports the sample portfolio as it stands today and makes the sample advisor's login. When a customer has
// the advisor's address, the sample goes without one.
func (p *Portal) LoadSample(ctx context.Context) error {
	today := p.today()
	file, err := sample.Portfolio(today)
	if err != nil {
		return services.Internal(err)
	}
	open := func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(file)), nil }
	if _, err := p.ImportPortfolio(ctx, open, nil); err != nil {
		return err
	}
	if _, err := p.ensureSampleAdvisor(ctx); err != nil && services.CodeOf(err) != services.CodeConflict {
		return err
	}
	return p.database.Update(ctx, func(tx core.Tx) error { return tx.SetSetting(settingSample, today.String()) })
}

// ensureSampleAdvisor makes the sample advisor's login, if there is none, and gives its address. Fails with CodeConflict
// when a customer has that.
func (p *Portal) ensureSampleAdvisor(ctx context.Context) (address string, err error) {
	advisor, err := sample.TheAdvisor()
	if err != nil {
		return "", services.Internal(err)
	}
	return advisor.Email, p.EnsureAdvisor(ctx, advisor.FirstName, advisor.LastName, advisor.Email)
}

func (p *Portal) today() civil.Date { return civil.DateOf(p.Clock.Now().In(p.Location)) }

// renewSample brings a sample of an earlier day up to today: its dates are offsets from today, and nobody pays its
// bills meanwhile. What people did with it stays.
func (p *Portal) renewSample(ctx context.Context) error {
	day, err := p.sampleDay(ctx)
	if err != nil || !day.IsValid() || day == p.today() {
		return err
	}
	return p.LoadSample(ctx)
}

// SampleLoaded tells whether the sample portfolio is there.
func (p *Portal) SampleLoaded(ctx context.Context) (bool, error) {
	day, err := p.sampleDay(ctx)
	return day.IsValid(), err
}

// sampleDay reads for which day the sample was made; the zero date when it was not.
func (p *Portal) sampleDay(ctx context.Context) (civil.Date, error) {
	var stored string
	err := p.database.View(ctx, func(tx core.Tx) (err error) {
		stored, err = tx.Setting(settingSample)
		return err
	})
	if errors.Is(err, core.ErrNoRow) {
		return civil.Date{}, nil
	}
	if err != nil {
		return civil.Date{}, err
	}
	return civil.ParseDate(stored)
}

// SamplePeople lists the customers of the sample with what it takes to link each.
func (p *Portal) SamplePeople(ctx context.Context) ([]services.SamplePerson, error) {
	day, err := p.sampleDay(ctx)
	if err != nil || !day.IsValid() {
		return nil, err
	}
	made, err := sample.People(day)
	if err != nil {
		return nil, services.Internal(err)
	}
	people := make([]services.SamplePerson, 0, len(made))
	for _, m := range made {
		people = append(people, services.SamplePerson{
			FirstName: m.FirstName, LastName: m.LastName, VIN: m.VIN, LastPayment: m.LastPayment, BMWID: m.CustomerID, About: m.Key,
		})
	}
	return people, nil
}

// InviteSampleAdvisor puts a mail into the tray with which the sample advisor chooses a password. The mail is of no
// use any more after the policy's time, like every activation.
func (p *Portal) InviteSampleAdvisor(ctx context.Context) (string, error) {
	address, err := p.ensureSampleAdvisor(ctx)
	if err != nil {
		return "", err
	}
	return address, p.InviteAdvisor(ctx, address)
}
