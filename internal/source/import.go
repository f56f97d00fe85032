package source

import (
	"fmt"
	"net/url"

	"footing/internal/circle"
	"footing/internal/consent"
	"footing/internal/store"
	"footing/internal/study"
	"footing/internal/web"
	"footing/internal/web/look"
)

// importPage shows what was found in each file and asks whose voice each speaker is.
type importPage struct {
	Check  look.Check
	Title  look.Title
	Kept   look.Note
	Action string
	Cancel string
	Files  []importFile
	Kind   look.Choice
	Study  look.Choice
	Own    look.Choice
	Acts   []look.Button
	Drop   look.Button
}

// importFile is one file on it.
type importFile struct {
	ID, Name string
	Facts    string // how many turns, in which format
	Problem  string
	Kept     look.Link
	Warnings []string
	First    string // heading of the lines
	Lines    []look.Card
	Voices   []look.Select
	More     string // told when there are more speakers than can be asked about
	Title    look.Field
	Note     look.Field
	Leave    look.Choice
}

// maxAsked is how many speakers of a file are asked about; those beyond are outside the circle.
const maxAsked = 40

// around is what the review page asks about.
type around struct {
	people  []circle.Person
	studies []study.Study
}

func (r *Room) around(q *web.Request) (around, error) {
	var at around
	err := r.db.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		if at.people, err = r.circle.List(q.Context(), tx, q.Partnership()); err != nil {
			return err
		}
		at.studies, err = r.open(q.Context(), tx, q.Partnership())
		return err
	})
	return at, err
}

func (r *Room) showImport(q *web.Request) (web.Answer, error) {
	a, err := r.arrival(q)
	if err != nil {
		return nil, err
	}
	if q.WantsData() {
		return web.Data(Uploaded{a.id, "/import/" + a.id, foundIn(a.files)}), nil
	}
	at, err := r.around(q)
	if err != nil {
		return nil, err
	}
	return q.Show("import", newImportPage(q, a, at, url.Values{}, "")), nil
}

// newImportPage builds the page from what was found and what was chosen so far.
func newImportPage(q *web.Request, a *arrival, at around, chosen url.Values, problem string) importPage {
	t, path := q.Words.T, "/import/"+a.id
	p := importPage{
		Title: look.Title{Text: t("source.import_heading"), Lead: t("source.import_lead")},
		Kept:  look.Note{Title: t("source.import_waits_title"), Text: t("source.import_waits", "until", q.Words.When(a.made.Add(waitTime)))},
		Kind:  kindChoice(q, chosen.Get("kind")), Study: studyChoice(q, at.studies, chosen.Get("study")),
		Own: look.Choice{Name: "own", Legend: t("source.own_legend"), Hint: t("source.own_hint"), Row: true, Options: options(chosen.Get("own"),
			look.Option{Value: "no", Label: t("source.no")}, look.Option{Value: "yes", Label: t("source.yes")})},
		Action: path + "/confirm", Cancel: path + "/cancel",
		Acts: []look.Button{{Text: t("source.import_keep")}}, Drop: look.Button{Text: t("source.import_drop"), Look: look.Quiet},
	}
	for i, f := range a.files {
		p.Files = append(p.Files, newImportFile(q, i, f, at, chosen))
	}
	if problem != "" {
		p.Check = look.Check{Title: t("web.problem_heading"), Items: []look.CheckItem{{Href: "#kind", Text: problem}}}
	}
	return p
}

