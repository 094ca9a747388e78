package core

import (
	"context"
	"errors"
	"time"
)

// Errors that a Store tells apart; everything else it returns is a fault of the machine.
var (
	// ErrNoRow says that there is no such row.
	ErrNoRow = errors.New("no such row")
	// ErrDuplicate says that a row with the same unique value exists.
	ErrDuplicate = errors.New("row exists")
)

// Store keeps rows. services/store implements it for SQLite and PostgreSQL.
type Store interface {
	// Update runs fn in a transaction that may write. fn may run again after a serialization failure, so it has no
	// effect but through tx and the variables it sets anew each time.
	Update(ctx context.Context, fn func(tx Tx) error) error
	// View runs fn in a transaction that only reads.
	View(ctx context.Context, fn func(tx Tx) error) error
}

// Tx is one transaction. Each noun's file declares the part it needs.
type Tx interface {
	// Now is the one moment of this transaction, UTC, whole microseconds.
	Now() time.Time

	PersonTx
	TokenTx
	FactorTx
	IdentityTx
	SignInTx
	LimitTx
	CaptchaTx
	SessionTx
	DeviceTx
	CodeTx
	MailTx
	EventTx
	SettingTx
	NotificationTx
	NoticeTx

	CustomerTx
	AgreementTx
	OdometerTx
	PaymentTx
	BankAccountTx
	DebitTx
	AutopayTx
	PostingTx
	DebitFileTx
	DebitForgetTx
	ImportTx

	ThreadTx
	MessageTx
	DraftTx
	AttachmentTx
	UploadTx
	DocumentTx
	IdempotencyTx
}
