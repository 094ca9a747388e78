// Package chromiumtest starts a real Chromium for tests of pages.
package chromiumtest

import (
	"context"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// longest is how long a test may use its browser.
const longest = 5 * time.Minute

// Start starts a Chromium with a folder of its own, which ends with the test. It reaches no host but this machine; flags
// are more of its options.
func Start(t *testing.T, flags ...chromedp.ExecAllocatorOption) context.Context {
	t.Helper()
	// The context of the test ends before the browser could be told to.
	ctx, stop := context.WithTimeout(context.WithoutCancel(t.Context()), longest)
	t.Cleanup(stop)
	options := []chromedp.ExecAllocatorOption{
		chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck, chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"), // no page is to load anything from elsewhere
		chromedp.Flag("headless", "new"), chromedp.Flag("hide-scrollbars", true),
		chromedp.UserDataDir(t.TempDir()), chromedp.WSURLReadTimeout(time.Minute),
	}
	for _, off := range []string{"quic", "background-networking", "component-update", "sync", "dev-shm-usage"} {
		options = append(options, chromedp.Flag("disable-"+off, true))
	}
	ctx, stop = chromedp.NewExecAllocator(ctx, append(options, flags...)...)
	t.Cleanup(stop)
	// Chromium is newer than what chromedp knows of it, and sends events that it cannot read: nothing here needs those.
	ctx, _ = chromedp.NewContext(ctx, chromedp.WithErrorf(func(string, ...any) {}))
	t.Cleanup(func() {
		if err := chromedp.Cancel(ctx); err != nil { // waits until the browser has ended
			t.Error(err)
		}
	})
	if err := chromedp.Run(ctx); err != nil {
		t.Fatalf("Chromium does not start (.ci/setup test installs it): %v", err)
	}
	return ctx
}
