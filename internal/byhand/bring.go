package byhand

import (
	"maps"
	"net/url"
	"slices"
	"strings"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// brought is what the viewer can bring to somebody who named her to, with the task that answers it.
//
// Whom something is brought to stands in no row, neither when it is printed nor when it is answered: the
// sheet has no code, and an entry made from it looks like any other of its task. What it answers is in the
// sealed answers. So nothing in the program can tell who was brought something and did not answer.
type brought struct {
	web.Brought
	twin web.Twin
}

// path is where it is looked at and printed.
func (b brought) path() string { return "/paper/bring/" + b.ref() }

// ref names it in a form, in place of a code.
func (b brought) ref() string { return b.twin.Name + "/" + string(b.Person) + "/" + b.Thing }

// ofThing is the answer that says what an entry is about, where its row must not.
const ofThing = "hand.thing"

// carry names the sheet in a form.
func (s Sheet) carry() look.Ask {
	if s.Bring != "" {
		return look.Carry("hand.bring", s.Bring)
	}
	return look.Carry("code", s.Code)
}

// kept returns what an entry's row says that it is about.
func (s Sheet) kept() string {
	if s.Bring != "" {
		return ""
	}
	return s.Thing
}

// with returns the answers as they are sealed: with what was brought, and never with what only a form says.
func (s Sheet) with(answers url.Values) url.Values {
	answers = maps.Clone(answers)
	answers.Del(ofThing)
	if s.Bring != "" {
		answers.Set(ofThing, s.Thing)
	}
	return answers
}

// about returns what the entry is about.
func (e Entry) about(answers url.Values) string {
	if answers.Has(ofThing) {
		return answers.Get(ofThing)
	}
	return e.Thing
}

// broughts lists whom the viewer brings something to, and what there is. Whoever signs in herself has her
// own page, unless she lets others write for her.
func (r *Room) broughts(q *web.Request) ([]brought, error) {
	var list []brought
	for _, twin := range q.Twins() {
		if twin.Brings == nil {
			continue
		}
		of, err := twin.Brings(q)
		if err != nil {
			return nil, err
		}
		for _, b := range of {
			list = append(list, brought{b, twin})
		}
	}
	if len(list) == 0 {
		return nil, nil
	}
	kept := list[:0]
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		for _, b := range list {
			ok, err := r.open(q.Context(), tx, q.Partnership(), b.Person)
			if err != nil {
				return err
			}
			if ok {
				kept = append(kept, b)
			}
		}
		return nil
	})
	return kept, err
}

// named returns what the form names: a sheet by its code, or what the viewer brings.
func (r *Room) named(q *web.Request, f codeForm) (Sheet, web.Twin, person.Viewer, error) {
	if f.Bring == "" {
		return r.sheet(q, foldCode(f.Code))
	}
	return r.bring(q, f.Bring)
}

// bring returns what the viewer brings as a sheet, and the person it is for as her hand would act for her.
func (r *Room) bring(q *web.Request, ref string) (Sheet, web.Twin, person.Viewer, error) {
	list, err := r.broughts(q)
	if err != nil {
		return Sheet{}, web.Twin{}, person.Viewer{}, err
	}
	i := slices.IndexFunc(list, func(b brought) bool { return b.Thing != "" && b.ref() == ref })
	if i < 0 {
		return Sheet{}, web.Twin{}, person.Viewer{}, fault.Missing
	}
	b := list[i]
	her, err := r.her(q, Entry{Person: b.Person, Hand: person.Hand{Way: person.Paper, By: q.Viewer.ID}})
	return Sheet{Bring: ref, Twin: b.twin.Name, Thing: b.Thing, Person: b.Person, By: q.Viewer.ID, Made: r.Now()}, b.twin, her, err
}

// bringPage lists what the viewer can bring, by person. It does not say who answered.
type bringPage struct {
	Title  look.Title
	People []bringing
	None   string
	Fold   string
}

