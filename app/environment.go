package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"time"
)

// environment is what the program holds of its machine while it runs.
type environment struct {
	Config   config
	Folder   string // of the data
	Instance *instance
	Log      *slog.Logger
	Crashes  *crashes
	Settings *settingsFile

	closers []io.Closer // in the order opened
}

// openEnvironment makes the data folder this copy's own and opens what lies in it. It fails with errHandedOver when
// another copy took the request, and with a *program.Fault when the person can do something about it.
func openEnvironment(ctx context.Context, c config, ask request) (_ *environment, err error) {
	e := &environment{Config: c, Folder: c.Data}
	defer func() {
		if err != nil {
			err = errors.Join(err, e.Close())
		}
	}()
	if e.Folder == "" {
		if e.Folder, err = dataFolder(runtime.GOOS, os.Getenv); err != nil {
			return nil, err
		}
	}
	if err := makeFolder(e.Folder); err != nil {
		return nil, err
	}
	if e.Instance, err = claimInstance(ctx, e.Folder, ask); err != nil {
		return nil, err
	}
	e.closers = append(e.closers, e.Instance)
	var logFile io.Closer
	if e.Log, logFile, err = openLog(filepath.Join(e.Folder, "log"), c.Log.Level); err != nil {
		return nil, err
	}
	e.closers = append(e.closers, logFile)
	if e.Crashes, err = watchCrashes(filepath.Join(e.Folder, "crash"), time.Now()); err != nil {
		return nil, err
	}
	e.closers = append(e.closers, e.Crashes)
	e.Settings, err = openSettings(e.Folder, c, e.Log)
	return e, err
}

// Close gives everything back, what was opened last first.
func (e *environment) Close() error {
	var errs []error
	for i := len(e.closers) - 1; i >= 0; i-- {
		errs = append(errs, e.closers[i].Close())
	}
	e.closers = nil
	return errors.Join(errs...)
}
