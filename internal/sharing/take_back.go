package sharing

import (
	"footing/internal/consent"
	"footing/internal/web"
)

type backAnswer struct {
	Erase bool `form:"erase"`
}

// takeBack shuts it everywhere at once. No reason is asked. Erasing at once cannot be undone, which the
// button says.
func (r *Room) takeBack(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[backAnswer](q)
	if err != nil {
		return nil, err
	}
	m, err := r.hers(q.Context(), q, consent.ID(q.Path("contribution")))
	if err != nil {
		return nil, err
	}
	if _, taken := m.whole(); !taken || f.Erase {
		part := consent.Part{Contribution: m.c.ID, Speaker: m.speaker.ID}
		if err := r.gate.TakeBack(q.Context(), q.Viewer, part, f.Erase); err != nil {
			return nil, err
		}
	}
	return web.GoSaying("/share/"+string(m.c.ID), "sharing.taken_back"), nil
}

// bringBack undoes taking back, as if nothing had been.
func (r *Room) bringBack(q *web.Request) (web.Answer, error) {
	m, err := r.hers(q.Context(), q, consent.ID(q.Path("contribution")))
	if err != nil {
		return nil, err
	}
	err = r.gate.BringBack(q.Context(), q.Viewer, consent.Part{Contribution: m.c.ID, Speaker: m.speaker.ID})
	return web.GoSaying("/share/"+string(m.c.ID), "sharing.brought_back"), err
}
