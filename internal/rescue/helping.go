package rescue

import (
	"errors"

	"footing/internal/circle"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// helpingPage is the helper's: who named her, and what she can do.
type helpingPage struct {
	Check look.Check
	Title look.Title
	Lines []helpingLine
	None  string
	Code  *look.Note // shown once
	Other look.Choice
	Acts  []look.Button
}

// helpingLine is one person whom the viewer can help, with what she can do now.
type helpingLine struct {
	Name string
	Text string
	ID   string
	Acts []look.Button
}

func (r *Room) showHelping(q *web.Request) (web.Answer, error) {
	p, err := r.newHelpingPage(q)
	return q.Show("helping", p), err
}

func (r *Room) newHelpingPage(q *web.Request) (helpingPage, error) {
	t := q.Words.T
	p := helpingPage{Title: look.Title{Text: t("rescue.helping_heading"), Lead: t("rescue.helping_lead")}, None: t("rescue.helping_none"),
		Other: look.Choice{Name: "who", Legend: t("rescue.other"), Hint: t("rescue.other_hint")},
		Acts:  []look.Button{{Text: t("rescue.other_do"), Name: "do", Value: "vouch", Look: look.Second}}}
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		names, err := r.Circle.Names(q.Context(), tx, q.Partnership())
		if err != nil {
			return err
		}
		named, err := namedBy(q.Context(), tx, q.Partnership(), q.Viewer.ID)
		if err != nil {
			return err
		}
		begun, err := listRescues(q.Context(), tx, q.Partnership(), r.Now())
		if err != nil {
			return err
		}
		running := map[person.ID]Rescue{}
		for _, one := range begun {
			running[one.Of] = one
		}
		for _, h := range named {
			frozen, err := r.Accounts.Frozen(q.Context(), tx, q.Partnership(), h.Of)
			if err != nil {
				return err
			}
			p.Lines = append(p.Lines, r.line(q, h, names[h.Of], frozen, running[h.Of]))
		}
		for _, one := range begun {
			if !one.Named && (one.First == q.Viewer.ID || one.Second == q.Viewer.ID) {
				p.Lines = append(p.Lines, r.two(q, one, names[one.Of]))
			}
		}
		people, err := r.Circle.List(q.Context(), tx, q.Partnership())
		for _, who := range people {
			has, err := r.Accounts.Has(q.Context(), tx, q.Partnership(), who.ID)
			if err != nil {
				return err
			}
			if has && who.ID != q.Viewer.ID {
				p.Other.Options = append(p.Other.Options, who.Option(""))
			}
		}
		return err
	})
	return p, err
}

// line is what a helper who was named can do.
func (r *Room) line(q *web.Request, h Helper, name string, frozen bool, begun Rescue) helpingLine {
	act := func(do string, how look.Look) look.Button {
		return look.Button{Text: q.Words.T("rescue.do_" + do), Name: "do", Value: do, Look: how}
	}
	l := helpingLine{Name: name, ID: string(h.Of)}
	switch {
	case !h.Agreed:
		l.Text = q.Words.T("rescue.named_you", "name", name)
		l.Acts = []look.Button{act("agree", look.Main), act("refuse", look.Second)}
		return l
	case frozen:
		l.Text = q.Words.T("rescue.is_frozen")
		l.Acts = []look.Button{act("thaw", look.Second)}
	default:
		l.Text = q.Words.T("rescue.can_help", "name", name)
		l.Acts = []look.Button{act("freeze", look.Second)}
	}
	switch {
	case begun.Of == "" || !begun.Named:
		l.Acts = append(l.Acts, act("begin", look.Second))
	case begun.Ready(q.Viewer.ID, r.Now()):
		l.Acts = append(l.Acts, act("code", look.Second))
	case begun.First == q.Viewer.ID:
		l.Text += " " + q.Words.T("rescue.ready_at", "when", q.Words.When(begun.Due))
	}
	return l
}

// two is a rescue that two people began together.
func (r *Room) two(q *web.Request, one Rescue, name string) helpingLine {
	l := helpingLine{Name: name, ID: string(one.Of)}
	switch {
	case one.Due.IsZero():
		l.Text = q.Words.T("rescue.second_missing")
	case one.Ready(q.Viewer.ID, r.Now()):
		l.Text = q.Words.T("rescue.half_ready")
		l.Acts = []look.Button{{Text: q.Words.T("rescue.do_code"), Name: "do", Value: "code", Look: look.Second}}
	default:
		l.Text = q.Words.T("rescue.ready_at", "when", q.Words.When(one.Due))
	}
	return l
}

