package meeting

import (
	"net/url"
	"strings"

	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// twins is what can be done here on paper: putting something on a list, putting it on another one, taking it
// back; saying how one takes part, and saying something to a meeting; saying what experience is enough.
func (r *Room) twins() []web.Twin {
	all, own := web.Members(web.Any), web.Members(web.Own)
	item := func(id string) string { return "/agenda/" + id }
	page := func(id string) string { return "/meetings/" + id }
	return []web.Twin{
		{Name: "agenda", Title: "meeting.propose", Allow: all, Gives: web.Always, Ask: r.proposeOnPaper, Enter: r.enterPropose, At: item},
		{Name: "again", Title: "meeting.twin_again", Allow: all, Gives: web.Always, Things: r.againThings, Ask: r.againOnPaper, Enter: r.enterAgain, At: item},
		{Name: "agenda-back", Title: "meeting.twin_item", Allow: own, Gives: opens, Of: "agenda", Things: r.ownThings, Ask: backOnPaper, Enter: r.enterBack, At: item},
		{Name: "way", Title: "meeting.way_heading", Allow: all, Gives: web.Always, Ask: r.wayOnPaper, Enter: r.enterWay, At: page},
		{Name: "heard", Title: "meeting.say", Allow: all, Gives: web.Always, Ask: r.sayOnPaper, Enter: r.enterSay},
		{Name: "heard-back", Title: "meeting.twin_said", Allow: own, Gives: opens, Of: "heard", Things: r.saidThings, Ask: backOnPaper, Enter: r.enterUnsay},
		{Name: "enough", Title: "meeting.enough_link", Allow: web.Only(web.Any, person.LivedExperience), Gives: web.Always, Ask: r.enoughOnPaper, Enter: r.enterEnough},
	}
}

// opens reports whether answers open what was shut. Taking back only closes.
func opens(answers url.Values) bool { return answers == nil || answers.Get("do") == "stands" }

func (r *Room) proposeOnPaper(q *web.Request, _ string) (web.Asked, error) {
	w, err := r.everyMeeting(q.Context(), q.Viewer, nil)
	return web.Asked{Notes: []look.Note{{Text: q.Words.T("meeting.propose_lead")}}, Asks: w.askPropose(q, r.today(), proposeForm{})}, err
}

func (r *Room) enterPropose(q *web.Request, _ string) (string, error) {
	f, err := web.Parse[proposeForm](q)
	if err != nil {
		return "", err
	}
	return r.Propose(q.Context(), q.Viewer, f.For, f.text())
}

// everyItem reads every item with all meetings.
func (r *Room) everyItem(q *web.Request) (world, error) {
	return r.everyMeeting(q.Context(), q.Viewer, func(tx *store.Tx, w *world) error {
		var err error
		w.items, err = itemsWhere(q.Context(), tx, q.Partnership(), ``)
		return err
	})
}

// againThings are what she can put on another list.
func (r *Room) againThings(q *web.Request) ([]look.Option, error) {
	w, err := r.everyItem(q)
	return options(q, w, func(i Item) bool { return i.open && len(i.Next(q.Viewer)) > 0 }), err
}

// ownThings are what she put on a list.
func (r *Room) ownThings(q *web.Request) ([]look.Option, error) {
	w, err := r.everyItem(q)
	return options(q, w, func(i Item) bool { return i.Person == q.Viewer.ID }), err
}

func options(q *web.Request, w world, is func(Item) bool) []look.Option {
	var list []look.Option
	for _, i := range w.items {
		if is(i) {
			list = append(list, look.Option{Value: i.ID, Label: i.Text.Title, Hint: q.Words.Date(i.Made)})
		}
	}
	return list
}

func (r *Room) againOnPaper(q *web.Request, thing string) (web.Asked, error) {
	i, w, err := r.item(q.Context(), q.Viewer, thing)
	if err != nil {
		return web.Asked{}, err
	}
	return web.Asked{About: i.Text.Title, Notes: []look.Note{{Title: q.Words.T("meeting.fate_heading"), Text: strings.Join(w.course(q, i), " ")}},
		Asks: w.askFate(q, i, []What{Moved}, r.today(), fateForm{})}, nil
}

func (r *Room) enterAgain(q *web.Request, thing string) (string, error) {
	f, err := web.Parse[fateForm](q)
	if err != nil {
		return "", err
	}
	return thing, r.Decide(q.Context(), q.Viewer, thing, Fate{What: Moved, To: f.To, Why: strings.TrimSpace(f.Why)})
}

// backOnPaper asks whether it goes, or still stands since an older copy was put back. What she wrote is not
// printed, since paper lies about.
func backOnPaper(q *web.Request, _ string) (web.Asked, error) {
	t := q.Words.T
	return web.Asked{Notes: []look.Note{{Text: t("meeting.shut_text")}}, Asks: []look.Ask{look.Choose(look.Choice{Name: "do", Legend: t("meeting.ask_back"),
		Options: []look.Option{{Value: "drop", Label: t("meeting.take_back")}, {Value: "stands", Label: t("meeting.stands")}}})}}, nil
}

type backForm struct {
	Do string `form:"do"`
}

func (r *Room) enterBack(q *web.Request, thing string) (string, error) {
	f, err := web.Parse[backForm](q)
	switch {
	case err != nil:
		return "", err
	case f.Do == "drop":
		return "", r.TakeBack(q.Context(), q.Viewer, thing)
	case f.Do == "stands":
		return thing, r.Stands(q.Context(), q.Viewer, thing)
	}
	return "", ErrChoose
}

// saidThings are what she said to meetings, by the day.
func (r *Room) saidThings(q *web.Request) ([]look.Option, error) {
	w, err := r.everyMeeting(q.Context(), q.Viewer, func(tx *store.Tx, w *world) error {
		var err error
		w.said, err = saidWhere(q.Context(), tx, q.Partnership(), ` AND person_id = $2`, q.Viewer.ID)
		return err
	})
	var list []look.Option
	for _, s := range w.said {
		m, _ := w.meeting(s.Meeting)
		list = append(list, look.Option{Value: s.ID, Label: q.Words.Date(s.Made), Hint: m.when(q)})
	}
	return list, err
}

func (r *Room) enterUnsay(q *web.Request, thing string) (string, error) {
	f, err := web.Parse[backForm](q)
	if err != nil {
		return "", err
	}
	switch f.Do {
	case "drop":
		_, err = r.Unsay(q.Context(), q.Viewer, thing)
		return "", err
	case "stands":
		_, err = r.SaidStands(q.Context(), q.Viewer, thing)
		return thing, err
	}
	return "", ErrChoose
}

// wayOnPaper asks for which meeting, and prints what each of them is for.
func (r *Room) wayOnPaper(q *web.Request, _ string) (web.Asked, error) {
	t := q.Words.T
	w, err := r.everyMeeting(q.Context(), q.Viewer, nil)
	which := look.Choice{Name: "for", Legend: t("meeting.ask_which"), Options: w.lists(q, r.today(), "", "")}
	return web.Asked{Notes: []look.Note{{Title: t("meeting.who_sees"), Text: t("meeting.way_who", "names", w.hostNames())}, {Text: t("meeting.twin_writer")}},
		Asks: append([]look.Ask{look.Choose(which)}, askWay(q, TakingText{}, nil)...)}, err
}

type paperWay struct {
	For   string   `form:"for"`
	Ways  []string `form:"way"`
	Words string   `form:"words" max:"1000"`
}

func (r *Room) enterWay(q *web.Request, _ string) (string, error) {
	f, err := web.Parse[paperWay](q)
	if err != nil {
		return "", err
	}
	return f.For, r.TakePart(q.Context(), q.Viewer, f.For, wayForm{Ways: f.Ways, Words: f.Words}.text(nil))
}

// sayOnPaper asks what she wants to say, and to which meeting or thing on a list.
func (r *Room) sayOnPaper(q *web.Request, _ string) (web.Asked, error) {
	t := q.Words.T
	w, err := r.everyItem(q)
	if err != nil {
		return web.Asked{}, err
	}
	about := look.Choice{Name: "about", Legend: t("meeting.ask_said_about")}
	for _, m := range w.meetings {
		if m.State != Known {
			continue
		}
		about.Options = append(about.Options, look.Option{Value: m.ID, Label: m.when(q), Hint: m.Text.Lines[Purpose].Words})
		for _, i := range w.items {
			if i.Meeting == m.ID && i.open && !i.Shut {
				about.Options = append(about.Options, look.Option{Value: m.ID + "/" + i.ID, Label: i.Text.Title, Hint: m.when(q)})
			}
		}
	}
	asks := world{}.askSay(q, Meeting{}, sayForm{})
	asks[0] = look.Choose(about)
	return web.Asked{Notes: []look.Note{{Text: t("meeting.say_lead")}, {Text: t("meeting.twin_writer")}}, Asks: asks[:3]}, nil // on paper it is somebody else's hand already
}

func (r *Room) enterSay(q *web.Request, _ string) (string, error) {
	f, err := web.Parse[sayForm](q)
	if err != nil {
		return "", err
	}
	meeting, item, _ := strings.Cut(f.About, "/")
	f.About = item
	return r.Speak(q.Context(), q.Viewer, f.said(meeting))
}

func (r *Room) enoughOnPaper(q *web.Request, _ string) (web.Asked, error) {
	w, err := r.hosts(q)
	return web.Asked{Notes: []look.Note{{Text: q.Words.T("meeting.enough_lead")}, {Title: q.Words.T("meeting.enough_heading"), Text: w.enough()}},
		Asks: append(askEnough(q, ""), look.Carry("from", w.versions()))}, err
}

func (r *Room) enterEnough(q *web.Request, _ string) (string, error) {
	f, err := web.Parse[enoughForm](q)
	if err != nil {
		return "", err
	}
	return "", r.Enough(q.Context(), q.Viewer, f.Over, strings.TrimSpace(f.Words))
}
