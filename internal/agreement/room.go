package agreement

import (
	"context"
	"embed"
	"io/fs"
	"time"

	"footing/internal/circle"
	"footing/internal/consent"
	"footing/internal/ledger"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

//go:embed pages/*.html words/*.toml migrations/*.sql
var files embed.FS

// Migrations holds the tables of this package.
var Migrations, _ = fs.Sub(files, "migrations")

// Deps is what the room stands on.
type Deps struct {
	DB     *store.DB
	Gate   *consent.Gate
	Circle *circle.Circle
	Now    func() time.Time
}

// Room is the agreement.
type Room struct {
	Deps
}

// New returns the room. When somebody leaves, her draft goes with her.
func New(d Deps) *Room {
	r := &Room{d}
	d.Circle.WhenLeaving(r.drop)
	return r
}

// Web returns the room's routes and files.
func (r *Room) Web() web.Room {
	sub := func(dir string) fs.FS { f, _ := fs.Sub(files, dir); return f }
	return web.Room{Name: "agreement", Pages: sub("pages"), Words: sub("words"), Migrations: Migrations, Routes: r.routes(), Twins: r.twins()}
}

func (r *Room) routes() []web.Route {
	read, answer := circle.SignedIn(web.Any), web.Members(web.Any)
	return []web.Route{
		{Pattern: "GET /agreement", Allow: read, Title: "agreement.title", Weight: web.Member, Do: r.show, Table: true, Twin: "agree"},
		{Pattern: "GET /agreement/all", Allow: read, Title: "agreement.title", Weight: web.Member, Do: r.showAll},
		{Pattern: "GET /agreement/{version}", Allow: read, Title: "agreement.title", Weight: web.Member, Do: r.showOne},
		{Pattern: "POST /agreement/{version}/answer", Allow: answer, Title: "agreement.title", Weight: web.Nothing, Do: r.answer, Table: true, Twin: "agree"},
		{Pattern: "GET /agreement/new", Allow: write, Title: "agreement.title", Weight: web.Member, Do: r.showDraft},
		{Pattern: "POST /agreement/new", Allow: write, Title: "agreement.title", Weight: web.Member, Do: r.publish, Twin: "suggest"},
		{Pattern: "POST /agreement/new/keep", Allow: write, Title: "agreement.title", Weight: web.Nothing, Do: r.keep, Keeps: true, Twin: "suggest"},
		{Pattern: "POST /agreement/new/drop", Allow: write, Title: "agreement.title", Weight: web.Nothing, Do: r.throwAway, Twin: "suggest"},
		{Pattern: "POST /agreement/new/return", Allow: write, Title: "agreement.title", Weight: web.Nothing, Do: r.returnDraft, Twin: web.Screen},
	}
}

// Write keeps a new version, written over the one of that number: 0 for the first. Everybody is asked
// anew. It is refused with ErrNewer when somebody else's came first.
func (r *Room) Write(ctx context.Context, tx *store.Tx, p person.Partnership, writer person.ID, text string, over int64) (Version, error) {
	last, err := newest(ctx, tx, p)
	switch {
	case err != nil:
		return last, err
	case last.N != over:
		return last, ErrNewer
	case text == "":
		return last, ErrEmpty
	case text == last.Text:
		return last, ErrSame
	}
	v := Version{N: last.N + 1, Text: text, Written: r.Now(), Writer: writer}
	if err := insertVersion(ctx, tx, p, v); err != nil {
		return v, err
	}
	return v, r.log(ctx, tx, p, v)
}

// log commits to a version's text, which itself stays in its table.
func (r *Room) log(ctx context.Context, tx *store.Tx, p person.Partnership, v Version) error {
	facts := struct {
		Version int64
		Hash    string
	}{v.N, v.Hash()}
	return ledger.Append(ctx, tx, p, ledger.Entry{At: v.Written, Kind: ledger.Agreement, Facts: facts})
}

// Answer keeps what somebody says to the newest version. She can change it at any time.
func (r *Room) Answer(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID, version int64, a Answer) error {
	last, err := newest(ctx, tx, p)
	if err != nil {
		return err
	}
	if last.N != version || !a.Valid() {
		return ErrUnasked
	}
	return setAnswer(ctx, tx, p, version, who, a, store.Micros(r.Now()))
}

// inForce finds the newest of the versions, newest first, that holds.
func (r *Room) inForce(ctx context.Context, tx *store.Tx, p person.Partnership, all []Version) (Version, error) {
	people, err := r.Circle.List(ctx, tx, p)
	if err != nil {
		return Version{}, err
	}
	for _, v := range all {
		answers, err := answersTo(ctx, tx, p, v.N)
		if err != nil {
			return Version{}, err
		}
		if v.Holds(people, answers) {
			return v, nil
		}
	}
	return Version{}, nil
}

// News asks whoever takes part for an answer to a version she has not answered.
func (r *Room) News(q *web.Request) ([]look.Link, error) {
	if !q.Viewer.Standings.Meets(person.Standings()) {
		return nil, nil
	}
	var links []look.Link
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		last, err := newest(q.Context(), tx, q.Partnership())
		if err != nil || last.N == 0 {
			return err
		}
		answers, err := answersTo(q.Context(), tx, q.Partnership(), last.N)
		if answers[q.Viewer.ID] == "" {
			links = append(links, look.Link{Href: "/agreement", Text: q.Words.T("agreement.news")})
		}
		return err
	})
	return links, err
}
