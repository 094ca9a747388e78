package mail

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"myaccount/services/disk"
)

// Files is a Sender that writes each mail to a file instead of sending it, for a portal that is tried out without an
// SMTP server. The files hold what the mails hold, links and codes included, and only their owner may read them.
type Files struct {
	origin
	dir string
}

var _ Sender = (*Files)(nil)

// NewFiles returns a sender that writes into dir, made with mode 0700 when it does not exist. Errors: ErrURL for the
// sender's address, and those of package os.
func NewFiles(dir, from string) (*Files, error) {
	sender, err := newOrigin(from)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("mail: folder: %w", err)
	}
	return &Files{origin: sender, dir: dir}, nil
}

// Send writes the whole mail (RFC 5322), named after its Message-ID: a mail that is sent again replaces itself.
func (f *Files) Send(ctx context.Context, m Message) error {
	msg, err := f.compose(m)
	if err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("%w: %w", ErrTemporary, err)
	}
	err = disk.Replace(filepath.Join(f.dir, m.ID+".eml"), func(file *os.File) error {
		_, err := msg.WriteTo(file)
		return err
	})
	if err != nil {
		return fmt.Errorf("%w: %w", ErrTemporary, err)
	}
	return nil
}

// String names the folder.
func (f *Files) String() string { return "mail folder " + f.dir }
