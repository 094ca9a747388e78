package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	_ "gocloud.dev/blob/fileblob" // the scheme "file"
	_ "gocloud.dev/blob/memblob"  // the scheme "mem"

	"myaccount/services/blob"
)

// TestBucket runs over what can be had anywhere; bucket_s3_test.go runs the same over a server that speaks S3.
func TestBucket(t *testing.T) {
	for name, address := range map[string]string{
		"memory": "mem://", "folder": "file://" + t.TempDir() + "?metadata=skip&no_tmp_dir=true",
	} {
		t.Run(name, func(t *testing.T) { testBucket(t, address) })
	}
}

// testBucket checks what core relies on.
func testBucket(t *testing.T, address string) {
	b, err := openBucket(t.Context(), address)
	must(t, err)
	defer func() { must(t, b.Close()) }()
	must(t, checkBlobs(t.Context(), b))
	must(t, tryBlobs(t.Context(), b))
	const n = 1100                                           // more than a page
	large := bytes.Repeat([]byte("0123456789abcdef"), 6<<16) // 6 MiB: S3 takes it in parts
	must(t, b.Put(t.Context(), "0000", large))
	for i := 1; i < n; i++ {
		must(t, b.Put(t.Context(), fmt.Sprintf("%04d", i), []byte{byte(i)}))
	}
	must(t, b.Put(t.Context(), "0001", []byte("anew")))
	for key, want := range map[string][]byte{"0000": large, "0001": []byte("anew"), "0300": {300 & 0xff}} {
		if got, err := b.Get(t.Context(), key); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: %d bytes, %v", key, len(got), err)
		}
	}
	if _, err := b.Get(t.Context(), "none"); !errors.Is(err, blob.ErrNotFound) {
		t.Errorf("nothing there: %v", err)
	}
	for range 2 { // again after a crash
		must(t, b.Delete(t.Context(), "0300"))
	}
	if _, err := b.Get(t.Context(), "0300"); !errors.Is(err, blob.ErrNotFound) {
		t.Errorf("deleted: %v", err)
	}
	var keys []string
	must(t, b.List(t.Context(), func(key string, put time.Time) error {
		if time.Since(put).Abs() > time.Hour {
			t.Errorf("%s was put at %v", key, put)
		}
		keys = append(keys, key)
		return nil
	}))
	slices.Sort(keys)
	if len(slices.Compact(keys)) != n-1 || slices.Contains(keys, "0300") {
		t.Errorf("%d keys", len(keys))
	}
	stop := errors.New("stop")
	if err := b.List(t.Context(), func(string, time.Time) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("stopped: %v", err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := b.Put(ended, "late", nil); err == nil {
		t.Error("put after the end")
	}
}
