package main

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"

	"myaccount/services/disk"
)

// writeOut puts what fill gives into a file, whole or not at all. A file that holds something else stays as it is: that is
// fs.ErrExist, for it may not have gone to the bank yet; one with the same bytes is well. What is no file, such as a pipe,
// is written to as it is.
func writeOut(path string, fill func(io.Writer) error) error {
	there, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist), err == nil && there.Mode().IsRegular() && there.Size() == 0:
		return disk.Replace(path, func(file *os.File) error { return fill(file) })
	case err != nil:
		return err
	case there.Mode().IsRegular():
		return holds(path, fill)
	}
	out, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	return disk.Classify(errors.Join(fill(out), out.Close()))
}

// holds compares a file with what fill gives. Fails with fs.ErrExist when they differ.
func holds(path string, fill func(io.Writer) error) (err error) {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	rest := bufio.NewReader(file)
	if err := fill(sameAs{rest}); err != nil {
		return err
	}
	if _, err := rest.ReadByte(); !errors.Is(err, io.EOF) {
		return errors.Join(fs.ErrExist, err)
	}
	return nil
}

// sameAs takes the bytes that it is made of, and fails with fs.ErrExist at others.
type sameAs struct{ io.Reader }

func (s sameAs) Write(p []byte) (int, error) {
	there := make([]byte, len(p))
	if _, err := io.ReadFull(s, there); err != nil || !bytes.Equal(there, p) {
		return 0, errors.Join(fs.ErrExist, err)
	}
	return len(p), nil
}
