package find

import (
	"context"
	"embed"
	"io/fs"
	"log/slog"

	"footing/internal/circle"
	"footing/internal/consent"
	"footing/internal/event"
	"footing/internal/person"
	"footing/internal/search"
	"footing/internal/store"
	"footing/internal/study"
	"footing/internal/web"
)

//go:embed pages/*.html words/*.toml
var files embed.FS

// Deps is what the room stands on.
type Deps struct {
	DB      *store.DB
	Gate    *consent.Gate
	Events  *event.Bus
	Indexes *search.Indexes // fed by the gate
	Circle  *circle.Circle
	Studies *study.Studies
	Sources Sources
	Log     *slog.Logger
}

// Sources tells what is kept as a source of a study. With nil, everything that the gate opens for the
// study counts as one.
type Sources interface {
	// Of lists the contributions that are sources of the study.
	Of(ctx context.Context, tx *store.Tx, p person.Partnership, study string) ([]consent.ID, error)
}

// Room is the search desk.
type Room struct{ Deps }

// New returns the room. Its indexes follow what is taken back as long as Keep runs.
func New(d Deps) *Room { return &Room{d} }

// Web returns the room's routes and files.
func (r *Room) Web() web.Room {
	sub := func(dir string) fs.FS { f, _ := fs.Sub(files, dir); return f }
	return web.Room{Name: "find", Pages: sub("pages"), Words: sub("words"), Routes: r.routes()}
}

func (r *Room) routes() []web.Route {
	analysts := web.Desk(web.SameStudy, person.Analyst)
	return []web.Route{
		{Pattern: "GET /find/{study}", Allow: analysts, Title: "find.title", Weight: web.AtDesk, Do: r.show},
		// What she looks for is posted, so that no words stand in an address or a browser's history (P6).
		{Pattern: "POST /find/{study}", Allow: analysts, Title: "find.title", Weight: web.AtDesk, Do: r.find},
	}
}
