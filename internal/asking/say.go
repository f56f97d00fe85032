package asking

import (
	"errors"
	"strconv"

	"footing/internal/circle"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/unsaved"
	"footing/internal/web"
	"footing/internal/web/look"
)

// sayForm is what one of the women says to a request. Round is the one she read.
type sayForm struct {
	Says  string `form:"says"`
	Words string `form:"words" max:"2000"`
	Round int64  `form:"round"`
}

func (f sayForm) place(q *web.Request) string { return "say/" + q.Path("ask") }

// hearing returns a request that one of the women can still say something to, what she said before, and
// its text.
func (r *Room) hearing(q *web.Request) (req Request, hers Says, text Text, err error) {
	ctx := q.Context()
	err = r.DB.Read(ctx, func(tx *store.Tx) error {
		if req, err = r.get(ctx, tx, q.Viewer, q.Path("ask")); err != nil {
			return err
		}
		if stage := req.Round.Stage(q.Now()); req.Asker == q.Viewer.ID || (stage != Waiting && stage != Out) {
			return fault.Missing
		}
		list, err := listSaid(ctx, tx, q.Partnership(), req.ID)
		hers = byWhom(list)[q.Viewer.ID]
		return err
	})
	if err != nil {
		return req, hers, text, err
	}
	shown, err := r.texts(ctx, q.Viewer, []Request{req})
	if err != nil {
		return req, hers, text, err
	}
	return req, hers, shown[0].Value, nil
}

func newSayPage(q *web.Request, req Request, text Text, asker string, f sayForm) form {
	t, at := q.Words.T, "/asks/"+req.ID+"/say"
	p := form{Title: look.Title{Text: t("asking.say_heading"), Lead: text.Title}, Action: at, Keep: at + "/keep",
		Notes: []look.Note{{Title: t("asking.say_title"), Text: t("asking.say_text", "name", asker)}},
		Acts:  []look.Button{{Text: t("asking.say_it")}, {Text: t("asking.say_nothing_now"), Look: look.Second, Href: "/asks/" + req.ID}}}
	round := look.Carry("round", strconv.FormatInt(req.Round.N, 10))
	if req.Round.Stage(q.Now()) == Out {
		p.Asks = []look.Ask{round, look.Choose(look.Choice{Name: "says", Legend: t("asking.says"), Options: options(q, "asking.says_", []Says{Not})})}
		return p
	}
	words := box(q, "words", f.Words, 3, 2000)
	words.WhoTitle, words.Who = t("asking.who_title"), t("asking.words_who", "name", asker)
	p.Asks = []look.Ask{round, look.Choose(look.Choice{Name: "says", Legend: t("asking.says"), Options: options(q, "asking.says_", []Says{Fine, Change, Not}, Says(f.Says))}), look.Write(words)}
	p.Draft = q.Draft()
	return p
}

func (r *Room) showSay(q *web.Request) (web.Answer, error) {
	req, hers, text, err := r.hearing(q)
	if err != nil {
		return nil, err
	}
	f, _, err := unsaved.Kept[sayForm](q.Context(), r.unsaved(), q.Viewer, sayForm{}.place(q))
	if err != nil {
		return nil, err
	}
	if f.Says == "" {
		f.Says = string(hers)
	}
	asker, err := r.nameOf(q, req.Asker)
	return q.Show("form", newSayPage(q, req, text, asker, f)), err
}

func (r *Room) nameOf(q *web.Request, id person.ID) (string, error) {
	var who circle.Person
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		who, err = r.Circle.Get(q.Context(), tx, q.Partnership(), id)
		return err
	})
	return who.Name, err
}

// keepSay saves what she would change while she types it. What she ticked is not kept: it could be "not
// this", and that is nobody's.
func (r *Room) keepSay(q *web.Request) (web.Answer, error) {
	f, _ := web.Parse[sayForm](q)
	if _, _, _, err := r.hearing(q); err != nil {
		return nil, err
	}
	f.Says = ""
	return web.Data("kept"), r.unsaved().Keep(q.Context(), q.Viewer, f.place(q), f)
}

// say takes in what she says. It is out of her way afterwards, whatever it was.
func (r *Room) say(q *web.Request) (web.Answer, error) {
	req, _, text, err := r.hearing(q)
	if err != nil {
		return nil, err
	}
	asker, err := r.nameOf(q, req.Asker)
	if err != nil {
		return nil, err
	}
	f, problem := web.Parse[sayForm](q)
	name := "words"
	if problem == nil {
		if problem = r.Say(q.Context(), q.Viewer, req.ID, f.Round, Says(f.Says), f.Words); errors.Is(problem, ErrNothing) {
			name = "says"
		}
	}
	if problem != nil {
		return newSayPage(q, req, text, asker, f).again(q, name, problem)
	}
	if err := r.unsaved().Drop(q.Context(), q.Viewer, f.place(q)); err != nil {
		return nil, err
	}
	return web.GoSaying("/asks/"+req.ID, "asking.said"), r.aside(q.Context(), q.Viewer, asideSay(req.ID, req.Round.N))
}

// asideSay is how a round is put out of the way of one who has said something to it.
func asideSay(ask string, round int64) string { return "say/" + roundRow(ask, round) }
