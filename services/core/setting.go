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

const (
	// SettingSealing names the ids of its sealing keys, with a space between: of that of new values first, then, while
	// the key is rotated, of that of values that are not sealed again yet.
	SettingSealing = "sealing_keys"
	// SettingSealingSince names when the first of them became that, RFC 3339.
	SettingSealingSince = "sealing_since"
)
