package power

import (
	"context"
	"embed"
	"errors"
	"strconv"
	"sync"
	"time"

	"github.com/BurntSushi/toml"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/store"
)

// What a group is given to start with is data with its source, not code.
//
//go:embed start/list.toml
var given embed.FS

// Questions are what is asked, and whose questions they are.
type Questions struct {
	Ask    []string `json:"ask"`
	Source string   `json:"source"`
}

// A List is the questions by which a group looks for what is harder to see, in a version of its own.
type List struct {
	N      int64     // 0 for the one it was given to start with
	Writer person.ID // empty for that, and once she has left
	Made   time.Time
	Questions

	key   string
	words []byte
}

// starting returns the list before the group has written one.
var starting = sync.OnceValue(func() List {
	var l List
	if _, err := toml.DecodeFS(given, "start/list.toml", &l); err != nil {
		panic(err) // that it can be read is settled when the program is tested
	}
	return l
})

func scanList(r store.Row) (List, error) {
	var l List
	var made int64
	err := r.Scan(&l.N, &l.Writer, &made, &l.key, &l.words)
	l.Made = store.Time(made)
	return l, err
}

// Lists returns every version of the list, the newest first.
func (r *Room) Lists(ctx context.Context, v person.Viewer) ([]List, error) {
	var rows []List
	err := r.DB.Read(ctx, func(tx *store.Tx) error {
		var err error
		rows, err = store.List(ctx, tx, scanList, `SELECT version, writer_id, made, key_id, words FROM power_list WHERE partnership_id = $1 ORDER BY version DESC`, v.Partnership)
		return err
	})
	if err != nil {
		return nil, err
	}
	papers := make([]consent.Paper, len(rows))
	for i, l := range rows {
		papers[i] = consent.Paper{Table: "power_list", Column: column, Row: listRow(l.N), Key: l.key, Sealed: l.words, Writer: l.Writer, Readers: everybody()}
	}
	var list []List
	err = r.Gate.OpenValues(ctx, v, papers, func(i int) any {
		list = append(list, rows[i])
		return &list[len(list)-1].Questions
	})
	if err != nil {
		return nil, err
	}
	return append(list, starting()), nil
}

// WriteList keeps a new version, written over the one of that number. It is refused with ErrNewer when somebody
// else's came first.
func (r *Room) WriteList(ctx context.Context, v person.Viewer, over int64, asks Questions) error {
	if len(asks.Ask) == 0 || asks.Source == "" {
		return ErrList
	}
	l := List{N: over + 1, Writer: v.ID, Made: r.Now()}
	var err error
	if l.key, l.words, err = r.Gate.SealValue(ctx, v.Partnership, "power_list", column, listRow(l.N), asks); err != nil {
		return err
	}
	err = r.DB.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO power_list (partnership_id, version, writer_id, made, key_id, words) VALUES ($1, $2, $3, $4, $5, $6)`,
			v.Partnership, l.N, l.Writer, store.Micros(l.Made), l.key, l.words)
		return err
	})
	if errors.Is(err, store.ErrDuplicate) {
		return ErrNewer
	}
	return err
}

func listRow(n int64) string { return strconv.FormatInt(n, 10) }
