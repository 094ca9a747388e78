package store

// Setting reads a setting.
func (t *tx) Setting(name string) (string, error) {
	var value string
	err := t.one(func(row scanner) error { return row.Scan(&value) },
		`SELECT value FROM setting WHERE name = $1`, name)
	return value, err
}

// SetSetting writes a setting.
func (t *tx) SetSetting(name, value string) error {
	return t.exec(`INSERT INTO setting (name, value) VALUES ($1, $2)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, value)
}
