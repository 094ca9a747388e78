package store

import "myaccount/services/core"

const selectAgreement = `SELECT a.id, a.customer_id, c.province, a.details
	FROM agreement a JOIN customer c ON c.id = a.customer_id WHERE `

// scanAgreement reads a row of selectAgreement.
func (t *tx) scanAgreement(row scanner) (core.AgreementRow, error) {
	var a core.AgreementRow
	var sealed []byte
	if err := row.Scan(&a.ID, &a.CustomerID, &a.Province, &sealed); err != nil {
		return core.AgreementRow{}, err
	}
	return a, t.unsealJSON("agreement", a.ID, sealed, &a.Terms)
}

// Agreement reads an agreement.
func (t *tx) Agreement(id string) (a core.AgreementRow, err error) {
	err = t.one(func(row scanner) (err error) { a, err = t.scanAgreement(row); return err },
		selectAgreement+`a.id = $1`, id)
	return a, err
}

// Agreements reads a customer's agreements.
func (t *tx) Agreements(customerID string) ([]core.AgreementRow, error) {
	return t.agreements(`a.customer_id = $1`, customerID)
}

// AgreementsByVIN reads the agreements on a vehicle.
func (t *tx) AgreementsByVIN(vin string) ([]core.AgreementRow, error) {
	return t.agreements(`a.vin_hash = $1`, t.vinHash(vin))
}

func (t *tx) agreements(where string, arg any) (list []core.AgreementRow, err error) {
	err = t.each(func(row scanner) error {
		a, err := t.scanAgreement(row)
		list = append(list, a)
		return err
	}, selectAgreement+where, arg)
	return list, err
}

// vinHash is what a normalized VIN is found by.
func (t *tx) vinHash(vin string) []byte { return t.box.Lookup("agreement.vin", vin) }
