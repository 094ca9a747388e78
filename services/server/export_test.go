package server

import (
	"runtime"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"
)

// HurryBodies lets a body take no longer than this until the test ends. Of servers made before nothing changes.
func HurryBodies(t *testing.T, wait time.Duration) {
	body, upload := bodyWait, uploadWait
	t.Cleanup(func() { bodyWait, uploadWait = body, upload })
	bodyWait, uploadWait = wait, wait
}

// PasswordPlaces is how many requests may hash passwords at once.
func PasswordPlaces() int { return passwordsPerCore * runtime.GOMAXPROCS(0) }

// FilesEach is how many requests of one person may hold a file.
const FilesEach = filesEach

// StreamsEach is how many streams a person may have.
const StreamsEach = streamsEach

// Streams is how many people have streams.
func (s *Server) Streams() int {
	s.streams.mu.Lock()
	defer s.streams.mu.Unlock()
	return len(s.streams.open)
}

// Schemas are the types of the document.
func (s *Server) Schemas() huma.Registry { return s.api.OpenAPI().Components.Schemas }
