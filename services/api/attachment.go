package api

import "myaccount/services"

// Attachment describes a file.
type Attachment struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Size   int64  `json:"size" doc:"Bytes"`
	Type   string `json:"type" doc:"Media type, judged from the bytes"`
	SHA256 string `json:"sha256" doc:"Hex"`
}

// AttachmentOf makes it from the domain's.
func AttachmentOf(a services.Attachment) Attachment { return Attachment(a) }

// Domain gives it back.
func (a Attachment) Domain() services.Attachment { return services.Attachment(a) }

// attachments gives a list back, nil when it is empty.
func attachments(list []Attachment) []services.Attachment {
	if len(list) == 0 {
		return nil
	}
	return convert(list, Attachment.Domain)
}

// UploadStart announces a file that comes in parts of at most 1 MiB.
type UploadStart struct {
	Name   string `json:"name,omitempty"`
	Size   int64  `json:"size,omitempty" doc:"Bytes of the whole file"`
	SHA256 string `json:"sha256,omitempty" doc:"Of the whole file, hex; checked at the end"`
}

// Upload says how far a file that comes in parts has come.
type Upload struct {
	ID       string `json:"id"`
	Received int64  `json:"received" doc:"Bytes; the next part begins there"`
	Size     int64  `json:"size"`
}

// UploadOf makes it from the domain's.
func UploadOf(u services.UploadState) Upload { return Upload(u) }

// Domain gives it back.
func (u Upload) Domain() services.UploadState { return services.UploadState(u) }
