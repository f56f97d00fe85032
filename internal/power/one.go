package power

import (
	"strings"

	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// onePage is one entry with its answer, or with the box for it.
type onePage struct {
	Check   look.Check
	Title   look.Title
	By      string
	Summary look.Summary
	Owed    string
	Answer  []string
	Typed   look.Note // what was typed when somebody else had answered already
	Act     string    // where the answer goes
	Box     look.Field
	Send    look.Button
	Shut    look.Note
	Back    act
	Drop    act
	Home    look.Link
}

// act is a small form of its own: one button.
type act struct {
	Action string
	Button look.Button
}

func (r *Room) showOne(q *web.Request) (web.Answer, error) {
	p, err := r.newOnePage(q, "")
	return q.Show("one", p), err
}

func (r *Room) newOnePage(q *web.Request, typed string) (onePage, error) {
	e, w, err := r.entry(q.Context(), q.Viewer, q.Path("said"))
	if err != nil {
		return onePage{}, err
	}
	t, at := q.Words.T, "/decides/said/"+e.ID
	p := onePage{Title: look.Title{Text: t("power.said_" + string(e.Kind))}, By: w.byWhom(q, e), Summary: look.Summary{Rows: e.rows(q)}, Owed: w.owed(q, e, r.Now()),
		Home: look.Link{Href: "/decides", Text: t("power.back")}}
	a, answered := w.answers[e.ID]
	p.Answer = paragraphs(a.Words)
	if !answered && e.visible(r.Now()) && w.owes(q.Viewer) {
		p.Act, p.Send = at+"/answer", look.Button{Text: t("power.send")}
		p.Box = look.Field{Name: "reply", Label: t("power.reply"), Hint: t("power.reply_hint"), WhoTitle: t("power.who_title"), Who: t("power.reply_who"), Value: typed, Rows: 5, Autocomplete: "off"}
	}
	if e.By == q.Viewer.ID {
		p.Drop = act{at + "/drop", look.Button{Text: t("power.drop"), Look: look.Second}}
		if e.Shut {
			p.Shut, p.Back = look.Note{Text: t("power.shut_text")}, act{at + "/back", look.Button{Text: t("power.let_stand")}}
		}
	}
	return p, nil
}

// rows is an entry as it is read.
func (e Entry) rows(q *web.Request) []look.SummaryRow {
	t, k := q.Words.T, string(e.Kind)
	var rows []look.SummaryRow
	add := func(term, value string) {
		if value != "" {
			rows = append(rows, look.SummaryRow{Term: term, Value: value, Values: paragraphs(value)})
		}
	}
	if e.Kind == Seen {
		add(t("power.form"), t("power.form_"+string(e.Text.Form)))
	}
	add(t("power."+k+"_what"), e.Text.What)
	if e.Kind == Elsewhere || e.Kind == Pulled {
		add(t("power."+k+"_who"), e.Text.Who)
	}
	if e.Kind == Pulled {
		add(t("power.asked"), t("power.asked_"+string(e.Text.Asked)))
	}
	if e.Kind == Pulled || e.Kind == Wrong {
		add(t("power."+k+"_after"), e.Text.After)
	}
	return rows
}

// paragraphs takes a text apart at its lines.
func paragraphs(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' })
}

type replyForm struct {
	Reply string `form:"reply" max:"3000"`
}

func (r *Room) answer(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[replyForm](q)
	if err == nil {
		err = r.Answer(q.Context(), q.Viewer, q.Path("said"), strings.TrimSpace(f.Reply))
	}
	if err != nil && again(err) {
		p, loading := r.newOnePage(q, f.Reply)
		if loading != nil {
			return nil, loading
		}
		p.Check = form{}.wrong(q, err).Check
		if p.Act == "" { // somebody else has answered meanwhile: what was typed stands where it can be read
			p.Typed = look.Note{Text: f.Reply}
		}
		return q.Again("one", p), nil
	}
	return web.GoSaying("/decides/said/"+q.Path("said"), "power.answer_saved"), err
}

func (r *Room) drop(q *web.Request) (web.Answer, error) {
	return web.GoSaying("/decides", "power.dropped"), r.Drop(q.Context(), q.Viewer, q.Path("said"))
}

// letStand shows everybody again what an older copy brought back.
func (r *Room) letStand(q *web.Request) (web.Answer, error) {
	return web.GoSaying("/decides", "power.saved"), r.DB.Write(q.Context(), func(tx *store.Tx) error {
		return setOpen(q.Context(), tx, q.Viewer, q.Path("said"))
	})
}
