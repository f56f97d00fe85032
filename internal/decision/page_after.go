package decision

import (
	"errors"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/unsaved"
	"footing/internal/web"
	"footing/internal/web/look"
)

// openIt opens what was put forward. What keeps it from opening is said on its own page.
func (r *Room) openIt(q *web.Request) (web.Answer, error) {
	id := q.Path("decision")
	err := r.Open(q.Context(), q.Viewer, id)
	if said, ok := errors.AsType[*fault.Error](err); ok && (fault.KindOf(err) == fault.Conflict || fault.KindOf(err) == fault.Invalid) {
		return web.GoSaying("/decide/"+id, said.Say), nil
	}
	return web.GoSaying("/decide/"+id, "decision.is_open"), err
}

// again begins another decision that opens this one again, with its words to begin from. They have to be changed
// before it can be put forward.
func (r *Room) again(q *web.Request) (web.Answer, error) {
	d, text, err := r.load(q.Context(), q.Viewer, q.Path("decision"))
	if err == nil && !d.Course.Over() {
		err = ErrSettled
	}
	if err != nil {
		return nil, err
	}
	text.Interest, text.Rung = "", 0 // these are hers to say, and not those of whoever wrote it before
	id, err := r.Begin(q.Context(), q.Viewer, d.ID, text)
	return web.GoSaying("/decide/"+id+"/part/1", "decision.again_begun"), err
}

// replyForm is what the writer answers to a doubt.
type replyForm struct {
	Words string `form:"reply" max:"2000"`
}

func (r *Room) newReplyPage(q *web.Request, d Decision, doubt Doubt, f replyForm) (form, error) {
	t, at := q.Words.T, "/decide/"+d.ID+"/reply/"+doubt.ID
	words, err := consent.ValueOf[string](q.Context(), r.Gate, q.Viewer, doubt.paper())
	if err != nil {
		return form{}, err
	}
	var names map[person.ID]string
	err = r.DB.Read(q.Context(), func(tx *store.Tx) (err error) {
		names, err = r.Circle.Names(q.Context(), tx, q.Partnership())
		return err
	})
	b := box(q, "reply", f.Words, 3, 2000)
	b.WhoTitle, b.Who = t("decision.who_title"), t("decision.reply_who")
	return form{Title: look.Title{Text: t("decision.reply_heading"), Lead: t("decision.reply_lead")}, Notes: []look.Note{{Title: t("decision.reply_asks", "name", name(q, names, doubt.Person)), Text: words}}, Action: at, Keep: at + "/keep",
		Draft: q.Draft(), Asks: []look.Ask{look.Write(b)}, Acts: []look.Button{{Text: t("decision.say_it")}, {Text: t("decision.not_now"), Look: look.Second, Href: "/decide/" + d.ID}}}, err
}

func (r *Room) showReply(q *web.Request) (web.Answer, error) {
	d, doubt, err := r.doubted(q.Context(), q.Viewer, q.Path("decision"), q.Path("doubt"))
	if err != nil {
		return nil, err
	}
	f, _, err := unsaved.Kept[replyForm](q.Context(), r.unsaved(), q.Viewer, "reply/"+doubt.ID)
	if err != nil {
		return nil, err
	}
	p, err := r.newReplyPage(q, d, doubt, f)
	return q.Show("form", p), err
}

func (r *Room) keepReply(q *web.Request) (web.Answer, error) {
	_, doubt, err := r.doubted(q.Context(), q.Viewer, q.Path("decision"), q.Path("doubt"))
	if err != nil {
		return nil, err
	}
	f, _ := web.Parse[replyForm](q)
	return web.Data("kept"), r.unsaved().Keep(q.Context(), q.Viewer, "reply/"+doubt.ID, f)
}

func (r *Room) reply(q *web.Request) (web.Answer, error) {
	d, doubt, err := r.doubted(q.Context(), q.Viewer, q.Path("decision"), q.Path("doubt"))
	if err != nil {
		return nil, err
	}
	f, problem := web.Parse[replyForm](q)
	if problem == nil {
		problem = r.Reply(q.Context(), q.Viewer, d.ID, doubt.ID, f.Words)
	}
	if problem != nil {
		p, err := r.newReplyPage(q, d, doubt, f)
		if err != nil {
			return nil, err
		}
		return p.again(q, "reply", problem)
	}
	return web.GoSaying("/decide/"+d.ID, "decision.said_done"), r.unsaved().Drop(q.Context(), q.Viewer, "reply/"+doubt.ID)
}