type helpForm struct {
	Who string `form:"who"`
	Do  string `form:"do"`
}

// help does one thing for somebody.
func (r *Room) help(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[helpForm](q)
	if err != nil {
		return nil, err
	}
	var code string
	err = r.DB.Write(q.Context(), func(tx *store.Tx) error {
		of := person.ID(f.Who)
		switch f.Do {
		case "agree":
			return agree(q.Context(), tx, q.Partnership(), of, q.Viewer.ID)
		case "refuse":
			return deleteHelper(q.Context(), tx, q.Partnership(), of, q.Viewer.ID)
		case "vouch":
			return r.vouch(q, tx, of)
		case "code":
			code, err = r.code(q, tx, of)
			return err
		}
		if ok, err := hasAgreed(q.Context(), tx, q.Partnership(), of, q.Viewer.ID); err != nil || !ok {
			return errors.Join(err, fault.Missing)
		}
		switch f.Do {
		case "freeze":
			return r.Accounts.Freeze(q.Context(), tx, q.Partnership(), of)
		case "thaw":
			return r.Accounts.Thaw(q.Context(), tx, q.Partnership(), of)
		case "begin":
			return saveRescue(q.Context(), tx, q.Partnership(), Rescue{Of: of, First: q.Viewer.ID, Named: true, Due: r.Now().Add(WaitNamed)})
		}
		return fault.Missing
	})
	if k := fault.KindOf(err); err != nil && (k == fault.Invalid || k == fault.Conflict) {
		p, other := r.newHelpingPage(q)
		p.Check = look.Check{Title: q.Words.T("web.problem_heading"), Items: []look.CheckItem{{Href: "#who", Text: circle.Say(q, err)}}}
		return q.Again("helping", p), other
	}
	if err != nil {
		return nil, err
	}
	if code == "" {
		return web.GoSaying("/helping", "rescue.done"), nil
	}
	p, err := r.newHelpingPage(q)
	p.Code = &look.Note{Title: code, Text: q.Words.T("rescue.code_how")}
	return q.Show("helping", p), err
}

// vouch begins a rescue as one of two, or joins one that waits for its second person. It is written where
// every member reads it.
func (r *Room) vouch(q *web.Request, tx *store.Tx, of person.ID) error {
	if has, err := r.Accounts.Has(q.Context(), tx, q.Partnership(), of); err != nil || !has || of == q.Viewer.ID {
		return errors.Join(err, fault.Missing)
	}
	list, err := helpersOf(q.Context(), tx, q.Partnership(), of)
	if err != nil {
		return err
	}
	for _, h := range list {
		if h.Agreed {
			return ErrNamed
		}
	}
	begun, err := getRescue(q.Context(), tx, q.Partnership(), of, r.Now())
	switch {
	case errors.Is(err, fault.Missing):
		begun = Rescue{Of: of, First: q.Viewer.ID}
	case err != nil:
		return err
	default:
		first, err := r.Circle.Get(q.Context(), tx, q.Partnership(), begun.First)
		if err != nil {
			return err
		}
		if begun, err = begun.Join(q.Viewer.ID, person.HouseOf(first.Standings), person.HouseOf(q.Viewer.Standings), r.Now()); err != nil {
			return err
		}
	}
	if err := saveRescue(q.Context(), tx, q.Partnership(), begun); err != nil {
		return err
	}
	return r.Circle.Record(q.Context(), tx, q.Partnership(), circle.Act{By: q.Viewer.ID, What: circle.Vouched, Whom: of})
}

// code makes the code, or the viewer's half of it, once the wait is over.
func (r *Room) code(q *web.Request, tx *store.Tx, of person.ID) (string, error) {
	begun, err := getRescue(q.Context(), tx, q.Partnership(), of, r.Now())
	if err != nil {
		return "", err
	}
	if !begun.Ready(q.Viewer.ID, r.Now()) {
		return "", fault.Missing
	}
	if !begun.Named {
		return r.Accounts.RescueHalf(q.Context(), tx, q.Partnership(), of, q.Viewer.ID)
	}
	if ok, err := hasAgreed(q.Context(), tx, q.Partnership(), of, q.Viewer.ID); err != nil || !ok {
		return "", errors.Join(err, fault.Missing)
	}
	return r.Accounts.RescueCode(q.Context(), tx, q.Partnership(), of)
}
