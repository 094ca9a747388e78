package core

import (
	"strconv"
	"strings"

	"myaccount/services"
)

// Cursor is a place in a list that is ordered by a number and an id.
type Cursor struct {
	At int64
	ID string
}

// String is the cursor as clients hold it.
func (c Cursor) String() string { return strconv.FormatInt(c.At, 36) + "." + c.ID }

// cursorOf reads a cursor, which for a first page is start.
func cursorOf(after string, start Cursor) (Cursor, error) {
	if after == "" {
		return start, nil
	}
	number, id, ok := strings.Cut(after, ".")
	at, err := strconv.ParseInt(number, 36, 64)
	if !ok || err != nil {
		return Cursor{}, services.Invalid("after", services.ReasonFormat)
	}
	return Cursor{At: at, ID: id}, nil
}

// How many items a page has when none, or too many, are asked for.
const (
	pageDefault = 50
	pageMax     = 100
)

// limitOf bounds the number of items of a page.
func limitOf(limit int) int {
	if limit <= 0 {
		return pageDefault
	}
	return min(limit, pageMax)
}
