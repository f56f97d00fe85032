package source

import (
	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/store"
	"footing/internal/web"
)

type offerAnswer struct {
	Marked bool `form:"marked"`
}

// offer offers a source for analysis once its keeper says that she has marked every place that speaks of
// a member. While nobody in it has said yes, somebody was not told the limits before an interview, or the study does
// not run, it is kept as marked and waits.
func (r *Room) offer(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[offerAnswer](q)
	if err != nil {
		return nil, err
	}
	k, err := r.keeps(q)
	if err != nil {
		return nil, err
	}
	here := "/source/" + string(k.ID)
	if !f.Marked {
		return r.notYet(q, k, errNotMarked)
	}
	still, err := r.mayOffer(q.Context(), q.Viewer, k.Source)
	if err != nil {
		return r.notYet(q, k, err)
	}
	if k.shut() {
		return nil, errNotAllowed
	}
	to, said := Offered, "source.offered"
	if yes, err := r.anyYes(q, k); err != nil {
		return nil, err
	} else if !yes || !k.study.Runs(q.Now()) {
		to, said = Marked, "source.waits"
	}
	if len(k.untold) > 0 {
		to, said = Marked, "source.waits_untold"
	}
	if k.State == to { // the same button, pressed twice
		return web.GoSaying(here, said), nil
	}
	err = r.db.Write(q.Context(), func(tx *store.Tx) error {
		if err := still(tx); err != nil {
			return err
		}
		return r.sources.Move(q.Context(), tx, q.Partnership(), k.Source, to)
	})
	return web.GoSaying(here, said), err
}

// notYet says on the page why a source cannot be offered.
func (r *Room) notYet(q *web.Request, k kept, why error) (web.Answer, error) {
	if q.WantsData() || fault.KindOf(why) != fault.Invalid {
		return nil, why
	}
	p, err := r.newOnePage(q, k, say(q, why))
	if err != nil {
		return nil, err
	}
	return q.Again("one", p), nil
}

// anyYes reports whether a part that is not taken back, of somebody who did not only ask, may be analysed
// in the study.
func (r *Room) anyYes(q *web.Request, k kept) (bool, error) {
	for _, part := range k.parts {
		if part.Role == consent.Interviewer || k.closedTurns(part) == part.Turns {
			continue // whoever asked is not what a source is about
		}
		terms, err := r.termsOf(q, k, part)
		if err != nil {
			return false, err
		}
		if _, yes := Analysable(terms, k.Study, q.Now()); yes {
			return true, nil
		}
	}
	return false, nil
}

// close takes a source out of analysis. What was made of it stays with those who made it, as terms allow.
func (r *Room) close(q *web.Request) (web.Answer, error) {
	k, err := r.keeps(q)
	if err != nil {
		return nil, err
	}
	return web.GoSaying("/source/"+string(k.ID), "source.closed_said"), r.moveTo(q, k.Source, Closed)
}

// moveTo moves a source unless it is there already.
func (r *Room) moveTo(q *web.Request, src Source, to State) error {
	if src.State == to {
		return nil
	}
	return r.db.Write(q.Context(), func(tx *store.Tx) error {
		return r.sources.Move(q.Context(), tx, q.Partnership(), src, to)
	})
}
