package source

import (
	"context"
	"embed"
	"errors"
	"io/fs"
	"slices"
	"time"

	"footing/internal/circle"
	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/study"
	"footing/internal/web"
)

//go:embed pages/*.html words/*.toml migrations/*.sql source.js
var files embed.FS

// Deps is what the room stands on.
type Deps struct {
	DB      *store.DB
	Gate    *consent.Gate
	Circle  *circle.Circle
	Studies *study.Studies
	Sources *Sources
	// Lost lists the indexed passages of a source that lost their place when it was mended, and Settle puts
	// one where it stands now, or out of the index when the place is empty. Coding keeps them; nil: none.
	Lost   func(context.Context, *store.Tx, person.Partnership, consent.ID) ([]Lost, error)
	Settle func(ctx context.Context, keeper person.Viewer, contribution consent.ID, id string, at consent.Span) error
	Now    func() time.Time
	// Begun, Limits and Telling are of the interviews that records were. Nil: of that nothing is asked here, or shown.
	Begun   Begun
	Limits  Limits
	Telling Telling
	// Meetings are those of the group of which an observation can be the record. Nil: there are none.
	Meetings Meetings
}

// Meetings lists the meetings there were, with who of some people says yes to being watched at each.
type Meetings interface {
	Seen(ctx context.Context, v person.Viewer, of ...person.ID) ([]Met, error)
}

// Room is where transcripts come in and become sources.
type Room struct {
	db       *store.DB
	gate     *consent.Gate
	circle   *circle.Circle
	studies  *study.Studies
	sources  *Sources
	begun    Begun
	limits   Limits
	telling  Telling
	meetings Meetings // nil where an observation can be of none
	now      func() time.Time
	lost     func(context.Context, *store.Tx, person.Partnership, consent.ID) ([]Lost, error)
	settle   func(context.Context, person.Viewer, consent.ID, string, consent.Span) error

	reading chan struct{} // one transcript is read at a time: a long one keeps a core busy for seconds
}

// New returns the room.
func New(d Deps) *Room {
	return &Room{db: d.DB, gate: d.Gate, circle: d.Circle, studies: d.Studies, sources: d.Sources, begun: d.Begun, limits: d.Limits, telling: d.Telling,
		meetings: d.Meetings, now: d.Now, lost: d.Lost, settle: d.Settle, reading: make(chan struct{}, 1)}
}

// Web returns the room's routes and files.
func (r *Room) Web() web.Room {
	sub := func(dir string) fs.FS { f, _ := fs.Sub(files, dir); return f }
	script, err := files.ReadFile("source.js")
	if err != nil {
		panic(err) // it is embedded
	}
	return web.Room{Name: "source", Pages: sub("pages"), Words: sub("words"), Migrations: sub("migrations"),
		Scripts: map[string]string{"source": string(script)}, Routes: r.routes()}
}

func (r *Room) routes() []web.Route {
	desk := web.Desk(web.SameStudy, person.Researcher, person.Charity, person.Analyst)
	keeper := desk
	keeper.Relation = web.Own
	mine := web.Members(web.Own)
	page := func(pattern string, allow web.Access, weight web.Weight, do web.Action) web.Route {
		return web.Route{Pattern: pattern, Allow: allow, Title: "source.title", Weight: weight, Do: do}
	}
	offered := func(r web.Route) web.Route { // on paper, offering a note is changing what it may be used for
		r.Twin = "change"
		return r
	}
	upload := page("GET /source/upload", desk, web.AtDesk, r.showUpload)
	upload.Script = "source"
	received := page("POST /source/upload", desk, web.AtDesk, r.upload)
	received.Upload = true
	received.Script = "source"
	return []web.Route{
		upload, received,
		page("POST /source/add", desk, web.AtDesk, r.add),
		page("GET /import/{import}", keeper, web.AtDesk, r.showImport),
		page("POST /import/{import}/confirm", keeper, web.AtDesk, r.confirm),
		page("POST /import/{import}/cancel", keeper, web.Nothing, r.cancel),
		page("GET /source", desk, web.AtDesk, r.showAll),
		page("GET /source/{source}", desk, web.AtDesk, r.showOne),
		page("GET /source/{source}/facts", keeper, web.AtDesk, r.showFacts),
		page("POST /source/{source}/facts", keeper, web.AtDesk, r.saveFacts),
		page("GET /source/{source}/terms/{speaker}", keeper, web.AtDesk, r.showTerms),
		page("POST /source/{source}/terms/{speaker}", keeper, web.AtDesk, r.saveTerms),
		page("POST /source/{source}/back/{speaker}", keeper, web.Nothing, r.takeBack),
		page("POST /source/{source}/return/{speaker}", keeper, web.Nothing, r.bringBack),
		page("GET /source/{source}/mark", keeper, web.Coding, r.showMark),
		page("POST /source/{source}/mark", keeper, web.Coding, r.mark),
		page("POST /source/{source}/unmark", keeper, web.Nothing, r.unmark),
		page("GET /source/{source}/mark/{turn}", keeper, web.AtDesk, r.showMarkTurn),
		page("POST /source/{source}/mark/{turn}", keeper, web.AtDesk, r.markTurn),
		page("GET /source/{source}/mend/{turn}", keeper, web.AtDesk, r.showMend),
		page("POST /source/{source}/mend/{turn}", keeper, web.AtDesk, r.mend),
		page("POST /source/{source}/mend/{turn}/place", keeper, web.AtDesk, r.place),
		page("GET /source/{source}/meeting", keeper, web.AtDesk, r.showMeeting),
		page("POST /source/{source}/meeting", keeper, web.AtDesk, r.saveMeeting),
		page("POST /source/{source}/offer", keeper, web.AtDesk, r.offer),
		page("POST /source/{source}/close", keeper, web.Nothing, r.close),
		page("GET /offer-note/{contribution}", mine, web.Member, r.showNote),
		offered(page("POST /offer-note/{contribution}", mine, web.Member, r.offerNote)),
		offered(page("POST /offer-note/{contribution}/stop", mine, web.Nothing, r.stopNote)),
	}
}

