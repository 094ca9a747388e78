package server_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"testing"

	"myaccount/services"
	"myaccount/services/api"
)

func TestUpload_InParts(t *testing.T) {
	h := newHarness(t)
	token := h.customer(alice)
	data := bytes.Repeat([]byte("a line of a long text\n"), 60_000)
	digest := sha256.Sum256(data)
	start := api.UploadStart{Name: "long.txt", Size: int64(len(data)), SHA256: hex.EncodeToString(digest[:])}
	var state api.Upload
	h.do(request{method: "POST", path: api.PathUploads, token: token, body: start}).want(201).into(&state)

	put := func(offset int64, part []byte) reply {
		return h.do(request{
			method: "PUT", path: fmt.Sprintf("%s?offset=%d", of(api.PathUpload, state.ID), offset), token: token, body: part,
			header: map[string]string{"Content-Type": "application/octet-stream"},
		})
	}
	put(0, make([]byte, services.UploadPartMax+1)).fails(413, services.CodeTooLarge)
	put(0, make([]byte, 4*services.UploadPartMax)).fails(413, services.CodeTooLarge)
	if p := put(5, data[5:10]).fails(422, services.CodeInvalid); p.Fields["offset"] != services.ReasonMismatch {
		t.Errorf("%+v", p)
	}
	if p := h.do(request{method: "POST", path: of(api.PathUploadComplete, state.ID), token: token}).fails(422, services.CodeInvalid); p.Fields["size"] != services.ReasonMismatch {
		t.Errorf("%+v", p)
	}
	for state.Received < state.Size {
		put(state.Received, data[state.Received:min(state.Received+services.UploadPartMax, state.Size)]).want(200).into(&state)
	}
	var asked api.Upload
	h.do(request{method: "GET", path: of(api.PathUpload, state.ID), token: token}).want(200).into(&asked)
	var file, again api.Attachment
	h.do(request{method: "POST", path: of(api.PathUploadComplete, state.ID), token: token}).want(201).into(&file)
	h.do(request{method: "POST", path: of(api.PathUploadComplete, state.ID), token: token}).want(201).into(&again)
	if asked != state || file != again || file.SHA256 != start.SHA256 || file.Type != "text/plain" {
		t.Errorf("%+v, %+v, %+v, %+v", state, asked, file, again)
	}
	got := h.do(request{method: "GET", path: of(api.PathAttachment, file.ID), token: token}).want(200)
	if !bytes.Equal(got.body, data) {
		t.Error("other bytes")
	}
	h.do(request{method: "GET", path: of(api.PathUpload, "nothing"), token: token}).fails(404, services.CodeNotFound)
}
