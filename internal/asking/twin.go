package asking

import (
	"net/url"
	"slices"
	"strings"

	"footing/internal/circle"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// twins is what can be done here on paper.
func (r *Room) twins() []web.Twin {
	woman := web.Only(web.Own, person.LivedExperience)
	return []web.Twin{
		{Name: "known", Title: "asking.twin_known", Allow: asks(web.Any), Gives: web.Always, Ask: r.knownOnPaper, Enter: r.enterKnown,
			At: func(id string) string { return "/known/" + id }},
		{Name: "known-off", Title: "asking.twin_off", Allow: asks(web.Any), Gives: putsBack, Things: r.shelved, Ask: r.offOnPaper, Enter: r.enterOff,
			At: func(id string) string { return "/known/" + id }},
		{Name: "ask", Title: "asking.twin_ask", Allow: asks(web.Own), Gives: web.Always, Ask: r.askOnPaper, Enter: r.enterAsk,
			At: func(id string) string { return "/asks/" + id }},
		{Name: "ask-stop", Title: "asking.twin_stop", Allow: asks(web.Own), Of: "ask", Things: r.hersOut, Ask: stopOnPaper, Enter: r.enterStop,
			At: func(id string) string { return "/asks/" + id }},
		{Name: "ask-how", Title: "asking.how_heading", Allow: woman, Gives: web.Always, Ask: r.howOnPaper, Enter: r.enterHow,
			At: func(string) string { return "/asks/how" }},
		{Name: "say", Title: "asking.twin_say", Allow: woman, Among: isWoman, Gives: letsThrough, Ask: r.sayOnPaper, Enter: r.enterSay,
			At: func(id string) string { return "/asks/" + id }},
		{Name: "asked", Title: "asking.twin_asked", Allow: woman, Gives: choosesAny, Ask: r.aboutOnPaper, Enter: r.enterAbout,
			At: func(string) string { return "/asked/about" }},
	}
}

// letsThrough reports whether what is said helps a request on its way. A change or a "not this" only stops it.
func letsThrough(answers url.Values) bool {
	return answers == nil || answers.Get("says") == string(Fine)
}

// choosesAny reports whether she opens herself to being asked. Choosing nothing only closes.
func choosesAny(answers url.Values) bool { return answers == nil || len(answers["about"]) > 0 }

func (r *Room) knownOnPaper(q *web.Request, _ string) (web.Asked, error) {
	return web.Asked{Notes: []look.Note{{Text: q.Words.T("asking.add_lead")}}, Asks: entryAsks(q, entryForm{})}, nil
}

func (r *Room) enterKnown(q *web.Request, _ string) (string, error) {
	f, err := web.Parse[entryForm](q)
	if err != nil {
		return "", err
	}
	return r.Add(q.Context(), q.Viewer, f.entry())
}

// askOnPaper is the whole form of a request on one sheet.
func (r *Room) askOnPaper(q *web.Request, _ string) (web.Asked, error) {
	at, err := r.around(q.Context(), q)
	a := web.Asked{Notes: []look.Note{{Text: q.Words.T("asking.twin_ask_note")}}}
	for n := 1; n < parts; n++ {
		a.Asks = append(a.Asks, newPart(q, "", n, Text{}, at).Asks...)
	}
	return a, err
}

// errGaps says that something on the sheet of a request was left empty.
var errGaps = fault.New(fault.Invalid, "asking.twin_gaps")

// enterAsk puts the request of a sheet to the women's group. What is missing is asked before.
func (r *Room) enterAsk(q *web.Request, _ string) (string, error) {
	f, err := web.Parse[askForm](q)
	if err != nil {
		return "", err
	}
	var text Text
	for n := 1; n < parts; n++ {
		text = f.into(n, text)
	}
	if len(text.Gaps()) > 0 {
		return "", errGaps
	}
	id, err := r.Begin(q.Context(), q.Viewer, text)
	if err != nil {
		return "", err
	}
	return id, r.Put(q.Context(), q.Viewer, id)
}

// sayOnPaper is the request that has waited for her longest, whole, and the question whether it may be
// asked. The sheet carries which it is, as she may have no page of her own to choose it on.
func (r *Room) sayOnPaper(q *web.Request, _ string) (web.Asked, error) {
	c, _, err := r.choice(q.Context(), q.Viewer)
	if err != nil {
		return web.Asked{}, err
	}
	var waits Request
	var asker circle.Person
	err = r.DB.Read(q.Context(), func(tx *store.Tx) error {
		list, err := r.list(q.Context(), tx, q.Viewer)
		if err != nil {
			return err
		}
		for _, req := range list { // newest first
			if req.Asker != q.Viewer.ID && req.Round.Stage(q.Now()) == Waiting && !slices.Contains(c.Aside, asideSay(req.ID, req.Round.N)) {
				waits = req
			}
		}
		if waits.ID != "" {
			asker, err = r.Circle.Get(q.Context(), tx, q.Partnership(), waits.Asker)
		}
		return err
	})
	if err != nil {
		return web.Asked{}, err
	}
	if waits.ID == "" {
		return web.Asked{Notes: []look.Note{{Text: q.Words.T("asking.twin_say_none")}}}, nil
	}
	shown, err := r.texts(q.Context(), q.Viewer, []Request{waits})
	if err != nil {
		return web.Asked{}, err
	}
	rows, err := r.summary(q, waits, shown[0].Value, "")
	a := web.Asked{Notes: []look.Note{{Text: q.Words.T("asking.twin_say_hand")}, {Text: q.Words.T("asking.twin_say_note")}}}
	for _, row := range rows.Rows {
		a.Notes = append(a.Notes, look.Note{Title: row.Term, Text: strings.Join(row.Values, " ")})
	}
	a.Asks = append(newSayPage(q, waits, shown[0].Value, asker.Name, sayForm{}).Asks, look.Carry("ask", waits.ID))
	return a, err
}

type paperSay struct {
	Ask   string `form:"ask"`
	Says  string `form:"says"`
	Words string `form:"words" max:"2000"`
	Round int64  `form:"round"`
}

func (r *Room) enterSay(q *web.Request, _ string) (string, error) {
	f, err := web.Parse[paperSay](q)
	if err != nil {
		return "", err
	}
	if err := r.Say(q.Context(), q.Viewer, f.Ask, f.Round, Says(f.Says), f.Words); err != nil {
		return "", err
	}
	return f.Ask, r.aside(q.Context(), q.Viewer, asideSay(f.Ask, f.Round))
}

func (r *Room) aboutOnPaper(q *web.Request, _ string) (web.Asked, error) {
	all, err := r.kinds(q)
	if err != nil {
		return web.Asked{}, err
	}
	bring, err := r.bearers(q, "")
	return web.Asked{Notes: []look.Note{{Text: q.Words.T("asking.twin_asked_note")}}, Asks: []look.Ask{look.Choose(aboutChoice(q, choice{}, all)), look.Choose(bring)}}, err
}

func (r *Room) enterAbout(q *web.Request, _ string) (string, error) {
	f, err := web.Parse[aboutForm](q)
	if err != nil {
		return "", err
	}
	_, err = r.chooseAs(q, f)
	return "", err
}
