package interview

import (
	"footing/internal/store"
	"footing/internal/web"
)

type shownForm struct {
	Version int64  `form:"version"`
	Way     string `form:"way"` // of whoever writes it down for her
}

// shown keeps that she was shown the limits: she says it herself, or whoever asks says how she was told. What counts
// by now is shown first where it says something else than what stood on the page.
func (r *Room) shown(q *web.Request) (web.Answer, error) {
	t, err := r.talk(q, q.Path("talk"))
	if err != nil {
		return nil, err
	}
	f, err := web.Parse[shownForm](q)
	if err == nil {
		err = r.keepShown(q, t, f)
	}
	if err != nil {
		return r.againTalk(q, err)
	}
	return web.GoSaying("/talks/"+t.ID, "interview.kept"), nil
}

// keepShown keeps it in the viewer's name. From paper it comes with how she was told.
func (r *Room) keepShown(q *web.Request, t talk, f shownForm) error {
	switch {
	case !t.Begun.IsZero() || t.Ready(t.now.Version): // the same button, pressed twice
		return nil
	case f.Version != t.now.Version:
		return errNewer
	case q.Viewer.Hand.Way != "":
		f.Way = q.Viewer.Hand.Way
	case t.Asker != q.Viewer.ID:
		f.Way = toldOnScreen
	}
	by := q.Viewer.ID
	if q.Viewer.Hand.By != "" {
		by = q.Viewer.Hand.By
	}
	i, err := t.Show(f.Version, f.Way, by, q.Now())
	if err != nil {
		return err
	}
	return r.DB.Write(q.Context(), func(tx *store.Tx) error { return saveInterview(q.Context(), tx, q.Partnership(), i) })
}

// dropTalk calls it off: whoever is asked, before it begins and without a reason, or whoever asks.
func (r *Room) dropTalk(q *web.Request) (web.Answer, error) {
	t, err := r.talk(q, q.Path("talk"))
	if err != nil {
		return nil, err
	}
	back := "/"
	if t.Asker == q.Viewer.ID {
		back = "/talks"
	} else if !t.Begun.IsZero() {
		return nil, errBegun
	}
	return web.GoSaying(back, "interview.dropped"), r.DB.Write(q.Context(), func(tx *store.Tx) error {
		return dropInterview(q.Context(), tx, q.Partnership(), t.ID)
	})
}
