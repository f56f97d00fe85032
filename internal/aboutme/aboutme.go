// Package aboutme is where a member answers for passages that speak of her in somebody else's words: in a
// note, an interview, the record of a meeting. Whoever keeps such a record marks them before it is
// analysed; what she answers is obeyed at the gate, and silence is no.
//
// She sees where she is spoken of and what became of each place, never what is said there or by whom:
// those words are somebody else's, on that person's terms.
package aboutme

import (
	"embed"
	"io/fs"
	"net/url"

	"footing/internal/circle"
	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

//go:embed pages/*.html words/*.toml
var files embed.FS

// Deps is what the room stands on.
type Deps struct {
	DB     *store.DB
	Gate   *consent.Gate
	Circle *circle.Circle
}

// Room is words about a member.
type Room struct{ Deps }

// New returns the room.
func New(d Deps) *Room { return &Room{d} }

// Web returns the room's routes and files.
func (r *Room) Web() web.Room {
	sub := func(dir string) fs.FS { f, _ := fs.Sub(files, dir); return f }
	own := web.Members(web.Own)
	return web.Room{Name: "aboutme", Pages: sub("pages"), Words: sub("words"), Twins: r.twins(), Routes: []web.Route{
		{Pattern: "GET /me/about", Allow: own, Title: "aboutme.title", Weight: web.Member, Do: r.show, Twin: "about"},
		{Pattern: "POST /me/about", Closes: true, Allow: own, Title: "aboutme.title", Weight: web.Nothing, Do: r.answer, Twin: "about"},
		{Pattern: "POST /me/about/{place}", Closes: true, Allow: own, Title: "aboutme.title", Weight: web.Nothing, Do: r.answerPlace, Twin: "about"},
	}}
}

// answers are what she can say, the least first.
var answers = []consent.Answer{consent.AnswerNo, consent.AnswerAsk, consent.AnswerVeiled, consent.AnswerYes}

// key returns an answer as a part of a catalogue key.
func key(a consent.Answer) string {
	return map[consent.Answer]string{consent.AnswerNo: "no", consent.AnswerAsk: "ask", consent.AnswerVeiled: "veiled", consent.AnswerYes: "yes"}[a]
}

// A State says what is the case with one place.
type State string

// The states of a place.
const (
	Shut  State = "shut"  // nobody else sees it
	Open  State = "open"  // it is seen where the speaker's own terms allow
	Asks  State = "asks"  // it is shut, and she wanted to be asked about it
	Taken State = "taken" // the speaker has taken it back
)

// StateOf returns what is the case with a place under her standing answer.
func StateOf(p consent.Place, standing consent.Answer) State {
	switch {
	case p.Taken:
		return Taken
	case p.Own == consent.AnswerYes, p.Own == "" && standing == consent.AnswerYes:
		return Open
	case p.Own == "" && (standing == consent.AnswerAsk || standing == consent.AnswerVeiled):
		return Asks
	}
	return Shut
}

// page is hers alone.
type page struct {
	Title  look.Title
	Answer look.Choice
	Acts   []look.Button
	Head   string
	Places []placeCard
	None   string
}

type placeCard struct {
	look.Card
	Action string
	Acts   []look.Button
}

func (r *Room) load(q *web.Request) (standing consent.Answer, places []consent.Place, names map[person.ID]string, err error) {
	err = r.DB.Read(q.Context(), func(tx *store.Tx) error {
		if standing, err = r.Gate.AnswerOf(q.Context(), tx, q.Partnership(), q.Viewer.ID); err != nil {
			return err
		}
		if places, err = r.Gate.PlacesAbout(q.Context(), tx, q.Viewer); err != nil {
			return err
		}
		names, err = r.Circle.Names(q.Context(), tx, q.Partnership())
		return err
	})
	return standing, places, names, err
}

func (r *Room) show(q *web.Request) (web.Answer, error) {
	standing, places, names, err := r.load(q)
	if err != nil {
		return nil, err
	}
	t := q.Words.T
	p := page{Title: look.Title{Text: t("aboutme.heading"), Lead: t("aboutme.lead")}, Answer: question(q, standing),
		Acts: []look.Button{{Text: t("aboutme.save")}}, Head: t("aboutme.places"), None: t("aboutme.none")}
	for _, place := range places {
		p.Places = append(p.Places, newCard(q, place, standing, names))
	}
	return q.Show("about", p), nil
}

func question(q *web.Request, standing consent.Answer) look.Choice {
	t := q.Words.T
	c := look.Choice{Name: "answer", Legend: t("aboutme.question"), Hint: t("aboutme.question_hint")}
	for _, a := range answers {
		c.Options = append(c.Options, look.Option{Value: key(a), Label: t("aboutme.a_" + key(a)), Hint: t("aboutme.a_" + key(a) + "_hint"), Chosen: a == standing})
	}
	return c
}

// newCard says of one place where it stands, who marked it and what became of it.
func newCard(q *web.Request, place consent.Place, standing consent.Answer, names map[person.ID]string) placeCard {
	t := q.Words.T
	state := StateOf(place, standing)
	c := placeCard{Card: look.Card{Title: look.Link{Text: t("aboutme.in_" + string(place.Kind))}, Text: t("aboutme.marked", "by", names[place.By], "date", q.Words.Date(place.Made)),
		Tags: []look.Tag{{Text: t("aboutme.state_" + string(state)), Kind: map[State]look.TagKind{Shut: look.Closed, Open: look.Shared, Asks: look.Wait, Taken: look.Closed}[state]}}}}
	if place.Uses > 0 {
		c.Meta = t("aboutme.uses", "count", place.Uses)
	}
	if state == Taken {
		return c
	}
	c.Action = "/me/about/" + string(place.ID)
	if state != Open {
		c.Acts = append(c.Acts, look.Button{Text: t("aboutme.let"), Name: "answer", Value: "yes", Look: look.Second})
	}
	if state != Shut || place.Own == "" {
		c.Acts = append(c.Acts, look.Button{Text: t("aboutme.keep_shut"), Name: "answer", Value: "no", Look: look.Second})
	}
	return c
}

type answerForm struct {
	Answer string `form:"answer"`
}

// chosen returns the answer that a form's value stands for.
func chosen(value string) (consent.Answer, bool) {
	for _, a := range answers {
		if key(a) == value {
			return a, true
		}
	}
	return "", false
}

// answer keeps her standing answer.
func (r *Room) answer(q *web.Request) (web.Answer, error) {
	_, err := r.enter(q, "")
	return web.GoSaying("/me/about", "aboutme.saved"), err
}

// answerPlace keeps what she says about one place.
func (r *Room) answerPlace(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[answerForm](q)
	if err != nil {
		return nil, err
	}
	a := map[string]consent.Answer{"yes": consent.AnswerYes, "no": consent.AnswerNo}[f.Answer]
	if a == "" {
		return nil, fault.Missing
	}
	err = r.DB.Write(q.Context(), func(tx *store.Tx) error {
		return r.Gate.AnswerPlace(q.Context(), tx, q.Viewer, consent.ID(q.Path("place")), a)
	})
	return web.GoSaying("/me/about", "aboutme.saved"), err
}

// twins is the standing answer on paper.
func (r *Room) twins() []web.Twin {
	return []web.Twin{{Name: "about", Title: "aboutme.twin", Allow: web.Members(web.Own), Gives: gives, Ask: r.ask, Enter: r.enter, At: func(string) string { return "/me/about" }}}
}

// gives reports whether an answer can open anything.
func gives(v url.Values) bool { return v == nil || v.Get("answer") == key(consent.AnswerYes) }

func (r *Room) ask(q *web.Request, _ string) (web.Asked, error) {
	return web.Asked{Notes: []look.Note{{Text: q.Words.T("aboutme.lead")}}, Asks: []look.Ask{look.Choose(question(q, ""))}}, nil
}

var errChoose = fault.New(fault.Invalid, "aboutme.choose")

func (r *Room) enter(q *web.Request, _ string) (string, error) {
	f, err := web.Parse[answerForm](q)
	if err != nil {
		return "", err
	}
	a, ok := chosen(f.Answer)
	if !ok {
		return "", errChoose
	}
	return "", r.DB.Write(q.Context(), func(tx *store.Tx) error {
		return r.Gate.SetAnswer(q.Context(), tx, q.Partnership(), q.Viewer.ID, a)
	})
}
