package byhand

import (
	"net/url"
	"slices"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// besidePage lists what waits for the yes of whoever sat beside.
type besidePage struct {
	Title   look.Title
	Waiting []waiting
	None    string
}

// waiting is one entry as the person beside is asked about it: her choices, not her words. She heard those.
type waiting struct {
	Heading string
	Summary look.Summary
	Action  string
	Acts    []look.Button
}

func (r *Room) showBeside(q *web.Request) (web.Answer, error) {
	t := q.Words.T
	p := besidePage{Title: look.Title{Text: t("byhand.beside_heading"), Lead: t("byhand.beside_lead")}, None: t("byhand.beside_none")}
	var list []Entry
	var names map[person.ID]string
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		if list, err = r.waiting(q, tx); err != nil {
			return err
		}
		names, err = r.Circle.Names(q.Context(), tx, q.Partnership())
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, e := range list {
		w, err := r.newWaiting(q, e, names)
		if err != nil {
			return nil, err
		}
		p.Waiting = append(p.Waiting, w)
	}
	return q.Show("beside", p), nil
}

// waiting lists what waits for the viewer's yes. A task that stays among some waits for nobody who is not one of
// them any more.
func (r *Room) waiting(q *web.Request, tx *store.Tx) ([]Entry, error) {
	list, err := waitingBeside(q.Context(), tx, q.Partnership(), q.Viewer.ID)
	return slices.DeleteFunc(list, func(e Entry) bool { _, err := r.printable(q, e.Twin); return err != nil }), err
}

func (r *Room) newWaiting(q *web.Request, e Entry, names map[person.ID]string) (waiting, error) {
	t := q.Words.T
	twin, err := r.twin(q, e.Twin)
	if err != nil {
		return waiting{}, err
	}
	name := names[e.Person]
	if name == "" {
		name = t("byhand.somebody_new")
	}
	w := waiting{Heading: t("byhand.beside_what", "name", name, "what", t(twin.Title)), Action: "/paper/beside/" + e.ID,
		Acts: []look.Button{{Text: t("byhand.beside_yes"), Name: "yes", Value: "1"}, {Text: t("byhand.beside_no"), Look: look.Second, Name: "no", Value: "1"}}}
	w.Summary.Rows = []look.SummaryRow{{Term: t("byhand.written_by"), Value: names[e.Hand.By]}, {Term: t("byhand.when"), Value: q.Words.Date(e.Made)}}
	answers, err := r.answers(q, e)
	if err != nil {
		return w, err
	}
	her := person.Viewer{Partnership: q.Partnership()}
	if e.Person != "" {
		if her, err = r.her(q, e); err != nil {
			return w, err
		}
	}
	asked, err := twin.Ask(q.As(her, nil), e.about(answers))
	if err != nil {
		return w, err
	}
	if asked.About != "" {
		w.Summary.Rows = append(w.Summary.Rows, look.SummaryRow{Term: t("byhand.beside_about"), Value: asked.About})
	}
	for _, a := range asked.Asks {
		if a.Choice == nil {
			continue
		}
		if said := a.Said(answers); len(said) > 0 {
			w.Summary.Rows = append(w.Summary.Rows, look.SummaryRow{Term: a.Choice.Legend, Values: said})
		}
	}
	return w, nil
}

// her returns the person an entry is for as its hand acts for her.
func (r *Room) her(q *web.Request, e Entry) (person.Viewer, error) {
	var her person.Viewer
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		if her, err = r.Circle.Viewer(q.Context(), tx, q.Partnership(), e.Person); err == nil && !her.Known() {
			err = fault.Missing
		}
		return err
	})
	her.Hand = e.Hand
	return her, err
}

// answers opens what was taken down. The person beside her and whoever wrote it down may.
func (r *Room) answers(q *web.Request, e Entry) (url.Values, error) {
	readers := []consent.Audience{{Kind: consent.ToPerson, ID: string(e.Hand.Beside)}, {Kind: consent.ToPerson, ID: string(e.Hand.By)}}
	opened, err := consent.Values[url.Values](q.Context(), r.Gate, q.Viewer, []consent.Paper{{
		Table: "byhand_entry", Column: "answers", Row: e.ID, Key: e.key, Sealed: e.sealed, Writer: e.Person, Readers: readers}})
	if err != nil {
		return nil, err
	}
	if !opened[0].OK {
		return nil, fault.Missing
	}
	return opened[0].Value, nil
}

type besideForm struct {
	Yes bool `form:"yes"`
	No  bool `form:"no"`
}

// sayBeside carries an entry out with the yes of whoever sat beside her, or drops it with her no.
func (r *Room) sayBeside(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[besideForm](q)
	if err != nil {
		return nil, err
	}
	var e Entry
	err = r.DB.Read(q.Context(), func(tx *store.Tx) error {
		e, err = getEntry(q.Context(), tx, q.Partnership(), q.Path("entry"))
		return err
	})
	if err != nil || e.Hand.Beside != q.Viewer.ID || e.State != Waiting || f.Yes == f.No {
		return nil, fault.Missing
	}
	twin, err := r.printable(q, e.Twin)
	if err != nil {
		return nil, err
	}
	if f.No {
		return web.GoSaying("/paper/beside", "byhand.dropped"), r.end(q, e)
	}
	answers, err := r.answers(q, e)
	if err != nil {
		return nil, err
	}
	her := person.Viewer{Partnership: q.Partnership(), Hand: e.Hand}
	if !twin.Newcomer {
		if her, err = r.her(q, e); err != nil {
			return nil, err
		}
	}
	if err := r.move(q, e, Waiting, Doing); err != nil {
		return nil, err
	}
	if err := r.carryOut(q, e, twin, her, answers); err != nil {
		if back := r.move(q, e, Doing, Waiting); back != nil {
			return nil, back
		}
		return nil, err
	}
	return web.GoSaying("/paper/beside", "byhand.done"), nil
}

func (r *Room) move(q *web.Request, e Entry, from, to State) error {
	return r.DB.Write(q.Context(), func(tx *store.Tx) error { return claim(q.Context(), tx, q.Partnership(), e.ID, from, to) })
}

// end drops an entry that waits.
func (r *Room) end(q *web.Request, e Entry) error {
	return r.DB.Write(q.Context(), func(tx *store.Tx) error {
		if err := endEntry(q.Context(), tx, q.Partnership(), e.ID, Dropped, e.Thing, r.Now()); err != nil {
			return err
		}
		return r.Gate.Doom(q.Context(), tx, q.Partnership(), e.key)
	})
}
