package sqlite

import (
	"context"

	"myaccount/services/core"
	"myaccount/services/sqlitefile"
)

// KeyID reads the id of the key that the database at path is sealed with, before anything is opened with it; "" when
// there is no database yet, or one that was never finished. Errors: those of sqlitefile.Open.
func KeyID(ctx context.Context, path string) (string, error) {
	return sqlitefile.ReadSetting(ctx, path, core.SettingKeyID)
}

// SealingKeys reads the setting core.SettingSealing as KeyID does.
func SealingKeys(ctx context.Context, path string) (string, error) {
	return sqlitefile.ReadSetting(ctx, path, core.SettingSealing)
}
