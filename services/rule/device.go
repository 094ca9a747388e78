package rule

import (
	"encoding/hex"

	"myaccount/services/seal"
)

// DeviceToken is the name that the secret of a trusted device is kept under. It does not tell whose it is, and is the
// same however the address is written.
func DeviceToken(box *seal.Box, email string) string {
	return "device/" + hex.EncodeToString(box.Lookup("device.token", AddressKey(email)))[:32]
}