type bringing struct {
	Name  string
	Cards []look.Card
	None  string
	Aside []look.Link
}

func (r *Room) showBring(q *web.Request) (web.Answer, error) {
	t := q.Words.T
	list, err := r.broughts(q)
	p := bringPage{Title: look.Title{Text: t("byhand.bring_heading"), Lead: t("byhand.bring_lead")}, None: t("byhand.bring_nobody"), Fold: t("byhand.bring_aside")}
	at := map[person.ID]int{}
	for _, b := range list {
		n, known := at[b.Person]
		if !known {
			n = len(p.People)
			at[b.Person], p.People = n, append(p.People, bringing{Name: t("byhand.bring_to", "name", b.Name), None: t("byhand.bring_nothing")})
		}
		one, link := &p.People[n], look.Link{Href: b.path(), Text: b.Title}
		switch {
		case b.Thing == "":
		case b.Aside:
			one.Aside = append(one.Aside, link)
		default:
			one.Cards, one.None = append(one.Cards, look.Card{Title: link, Meta: b.Meta}), ""
		}
	}
	return q.Show("bring", p), err
}

// broughtPage is what is brought, as it is printed, and below what the printer leaves out.
type broughtPage struct {
	Title  look.Title
	Notes  []look.Note
	Asks   []look.Ask
	Foot   []string
	Action string
	Acts   []look.Button
	Aside  look.Button
	Hint   string
	Back   look.Link
}

func ref(q *web.Request) string {
	return strings.Join([]string{q.Path("twin"), q.Path("person"), q.Path("thing")}, "/")
}

func (r *Room) showBrought(q *web.Request) (web.Answer, error) {
	s, twin, her, err := r.bring(q, ref(q))
	if err != nil {
		return nil, err
	}
	asked, err := twin.Ask(q.As(her, nil), s.Thing)
	if err != nil {
		return nil, err
	}
	t := q.Words.T
	p := broughtPage{Title: look.Title{Text: asked.About, Lead: t("byhand.sheet_lead")}, Notes: asked.Notes, Asks: asked.Asks,
		Foot:   []string{t("byhand.sheet_beside"), t("byhand.sheet_next_" + what(twin, nil)), t("byhand.sheet_keep")},
		Action: "/paper/bring/" + s.Bring, Acts: []look.Button{{Text: t("byhand.brought_write")}},
		Aside: look.Button{Text: t("byhand.brought_off"), Look: look.Second, Name: "off", Value: "1"}, Hint: t("byhand.brought_hint"),
		Back: look.Link{Href: "/paper/bring", Text: t("byhand.back")}}
	if off, err := r.isAside(q, s); err != nil {
		return nil, err
	} else if off {
		p.Aside = look.Button{Text: t("byhand.brought_on"), Look: look.Second, Name: "off", Value: ""}
	}
	return q.Show("brought", p), nil
}

func (r *Room) isAside(q *web.Request, s Sheet) (bool, error) {
	list, err := r.broughts(q)
	return slices.ContainsFunc(list, func(b brought) bool { return b.ref() == s.Bring && b.Aside }), err
}

// askBrought shows the questions, to be filled in as she wrote or says it.
func (r *Room) askBrought(q *web.Request) (web.Answer, error) {
	s, twin, her, err := r.bring(q, ref(q))
	if err != nil {
		return nil, err
	}
	p, err := r.newQuestionsPage(q, s, twin, her, nil)
	return q.Show("enter", p), err
}

type asideForm struct {
	Off bool `form:"off"`
}

// asideBrought takes something off the list, or puts it back. That is kept as she would keep it herself:
// sealed for her, and for nobody else.
func (r *Room) asideBrought(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[asideForm](q)
	if err != nil {
		return nil, err
	}
	s, twin, her, err := r.bring(q, ref(q))
	if err != nil {
		return nil, err
	}
	return web.GoSaying("/paper/bring", "byhand.saved"), twin.Aside(q.As(her, nil), s.Thing, !f.Off)
}
