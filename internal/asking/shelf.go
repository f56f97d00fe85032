package asking

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// Known is what an entry of the shelf says: a plain title, what is known in two or three sentences, and
// where that is from.
type Known struct {
	Title  string `json:"title"`
	Known  string `json:"known"`
	From   From   `json:"from"`
	Source string `json:"source"` // which one
	Link   string `json:"link"`   // where it can be read, as text: nothing here asks another host for anything
}

// From says what sort of source an entry has.
type From string

// The sorts of source.
const (
	FromGroup From = "group" // told us by the group, on a day
	FromStudy From = "study" // a study of this partnership
	FromPage  From = "page"
	FromPaper From = "paper"
	FromAsk   From = "ask" // what came of a request; nobody chooses it
)

// Froms lists those that can be chosen.
func Froms() []From { return []From{FromGroup, FromStudy, FromPage, FromPaper} }

// An Entry is an entry of the shelf, as it is now or as it was.
type Entry struct {
	Known
	ID      string
	Version int64     // 0 for one that the group was given to start with and has not changed
	Writer  person.ID // empty for that
	Made    time.Time
	Off     time.Time // taken off the shelf
}

// Check returns the fault of an entry that cannot be kept.
func (k Known) Check() error {
	if k.Title == "" || k.Known == "" || (k.Source == "" && k.From != FromAsk) || !slices.Contains(append(Froms(), FromAsk), k.From) {
		return ErrEmpty
	}
	return nil
}

func (k Known) trimmed() Known {
	for _, words := range []*string{&k.Title, &k.Known, &k.Source, &k.Link} {
		*words = strings.TrimSpace(*words)
	}
	return k
}

// entryRow is a version of an entry as it is stored.
type entryRow struct {
	Entry
	key   string
	words []byte
}

func (e entryRow) paper() consent.Paper {
	return consent.Paper{Table: "asking_shelf_text", Column: column, Row: roundRow(e.ID, e.Version), Key: e.key, Sealed: e.words,
		Writer: e.Writer, Readers: []consent.Audience{{Kind: consent.ToPartnership}}}
}

func scanEntry(row store.Row) (entryRow, error) {
	var e entryRow
	var made, off int64
	err := row.Scan(&e.ID, &off, &e.Version, &e.Writer, &made, &e.key, &e.words)
	e.Made, e.Off = store.Time(made), store.Time(off)
	return e, err
}

// versions selects every version of every entry that has a row, with those of an entry newest first. An
// entry that was only taken off has no version.
const versions = `SELECT s.id, s.off, COALESCE(t.version, 0), COALESCE(t.writer_id, ''), COALESCE(t.made, 0), COALESCE(t.key_id, ''), t.words
	FROM asking_shelf s LEFT JOIN asking_shelf_text t ON t.partnership_id = s.partnership_id AND t.entry_id = s.id
	WHERE s.partnership_id = $1`

// Shelf returns the entries as they are now, newest first, those the group was given to start with last.
// One that was taken off is among them as long as it can be put back.
func (r *Room) Shelf(ctx context.Context, v person.Viewer) ([]Entry, error) {
	var rows []entryRow
	err := r.DB.Read(ctx, func(tx *store.Tx) error {
		var err error
		rows, err = store.List(ctx, tx, scanEntry, versions+` ORDER BY COALESCE(t.made, 0) DESC, s.id, t.version DESC`, v.Partnership)
		return err
	})
	if err != nil {
		return nil, err
	}
	newest, seen := rows[:0:0], map[string]entryRow{}
	for _, e := range rows {
		if _, there := seen[e.ID]; !there && e.Version > 0 && e.words != nil {
			newest = append(newest, e)
		}
		if old, there := seen[e.ID]; !there || e.Version > old.Version {
			seen[e.ID] = e
		}
	}
	list, err := r.openEntries(ctx, v, newest)
	for _, e := range starting() {
		if row, there := seen[e.ID]; there && row.Version > 0 {
			continue // the group has made it its own
		} else if there {
			e.Off = row.Off
		}
		list = append(list, e)
	}
	return slices.DeleteFunc(list, func(e Entry) bool { return !e.Off.IsZero() && !r.returns(e).After(r.Now()) }), err
}

// returns is until when an entry that was taken off can be put back.
func (r *Room) returns(e Entry) time.Time { return e.Off.Add(r.Gate.UndoTime()) }

// openEntries opens versions of entries, and leaves out what is erased.
func (r *Room) openEntries(ctx context.Context, v person.Viewer, rows []entryRow) ([]Entry, error) {
	papers := make([]consent.Paper, len(rows))
	for i, e := range rows {
		papers[i] = e.paper()
	}
	shown, err := consent.Values[Known](ctx, r.Gate, v, papers)
	var list []Entry
	for i, o := range shown {
		if o.OK {
			rows[i].Known = o.Value
			list = append(list, rows[i].Entry)
		}
	}
	return list, err
}

