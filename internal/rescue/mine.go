package rescue

import (
	"errors"
	"slices"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// minePage is hers: whom she named, whether a rescue is under way, and whether files may be saved.
type minePage struct {
	Title   look.Title
	Begun   look.Note
	Stop    look.Button
	Helpers []helperLine
	None    string
	Add     look.Choice
	AddActs []look.Button
	Files   look.Title
	FilesDo look.Button
	On      string // the value the button sends
}

type helperLine struct {
	Text string
	ID   string
	Drop look.Button
}

func (r *Room) showMine(q *web.Request) (web.Answer, error) {
	t := q.Words.T
	p := minePage{Title: look.Title{Text: t("rescue.heading"), Lead: t("rescue.lead")}, None: t("rescue.none"),
		Add:     look.Choice{Name: "helper", Legend: t("rescue.add"), Hint: t("rescue.add_hint")},
		AddActs: []look.Button{{Text: t("rescue.add_do")}}, Files: look.Title{Text: t("rescue.files")}}
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		list, err := helpersOf(q.Context(), tx, q.Partnership(), q.Viewer.ID)
		if err != nil {
			return err
		}
		names, err := r.Circle.Names(q.Context(), tx, q.Partnership())
		if err != nil {
			return err
		}
		for _, h := range list {
			key := "rescue.asked"
			if h.Agreed {
				key = "rescue.agreed"
			}
			p.Helpers = append(p.Helpers, helperLine{t(key, "name", names[h.ID]), string(h.ID), look.Button{Text: t("rescue.drop"), About: names[h.ID], Look: look.Quiet}})
		}
		people, err := r.Circle.List(q.Context(), tx, q.Partnership())
		if err != nil {
			return err
		}
		for _, who := range people {
			if who.ID != q.Viewer.ID && !slices.ContainsFunc(list, func(h Helper) bool { return h.ID == who.ID }) {
				p.Add.Options = append(p.Add.Options, who.Option(""))
			}
		}
		if err := r.fillFiles(q, tx, &p); err != nil {
			return err
		}
		begun, err := getRescue(q.Context(), tx, q.Partnership(), q.Viewer.ID, r.Now())
		if errors.Is(err, fault.Missing) {
			return nil
		}
		p.Begun = look.Note{Title: t("rescue.begun", "name", names[begun.First]), Text: t("rescue.begun_text")}
		p.Stop = look.Button{Text: t("rescue.stop"), Look: look.Second}
		return err
	})
	return q.Show("mine", p), err
}

func (r *Room) fillFiles(q *web.Request, tx *store.Tx, p *minePage) error {
	t := q.Words.T
	off, back, err := filesOff(q.Context(), tx, q.Partnership(), q.Viewer.ID, r.Now())
	switch {
	case err != nil:
		return err
	case !off:
		p.Files.Lead, p.FilesDo, p.On = t("rescue.files_on"), look.Button{Text: t("rescue.files_off_do"), Look: look.Second}, ""
	case back.IsZero():
		p.Files.Lead, p.FilesDo, p.On = t("rescue.files_off"), look.Button{Text: t("rescue.files_on_do"), Look: look.Second}, "1"
	default:
		p.Files.Lead, p.FilesDo, p.On = t("rescue.files_back", "when", q.Words.When(back)), look.Button{Text: t("rescue.files_off_do"), Look: look.Second}, ""
	}
	return nil
}

type nameForm struct {
	Helper string `form:"helper"`
	On     bool   `form:"on"`
}

// name asks somebody to be her helper.
func (r *Room) name(q *web.Request) (web.Answer, error) {
	return r.change(q, "rescue.saved", func(tx *store.Tx, f nameForm) error {
		who, err := r.Circle.Get(q.Context(), tx, q.Partnership(), person.ID(f.Helper))
		if err != nil || who.ID == q.Viewer.ID || !who.Gone.IsZero() {
			return errors.Join(err, fault.Missing)
		}
		return insertHelper(q.Context(), tx, q.Partnership(), q.Viewer.ID, who.ID)
	})
}

func (r *Room) drop(q *web.Request) (web.Answer, error) {
	return r.change(q, "rescue.saved", func(tx *store.Tx, f nameForm) error {
		return deleteHelper(q.Context(), tx, q.Partnership(), q.Viewer.ID, person.ID(f.Helper))
	})
}

// stop ends a rescue that she did not want, and voids its codes.
func (r *Room) stop(q *web.Request) (web.Answer, error) {
	return r.change(q, "rescue.stopped", func(tx *store.Tx, _ nameForm) error {
		if err := deleteRescue(q.Context(), tx, q.Partnership(), q.Viewer.ID); err != nil {
			return err
		}
		return r.Accounts.DropRescue(q.Context(), tx, q.Partnership(), q.Viewer.ID)
	})
}

func (r *Room) setFiles(q *web.Request) (web.Answer, error) {
	return r.change(q, "rescue.saved", func(tx *store.Tx, f nameForm) error {
		return setFiles(q.Context(), tx, q.Partnership(), q.Viewer.ID, f.On, r.Now())
	})
}

func (r *Room) change(q *web.Request, said string, do func(*store.Tx, nameForm) error) (web.Answer, error) {
	f, err := web.Parse[nameForm](q)
	if err == nil {
		err = r.DB.Write(q.Context(), func(tx *store.Tx) error { return do(tx, f) })
	}
	return web.GoSaying("/me/helpers", said), err
}
