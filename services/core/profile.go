package core

import (
	"context"
	"errors"
	"slices"
	"time"

	"myaccount/services"
	"myaccount/services/mail"
)

// SetLanguage changes the language of mails.
func (s *customerSession) SetLanguage(ctx context.Context, language string) error {
	if !slices.Contains(s.core.Brand.Rules.Languages, language) {
		return services.Invalid("language", services.ReasonUnknown)
	}
	var info services.SessionInfo
	err := s.update(ctx, signedIn, func(tx Tx, row SessionRow) error {
		person, err := tx.Person(row.PersonID)
		if err != nil {
			return err
		}
		person.Language = language
		if err := tx.UpdatePerson(person); err != nil {
			return err
		}
		info, err = s.core.info(tx, row)
		return err
	})
	if err == nil {
		s.keep(info)
	}
	return err
}

// DeleteAccount removes the person with all that is theirs.
func (s *customerSession) DeleteAccount(ctx context.Context, password services.Secret) error {
	var files []string
	err := s.shown(ctx, "password", password, func(tx Tx, row SessionRow, _ PersonRow) (err error) {
		files, err = s.core.deletePerson(tx, row.PersonID)
		return err
	})
	if err == nil {
		s.core.dropBlobs(context.WithoutCancel(ctx), files)
	}
	return err
}

// admitAgain counts a try of somebody who is signed in to show the password once more, among those of the device when
// it is trusted, so that a stranger who locks the address cannot keep its owner from this either.
func (c *Core) admitAgain(tx Tx, row SessionRow) (attempt, error) {
	person, err := tx.Person(row.PersonID)
	if err != nil {
		return attempt{}, err
	}
	try := attempt{counter: signInName(person.Email), person: person, at: tx.Now(), name: row.DeviceName}
	switch device, err := tx.Device(row.DeviceID); {
	case err == nil:
		try.counter = deviceName(device.ID)
	case !errors.Is(err, ErrNoRow):
		return attempt{}, err
	}
	tries, err := tx.Tries(try.counter)
	if err != nil {
		return attempt{}, err
	}
	rules := c.Brand.Rules
	if tries, err = countSignIn(tries, tx.Now(), rules); err != nil {
		return attempt{}, err
	}
	tries.PersonID = person.ID
	try.until = tries.Until
	return try, tx.SetTries(tries, tx.Now().Add(max(rules.LockoutWindow, rules.LockoutDuration)))
}

// deletePerson removes a person with all that is theirs, gives the ids of the files to be removed, and writes the one
// mail that is left: that it was done. Rows that belong to the person's row go with it.
func (c *Core) deletePerson(tx Tx, id string) (files []string, err error) {
	person, err := tx.Person(id)
	if err != nil {
		return nil, err
	}
	if files, err = tx.AttachmentIDs(id); err != nil {
		return nil, err
	}
	for _, file := range files {
		if err := tx.DeleteAttachment(file); err != nil {
			return nil, err
		}
	}
	uploads, err := tx.UploadIDs(id)
	if err != nil {
		return nil, err
	}
	parts, err := dropUploads(tx, uploads)
	if err != nil {
		return nil, err
	}
	documents, err := tx.PersonalDocuments(id)
	if err != nil {
		return nil, err
	}
	files = slices.Concat(files, partIDs(parts), documents)
	threads, err := tx.ThreadIDs(id)
	if err != nil {
		return nil, err
	}
	for _, thread := range threads {
		if err := announce(tx, AudienceDesk, services.EventThread, thread); err != nil {
			return nil, err
		}
	}
	if err := tx.ForgetMailsTo(person.Email); err != nil {
		return nil, err
	}
	if err := errors.Join(tx.ClearTriesOf(id), tx.DropSignIns(id), tx.DeleteFactor(id), tx.DropDebits(id)); err != nil {
		return nil, err
	}
	if err := tx.DeletePerson(id); err != nil {
		return nil, err
	}
	err = c.post(tx, letter{kind: mail.DataDeleted, to: person, times: map[string]time.Time{"At": tx.Now()}})
	if err != nil {
		return nil, err
	}
	return files, tx.ForgetAudience(id) // after the mail, which is an event as well
}
