//go:build race

package server_test

// slower is how many times as long everything takes.
const slower = 5