// kept is a source with everything that can be told of it without opening a word.
type kept struct {
	Source
	study  study.Study
	parts  []Part
	names  map[person.ID]string
	named  []person.ID // who of the circle chose to be named in it
	taken  []consent.Withdrawal
	untold []Part         // who speaks in an interview, and is not known to have been told the limits before it
	open   consent.Ruling // what of it a viewer who does not keep it may count
}

// keeps returns a source that the viewer keeps. Somebody else's does not exist here.
func (r *Room) keeps(q *web.Request) (kept, error) {
	k, err := r.load(q.Context(), q.Viewer, consent.ID(q.Path("source")))
	if err == nil && k.Keeper != q.Viewer.ID {
		err = fault.Missing
	}
	return k, err
}

func (r *Room) load(ctx context.Context, v person.Viewer, id consent.ID) (kept, error) {
	var k kept
	err := r.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		if k.Source, err = r.sources.Get(ctx, tx, v.Partnership, id); err != nil {
			return err
		}
		if k.study, err = r.studies.Get(ctx, tx, v.Partnership, k.Study); err != nil {
			return err
		}
		if k.parts, err = r.sources.Parts(ctx, tx, v.Partnership, id); err != nil {
			return err
		}
		if k.names, err = r.circle.Names(ctx, tx, v.Partnership); err != nil {
			return err
		}
		named, err := r.gate.Named(ctx, tx, v.Partnership, id)
		if err != nil {
			return err
		}
		k.named = named[id]
		if k.untold, err = r.sources.untold(ctx, tx, v.Partnership, k.Source); err != nil {
			return err
		}
		k.taken, err = r.gate.Taken(ctx, tx, v.Partnership, id)
		return err
	})
	return k, err
}

// part returns a voice in the source.
func (k kept) part(id consent.ID) (Part, error) {
	i := slices.IndexFunc(k.parts, func(p Part) bool { return p.Speaker == id })
	if i < 0 {
		return Part{}, fault.Missing
	}
	return k.parts[i], nil
}

// withdrawn returns the withdrawal of a whole part, if there is one.
func (k kept) withdrawn(p Part) (consent.Withdrawal, bool) {
	i := slices.IndexFunc(k.taken, func(w consent.Withdrawal) bool { return w.Speaker == p.Speaker && w.Turn == "" })
	if i < 0 {
		return consent.Withdrawal{}, false
	}
	return k.taken[i], true
}

// closedTurns returns how many turns of a part are shut because they were taken back.
func (k kept) closedTurns(p Part) int {
	if _, whole := k.withdrawn(p); whole || p.Gone {
		return p.Turns
	}
	n := 0
	for _, w := range k.taken {
		if w.Speaker == p.Speaker {
			n++
		}
	}
	return n
}

// shut reports whether nothing is left open but the parts of those who asked.
func (k kept) shut() bool {
	for _, p := range k.parts {
		if p.Role != consent.Interviewer && k.closedTurns(p) < p.Turns {
			return false
		}
	}
	return true
}

// open lists the studies that sources can be brought into: all whose end has not come. Analysis waits
// for approval; keeping does not.
func (r *Room) open(ctx context.Context, tx *store.Tx, p person.Partnership) ([]study.Study, error) {
	all, err := r.studies.List(ctx, tx, p)
	return slices.DeleteFunc(all, func(s study.Study) bool { return !r.now().Before(s.Ends) }), err
}

// isMissing reports whether an error says that something is not there for this viewer.
func isMissing(err error) bool { return errors.Is(err, fault.Missing) }

// say returns what a fault says, for a page that shows it beside what was typed.
func say(q *web.Request, err error) string {
	f, ok := errors.AsType[*fault.Error](err)
	if !ok {
		return q.Words.T("web.our_fault")
	}
	return q.Words.T(f.Say, "max", f.Args["max"])
}
