package store

import (
	"time"

	"myaccount/services/core"
)

const selectDevice = `SELECT id, person_id, name, kind, trusted_until, last_used FROM device WHERE `

func (t *tx) scanDevice(row scanner) (core.DeviceRow, error) {
	var d core.DeviceRow
	var name []byte
	var until, used int64
	if err := row.Scan(&d.ID, &d.PersonID, &name, &d.Kind, &until, &used); err != nil {
		return core.DeviceRow{}, err
	}
	d.TrustedUntil, d.LastUsed = moment(until), moment(used)
	var err error
	d.Name, err = t.unseal("device", "name", d.ID, name)
	return d, err
}

func (t *tx) device(where string, args ...any) (device core.DeviceRow, err error) {
	err = t.one(func(row scanner) (err error) { device, err = t.scanDevice(row); return err },
		selectDevice+where, args...)
	return device, err
}

// Device reads a trusted device.
func (t *tx) Device(id string) (core.DeviceRow, error) {
	return t.device(`id = $1 AND trusted_until > $2`, id, micros(t.now))
}

// DeviceByToken finds a trusted device.
func (t *tx) DeviceByToken(personID string, tokenHash []byte) (core.DeviceRow, error) {
	return t.device(`token_hash = $1 AND person_id = $2 AND trusted_until > $3`, tokenHash, personID, micros(t.now))
}

// Devices reads a person's trusted devices.
func (t *tx) Devices(personID string) (list []core.DeviceRow, err error) {
	err = t.each(func(row scanner) error {
		d, err := t.scanDevice(row)
		list = append(list, d)
		return err
	}, selectDevice+`person_id = $1 AND trusted_until > $2`, personID, micros(t.now))
	return list, err
}

// PutDevice writes a device.
func (t *tx) PutDevice(row core.DeviceRow, tokenHash []byte) error {
	name, err := t.seal("device", "name", row.ID, row.Name)
	if err != nil {
		return err
	}
	return t.exec(`INSERT INTO device (id, token_hash, person_id, name, kind, trusted_until, last_used)
		VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO UPDATE SET token_hash = excluded.token_hash,
		person_id = excluded.person_id, name = excluded.name, kind = excluded.kind,
		trusted_until = excluded.trusted_until, last_used = excluded.last_used`,
		row.ID, tokenHash, row.PersonID, name, row.Kind, micros(row.TrustedUntil), micros(row.LastUsed))
}

// UseDevice writes when a device was last used.
func (t *tx) UseDevice(id string, at time.Time) error {
	return t.exec(`UPDATE device SET last_used = $2 WHERE id = $1`, id, micros(at))
}

// DeleteDevice removes a person's device.
func (t *tx) DeleteDevice(personID, id string) error {
	n, err := t.count(`DELETE FROM device WHERE id = $1 AND person_id = $2`, id, personID)
	if err == nil && n == 0 {
		err = core.ErrNoRow
	}
	return err
}

// ForgetDevices removes devices whose trust has ended.
func (t *tx) ForgetDevices(before time.Time) error {
	return t.exec(`DELETE FROM device WHERE trusted_until < $1`, micros(before))
}
