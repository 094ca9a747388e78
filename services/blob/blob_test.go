package blob_test

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"myaccount/services/blob"
)

func open(t *testing.T) (folder *blob.Folder, dir string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "blobs")
	folder, err := blob.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return folder, dir
}

func TestFolder_PutGetDelete(t *testing.T) {
	folder, dir := open(t)
	ctx := t.Context()
	const key = "0198a2c4-7d3e-7abc-9def-0123456789ab"
	for _, data := range [][]byte{[]byte("first"), {}, bytes.Repeat([]byte{0, 255}, 5<<20)} {
		if err := folder.Put(ctx, key, data); err != nil {
			t.Fatal(err)
		}
		got, err := folder.Get(ctx, key)
		if err != nil || !bytes.Equal(got, data) {
			t.Fatalf("got %d bytes, %v; want %d", len(got), err, len(data))
		}
	}
	again, err := blob.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := again.Get(ctx, key); err != nil {
		t.Fatalf("after opening again: %v", err)
	}
	for range 2 { // forgetting twice is fine
		if err := folder.Delete(ctx, key); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := folder.Get(ctx, key); !errors.Is(err, blob.ErrNotFound) {
		t.Fatalf("after delete: %v, want ErrNotFound", err)
	}
}

func TestFolder_KeysRefused(t *testing.T) {
	folder, dir := open(t)
	ctx := t.Context()
	for _, key := range []string{
		"", "abc", "../../etc/passwd", "..", "a/b/c/d", `a\b\c\d`, "UPPER", "abcd.tmp", "ab\x00cd", "ab\ncd", "abcd\n",
		"é-accent", "con:stream", strings.Repeat("a", 129), "/absolute",
	} {
		if err := folder.Put(ctx, key, nil); !errors.Is(err, blob.ErrKey) {
			t.Errorf("Put(%q): %v, want ErrKey", key, err)
		}
		if _, err := folder.Get(ctx, key); !errors.Is(err, blob.ErrKey) {
			t.Errorf("Get(%q): %v, want ErrKey", key, err)
		}
		if err := folder.Delete(ctx, key); !errors.Is(err, blob.ErrKey) {
			t.Errorf("Delete(%q): %v, want ErrKey", key, err)
		}
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 0 {
		t.Errorf("a refused key left %v", entries)
	}
}

func TestFolder_ContextEnded(t *testing.T) {
	folder, _ := open(t)
	if err := folder.Put(t.Context(), "kept", []byte("x")); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, getErr := folder.Get(ctx, "kept")
	for name, err := range map[string]error{
		"Put":    folder.Put(ctx, "other", nil),
		"Get":    getErr,
		"Delete": folder.Delete(ctx, "kept"),
		"List":   folder.List(ctx, func(string, time.Time) error { return nil }),
	} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v, want context.Canceled", name, err)
		}
	}
	if _, err := folder.Get(t.Context(), "kept"); err != nil {
		t.Errorf("the cancelled Delete deleted: %v", err)
	}
}

