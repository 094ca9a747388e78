package services

import "context"

// backgroundKey marks a context.
type backgroundKey struct{}

// Background marks what is done under ctx as done without the person: what it reads does not count as use of the session,
// so that a program that looks for news does not keep somebody signed in who has gone away. What it changes counts.
func Background(ctx context.Context) context.Context {
	return context.WithValue(ctx, backgroundKey{}, true)
}

// InBackground tells whether ctx is marked.
func InBackground(ctx context.Context) bool {
	marked, _ := ctx.Value(backgroundKey{}).(bool)
	return marked
}
