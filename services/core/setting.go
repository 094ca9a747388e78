package core

// SettingTx is the part of a transaction that keeps settings.
type SettingTx interface{}
