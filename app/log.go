package main

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"

	"gopkg.in/natefinch/lumberjack.v2"

	"myaccount/services/program"
)

const (
	logSize = 10 // megabytes of one file
	logKept = 3  // older files
)

// openLog makes the log of a folder: JSON lines, in files of 10 MB of which the last four are kept.
func openLog(dir, level string) (*slog.Logger, io.Closer, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, nil, fmt.Errorf("log: %w", err)
	}
	file := &lumberjack.Logger{Filename: filepath.Join(dir, "my-account.log"), MaxSize: logSize, MaxBackups: logKept}
	return program.NewLogger(file, level), file, nil
}
