package circle

import (
	"errors"
	"strings"

	"footing/internal/fault"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

type settingsPage struct {
	Check       look.Check
	Title       look.Title
	Newer       look.Newer
	Name        look.Field
	LeaveTo     look.Field
	Version     int64
	Save        []look.Button
	PlaceHead   string
	Places      []look.Link
	Place       look.Field
	PlaceButton []look.Button
}

type settingsForm struct {
	Name    string `form:"name"`
	LeaveTo string `form:"leave_to"`
	Version int64  `form:"version"`
}

func newSettingsPage(q *web.Request, f settingsForm, field string, err error) settingsPage {
	t := q.Words.T
	p := settingsPage{Title: look.Title{Text: t("circle.settings_heading")}, Version: f.Version,
		Name:        look.Field{Name: "name", Label: t("circle.site_name"), Hint: t("circle.site_name_hint"), Value: f.Name, Autocomplete: "off"},
		LeaveTo:     look.Field{Name: "leave_to", Label: t("circle.leave_to"), Hint: t("circle.leave_to_hint"), Value: f.LeaveTo, Autocomplete: "off"},
		Save:        []look.Button{{Text: t("circle.save")}},
		PlaceHead:   t("circle.practices"),
		Place:       look.Field{Name: "practice", Label: t("circle.new_practice"), Autocomplete: "off"},
		PlaceButton: []look.Button{{Text: t("circle.add_practice"), Look: look.Second}},
	}
	if err != nil {
		problem := Say(q, err)
		p.Check = check(q, field, problem)
		for _, one := range []*look.Field{&p.Name, &p.LeaveTo, &p.Place} {
			if one.Name == field {
				one.Problem = problem
			}
		}
	}
	return p
}

func (r *Room) showSettings(q *web.Request) (web.Answer, error) {
	s, err := r.settings(q)
	if err != nil {
		return nil, err
	}
	p := newSettingsPage(q, settingsForm{s.Name, s.LeaveTo, s.Version}, "", nil)
	err = r.DB.Read(q.Context(), func(tx *store.Tx) error {
		list, err := r.Circle.Practices(q.Context(), tx, q.Partnership())
		for _, pr := range list {
			p.Places = append(p.Places, look.Link{Href: "/practices/" + pr.ID, Text: pr.Name})
		}
		return err
	})
	return q.Show("settings", p), err
}

func (r *Room) settings(q *web.Request) (Settings, error) {
	var s Settings
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		s, _, err = Of(q.Context(), tx)
		return err
	})
	return s, err
}

// saveSettings changes the name on every page and where leaving leads.
func (r *Room) saveSettings(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[settingsForm](q)
	if err != nil {
		return nil, err
	}
	s := Settings{Partnership: q.Partnership(), Name: strings.Join(strings.Fields(f.Name), " "), LeaveTo: strings.TrimSpace(f.LeaveTo), Version: f.Version}
	if err := s.Check(); err != nil {
		return q.Again("settings", newSettingsPage(q, f, SettingsField(err), err)), nil
	}
	err = r.DB.Write(q.Context(), func(tx *store.Tx) error {
		if err := r.Circle.Change(q.Context(), tx, s); err != nil {
			return err
		}
		return r.Circle.Record(q.Context(), tx, q.Partnership(), Act{By: q.Viewer.ID, What: Changed})
	})
	if err != nil && fault.KindOf(err) == fault.Conflict {
		return r.settingsNewer(q, f)
	}
	return web.GoSaying("/settings", "circle.saved"), err
}

// settingsNewer shows what was typed below what the settings say by now.
func (r *Room) settingsNewer(q *web.Request, f settingsForm) (web.Answer, error) {
	now, err := r.settings(q)
	f.Version = now.Version
	p := newSettingsPage(q, f, "", nil)
	p.Newer = q.Newer("", look.SummaryRow{Term: p.Name.Label, Value: now.Name}, look.SummaryRow{Term: p.LeaveTo.Label, Value: now.LeaveTo})
	return q.Again("settings", p), err
}

// SettingsField returns which field a fault of Settings.Check is about.
func SettingsField(err error) string {
	if errors.Is(err, ErrLeaveTo) {
		return "leave_to"
	}
	return "name"
}

// Say returns the sentence of a fault, for beside its field.
func Say(q *web.Request, err error) string {
	f, ok := errors.AsType[*fault.Error](err)
	if !ok {
		return q.Words.T("web.our_fault")
	}
	var args []any
	for k, v := range f.Args {
		args = append(args, k, v)
	}
	return q.Words.T(f.Say, args...)
}

type newPracticeForm struct {
	Name string `form:"practice" max:"80"`
}

// addPractice adds a practice that terms can speak of.
func (r *Room) addPractice(q *web.Request) (web.Answer, error) {
	f, problem := web.Parse[newPracticeForm](q)
	if problem == nil && strings.TrimSpace(f.Name) == "" {
		problem = ErrNoName
	}
	if problem != nil {
		s, err := r.settings(q)
		page := newSettingsPage(q, settingsForm{s.Name, s.LeaveTo, s.Version}, "practice", problem)
		page.Place.Value = f.Name
		return q.Again("settings", page), err
	}
	err := r.DB.Write(q.Context(), func(tx *store.Tx) error {
		if _, err := r.Circle.AddPractice(q.Context(), tx, q.Partnership(), f.Name); err != nil {
			return err
		}
		return r.Circle.Record(q.Context(), tx, q.Partnership(), Act{By: q.Viewer.ID, What: Practised})
	})
	return web.GoSaying("/settings", "circle.saved"), err
}
