package record

import (
	"embed"
	"io/fs"
	"sync"

	"footing/internal/circle"
	"footing/internal/fault"
	"footing/internal/store"
	"footing/internal/web"
)

//go:embed pages/*.html words/*.toml
var files embed.FS

// wordFiles holds the room's words, for the page and for the command.
func wordFiles() fs.FS { f, _ := fs.Sub(files, "words"); return f }

// Deps is what the room stands on.
type Deps struct {
	DB     *store.DB
	Circle *circle.Circle
}

// Room is the pages about the record.
type Room struct {
	Deps
	checking sync.Mutex // checking reads the whole log: one at a time
}

// errBusy is what whoever asks meanwhile is told.
var errBusy = fault.New(fault.Busy, "record.busy")

// New returns the room.
func New(d Deps) *Room { return &Room{Deps: d} }

// Web returns the room's routes and files.
func (r *Room) Web() web.Room {
	pages, _ := fs.Sub(files, "pages")
	return web.Room{Name: "record", Pages: pages, Words: wordFiles(), Routes: r.routes()}
}

func (r *Room) routes() []web.Route {
	here := circle.Here(web.Any)
	return []web.Route{
		{Pattern: "GET /record", Allow: here, Title: "record.title", Weight: web.Member, Do: r.show},
		{Pattern: "POST /record", Allow: here, Title: "record.title", Weight: web.Member, Do: r.check, Twin: web.Screen},
		{Pattern: "GET /record/file", Allow: here, Title: "record.title", Weight: web.File, Do: r.file},
	}
}
