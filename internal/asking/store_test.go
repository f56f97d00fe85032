package asking_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"footing/internal/asking"
	"footing/internal/person"
	"footing/internal/store"
)

// tables are those of this room, with the columns that are copied to a partnership next door.
var tables = map[string]string{
	"asking_shelf":      "id, off",
	"asking_shelf_text": "entry_id, version, writer_id, made, key_id, words",
	"asking_ask":        "id, asker_id, made, key_id, words, entry_id",
	"asking_round":      "ask_id, n, key_id, words, asked, due, need, weeks, refused, sent, stopped",
	"asking_said":       "ask_id, person_id, says, key_id, words",
	"asking_choice":     "person_id, key_id, words",
	"asking_kind":       "id, name, off",
	"asking_rule":       "n, days, fine, made, by_id, second_id",
	"asking_unsaved":    "person_id, place, key_id, words",
	"sharing_answer":    "contribution_id, ask_id",
}

const nextDoor = person.Partnership("next door")

// copyNextDoor gives a second partnership the same rows under the same ids, and then makes them say
// something else: all is refused, off, answered and seconded there.
func (w *world) copyNextDoor() {
	w.T.Helper()
	w.Write(func(ctx context.Context, tx *store.Tx) error {
		for table, columns := range tables {
			if _, err := tx.Exec(ctx, `INSERT INTO `+table+` (partnership_id, `+columns+`) SELECT $1, `+columns+` FROM `+table+` WHERE partnership_id = $2`, nextDoor, w.P); err != nil {
				return fmt.Errorf("%s: %w", table, err)
			}
		}
		for _, change := range []string{
			`UPDATE asking_round SET refused = 1, n = n + 5 WHERE partnership_id = $1`, `UPDATE asking_shelf SET off = 1 WHERE partnership_id = $1`,
			`UPDATE asking_kind SET off = 1, name = 'next door' WHERE partnership_id = $1`, `UPDATE asking_rule SET days = 50, second_id = 'x' WHERE partnership_id = $1`,
			`UPDATE asking_said SET says = 'change' WHERE partnership_id = $1`, `UPDATE sharing_answer SET ask_id = 'x' WHERE partnership_id = $1`,
		} {
			if _, err := tx.Exec(ctx, change, nextDoor); err != nil {
				return err
			}
		}
		return nil
	})
}

// dump writes down every row of a partnership.
func (w *world) dump(p person.Partnership) string {
	w.T.Helper()
	var b strings.Builder
	w.Read(func(ctx context.Context, tx *store.Tx) error {
		for table, columns := range tables {
			n := strings.Count(columns, ",") + 1
			err := tx.Each(ctx, func(row store.Row) error {
				values := make([]any, n)
				for i := range values {
					values[i] = &values[i]
				}
				err := row.Scan(values...)
				for _, v := range values {
					fmt.Fprintf(&b, "%s %v|", table, v)
				}
				return err
			}, `SELECT `+columns+` FROM `+table+` WHERE partnership_id = $1 ORDER BY 1, 2`, p)
			if err != nil {
				return err
			}
		}
		return nil
	})
	return sorted(b.String())
}

// Two partnerships with the same rows under the same ids: nothing of the second shows, whatever is opened,
// and nothing of it changes, whatever is done.
func TestStore_TheOtherPartnershipNeitherShowsNorChanges(t *testing.T) {
	w := newWorld(t)
	out, waits := w.out("Texts"), w.put(w.ruth, whole("Letters"))
	w.say(w.ann, waits, asking.Fine)
	w.Must(w.room.Choose(t.Context(), w.cat, []string{"letters"}))
	entry, err := w.room.Add(t.Context(), w.jo, asking.Known{Title: "Bus 14", Known: "It stops at nine.", From: asking.FromGroup, Source: "3 May"})
	w.Must(err)
	w.as(w.ann).Post("/asks/how/kinds", "name", "Buses")
	w.as(w.ann).Post("/asks/how/rule", "days", "3", "fine", "2")
	w.as(w.ann).Post("/known/new/keep", "known", "half")
	for i, v := range []person.Viewer{w.ann, w.bea, w.dora} {
		w.answer(v, out, fmt.Sprint("Answer ", i), "partnership")
	}
	people := map[string]visitor{"Ruth": w.as(w.ruth), "Ann": w.as(w.ann), "Cat": w.as(w.cat), "Jo": w.as(w.jo)}
	paths := []string{"/", "/asks", "/asks/how", "/asks/how/rule", "/asks/how/kinds", "/asks/" + out, "/asks/" + waits, "/asks/" + waits + "/say", "/asked", "/asked/about",
		"/known", "/known/new", "/known/" + entry, "/asks/" + waits + "/part/5", "/share"}
	before := look(people, paths)
	w.copyNextDoor()
	same(t, before, look(people, paths))

	theirs := w.dump(nextDoor)
	w.say(w.bea, waits, asking.Not)
	w.as(w.bea).Post("/asks/how/rule/1/yes")
	w.as(w.ann).Post("/asks/how/kinds/letters/off")
	w.as(w.cat).Post("/asked/" + out + "/aside")
	w.as(w.ann).Post("/known/"+entry+"/change", "entry_title", "Bus 14", "known", "At ten.", "from", "group", "source", "x", "over", "1")
	w.Must(w.room.SetOff(t.Context(), w.jo, entry, true))
	w.days(40)
	w.Must(w.room.Tell(t.Context(), w.ruth, out, "Texts", "They changed."))
	w.Must(w.room.Put(t.Context(), w.ruth, w.begun(whole("Forms"))))
	w.Write(func(ctx context.Context, tx *store.Tx) error { return w.room.AfterRestore(ctx, tx, w.P) })
	w.Write(func(ctx context.Context, tx *store.Tx) error {
		for _, v := range []person.Viewer{w.ruth, w.ann, w.cat} {
			if err := w.Circle.Leave(ctx, tx, w.P, v.ID, ""); err != nil {
				return err
			}
		}
		return nil
	})
	if now := w.dump(nextDoor); now != theirs {
		t.Errorf("something was done to the partnership next door:\n%s\n%s", theirs, now)
	}
}
