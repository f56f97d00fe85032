// Package table is the tablet that is handed round in a meeting. Whoever hosts opens it for a set time;
// it then shows a picture for each member who chose one and nothing else. A member taps hers, gives her
// PIN, does one task, and it closes behind her.
//
// Nobody's past things are on it, no settings, no files and nobody else's words: in a session at a table
// the shell lets through only routes marked for it (web.Route.Table), and ends the session when an action
// leads anywhere else. The host is signed out when she opens it, and the tablet closes by itself.
package table

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"errors"
	"io/fs"
	"net/http"
	"net/netip"
	"slices"
	"time"

	"footing/internal/account"
	"footing/internal/circle"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
)

//go:embed pages/*.html words/*.toml migrations/*.sql
var files embed.FS

// Migrations holds the tables of this package.
var Migrations, _ = fs.Sub(files, "migrations")

// Pictures lists what members choose from. Each is drawn in pages/_pictures.html and named in the
// catalogue; none shows a person or a place.
var Pictures = []string{"apple", "bell", "boat", "cup", "drop", "fish", "flag", "heart", "kite", "leaf", "moon", "mountain", "note", "star", "sun", "umbrella"}

// Hours lists for how long a tablet can be opened.
var Hours = []int64{1, 2, 4}

// cookie names the token that makes a browser the tablet of a table.
const cookie = "t"

// Deps is what the room stands on.
type Deps struct {
	DB       *store.DB
	Circle   *circle.Circle
	Accounts *account.Accounts
	// From returns where a request comes from, for the throttle.
	From func(*http.Request) netip.Addr
	Now  func() time.Time
}

// Room is the tablet.
type Room struct{ Deps }

// New returns the room.
func New(d Deps) *Room { return &Room{d} }

// Web returns the room's routes and files.
func (r *Room) Web() web.Room {
	sub := func(dir string) fs.FS { f, _ := fs.Sub(files, dir); return f }
	return web.Room{Name: "table", Pages: sub("pages"), Words: sub("words"), Migrations: Migrations, Routes: r.routes(), Twins: r.twins()}
}

func (r *Room) routes() []web.Route {
	open := web.Everybody()
	host := web.Only(web.Any, person.Facilitator, person.Charity, person.LivedExperience)
	member, own := web.Members(web.Any), circle.SignedIn(web.Own)
	return []web.Route{
		{Pattern: "GET /table", Allow: open, Title: "table.title", Weight: web.Member, Do: r.show, Table: true, Twin: web.Screen},
		{Pattern: "GET /table/tap/{picture}", Allow: open, Title: "table.title", Weight: web.Member, Do: r.showTap, Table: true, Twin: web.Screen},
		{Pattern: "POST /table/tap/{picture}", Closes: true, Allow: open, Title: "table.title", Weight: web.Member, Do: r.tap, Table: true, Twin: web.Screen},
		{Pattern: "GET /table/end", Allow: open, Title: "table.title", Weight: web.Nothing, Do: r.endTurn, Table: true, Twin: web.Screen},
		{Pattern: "POST /table/close", Allow: open, Title: "table.title", Weight: web.Member, Do: r.closeTable, Table: true, Twin: web.Screen},
		{Pattern: "GET /table/tasks", Allow: member, Title: "table.title", Weight: web.Member, Do: r.showTasks, Table: true, Twin: web.Screen},
		{Pattern: "GET /table/new", Allow: host, Title: "table.title", Weight: web.Member, Do: r.showNew, Twin: web.Duty},
		{Pattern: "POST /table/new", Allow: host, Title: "table.title", Weight: web.Member, Do: r.open, Twin: web.Duty},
		{Pattern: "GET /me/picture", Allow: own, Title: "table.title", Weight: web.Member, Do: r.showMine, Twin: "picture"},
		{Pattern: "POST /me/picture", Allow: own, Title: "table.title", Weight: web.Member, Do: r.saveMine, Secret: true, Twin: "picture"},
		{Pattern: "POST /me/picture/drop", Allow: own, Title: "table.title", Weight: web.Nothing, Do: r.dropMine, Twin: "picture"},
	}
}

// sitting is a table that is open.
type sitting struct {
	ID    string
	Until time.Time
}

// errClosed means that this browser is no tablet, or that its time is over.
var errClosed = fault.New(fault.NotFound, "table.closed")

// sitting returns the table whose tablet the browser is, errClosed when it is none.
func (r *Room) sitting(q *web.Request) (sitting, error) {
	token := q.Kept(cookie)
	if token == "" || !q.Site.Ready {
		return sitting{}, errClosed
	}
	var s sitting
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		s, err = getSitting(q.Context(), tx, q.Partnership(), hash(token), r.Now())
		return err
	})
	if errors.Is(err, fault.Missing) {
		err = errClosed
	}
	return s, err
}

func hash(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

func newToken() string {
	b := make([]byte, 32)
	_, _ = rand.Read(b) // crypto/rand never fails on systems Go supports
	return base64.RawURLEncoding.EncodeToString(b)
}

func known(picture string) bool { return slices.Contains(Pictures, picture) }

// AfterRestore closes every tablet: one that was closed since the backup would be open again.
func (r *Room) AfterRestore(ctx context.Context, tx *store.Tx, p person.Partnership) error {
	_, err := tx.Exec(ctx, `DELETE FROM table_sitting WHERE partnership_id = $1`, p)
	return err
}

func insertSitting(ctx context.Context, tx *store.Tx, p person.Partnership, s sitting, token []byte, by person.ID) error {
	_, err := tx.Exec(ctx, `INSERT INTO table_sitting (partnership_id, id, token_hash, opened_by, until) VALUES ($1, $2, $3, $4, $5)`,
		p, s.ID, token, by, store.Micros(s.Until))
	return err
}

func getSitting(ctx context.Context, tx *store.Tx, p person.Partnership, token []byte, now time.Time) (sitting, error) {
	return store.Get(ctx, tx, func(r store.Row) (sitting, error) {
		var s sitting
		var until int64
		err := r.Scan(&s.ID, &until)
		s.Until = store.Time(until)
		return s, err
	}, `SELECT id, until FROM table_sitting WHERE partnership_id = $1 AND token_hash = $2 AND until > $3`, p, token, store.Micros(now))
}

func deleteSitting(ctx context.Context, tx *store.Tx, p person.Partnership, id string, before time.Time) error {
	_, err := tx.Exec(ctx, `DELETE FROM table_sitting WHERE partnership_id = $1 AND (id = $2 OR until <= $3)`, p, id, store.Micros(before))
	return err
}
