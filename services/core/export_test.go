package core

// SetImportBatch makes an import write so many customers in one transaction.
func (c *Core) SetImportBatch(customers int) { c.batch = customers }

// Searched is how many people's messages are in memory.
func Searched(c *Core) int {
	c.searches.mu.Lock()
	defer c.searches.mu.Unlock()
	return len(c.searches.of)
}

// WakeAll wakes all subscriptions.
func WakeAll(c *Core) { c.hub.wake() }
