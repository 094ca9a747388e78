package remote

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"myaccount/services"
	"myaccount/services/api"
	"myaccount/services/remote/cache"
)

const (
	// partSize is how many bytes a part has: little enough that a slow connection shows progress and a cut costs little.
	// A file of no more is handed in whole.
	partSize = 256 << 10
	// partTime is how long a part may take: 42 kbit/s are enough. It is over before anybody else may begin a try.
	partTime = 50 * time.Second

	_ = uint(tryFor - partTime)
)

// delivery hands one file of a message to the service. What it has reached is noted in the cache after each step, so
// that another try goes on from there.
type delivery struct {
	session *customerSession
	key     string // of the message
	content services.AttachmentContent
	upload  cache.Upload
}

// run hands the file in and gives its id at the service.
func (d *delivery) run(ctx context.Context) (string, error) {
	var kept services.Attachment
	var err error
	if d.content.Size > partSize {
		kept, err = d.parts(ctx)
	} else {
		kept, err = d.whole(ctx)
	}
	if err != nil {
		return "", d.judged(ctx, err)
	}
	d.upload.AttachmentID, d.upload.Offset = kept.ID, d.content.Size
	return kept.ID, d.note(ctx)
}

// note keeps what was reached.
func (d *delivery) note(ctx context.Context) error {
	s := d.session
	until := s.portal.options.Clock.Now().Add(tryFor)
	err := s.mine.SetUpload(context.WithoutCancel(ctx), d.key, d.content.ID, d.upload, until)
	s.outbox.tell()
	return err
}

// judged leaves those errors as they are that say something about the file. Others are about the handing in, which
// begins anew or goes on with the next try: they must not send the message back.
func (d *delivery) judged(ctx context.Context, err error) error {
	switch fields := services.FieldsOf(err); services.CodeOf(err) {
	case services.CodeNotFound, services.CodeGone: // the service has forgotten the beginning
	case services.CodeInvalid:
		if fields["name"] != "" || fields["file"] != "" && fields["file"] != services.ReasonTooMany {
			return err
		}
	default:
		return err
	}
	d.upload = cache.Upload{}
	d.session.note(d.note(ctx))
	return &services.Error{Code: services.CodeUnavailable, Err: err}
}

// whole hands the file in at once, under a key that makes it one file however often it is handed in.
func (d *delivery) whole(ctx context.Context) (services.Attachment, error) {
	if d.upload.ID == "" {
		d.upload.ID = d.session.portal.options.NewID()
		if err := d.note(ctx); err != nil {
			return services.Attachment{}, err
		}
	}
	ctx, cancel := context.WithTimeout(ctx, partTime)
	defer cancel()
	return d.session.upload(ctx, services.Upload{Name: d.content.Name, Data: d.content.Data, IdempotencyKey: d.upload.ID})
}

// parts hands the file in part by part, from where an earlier try came to.
func (d *delivery) parts(ctx context.Context) (services.Attachment, error) {
	if err := d.begin(ctx); err != nil {
		return services.Attachment{}, err
	}
	for d.upload.Offset < d.content.Size {
		end := min(d.upload.Offset+partSize, d.content.Size)
		state, err := d.append(ctx, d.content.Data[d.upload.Offset:end])
		if err != nil {
			return services.Attachment{}, err
		}
		if err := d.reach(state.Received, d.upload.Offset+1); err != nil {
			return services.Attachment{}, err
		}
		if err := d.note(ctx); err != nil {
			return services.Attachment{}, err
		}
	}
	var kept api.Attachment
	c := post(api.PathUploadComplete, nil, &kept).of(d.upload.ID)
	c.again, c.limit = true, partTime
	err := d.session.do(ctx, c)
	return kept.Domain(), err
}

// begin announces the file, or asks how far it has come.
func (d *delivery) begin(ctx context.Context) error {
	var state api.Upload
	if d.upload.ID != "" {
		err := d.session.do(ctx, get(api.PathUpload, &state).of(d.upload.ID))
		if err != nil {
			return err
		}
		return d.reach(state.Received, 0)
	}
	err := d.session.do(ctx, post(api.PathUploads, api.UploadStart{
		Name: d.content.Name, Size: d.content.Size, SHA256: d.content.SHA256,
	}, &state))
	if err != nil {
		return err
	}
	if err := d.reach(state.Received, 0); err != nil {
		return err
	}
	d.upload.ID = state.ID
	return d.note(ctx)
}

// reach takes how far the file has come. What lies beyond its end, or before least, nobody can have received: such an
// upload begins anew.
func (d *delivery) reach(received, least int64) error {
	if received < least || received > d.content.Size {
		return services.Fail(services.CodeGone)
	}
	d.upload.Offset = received
	return nil
}

// append hands in the next part.
func (d *delivery) append(ctx context.Context, part []byte) (services.UploadState, error) {
	var state api.Upload
	c := call{method: http.MethodPut, path: api.PathUpload, body: part, answer: &state, again: true, limit: partTime}
	c.query = map[string]string{"offset": strconv.FormatInt(d.upload.Offset, 10)}
	err := d.session.do(ctx, c.of(d.upload.ID))
	return state.Domain(), err
}

// withdraw removes what the service has of the files of a message that came back: they would count among those that wait
// to be sent. What cannot be removed now goes there by itself.
func (s *customerSession) withdraw(ctx context.Context, w cache.Waiting) {
	for _, file := range w.Files {
		if id := file.Upload.AttachmentID; id != "" {
			_ = s.do(ctx, call{method: http.MethodDelete, path: api.PathAttachment}.of(id))
		}
	}
}
