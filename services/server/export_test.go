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

// Schemas are the types of the document.
func (s *Server) Schemas() huma.Registry { return s.api.OpenAPI().Components.Schemas }
