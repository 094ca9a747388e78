package cache

import (
	"context"
	"fmt"
)

// LimitPages makes the disk full once the database has so many pages.
func (c *Cache) LimitPages(ctx context.Context, pages int) error {
	_, err := c.file.Writer.ExecContext(ctx, fmt.Sprintf("PRAGMA max_page_count = %d", pages)) // the writer's one connection
	return err
}

// Check reads the whole database.
func (c *Cache) Check(ctx context.Context) error { return c.file.Check(ctx) }

// Exec runs a statement.
func (c *Cache) Exec(ctx context.Context, statement string) error {
	_, err := c.file.Writer.ExecContext(ctx, statement)
	return err
}
