package matrix

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"footing/internal/circle"
	"footing/internal/coding"
	"footing/internal/consent"
	"footing/internal/event"
	"footing/internal/person"
	"footing/internal/source"
	"footing/internal/store"
	"footing/internal/study"
)

// Deps is what the room stands on.
type Deps struct {
	DB      *store.DB
	Gate    *consent.Gate
	Events  *event.Bus
	Circle  *circle.Circle
	Studies *study.Studies
	Sources *source.Sources
	Coding  *coding.Room
	Now     func() time.Time
}

// Room is charting: what other rooms ask of the matrix, and its pages.
type Room struct {
	Deps
}

// New returns the room. When the gate destroys turns for good, points that rest on them lose their text.
func New(d Deps) *Room {
	r := &Room{d}
	d.Gate.WhenDestroyed(r.forget)
	d.Gate.WhenMended(r.mend)
	d.Gate.WhenSevered(r.sever)
	d.Circle.WhenLeaving(r.forgetUnsaved)
	return r
}

// Add charts a point and returns its id. It must be called outside of a transaction.
func (r *Room) Add(ctx context.Context, v person.Viewer, study string, s Saying) (string, error) {
	p := Point{ID: store.RandomID(), Theme: s.Theme, Version: 1}
	err := r.save(ctx, v, study, &p, s, func(tx *store.Tx, at scope) error { return at.insertPoint(ctx, tx, p) })
	return p.ID, err
}

// Change writes a new version of a point over the one with that number. It fails with ErrTwo when that is
// not the newest any more, and saves nothing then. It must be called outside of a transaction.
func (r *Room) Change(ctx context.Context, v person.Viewer, study, id string, version int64, s Saying) error {
	p := Point{ID: id, Theme: s.Theme, Version: version}
	return r.save(ctx, v, study, &p, s, func(tx *store.Tx, at scope) error {
		if err := at.nextVersion(ctx, tx, p); err != nil {
			return err
		}
		p.Version++
		earlier := consent.Ref{Kind: EarlierKind, ID: id + ":" + strconv.FormatInt(version, 10)}
		old, err := r.Gate.Rests(ctx, tx, v.Partnership, PointKind, id)
		if err != nil {
			return err
		}
		return r.Gate.RestOn(ctx, tx, v.Partnership, earlier, old[id]...)
	})
}

// save seals a text and writes it with its links. place writes what is particular to a new point or a
// changed one, before.
func (r *Room) save(ctx context.Context, v person.Viewer, study string, p *Point, s Saying, place func(*store.Tx, scope) error) error {
	s.Text = strings.TrimSpace(s.Text)
	if err := s.Check(); err != nil {
		return err
	}
	var err error
	p.key, p.sealed, err = r.Gate.SealPaper(ctx, v.Partnership, "matrix_text", "words", p.ID, s.Text)
	if err != nil {
		return err
	}
	p.Source, p.Links, p.Writer, p.Made = s.Links[0].Source, s.Links, v.ID, r.Now()
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		at := scope{v.Partnership, study}
		if err := r.checkLinks(ctx, tx, v, study, s); err != nil {
			return err
		}
		if err := place(tx, at); err != nil {
			return err
		}
		if err := at.insertText(ctx, tx, *p); err != nil {
			return err
		}
		if err := r.Gate.RestOn(ctx, tx, v.Partnership, consent.Ref{Kind: PointKind, ID: p.ID}, rests(s.Links)...); err != nil {
			return err
		}
		return r.Events.Publish(ctx, tx, v.Partnership, TopicCharted, "")
	})
}

