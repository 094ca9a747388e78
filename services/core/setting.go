package core

// SettingTx is the part of a transaction that keeps settings of the database itself.
type SettingTx interface {
	// Setting reads one, or gives ErrNoRow.
	Setting(name string) (string, error)
	// SetSetting writes one.
	SetSetting(name, value string) error
}

// SettingKeyID names the id of the key that the database is sealed with.
const SettingKeyID = "key_id"
