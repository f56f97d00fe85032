package asking

import (
	"context"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/unsaved"
	"footing/internal/web"
	"footing/internal/web/look"
)

// tellForm is what came of a request, as its asker tells it.
type tellForm struct {
	Title string `form:"entry_title" max:"120"`
	Known string `form:"told" max:"800"`
	Stop  bool   `form:"stop" json:"-"`
}

func (f tellForm) place(q *web.Request) string { return "told/" + q.Path("ask") }

// Tell ends a request that was out: what came of it goes on the shelf, for everybody. It is told once and
// can be mended there.
func (r *Room) Tell(ctx context.Context, v person.Viewer, id string, title, told string) error {
	req, _, err := r.mine(ctx, v, id)
	if err != nil {
		return err
	}
	if req.Round.TellBy(r.Now()).IsZero() || req.Entry != "" {
		return fault.Missing
	}
	entry := store.RandomID()
	return r.write(ctx, v, entry, 0, Known{Title: title, Known: told, From: FromAsk}, func(tx *store.Tx) error {
		req, err := r.lock(ctx, tx, v.Partnership, id)
		if err == nil && req.Entry != "" {
			err = ErrSettled // the same button, pressed twice
		}
		if err != nil {
			return err
		}
		req.Entry = entry
		return updateAsk(ctx, tx, v.Partnership, req)
	})
}

func newTellPage(q *web.Request, id string, f tellForm) form {
	t, at := q.Words.T, "/asks/"+id+"/told"
	told := box(q, "told", f.Known, 5, 800)
	told.WhoTitle, told.Who = t("asking.who_title"), t("asking.known_who")
	return form{Title: look.Title{Text: t("asking.tell_heading"), Lead: t("asking.tell_lead")}, Action: at, Keep: at + "/keep", Draft: q.Draft(),
		Asks: []look.Ask{look.Write(line(q, "entry_title", f.Title)), look.Write(told)},
		Acts: []look.Button{{Text: t("asking.tell_save")}, {Text: t("asking.stop"), Look: look.Second, Name: "stop", Value: "1"}}}
}

// telling returns a request of hers of which something is to be told.
func (r *Room) telling(q *web.Request) (Request, Text, error) {
	req, text, err := r.mine(q.Context(), q.Viewer, q.Path("ask"))
	if err == nil && (req.Round.TellBy(q.Now()).IsZero() || req.Entry != "") {
		err = fault.Missing
	}
	return req, text, err
}

func (r *Room) showTell(q *web.Request) (web.Answer, error) {
	req, text, err := r.telling(q)
	if err != nil {
		return nil, err
	}
	f, there, err := unsaved.Kept[tellForm](q.Context(), r.unsaved(), q.Viewer, tellForm{}.place(q))
	if !there {
		f.Title = text.Title
	}
	return q.Show("form", newTellPage(q, req.ID, f)), err
}

func (r *Room) keepTell(q *web.Request) (web.Answer, error) {
	f, _ := web.Parse[tellForm](q)
	if _, _, err := r.telling(q); err != nil {
		return nil, err
	}
	return web.Data("kept"), r.unsaved().Keep(q.Context(), q.Viewer, f.place(q), f)
}

func (r *Room) tell(q *web.Request) (web.Answer, error) {
	req, _, err := r.telling(q)
	if err != nil {
		return nil, err
	}
	f, problem := web.Parse[tellForm](q)
	if err := r.unsaved().Keep(q.Context(), q.Viewer, f.place(q), f); err != nil {
		return nil, err
	}
	if f.Stop {
		return web.GoSaying("/asks/"+req.ID, "web.draft_saved"), nil
	}
	if problem == nil {
		problem = r.Tell(q.Context(), q.Viewer, req.ID, f.Title, f.Known)
	}
	if problem != nil {
		name := "told"
		if f.Title == "" {
			name = "entry_title"
		}
		return newTellPage(q, req.ID, f).again(q, name, problem)
	}
	return web.GoSaying("/asks/"+req.ID, "asking.told_done"), r.unsaved().Drop(q.Context(), q.Viewer, f.place(q))
}