// afterForm is what the writer tells: whose advice she follows while it is open, and what changed once it is
// closed.
type afterForm struct {
	Whose  string `form:"whose" max:"1000"`
	WhyNot string `form:"why_not" max:"1000"`
	After  string `form:"after" max:"2000"`
}

// telling returns a decision of hers of which there is something to tell.
func (r *Room) telling(q *web.Request) (d Decision, f afterForm, err error) {
	if _, _, err := r.due(q); err != nil {
		return d, f, err
	}
	d, _, err = r.mine(q.Context(), q.Viewer, q.Path("decision"))
	heeds := d.Course.Open() && d.Frame.Method == Advice
	if err == nil && d.Course.Stage != Closed && !heeds {
		err = fault.Missing
	}
	switch {
	case err != nil:
	case heeds && d.heed.there():
		var h Heed
		h, err = consent.ValueOf[Heed](q.Context(), r.Gate, q.Viewer, d.heeded())
		f.Whose, f.WhyNot = h.Whose, h.WhyNot
	case d.after.there():
		f.After, err = consent.ValueOf[string](q.Context(), r.Gate, q.Viewer, d.changed())
	}
	return d, f, err
}

func newAfterPage(q *web.Request, d Decision, f afterForm) form {
	t, at := q.Words.T, "/decide/"+d.ID+"/after"
	ask := func(name, value string) look.Ask {
		b := box(q, name, value, 3, 1000)
		b.WhoTitle, b.Who = t("decision.who_title"), t("decision.reply_who")
		return look.Write(b)
	}
	p := form{Title: look.Title{Text: t("decision.after_heading"), Lead: t("decision.after_lead")}, Action: at, Keep: at + "/keep", Draft: q.Draft(),
		Asks: []look.Ask{ask("after", f.After)}, Acts: []look.Button{{Text: t("decision.say_it")}, {Text: t("decision.not_now"), Look: look.Second, Href: "/decide/" + d.ID}}}
	if d.Course.Stage != Closed {
		p.Title = look.Title{Text: t("decision.heed_heading"), Lead: t("decision.heed_lead")}
		p.Asks = []look.Ask{ask("whose", f.Whose), ask("why_not", f.WhyNot)}
	}
	return p
}

func (r *Room) showAfter(q *web.Request) (web.Answer, error) {
	d, f, err := r.telling(q)
	if err != nil {
		return nil, err
	}
	if typed, there, err := unsaved.Kept[afterForm](q.Context(), r.unsaved(), q.Viewer, "after/"+d.ID); err != nil {
		return nil, err
	} else if there {
		f = typed
	}
	return q.Show("form", newAfterPage(q, d, f)), nil
}

func (r *Room) keepAfter(q *web.Request) (web.Answer, error) {
	d, _, err := r.telling(q)
	if err != nil {
		return nil, err
	}
	f, _ := web.Parse[afterForm](q)
	return web.Data("kept"), r.unsaved().Keep(q.Context(), q.Viewer, "after/"+d.ID, f)
}

func (r *Room) after(q *web.Request) (web.Answer, error) {
	d, _, err := r.telling(q)
	if err != nil {
		return nil, err
	}
	f, problem := web.Parse[afterForm](q)
	name := "after"
	switch {
	case problem != nil:
	case d.Course.Stage == Closed:
		problem = r.Tell(q.Context(), q.Viewer, d.ID, f.After)
	default:
		name, problem = "whose", r.Follow(q.Context(), q.Viewer, d.ID, Heed{f.Whose, f.WhyNot})
	}
	if problem != nil {
		return newAfterPage(q, d, f).again(q, name, problem)
	}
	return web.GoSaying("/decide/"+d.ID, "decision.said_done"), r.unsaved().Drop(q.Context(), q.Viewer, "after/"+d.ID)
}
