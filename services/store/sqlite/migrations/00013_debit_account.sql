-- +goose Up
-- The debits whose account is to be forgotten once nobody can dispute them.

CREATE INDEX debit_account_kept ON debit (day, id) WHERE account_id <> '' AND status IN ('cancelled', 'posted', 'returned');