func TestFolder_List(t *testing.T) {
	folder, dir := open(t)
	ctx := t.Context()
	want := []string{"0001", "0002-b", "ffff"}
	before := time.Now().Add(-time.Second)
	for _, key := range want {
		if err := folder.Put(ctx, key, []byte(key)); err != nil {
			t.Fatal(err)
		}
	}
	// A stranger's file is neither listed nor touched.
	if err := os.WriteFile(filepath.Join(dir, ".DS_Store"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	var got []string
	err := folder.List(ctx, func(key string, at time.Time) error {
		if at.Before(before) || at.After(time.Now().Add(time.Second)) || at.Location() != time.UTC {
			t.Errorf("%s put at %v", key, at)
		}
		got = append(got, key)
		return folder.Delete(ctx, key) // as the removal of orphans does
	})
	slices.Sort(got)
	if err != nil || !slices.Equal(got, want) {
		t.Fatalf("listed %q, %v; want %q", got, err, want)
	}
	stop := errors.New("stop")
	if err := folder.Put(ctx, "once", nil); err != nil {
		t.Fatal(err)
	}
	if err := folder.List(ctx, func(string, time.Time) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("List: %v, want the caller's error", err)
	}
}

func TestOpen_RemovesHalfWritten(t *testing.T) {
	folder, dir := open(t)
	if err := folder.Put(t.Context(), "whole", []byte("x")); err != nil {
		t.Fatal(err)
	}
	half := filepath.Join(dir, "le", "whole.123.tmp")
	if err := os.WriteFile(half, []byte("hal"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := blob.Open(dir); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(half); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("half-written file: %v, want it gone", err)
	}
	if _, err := folder.Get(t.Context(), "whole"); err != nil {
		t.Error(err)
	}
}

func TestOpen_FileInTheWay(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := blob.Open(path); err == nil {
		t.Fatal("opened a file as a folder")
	}
}

// TestFolder_PutFails: a folder stands where the file should go; what was there
// stays, and nothing half-written is listed.
func TestFolder_PutFails(t *testing.T) {
	folder, dir := open(t)
	if err := os.MkdirAll(filepath.Join(dir, "ey", "my-key", "inside"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := folder.Put(t.Context(), "my-key", []byte("x")); err == nil {
		t.Fatal("no error")
	}
	err := folder.List(t.Context(), func(key string, _ time.Time) error {
		t.Errorf("listed %q", key)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestFolder_Concurrent: a reader sees one whole value or the other.
func TestFolder_Concurrent(t *testing.T) {
	folder, _ := open(t)
	ctx := t.Context()
	values := [][]byte{bytes.Repeat([]byte("a"), 50_000), bytes.Repeat([]byte("b"), 70_000)}
	if err := folder.Put(ctx, "shared", values[0]); err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for _, value := range values {
		group.Go(func() {
			for range 20 {
				if err := folder.Put(ctx, "shared", value); err != nil {
					t.Error(err)
				}
				got, err := folder.Get(ctx, "shared")
				if err != nil || !bytes.Equal(got, values[0]) && !bytes.Equal(got, values[1]) {
					t.Errorf("got %d bytes, %v", len(got), err)
				}
			}
		})
	}
	group.Wait()
}

// TestFolder_LikeAMap: any sequence of calls gives what a map would give.
func TestFolder_LikeAMap(t *testing.T) {
	folder, dir := open(t)
	model := map[string]string{}
	key := rapid.SampledFrom([]string{"aaaa", "bbbb", "bbaa", "0000-aa"})
	rapid.Check(t, func(rt *rapid.T) {
		rt.Repeat(map[string]func(*rapid.T){
			"put": func(rt *rapid.T) {
				k, v := key.Draw(rt, "key"), rapid.String().Draw(rt, "value")
				if err := folder.Put(t.Context(), k, []byte(v)); err != nil {
					rt.Fatal(err)
				}
				model[k] = v
			},
			"delete": func(rt *rapid.T) {
				k := key.Draw(rt, "key")
				if err := folder.Delete(t.Context(), k); err != nil {
					rt.Fatal(err)
				}
				delete(model, k)
			},
			"reopen": func(rt *rapid.T) {
				var err error
				if folder, err = blob.Open(dir); err != nil {
					rt.Fatal(err)
				}
			},
		})
		compare(t.Context(), rt, folder, model)
	})
}

func compare(ctx context.Context, rt *rapid.T, folder *blob.Folder, model map[string]string) {
	got := map[string]string{}
	err := folder.List(ctx, func(key string, _ time.Time) error {
		value, err := folder.Get(ctx, key)
		got[key] = string(value)
		return err
	})
	if err != nil || !maps.Equal(got, model) {
		rt.Fatalf("folder holds %q, %v; want %q", got, err, model)
	}
}

// TestShare_LeavesWhatOthersWrite: only what nobody can be writing any more is removed.
func TestShare_LeavesWhatOthersWrite(t *testing.T) {
	dir := t.TempDir()
	fresh, stale := filepath.Join(dir, "aa", "a.tmp"), filepath.Join(dir, "aa", "b.tmp")
	if err := os.Mkdir(filepath.Dir(fresh), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{fresh, stale} {
		if err := os.WriteFile(path, []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	old := time.Now().Add(-2 * time.Hour)
	if err := os.Chtimes(stale, old, old); err != nil {
		t.Fatal(err)
	}
	if _, err := blob.Share(dir); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(fresh); err != nil {
		t.Errorf("what is being written: %v", err)
	}
	if _, err := os.Stat(stale); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("what was left: %v", err)
	}
}
