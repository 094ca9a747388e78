package blob_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"testing"
	"time"

	"myaccount/services/blob"
)

// childFolder names the folder for the process that the test below kills.
const childFolder = "BLOB_TEST_FOLDER"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childFolder); dir != "" {
		writeForever(dir)
	}
	os.Exit(m.Run())
}

// value is what the child writes under key n.
func value(n int) []byte { return bytes.Repeat([]byte{byte(n)}, 100_000+n) }

// writeForever writes one value after the other and prints each number once Put
// has returned.
func writeForever(dir string) {
	folder, err := blob.Open(dir)
	for n := 0; err == nil; n++ {
		err = folder.Put(context.Background(), fmt.Sprintf("key-%d", n), value(n))
		fmt.Println(n)
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// TestPut_Killed kills a writing process at some moment: every value is whole
// or absent, and none that Put had confirmed is absent.
func TestPut_Killed(t *testing.T) {
	for round := range 5 {
		dir := t.TempDir()
		confirmed := killWriter(t, dir, round*7+3)
		folder, err := blob.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		found := 0
		err = folder.List(t.Context(), func(key string, _ time.Time) error {
			var n int
			if _, err := fmt.Sscanf(key, "key-%d", &n); err != nil {
				t.Errorf("left behind: %s", key)
			}
			data, err := folder.Get(t.Context(), key)
			if !bytes.Equal(data, value(n)) {
				t.Errorf("%s is not whole: %d bytes", key, len(data))
			}
			found++
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if found < confirmed {
			t.Errorf("found %d values, but %d were confirmed", found, confirmed)
		}
	}
}

// killWriter kills the child a little after it confirmed enough values, and
// returns how many it had confirmed.
func killWriter(t *testing.T, dir string, enough int) (confirmed int) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), childFolder+"="+dir)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if confirmed++; confirmed == enough {
			if err := child.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := child.Wait(); err == nil || confirmed < enough {
		t.Fatalf("the child ended by itself after %d values: %v", confirmed, err)
	}
	return confirmed
}
