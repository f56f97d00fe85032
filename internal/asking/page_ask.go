package asking

import (
	"context"
	"slices"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// askPage is one request, as its asker or one of the women sees it.
type askPage struct {
	Title      look.Title
	State      look.Note
	Late       look.Note
	Summary    look.Summary
	ChangeHead string
	Changes    []string // what the women would change, in no order and without names
	Told       *toldPart
	Answers    *answersPart
	Answer     *answerPart
	Acts       []look.Button
	Others     []act
	Links      []look.Link
}

// toldPart is what came of it.
type toldPart struct {
	Head, Text string
	Link       look.Link
}

// answersPart lists the answers that this reader may open, or says why there is no list.
type answersPart struct {
	Head, Text string
	List       []look.Link
}

// answerPart is how one of the women answers, if she wants to.
type answerPart struct {
	Head, Text, Nothing string
	Ask                 string
	Button              look.Button
}

func (r *Room) showAsk(q *web.Request) (web.Answer, error) {
	ctx := q.Context()
	var req Request
	var list []said
	var names map[person.ID]string
	err := r.DB.Read(ctx, func(tx *store.Tx) error {
		var err error
		if req, err = r.get(ctx, tx, q.Viewer, q.Path("ask")); err != nil {
			return err
		}
		if list, err = listSaid(ctx, tx, q.Partnership(), req.ID); err != nil {
			return err
		}
		names, err = r.Circle.Names(ctx, tx, q.Partnership())
		return err
	})
	if err != nil {
		return nil, err
	}
	if req.Round.N == 0 {
		return web.Go("/asks/" + req.ID + "/part/1"), nil
	}
	shown, err := r.texts(ctx, q.Viewer, []Request{req})
	if err != nil {
		return nil, err
	}
	if !shown[0].OK {
		return nil, fault.Missing
	}
	p, err := r.newAskPage(q, req, shown[0].Value, names)
	if err != nil {
		return nil, err
	}
	if p.Changes, err = r.changes(ctx, q, req, list); err != nil {
		return nil, err
	}
	if p.Told, err = r.toldPart(q, req); err != nil {
		return nil, err
	}
	p.Answers, err = r.answersPart(q, req)
	return q.Show("ask", p), err
}

// newAskPage makes what the page says of where the request stands, and what its reader can do.
func (r *Room) newAskPage(q *web.Request, req Request, text Text, names map[person.ID]string) (askPage, error) {
	t, at, stage := q.Words.T, "/asks/"+req.ID, req.Round.Stage(q.Now())
	rows, err := r.summary(q, req, text, "")
	p := askPage{Title: look.Title{Text: text.Title}, Summary: rows, ChangeHead: t("asking.changes_heading"),
		Links: []look.Link{{Href: "/asks", Text: t("asking.to_asks")}}}
	who := "_women"
	if req.Asker == q.Viewer.ID {
		who = "_asker"
	}
	key := "asking.state_" + string(stage)
	if stage == Waiting && !q.Now().Before(req.Round.Due) {
		key = "asking.state_longer"
	}
	p.State = look.Note{Title: t(key), Text: t(key+who, "name", names[req.Asker], "due", q.Words.Date(req.Round.Due), "ends", q.Words.Date(req.Round.Ends()))}
	if by := req.Round.TellBy(q.Now()); req.Entry == "" && !by.IsZero() {
		key := "asking.tell_by"
		if req.Left() {
			key = "asking.tell_left"
		} else if q.Now().After(by) {
			key = "asking.tell_late"
		}
		p.Late = look.Note{Text: t(key+who, "name", names[req.Asker], "date", q.Words.Date(by))}
	}
	if req.Asker == q.Viewer.ID {
		r.askerActs(q, req, stage, &p)
		return p, err
	}
	switch stage {
	case Waiting:
		p.Acts = []look.Button{{Text: t("asking.to_say"), Href: at + "/say"}}
	case Out:
		p.Answer = &answerPart{Head: t("asking.answer_heading"), Text: t("asking.answer_text", "name", names[req.Asker]), Nothing: t("asking.answer_nothing"),
			Ask: req.ID, Button: look.Button{Text: t("asking.answer")}}
		p.Links = append(p.Links, look.Link{Href: at + "/say", Text: t("asking.to_not")})
	}
	return p, err
}

func (r *Room) askerActs(q *web.Request, req Request, stage Stage, p *askPage) {
	t, at := q.Words.T, "/asks/"+req.ID
	switch stage {
	case Waiting, Refused, TakenBack:
		p.Acts = []look.Button{{Text: t("asking.write_anew"), Href: at + "/part/1", Look: look.Second}}
	}
	switch stage {
	case Waiting:
		p.Others = []act{{at + "/stop", look.Button{Text: t("asking.take_back"), Look: look.Quiet}}}
	case Out:
		p.Others = []act{{at + "/stop", look.Button{Text: t("asking.end_now"), Look: look.Quiet}}}
	}
	if !req.Round.TellBy(q.Now()).IsZero() && req.Entry == "" {
		p.Acts = append([]look.Button{{Text: t("asking.to_tell"), Href: at + "/told"}}, p.Acts...)
	}
}

// changes opens what the women would change, while it is for the asker to mend.
func (r *Room) changes(ctx context.Context, q *web.Request, req Request, list []said) ([]string, error) {
	list = slices.DeleteFunc(list, func(s said) bool { return s.says != Change })
	if req.Round.Stage(q.Now()) != Waiting {
		return nil, nil
	}
	papers := make([]consent.Paper, len(list))
	for i, s := range list {
		papers[i] = s.paper(req)
	}
	shown, err := consent.Values[string](ctx, r.Gate, q.Viewer, papers)
	return values(shown), err
}

// toldPart is what came of the request, once its asker has told it.
func (r *Room) toldPart(q *web.Request, req Request) (*toldPart, error) {
	if req.Entry == "" {
		return nil, nil
	}
	t := q.Words.T
	list, err := r.Versions(q.Context(), q.Viewer, req.Entry)
	if fault.KindOf(err) == fault.NotFound {
		return &toldPart{Head: t("asking.told_heading"), Text: t("asking.told_off")}, nil
	} else if err != nil {
		return nil, err
	}
	return &toldPart{t("asking.told_heading"), list[0].Known.Known, look.Link{Href: "/known/" + req.Entry, Text: t("asking.to_entry")}}, nil
}

// answersPart lists the answers this reader may open. Under Few people there is no list and no number:
// who did not answer could be guessed.
func (r *Room) answersPart(q *web.Request, req Request) (*answersPart, error) {
	if req.Round.Sent.IsZero() || r.Answers == nil {
		return nil, nil
	}
	t, ctx := q.Words.T, q.Context()
	p := &answersPart{Head: t("asking.answers_heading"), Text: t("asking.answers_few")}
	may, err := r.Answers.Shared(ctx, q.Viewer)
	if err != nil {
		return nil, err
	}
	var names map[person.ID]string
	var named map[consent.ID][]person.ID // who chose to be named
	err = r.DB.Read(ctx, func(tx *store.Tx) error {
		given, err := r.Answers.AnswersTo(ctx, tx, q.Partnership(), req.ID)
		if err != nil {
			return err
		}
		may = slices.DeleteFunc(may, func(h consent.Heading) bool { return !slices.Contains(given, h.ID) })
		if names, err = r.Circle.Names(ctx, tx, q.Partnership()); err != nil || len(given) == 0 {
			return err
		}
		named, err = r.Gate.Named(ctx, tx, q.Partnership(), given...)
		return err
	})
	people := map[person.ID]bool{}
	for _, h := range may {
		people[h.Keeper] = true
	}
	if err != nil || len(people) < Few {
		return p, err
	}
	p.Text = t("asking.answers_text")
	for _, h := range may {
		text := t("asking.kind_" + string(h.Kind))
		if slices.Contains(named[h.ID], h.Keeper) {
			text = t("asking.answer_from", "kind", text, "name", names[h.Keeper])
		}
		p.List = append(p.List, look.Link{Href: "/read/" + string(h.ID), Text: text})
	}
	return p, nil
}
