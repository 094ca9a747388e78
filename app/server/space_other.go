//go:build !linux && !darwin

package main

// space is not known here.
func space(string) (bytes int64, known bool) { return 0, false }
