package remote_test

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"

	"myaccount/services"
	"myaccount/services/api"
)

// TestExport_WhatWaits has a message in the archive that the service has not received yet.
func TestExport_WhatWaits(t *testing.T) {
	w := newRunning(t)
	s, ctx := w.customer(), t.Context()
	m := w.outgoing(s, "waits", "On its way", w.attach(s, "note.txt", 100).ID)
	watched := w.portal.WatchConnection(ctx)
	w.backend.between(func(rw http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path == api.PathThreads {
			rw.WriteHeader(http.StatusBadGateway)
			return true
		}
		return false
	})
	if receipt, err := s.Send(ctx, m); err != nil || !receipt.Waiting {
		t.Fatalf("%+v, %v", receipt, err)
	}
	<-watched
	var archive bytes.Buffer
	must(t, s.Export(ctx, &archive))
	reader, err := zip.NewReader(bytes.NewReader(archive.Bytes()), int64(archive.Len()))
	must(t, err)
	var names []string
	for _, file := range reader.File {
		content, err := file.Open()
		must(t, err)
		data, err := io.ReadAll(content)
		must(t, err)
		if names = append(names, file.Name); file.Name == "drafts.json" && !strings.Contains(string(data), m.Body) {
			t.Errorf("drafts: %s", data)
		}
	}
	if all := strings.Join(names, "\n"); strings.Count(all, "drafts.json") != 1 || !strings.Contains(all, "note.txt") {
		t.Errorf("the archive has\n%s", all)
	}
	if _, err := s.(services.Outbox).Received(ctx, m.IdempotencyKey); services.CodeOf(err) != services.CodeNotFound {
		t.Errorf("a receipt of what was not received: %v", err)
	}
}
