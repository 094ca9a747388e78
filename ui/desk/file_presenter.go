package desk

import (
	"context"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/nav"
)

// openFile shows an attachment with the system's program for it.
func (p *presenter) openFile(words *text.Printer, a services.Attachment) {
	p.fetch(words, a, func(data []byte) {
		if err := p.env.Files.Show(a.Name, data); err != nil {
			p.env.Toast(words.T("desk.file.not_shown", text.Vars{"Name": a.Name}))
		}
	})
}

// keepFile asks where to put an attachment, and says what came of it.
func (p *presenter) keepFile(words *text.Printer, a services.Attachment) {
	p.fetch(words, a, func(data []byte) {
		p.env.Files.Save(words.T("desk.file.title"), a.Name, data, func(path string, err error) {
			switch {
			case err != nil:
				p.env.Toast(words.T("desk.file.not_saved", text.Vars{"Name": a.Name}))
			case path != "":
				p.env.Toast(words.T("desk.file.saved", text.Vars{"Name": a.Name}))
			}
		})
	})
}

func (p *presenter) fetch(words *text.Printer, a services.Attachment, then func([]byte)) {
	nav.Run(&p.scope, func(ctx context.Context) (services.AttachmentContent, error) {
		return p.deps.Attachments.OpenAttachment(ctx, a.ID)
	}, func(content services.AttachmentContent, err error) {
		if err != nil {
			p.env.Toast(nav.Sentence(words, err, p.env.Clock.Now()))
			return
		}
		then(content.Data)
	})
}
