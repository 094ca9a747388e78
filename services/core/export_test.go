package core

// SetImportBatch makes an import write so many customers in one transaction.
func (c *Core) SetImportBatch(customers int) { c.batch = customers }
