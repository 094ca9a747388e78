//go:build s3

package main

import (
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/google/uuid"
)

// TestBucket_S3 runs over versitygw, a server that speaks S3 and keeps objects in a folder:
//
//	go install github.com/versity/versitygw/cmd/versitygw@v1.8.0
//	go test -tags ci,s3 -run S3 ./app/server
//
// It has a tag of its own because that program is not among what make test installs.
func TestBucket_S3(t *testing.T) {
	address := s3Server(t, "files")
	testBucket(t, address)
	data := t.TempDir()
	does(t, "doctor", "--data", data, "--blobs", address)
	s := serves(t, nil, "--http", "--data", data, "--blobs", address)
	s.call(http.MethodGet, "readyz", nil, http.StatusOK, nil)
	s.stop()
}

// s3Server starts the server with an empty bucket and gives that one's address.
func s3Server(t *testing.T, name string) (address string) {
	t.Helper()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	port := free.Addr().String()
	must(t, free.Close())
	folder, secret := t.TempDir(), uuid.NewString()
	must(t, os.Mkdir(filepath.Join(folder, name), 0o700))
	server := exec.Command("versitygw", "--access", "test", "--secret", secret, "--port", port, "posix", folder)
	must(t, server.Start())
	t.Cleanup(func() {
		_ = server.Process.Kill()
		_ = server.Wait()
	})
	eventually(t, "S3", func() bool {
		conn, err := net.Dial("tcp", port)
		if err == nil {
			_ = conn.Close()
		}
		return err == nil
	})
	t.Setenv("AWS_ACCESS_KEY_ID", "test")
	t.Setenv("AWS_SECRET_ACCESS_KEY", secret)
	return "s3://" + name + "?region=us-east-1&use_path_style=true&endpoint=http://" + port
}
