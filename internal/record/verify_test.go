package record_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"footing/internal/ledger"
	"footing/internal/person"
	"footing/internal/record"
	"footing/internal/store"
)

// verify runs Verify and returns what it wrote.
func (h *house) verify(witnesses ...string) (string, bool) {
	h.T.Helper()
	var out bytes.Buffer
	ok, err := record.Verify(h.T.Context(), h.DB, h.P, witnesses, &out)
	h.Must(err)
	return out.String(), ok
}

func (h *house) head() (line string) {
	h.T.Helper()
	h.Read(func(ctx context.Context, tx *store.Tx) error {
		c, err := ledger.Head(ctx, tx, h.P)
		line = c.String()
		return err
	})
	return line
}

func TestVerify_ALogThatHolds(t *testing.T) {
	h := newHouse(t)
	kept := h.head()
	h.takeBack(true) // erasing is no change
	now := h.head()
	for name, c := range map[string]struct {
		witnesses []string
		want      string
	}{
		"without a line":  {nil, "All that is written here fits together.\nTo be sure that it was not all written anew, check it with a line that somebody kept.\nThe line to keep now: " + now + "\n"},
		"with kept lines": {[]string{kept, now}, "Nothing was changed since that line was printed.\nThe line to keep now: " + now + "\n"},
	} {
		if got, ok := h.verify(c.witnesses...); !ok || got != c.want {
			t.Errorf("%s: %v\n%s", name, ok, got)
		}
	}
}

func TestVerify_FindsWhatWasChanged(t *testing.T) {
	for name, c := range map[string]struct{ spoil, want string }{
		"row":     {`UPDATE ledger_entry SET kind = 'release' WHERE partnership_id = $1 AND seq = 1`, "row-changed: entry 1, 1 in all"},
		"taken":   {`DELETE FROM ledger_entry WHERE partnership_id = $1 AND seq = 1`, "row-missing: entry 1, 1 in all"},
		"facts":   {`UPDATE ledger_facts SET facts = '{"Standing":"funder","Given":true}' WHERE partnership_id = $1 AND seq = 1`, "facts-changed: entry 1, 1 in all"},
		"counter": {`UPDATE ledger_head SET size = size - 1 WHERE partnership_id = $1`, "counter-changed"},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			h.spoil(c.spoil)
			got, ok := h.verify()
			if ok || !strings.HasPrefix(got, "Something is not as it was.\n") || !strings.Contains(got, c.want) || strings.Contains(got, "to keep now") {
				t.Errorf("%v\n%s", ok, got)
			}
		})
	}
}

// A log that was written anew as a whole fits together; only a kept line shows it.
func TestVerify_RewrittenWholeShowsOnAKeptLine(t *testing.T) {
	h := newHouse(t)
	kept := h.head()
	for _, table := range []string{"ledger_facts", "ledger_hash", "ledger_entry", "ledger_head"} {
		h.spoil(`DELETE FROM ` + table + ` WHERE partnership_id = $1`)
	}
	if got, ok := h.verify(kept); ok || !strings.Contains(got, "lost: ") || !strings.Contains(got, kept) {
		t.Errorf("an emptied log: %v\n%s", ok, got)
	}
	for _, name := range []string{"Eve", "Fay", "Gus", "Hal", "Ida"} {
		h.Person(name, person.Researcher)
	}
	if got, ok := h.verify(); !ok {
		t.Fatalf("the log that was written anew does not fit together: this test sees nothing\n%s", got)
	}
	if got, ok := h.verify(kept); ok || !strings.Contains(got, "forged: ") || !strings.Contains(got, "does not lead back to the line ("+kept+")") {
		t.Errorf("a log written anew: %v\n%s", ok, got)
	}
}

// A restore shows as a loss, not a forgery.
func TestVerify_ARestoreIsALoss(t *testing.T) {
	h := newHouse(t)
	kept := h.head()
	last, err := ledger.ParseCheckpoint(kept)
	h.Must(err)
	h.spoil(`DELETE FROM ledger_facts WHERE partnership_id = $1`)
	h.spoil(`DELETE FROM ledger_hash WHERE partnership_id = $1`)
	h.spoil(`DELETE FROM ledger_entry WHERE partnership_id = $1`)
	h.spoil(`DELETE FROM ledger_head WHERE partnership_id = $1`)
	h.Write(func(ctx context.Context, tx *store.Tx) error { return ledger.Restored(ctx, tx, h.P, h.Now(), last) })
	got, ok := h.verify(kept)
	if !ok || !strings.HasPrefix(got, "Nothing was changed. Some of it was lost, and the record says so.\nA safety copy was put back.") {
		t.Errorf("%v\n%s", ok, got)
	}
}

func TestVerify_ALineWithASlip(t *testing.T) {
	h := newHouse(t)
	_, err := record.Verify(t.Context(), h.DB, h.P, []string{h.head(), "log 3: abcd"}, &bytes.Buffer{})
	if err == nil || !strings.Contains(err.Error(), "There may be a slip in that line") {
		t.Errorf("a line with a slip gives %v", err)
	}
}
