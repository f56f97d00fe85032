package account_test

import (
	"testing"

	"footing/internal/account"
	"footing/internal/fault"
	"footing/internal/lang"
	"footing/internal/lang/plain"
)

func TestWords_ArePlainAndComplete(t *testing.T) {
	findings, err := plain.CheckCatalogue(account.Words())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		t.Error(f)
	}
	c, err := lang.Load(account.Words())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range []*fault.Error{
		account.ErrNoMatch, account.ErrSignedOut, account.ErrWait, account.ErrWrongCode, account.ErrFactorExists, account.ErrNameTaken,
		account.ErrNameUnusable, account.ErrPassphraseShort, account.ErrPassphraseLong, account.ErrPassphraseCommon, account.ErrInvitation,
	} {
		if !c.In("en").Has(f.Say) {
			t.Errorf("nothing is said for %s", f.Say)
		}
	}
}
