package server

import "runtime"

// PasswordPlaces is how many requests may hash passwords at once.
func PasswordPlaces() int { return passwordsPerCore * runtime.GOMAXPROCS(0) }
