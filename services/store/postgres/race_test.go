package postgres_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"myaccount/services/core"
	"myaccount/services/store/postgres"
	"myaccount/services/store/postgres/pgtest"
)

// TestUpdate_LookFirst has many look whether a row is there and write it when it is not, through two replicas: one
// writes, and the others see what it wrote. Nobody is told that the row exists, which their rules say cannot be.
func TestUpdate_LookFirst(t *testing.T) {
	const crowd, rounds = 8, 20
	url, box := pgtest.Database(t), newBox(t)
	replicas := []*postgres.Database{open(t, url, box), open(t, url, box)}
	for name, once := range map[string]func(tx core.Tx, round, i int) (wrote bool, err error){
		"Person": func(tx core.Tx, round, i int) (bool, error) {
			address := fmt.Sprintf("alice%d@example.ca", round)
			if _, err := tx.PersonByEmail(address); !errors.Is(err, core.ErrNoRow) {
				return false, err
			}
			return true, tx.AddPerson(core.PersonRow{ID: fmt.Sprint("person-", round, "-", i), Email: address})
		},
		"Part": func(tx core.Tx, round, i int) (bool, error) {
			id := fmt.Sprint("upload-", round)
			row, err := tx.Upload(id)
			if errors.Is(err, core.ErrNoRow) {
				row = core.UploadRow{ID: id, PersonID: "owner", Size: 2}
				err = tx.AddUpload(row)
			}
			if err != nil || row.Received > 0 {
				return false, err
			}
			return true, tx.AddPart(id, core.PartRow{ID: fmt.Sprint(id, "-", i), Size: 2})
		},
		"Identity": func(tx core.Tx, round, i int) (bool, error) {
			subject := fmt.Sprint("subject-", round)
			if _, err := tx.PersonByIdentity("issuer", subject); !errors.Is(err, core.ErrNoRow) {
				return false, err
			}
			return true, tx.AddIdentity(core.IdentityRow{ID: fmt.Sprint(subject, "-", i), PersonID: "owner", Issuer: "issuer", Subject: subject})
		},
	} {
		t.Run(name, func(t *testing.T) {
			owner(t, replicas[0])
			for round := range rounds {
				var all sync.WaitGroup
				wrote := make([]bool, crowd)
				for i := range crowd {
					all.Go(func() {
						err := replicas[i%2].Update(t.Context(), func(tx core.Tx) (err error) {
							wrote[i], err = once(tx, round, i)
							return err
						})
						if err != nil {
							t.Error(err)
						}
					})
				}
				all.Wait()
				n := 0
				for _, w := range wrote {
					if w {
						n++
					}
				}
				if n != 1 {
					t.Fatalf("%d wrote", n)
				}
			}
		})
	}
}

// owner makes the person that rows belong to, once.
func owner(t *testing.T, db *postgres.Database) {
	t.Helper()
	must(t, db.Update(t.Context(), func(tx core.Tx) error {
		_, err := tx.Person("owner")
		if errors.Is(err, core.ErrNoRow) {
			err = tx.AddPerson(core.PersonRow{ID: "owner", Email: "owner@example.ca"})
		}
		return err
	}))
}
