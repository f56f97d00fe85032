package sharing

import (
	"slices"
	"strings"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// Before she shares something, she can look at it as anybody here would get it: the line in their list,
// what stands before her words, and the words, made by the same code that makes them for a reader. For
// whoever would get nothing, that is shown. What a reader has hidden for herself is not looked at: it is
// hers alone.

// asIf stands above a page that is shown as if to somebody.
type asIf struct {
	Told look.Note
	Back look.Link
}

// asPage lists who she can look at it as.
type asPage struct {
	Title   look.Title
	Reads   string
	Readers []look.Person
	Others  string
	Nothing []look.Person
	Back    look.Link
}

func (r *Room) showAs(q *web.Request) (web.Answer, error) {
	v, err := r.asOthers(q)
	if err != nil {
		return nil, err
	}
	t := q.Words.T
	p := asPage{Title: look.Title{Text: t("sharing.as_heading"), Lead: t("sharing.as_lead")}, Reads: t("sharing.as_reads"), Others: t("sharing.as_others"),
		Back: look.Link{Href: path(v.draft.id, StepCheck), Text: t("sharing.as_back")}}
	for _, o := range v.at.people {
		who := ParseAudience(o.Value).ID
		line := look.Person{Name: o.Label, What: o.Hint, Href: asPath(v.draft.id) + "/" + who}
		if v.reads(person.ID(who)) {
			p.Readers = append(p.Readers, line)
		} else {
			p.Nothing = append(p.Nothing, line)
		}
	}
	return q.Show("as", p), nil
}

// others is a draft with who would get what of it.
type others struct {
	draft   draftRow
	answers Answers
	at      around
	would   map[consent.Use][]person.ID
}

func (r *Room) asOthers(q *web.Request) (others, error) {
	var v others
	var err error
	if v.draft, v.answers, err = r.open(q.Context(), q.Viewer, q.Path("draft")); err != nil {
		return v, err
	}
	if v.at, err = r.around(q.Context(), q); err != nil {
		return v, err
	}
	err = r.db.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		v.would, err = r.gate.WhoWould(q.Context(), tx, q.Partnership(), v.answers.Terms(q.Viewer.ID, q.Now()))
		return err
	})
	return v, err
}

func (v others) reads(who person.ID) bool { return slices.Contains(v.would[reading], who) }

// uses says what else somebody may do with it, for whom it does not stand in the list to read.
func (v others) uses(q *web.Request, who person.ID) string {
	var uses []string
	for use, people := range v.would {
		if use != reading && slices.Contains(people, who) {
			uses = append(uses, useWords(q, use))
		}
	}
	slices.Sort(uses)
	return strings.Join(uses, "; ")
}

func asPath(id string) string { return "/draft/" + id + "/as" }

// nothingPage is what somebody gets who may not open it: what she would get of anything that is not there.
type nothingPage struct {
	As    *asIf
	Title look.Title
	Start string
}

// asOne shows it as one person would get it: what stands before the words, or the words.
func (r *Room) asOne(q *web.Request, opened bool) (web.Answer, error) {
	v, err := r.asOthers(q)
	if err != nil {
		return nil, err
	}
	who := person.ID(q.Path("person"))
	i := slices.IndexFunc(v.at.people, func(o look.Option) bool { return ParseAudience(o.Value).ID == string(who) })
	if i < 0 {
		return nil, fault.Missing
	}
	t, name, list := q.Words.T, v.at.people[i].Label, asPath(v.draft.id)
	hers := "" // the name that would stand with it
	if v.answers.attribution().Names() {
		hers = q.Viewer.Name
	}
	h := consent.Heading{Kind: v.answers.Kind, Keeper: q.Viewer.ID, Made: q.Now()}
	as := &asIf{Back: look.Link{Href: list, Text: t("sharing.as_other")}, Told: look.Note{Title: t("sharing.as_title", "name", name)}}
	if !v.reads(who) {
		as.Told.Text = t("sharing.as_nothing", "name", name)
		if uses := v.uses(q, who); uses != "" {
			as.Told.Text += " " + t("sharing.as_uses", "name", name, "uses", uses)
		}
		return q.Show("nothing", nothingPage{as, look.Title{Text: t("web.problem_heading"), Lead: t(fault.Missing.Say)}, t("web.to_start")}), nil
	}
	as.Told.Text = t("sharing.as_told", "line", from(q, h, hers))
	if opened {
		var sounds []look.Sound
		if v.answers.Spoken.Is() && slices.Contains(v.would[toHear], who) {
			sounds = []look.Sound{{Label: t("sharing.sound_play"), Src: "/draft/" + v.draft.id + "/play"}}
		}
		p := newWordsPage(q, h, Paragraphs(v.answers.Text), sounds, hers, list)
		p.As = as
		return q.Show("words", p), nil
	}
	p := newNotePage(q, consent.Front{Heading: h, Topics: v.answers.Topics}, v.answers.About, v.at.topics, hers, list+"/"+string(who)+"/words", list)
	p.As = as
	return q.Show("note", p), nil
}

func (r *Room) showAsNote(q *web.Request) (web.Answer, error)  { return r.asOne(q, false) }
func (r *Room) showAsWords(q *web.Request) (web.Answer, error) { return r.asOne(q, true) }
