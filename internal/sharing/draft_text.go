package sharing

import (
	"errors"
	"slices"
	"strings"
	"time"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/sound"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// textLimit is how many characters one thing shared may hold: about twelve pages.
const textLimit = 20000

type startForm struct {
	Ask string `form:"ask"`
}

// startDraft makes a draft that only she can see and goes to it. Whatever it answers, it begins as an
// idea (R40). A request that is not hers to answer is none.
func (r *Room) startDraft(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[startForm](q)
	if err != nil {
		return nil, err
	}
	to, err := r.asked(q.Context(), q.Viewer, f.Ask)
	if err != nil {
		return nil, err
	}
	id, err := r.begin(q.Context(), q.Viewer, to.id)
	if err != nil {
		return nil, err
	}
	return web.Go("/draft/" + id), nil
}

// textPage is the first step: what it is, in her words.
type textPage struct {
	Check  look.Check
	Steps  look.Steps
	Title  look.Title
	Asked  look.Note
	Action string
	Keep   string
	Newer  look.Newer // says for whom the page was made
	Text   look.Field
	File   *look.Field // nil on a tablet that is handed round, which sends no files
	Spoken *look.Sound // what she left spoken
	Before look.Note   // that she left something spoken before, and can bring it back
	Return look.Button
	Kind   look.Choice
	Draft  look.Draft
	Acts   []look.Button
	Drop   string
	Delete look.Button
}

func (r *Room) showText(q *web.Request) (web.Answer, error) {
	d, a, err := r.open(q.Context(), q.Viewer, q.Path("draft"))
	if err != nil {
		return nil, err
	}
	to, err := r.asked(q.Context(), q.Viewer, a.Ask)
	return q.Show("text", newTextPage(q, d.id, a, to, "")), err
}

func newTextPage(q *web.Request, id string, a Answers, to asked, problem string) textPage {
	t := q.Words.T
	p := textPage{
		Steps: part(q, StepText, a),
		Title: look.Title{Text: t("sharing.text_heading"), Lead: t("sharing.text_lead")}, Asked: to.note(q),
		Action: here(q, "/draft/"+id), Keep: "/draft/" + id + "/keep", Drop: "/draft/" + id + "/drop",
		Newer: look.Newer{From: hersFrom(q, id) + beganFrom(a)},
		Text: look.Field{Name: "text", Label: t("sharing.text_label"), Hint: t("sharing.text_hint"), WhoTitle: t("sharing.text_who_title"),
			Who: t("sharing.text_who"), Value: a.Text, Rows: 8, Max: textLimit, Left: t("sharing.left"), Over: t("sharing.over"), Problem: problem},
		Kind:   look.Choice{Name: "kind", Legend: t("sharing.kind_legend")},
		Draft:  look.Draft{Now: t("sharing.draft_now"), Saved: t("sharing.draft_saved"), Unsaved: t("sharing.draft_unsaved"), Newer: t("sharing.draft_newer")},
		Acts:   []look.Button{{Text: t("sharing.continue")}, {Text: t("sharing.stop"), Look: look.Second, Name: "stop", Value: "1"}},
		Delete: look.Button{Text: t("sharing.drop"), Look: look.Quiet},
	}
	for _, k := range Kinds() {
		p.Kind.Options = append(p.Kind.Options, look.Option{Value: string(k), Label: t("sharing.kind_" + string(k)),
			Hint: t("sharing.kind_" + string(k) + "_hint"), Chosen: k == a.Kind})
	}
	if problem != "" {
		p.Check = look.Check{Title: t("web.problem_heading"), Items: []look.CheckItem{{Href: "#text", Text: problem}}}
	}
	if q.Viewer.Table == "" {
		p.askSpoken(q, id, a)
	}
	return p
}

// askSpoken asks for a sound file beside the box, and plays what is there.
func (p *textPage) askSpoken(q *web.Request, id string, a Answers) {
	t := q.Words.T
	p.File = &look.Field{Name: "sound", Type: "file", Label: t("sharing.sound_label"), Hint: t("sharing.sound_hint", "size", sound.MaxBytes>>20),
		WhoTitle: t("sharing.sound_who_title"), Who: t("sharing.sound_who"), Accept: "audio/*,.m4a,.mp3,.ogg,.wav,.3gp"}
	if a.Spoken.Is() {
		p.File.Label = t("sharing.sound_other")
		p.Spoken = &look.Sound{Title: t("sharing.sound_own"), Label: t("sharing.sound_play"), Src: "/draft/" + id + "/play"}
		p.Acts = append(p.Acts, look.Button{Text: t("sharing.sound_drop"), Look: look.Quiet, Name: "hush", Value: "1"})
	}
	if a.Before.Is() {
		p.Before = look.Note{Text: t("sharing.sound_before", "until", q.Words.Date(a.Before.Until))}
		p.Return = look.Button{Text: t("sharing.sound_return"), Look: look.Second, Name: "back", Value: "1"}
	}
}

// wrongSound says beside the field why a sound file was not taken. What she typed is on the page.
func (p textPage) wrongSound(q *web.Request, wrong string) textPage {
	p.File.Problem = q.Words.T(wrong, "size", sound.MaxBytes>>20)
	p.Check = look.Check{Title: q.Words.T("web.problem_heading"), Items: []look.CheckItem{{Href: "#sound", Text: p.File.Problem}}}
	return p
}

// hersFrom names a draft on a page that was made for the viewer: what somebody else left open in this browser
// must not become hers.
func hersFrom(q *web.Request, draft string) string { return web.From(string(q.Viewer.ID), draft) }

// beganFrom names the text and kind that a page shows, beside whose it is.
func beganFrom(a Answers) string { return "." + web.From(a.Text, string(a.Kind)) }

// newer reports whether a draft holds other words than those the form began from, saved by another tab, which
// saving the form would take away. What the page itself has saved while she typed is its own.
func (f textForm) newer(q *web.Request, a Answers) bool {
	_, began, is := strings.Cut(f.From, ".")
	own := a.Page != "" && a.Page == q.FromPage()
	return is && !own && a.Text != f.Text && "."+began != beganFrom(a)
}

type textForm struct {
	From string `form:"from"`
	Kind string `form:"kind"`
	Text string `form:"text" max:"20000"`
	Stop bool   `form:"stop"`
	Hush bool   `form:"hush"` // takes away what she left spoken
	Back bool   `form:"back"` // brings back what she left spoken before
}

func (f textForm) into(a Answers) Answers {
	if k := consent.Kind(f.Kind); slices.Contains(Kinds(), k) {
		a.Kind = k
	}
	a.Text = f.Text
	return a
}

// with puts what was heard in the place of what was left spoken, which she can bring back until a day.
func (f textForm) with(heard Spoken, a Answers, until time.Time) Answers {
	switch {
	case heard.Is() || f.Hush:
		return a.say(heard, until)
	case f.Back:
		return a.sayAsBefore(until)
	}
	return a
}

// saveText keeps what she wrote and goes on, or stops here. When the draft is gone, since she shared it or threw
// it away in another tab, what she wrote becomes a new one.
func (r *Room) saveText(q *web.Request) (web.Answer, error) {
	f, heard, wrong, problem := r.readText(q)
	if problem != nil && fault.KindOf(problem) != fault.Invalid || errors.Is(problem, web.ErrUnreadable) {
		return nil, problem
	}
	newer, until := false, r.now().Add(r.gate.UndoTime())
	change := func(a Answers) Answers {
		if newer = f.newer(q, a); newer {
			return f.with(heard, a, until)
		}
		a.Page = q.FromPage()
		return f.with(heard, f.into(a), until)
	}
	d, a, err := r.rewrite(q.Context(), q.Viewer, q.Path("draft"), change)
	if typed := f.with(heard, f.into(Answers{Kind: consent.Idea}), until); errors.Is(err, fault.Missing) && strings.HasPrefix(f.From, hersFrom(q, q.Path("draft"))+".") &&
		(strings.TrimSpace(f.Text) != "" || heard.Is()) {
		return r.keepApart(q, typed, "sharing.draft_apart")
	}
	if err != nil {
		return nil, err
	}
	to, err := r.asked(q.Context(), q.Viewer, a.Ask)
	if err != nil {
		return nil, err
	}
	switch {
	case newer:
		return q.Again("text", newTextPage(q, d.id, f.into(a), to, "").beside(q, d.id, a)), nil
	case problem != nil:
		return q.Again("text", newTextPage(q, d.id, a, to, q.Words.T("web.too_long", "max", textLimit))), nil
	case wrong != "":
		return q.Again("text", newTextPage(q, d.id, a, to, "").wrongSound(q, wrong)), nil
	case f.Hush:
		return web.GoSaying(path(d.id, StepText), "sharing.sound_dropped"), nil
	case f.Back:
		return web.GoSaying(path(d.id, StepText), "sharing.sound_back"), nil
	case f.Stop:
		return web.GoSaying("/share", "sharing.draft_saved"), nil
	case !a.Said():
		return q.Again("text", newTextPage(q, d.id, a, to, q.Words.T("sharing.text_empty"))), nil
	}
	return web.Go(next(q, d.id, StepText, a)), nil
}

// keepText saves the draft while she types, and when she leaves. Too long a text is kept too: she can
// shorten it later. What is saved meanwhile, by the button she pressed or in another tab, is newer: it stays, and
// the page says so. When she leaves, what she typed is kept as a draft of its own then.
func (r *Room) keepText(q *web.Request) (web.Answer, error) {
	d, a, err := r.open(q.Context(), q.Viewer, q.Path("draft"))
	if err != nil {
		return nil, err
	}
	f, err := web.Parse[textForm](q)
	if errors.Is(err, web.ErrUnreadable) {
		return nil, err
	}
	if f.newer(q, a) {
		if q.Leaving() { // she is asked nothing any more
			return r.keepApart(q, f.into(Answers{Kind: a.Kind}), "sharing.draft_apart") // what is left spoken stays where it is
		}
		return nil, errDraftNewer
	}
	a.Page = q.FromPage()
	if err := r.save(q.Context(), q.Viewer, d, f.into(a)); err != nil {
		return nil, err
	}
	return web.Data("kept"), nil
}

// beside puts the words that stand in the draft by now above the box with those that were typed.
func (p textPage) beside(q *web.Request, id string, now Answers) textPage {
	p.Newer = q.Newer(hersFrom(q, id)+beganFrom(now), look.SummaryRow{Term: q.Words.T("sharing.text_now"), Value: now.Text})
	p.Newer.Note.Text = q.Words.T("sharing.text_newer")
	return p
}

// discard deletes a draft for good: it was shared, and stands there now, with what was left spoken in it.
func (r *Room) discard(q *web.Request, tx *store.Tx, v person.Viewer, id string) error {
	d, err := getDraft(q.Context(), tx, v, id)
	if err != nil {
		return err
	}
	return r.useUp(q.Context(), tx, v.Partnership, d)
}