func newImportFile(q *web.Request, i int, f *received, at around, chosen url.Values) importFile {
	t, n := q.Words.T, fmt.Sprint(i)
	file := importFile{ID: "file-" + n, Name: f.Name, Problem: f.Problem, Warnings: f.Warnings}
	switch {
	case f.Problem != "":
		return file
	case f.Source != "":
		file.Kept = look.Link{Href: "/source/" + string(f.Source), Text: t("source.import_is_kept")}
		return file
	}
	file.Facts = t("source.found", "turns", f.Turns, "speakers", len(f.Speakers), "characters", f.Characters, "format", f.Format)
	file.First = t("source.first_words")
	for _, l := range f.lines {
		file.Lines = append(file.Lines, look.Card{Meta: labelOf(q, l.Speaker), Text: l.Words})
	}
	for j, s := range f.Speakers {
		if j == maxAsked {
			file.More = t("source.more_speakers", "count", len(f.Speakers)-maxAsked)
			break
		}
		name := voiceName(i, j)
		value := chosen.Get(name)
		if value == "" && SoundsLikeAsker(s.Label) {
			value = "interviewer:" + string(q.Viewer.ID)
		}
		file.Voices = append(file.Voices, look.Select{Name: name, Options: voiceOptions(q, at.people, value),
			Label: t("source.voice_label", "label", labelOf(q, s.Label), "turns", s.Turns)})
	}
	title := titleOf(f.Name)
	if chosen.Has("title." + n) {
		title = chosen.Get("title." + n)
	}
	file.Title = look.Field{Name: "title." + n, Label: t("source.title_label"), Hint: t("source.title_hint"), Value: title, Autocomplete: "off"}
	file.Note = look.Field{Name: "note." + n, Label: t("source.note_label"), Hint: t("source.note_hint"), Value: chosen.Get("note." + n), Autocomplete: "off"}
	file.Leave = look.Choice{Name: "leave." + n, Legend: t("source.leave_legend"), Multiple: true,
		Options: options(chosen.Get("leave."+n), look.Option{Value: "1", Label: t("source.leave")})}
	return file
}

// voiceName names the answer for one speaker of one file.
func voiceName(file, speaker int) string { return fmt.Sprintf("voice.%d.%d", file, speaker) }

// labelOf is what a label is called on a page: turns before the first name have none.
func labelOf(q *web.Request, label string) string {
	if label == "" {
		return q.Words.T("source.no_label")
	}
	return label
}

// voiceOptions lists whose voice a speaker can be. Outside the circle comes first: it opens nothing.
func voiceOptions(q *web.Request, people []circle.Person, value string) []look.Option {
	t, me := q.Words.T, string(q.Viewer.ID)
	list := []look.Option{{Value: "outside", Label: t("source.voice_outside")},
		{Value: "interviewer:" + me, Label: t("source.voice_me_asking")}, {Value: "member:" + me, Label: t("source.voice_me")}}
	for _, p := range people {
		if p.ID != q.Viewer.ID {
			list = append(list, look.Option{Value: "member:" + string(p.ID), Label: t("source.voice_member", "name", p.Name)})
		}
	}
	for _, p := range people {
		if p.ID != q.Viewer.ID {
			list = append(list, look.Option{Value: "interviewer:" + string(p.ID), Label: t("source.voice_asking", "name", p.Name)})
		}
	}
	return options(value, list...)
}

func kindChoice(q *web.Request, value string) look.Choice {
	c := look.Choice{Name: "kind", Legend: q.Words.T("source.kind_legend")}
	for _, k := range Kinds() {
		c.Options = append(c.Options, look.Option{Value: string(k), Label: kindName(q, k), Chosen: string(k) == value})
	}
	return c
}

func kindName(q *web.Request, k consent.Kind) string { return q.Words.T("source.kind_" + string(k)) }

func studyChoice(q *web.Request, studies []study.Study, value string) look.Choice {
	c := look.Choice{Name: "study", Legend: q.Words.T("source.study_legend")}
	for _, s := range studies {
		c.Options = append(c.Options, look.Option{Value: s.ID, Label: s.Question, Chosen: s.ID == value || len(studies) == 1})
	}
	return c
}

// options marks the one that was chosen.
func options(value string, list ...look.Option) []look.Option {
	for i := range list {
		list[i].Chosen = list[i].Value == value
	}
	return list
}

// cancel lets go of an upload.
func (r *Room) cancel(q *web.Request) (web.Answer, error) {
	a, err := r.arrival(q)
	if err != nil {
		return nil, err
	}
	return web.GoSaying("/source", "source.dropped"), r.db.Write(q.Context(), func(tx *store.Tx) error {
		return r.dropArrival(q.Context(), tx, q.Viewer, a.id)
	})
}
