package core

// SetImportBatch makes an import write so many customers in one transaction.
func (c *Core) SetImportBatch(customers int) { c.batch = customers }

// WakeAll wakes all subscriptions.
func WakeAll(c *Core) { c.hub.wake() }