// checkLinks refuses a theme that is not in the frame, and a passage that is shut by now: it may have been
// taken back while somebody wrote about it.
func (r *Room) checkLinks(ctx context.Context, tx *store.Tx, v person.Viewer, study string, s Saying) error {
	frame, err := r.Coding.Frame(ctx, tx, v.Partnership, study)
	if err != nil {
		return err
	}
	if _, ok := frame.Theme(s.Theme); !ok {
		return ErrNoTheme
	}
	var in []consent.ID
	for _, l := range s.Links {
		in = append(in, l.Source)
	}
	slices.Sort(in)
	ruling, err := r.Gate.RuleIn(ctx, tx, v, use(study, consent.Paraphrase), slices.Compact(in)...)
	if err != nil {
		return err
	}
	for _, l := range s.Links {
		if !ruling.Span(l.Turn, l.Span) {
			return ErrShutLink
		}
	}
	return nil
}

// Remove takes a point out of its cell, at the version somebody read. It can be put back.
func (r *Room) Remove(ctx context.Context, v person.Viewer, study, id string, version int64) error {
	return r.setRemoved(ctx, v, study, id, version, r.Now())
}

// PutBack undoes Remove.
func (r *Room) PutBack(ctx context.Context, v person.Viewer, study, id string, version int64) error {
	return r.setRemoved(ctx, v, study, id, version, time.Time{})
}

func (r *Room) setRemoved(ctx context.Context, v person.Viewer, study, id string, version int64, at time.Time) error {
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		if err := (scope{v.Partnership, study}).setRemoved(ctx, tx, id, version, v.ID, at); err != nil {
			return err
		}
		return r.Events.Publish(ctx, tx, v.Partnership, TopicCharted, "")
	})
}

// Mark says why the cell of some sources and a theme is empty. NotRead takes the mark away.
func (r *Room) Mark(ctx context.Context, tx *store.Tx, v person.Viewer, study, theme string, m Mark, sources ...consent.ID) error {
	for _, id := range sources {
		if err := (scope{v.Partnership, study}).saveMark(ctx, tx, Place{id, theme}, m, v.ID, r.Now()); err != nil {
			return err
		}
	}
	return r.Events.Publish(ctx, tx, v.Partnership, TopicCharted, "")
}

// Join records a member's own answer to whether her sources may be read side by side in a study.
func (r *Room) Join(ctx context.Context, tx *store.Tx, v person.Viewer, study string, yes bool) error {
	if err := (scope{v.Partnership, study}).saveJoin(ctx, tx, v.ID, yes, r.Now()); err != nil {
		return err
	}
	return r.Events.Publish(ctx, tx, v.Partnership, TopicCharted, "")
}

// Read opens points of a view for its reader, of those that may be open the ones that are about to be shown.
// Whoever said what they rest on sees that they were read, and how: act. It must be called outside of a
// transaction.
func (r *Room) Read(ctx context.Context, v person.Viewer, w *View, act consent.Act, shown func(Point) bool) error {
	var at []int
	var list []Point
	for i, p := range w.Points {
		if p.Open && shown(p) {
			at, list = append(at, i), append(list, p)
		}
	}
	if err := r.open(ctx, v, w.Study.ID, act, list); err != nil {
		return err
	}
	for i, p := range list {
		w.Points[at[i]] = p
	}
	return nil
}

// open opens points for a reader in one step, whatever their number. The order stays.
func (r *Room) open(ctx context.Context, v person.Viewer, study string, act consent.Act, list []Point) error {
	opened, err := r.Gate.PapersFor(ctx, v, use(study, consent.Paraphrase), act, papersOf(study, list))
	if err != nil {
		return err
	}
	for i, o := range opened {
		list[i].Words, list[i].Open = o.Words, o.Open
	}
	return nil
}

// papersOf returns points as the gate knows them.
func papersOf(study string, list []Point) []consent.Paper {
	papers := make([]consent.Paper, len(list))
	for i, p := range list {
		papers[i] = consent.Paper{Ref: consent.Ref{Kind: PointKind, ID: p.ID}, Table: "matrix_text", Column: "words", Row: p.ID,
			Key: p.key, Sealed: p.sealed, Writer: p.Writer, Readers: []consent.Audience{{Kind: consent.ToAnalysts, ID: study}}}
	}
	return papers
}
