package coding

import (
	"context"
	"fmt"
	"slices"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/source"
	"footing/internal/store"
)

// firstPassages is how many passages a theme's page shows before it is asked for all.
const firstPassages = 50

// themeCodings is what is indexed under one theme, source by source in the order of the list of sources.
type themeCodings struct {
	frame   Frame
	theme   Theme
	names   map[person.ID]string
	sources []source.Source
	counts  map[consent.ID]int // by source, opened or not: for choosing which sources to open
	stale   bool               // something was indexed under an older definition
}

// themeOf finds a theme with the sources that have something under it, for one of the study's analysts.
func (r *Room) themeOf(ctx context.Context, v person.Viewer, study, id string) (themeCodings, error) {
	var t themeCodings
	err := r.db.Read(ctx, func(tx *store.Tx) error {
		if _, err := r.studies.For(ctx, tx, v, study); err != nil {
			return err
		}
		var err error
		if t.frame, err = r.Frame(ctx, tx, v.Partnership, study); err != nil {
			return err
		}
		if t.theme, err = t.frame.find(id); err != nil {
			return err
		}
		if t.names, err = r.circle.Names(ctx, tx, v.Partnership); err != nil {
			return err
		}
		if t.counts, t.stale, err = perSource(ctx, tx, v.Partnership, study, t.theme); err != nil {
			return err
		}
		t.sources, err = r.sources.Offered(ctx, tx, v.Partnership, study)
		return err
	})
	t.sources = slices.DeleteFunc(t.sources, func(s source.Source) bool { return t.counts[s.ID] == 0 })
	return t, err
}

// openedSource is one opened source with the codings that show, in the order of the text.
type openedSource struct {
	*document
	list []Coding
}

// How many sources an export and a page have open at once. A page holds all that it shows anyway.
const (
	batch   = 10
	perPage = 128
)

// openBatch opens what is indexed in some sources with one call of the gate: the turns that passages
// stand in, and no other. What is shut altogether is left out.
func (r *Room) openBatch(ctx context.Context, v person.Viewer, f Frame, act consent.Act, list []source.Source, only Filter) ([]openedSource, error) {
	byID := make(map[consent.ID]source.Source, len(list))
	for _, s := range list {
		only.Contributions = append(only.Contributions, s.ID)
		byID[s.ID] = s
	}
	codings, err := r.codingsBySource(ctx, v.Partnership, f.Study, only)
	if err != nil {
		return nil, err
	}
	var turns []consent.ID
	for _, id := range only.Contributions {
		for _, c := range codings[id] {
			for _, p := range c.Parts {
				turns = append(turns, p.Turn)
			}
		}
	}
	words, err := r.gate.OpenTurns(ctx, v, use(f.Study, consent.Words), act, turns...)
	if err != nil {
		return nil, fmt.Errorf("opening passages: %w", err)
	}
	opened := make([]openedSource, len(words))
	for i, w := range words {
		d := &document{frame: f, source: byID[w.ID], codings: codings[w.ID]}
		d.hold(w)
		opened[i] = openedSource{d, d.byPlace(slices.DeleteFunc(d.codings, func(c Coding) bool { return !d.shows(c) }))}
	}
	return opened, nil
}

func (r *Room) codingsBySource(ctx context.Context, p person.Partnership, study string, only Filter) (map[consent.ID][]Coding, error) {
	codings := map[consent.ID][]Coding{}
	return codings, r.db.Read(ctx, func(tx *store.Tx) error {
		all, err := r.Codings(ctx, tx, p, study, only)
		for len(all) > 0 { // they come source by source
			id, n := all[0].Contribution, 1
			for n < len(all) && all[n].Contribution == id {
				n++
			}
			codings[id], all = all[:n:n], all[n:]
		}
		return err
	})
}