// Versions returns one entry as it is and as it was, newest first.
func (r *Room) Versions(ctx context.Context, v person.Viewer, id string) ([]Entry, error) {
	var rows []entryRow
	err := r.DB.Read(ctx, func(tx *store.Tx) error {
		var err error
		rows, err = store.List(ctx, tx, scanEntry, versions+` AND s.id = $2 ORDER BY t.version DESC`, v.Partnership, id)
		return err
	})
	if err != nil {
		return nil, err
	}
	var off time.Time
	written := rows[:0:0]
	for _, e := range rows {
		if off = e.Off; e.Version > 0 && e.words != nil {
			written = append(written, e)
		}
	}
	list, err := r.openEntries(ctx, v, written)
	if i := slices.IndexFunc(starting(), func(e Entry) bool { return e.ID == id }); i >= 0 {
		first := starting()[i]
		first.Off = off
		list = append(list, first)
	}
	if err == nil && (len(list) == 0 || (!off.IsZero() && !r.returns(list[0]).After(r.Now()))) {
		err = fault.Missing
	}
	return list, err
}

// Add puts a new entry on the shelf and returns its id.
func (r *Room) Add(ctx context.Context, v person.Viewer, known Known) (string, error) {
	id := store.RandomID()
	return id, r.Write(ctx, v, id, 0, known)
}

// Write keeps a new version of an entry, written over the one of that number. It is refused with ErrNewer
// when somebody else's came first.
func (r *Room) Write(ctx context.Context, v person.Viewer, id string, over int64, known Known) error {
	return r.write(ctx, v, id, over, known, func(*store.Tx) error { return nil })
}

// write is Write with more that is done in the same transaction.
func (r *Room) write(ctx context.Context, v person.Viewer, id string, over int64, known Known, more func(*store.Tx) error) error {
	known = known.trimmed()
	if err := known.Check(); err != nil {
		return err
	}
	key, sealed, err := r.Gate.SealValue(ctx, v.Partnership, "asking_shelf_text", column, roundRow(id, over+1), known)
	if err != nil {
		return err
	}
	err = r.DB.Write(ctx, func(tx *store.Tx) error {
		if err := onShelf(ctx, tx, v.Partnership, id); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `INSERT INTO asking_shelf_text (partnership_id, entry_id, version, writer_id, made, key_id, words)
			VALUES ($1, $2, $3, $4, $5, $6, $7)`, v.Partnership, id, over+1, v.ID, store.Micros(r.Now()), key, sealed)
		if err != nil {
			return err
		}
		return more(tx)
	})
	if errors.Is(err, store.ErrDuplicate) {
		return ErrNewer
	}
	return err
}

// onShelf makes an entry's row, if it has none.
func onShelf(ctx context.Context, tx *store.Tx, p person.Partnership, id string) error {
	_, err := tx.Exec(ctx, `INSERT INTO asking_shelf (partnership_id, id, off) VALUES ($1, $2, 0) ON CONFLICT DO NOTHING`, p, id)
	return err
}

// SetOff takes an entry off the shelf, or puts it back. After the time in which it can be put back its
// words are erased, in every version.
func (r *Room) SetOff(ctx context.Context, v person.Viewer, id string, off bool) error {
	if _, err := r.Versions(ctx, v, id); err != nil {
		return err
	}
	at := int64(0)
	if off {
		at = store.Micros(r.Now())
	}
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		if err := onShelf(ctx, tx, v.Partnership, id); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `UPDATE asking_shelf SET off = $3 WHERE partnership_id = $1 AND id = $2`, v.Partnership, id, at)
		return err
	})
}

// eraseOff erases the words of entries that were taken off and whose time to be put back is over.
func (r *Room) eraseOff(ctx context.Context, tx *store.Tx, p person.Partnership) error {
	const gone = ` WHERE partnership_id = $1 AND words IS NOT NULL AND entry_id IN
		(SELECT id FROM asking_shelf WHERE partnership_id = $1 AND off > 0 AND off <= $2)`
	before := store.Micros(r.Now().Add(-r.Gate.UndoTime()))
	keys, err := store.List(ctx, tx, store.One[string], `SELECT key_id FROM asking_shelf_text`+gone, p, before)
	if err != nil || len(keys) == 0 {
		return err
	}
	if _, err := tx.Exec(ctx, `UPDATE asking_shelf_text SET words = NULL`+gone, p, before); err != nil {
		return err
	}
	return r.Gate.Doom(ctx, tx, p, keys...)
}
