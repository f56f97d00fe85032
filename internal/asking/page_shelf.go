package asking

import (
	"context"
	"strconv"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/unsaved"
	"footing/internal/web"
	"footing/internal/web/look"
)

// shelfPage is what is known already: it comes before anybody is asked anything.
type shelfPage struct {
	Title   look.Title
	Start   look.Note // where the entries come from that nobody here wrote
	Add     look.Button
	Cards   []look.Card
	Empty   look.Empty
	OffHead string
	Off     []offEntry
	AskHead string
	AskText string
	Ask     []look.Link
}

// offEntry is an entry that was taken off and can still be put back.
type offEntry struct {
	Title, Until string
	Back         act
}

func (r *Room) showShelf(q *web.Request) (web.Answer, error) {
	entries, err := r.Shelf(q.Context(), q.Viewer)
	if err != nil {
		return nil, err
	}
	names, err := r.names(q.Context(), q)
	if err != nil {
		return nil, err
	}
	t := q.Words.T
	p := shelfPage{Title: look.Title{Text: t("asking.shelf_heading"), Lead: t("asking.shelf_lead")}, OffHead: t("asking.off_heading"),
		AskHead: t("asking.missing_heading"), AskText: t("asking.missing_text")}
	writes := asks(web.Any).Standings.Meets(q.Viewer.Standings)
	for _, e := range entries {
		if !e.Off.IsZero() {
			if writes {
				p.Off = append(p.Off, offEntry{e.Title, t("asking.off_until", "date", q.Words.Date(r.returns(e))),
					act{"/known/" + e.ID + "/back", look.Button{Text: t("asking.put_back"), About: e.Title, Look: look.Quiet}}})
			}
			continue
		}
		if e.Version == 0 {
			p.Start = look.Note{Title: t("asking.start_title"), Text: t("asking.start_text")}
		}
		p.Cards = append(p.Cards, look.Card{Title: look.Link{Href: "/known/" + e.ID, Text: e.Title}, Text: e.Known.Known, Meta: sourceOf(q, e, names)})
	}
	if len(p.Cards) == 0 {
		p.Empty = look.Empty{Title: t("asking.shelf_empty"), Text: t("asking.shelf_empty_text")}
	}
	if writes {
		p.Add = look.Button{Text: t("asking.add"), Href: "/known/new", Look: look.Second}
		p.Ask = []look.Link{{Href: "/asks", Text: t("asking.to_asks")}, {Href: "/asks/how", Text: t("asking.to_how")}}
	}
	return q.Show("shelf", p), nil
}

// sourceOf says where an entry is from, and who wrote it down when.
func sourceOf(q *web.Request, e Entry, names map[person.ID]string) string {
	t := q.Words.T
	if e.From == FromAsk {
		return t("asking.source_ask", "name", names[e.Writer], "date", q.Words.Date(e.Made))
	}
	from := t("asking.source_"+string(e.From), "source", e.Source)
	if e.Version == 0 {
		return from
	}
	return from + " " + t("asking.written", "name", names[e.Writer], "date", q.Words.Date(e.Made))
}

func (r *Room) names(ctx context.Context, q *web.Request) (map[person.ID]string, error) {
	var names map[person.ID]string
	err := r.DB.Read(ctx, func(tx *store.Tx) error {
		var err error
		names, err = r.Circle.Names(ctx, tx, q.Partnership())
		return err
	})
	return names, err
}

// entryPage is one entry, with what it said before.
type entryPage struct {
	Title  look.Title
	Known  string
	Source string
	Find   find
	Off    look.Note
	Change look.Link
	Act    act
	Hint   string
	Old    []oldEntry
	Back   look.Link
}

// find is where the source can be read, as text.
type find struct{ Head, Link string }

type oldEntry struct{ Head, Title, Known, Source string }

func (r *Room) showEntry(q *web.Request) (web.Answer, error) {
	list, err := r.Versions(q.Context(), q.Viewer, q.Path("entry"))
	if err != nil {
		return nil, err
	}
	names, err := r.names(q.Context(), q)
	if err != nil {
		return nil, err
	}
	t, now := q.Words.T, list[0]
	at := "/known/" + now.ID
	p := entryPage{Title: look.Title{Text: now.Title}, Known: now.Known.Known, Source: sourceOf(q, now, names),
		Back: look.Link{Href: "/known", Text: t("asking.to_shelf")}}
	if now.Link != "" {
		p.Find = find{t("asking.find"), now.Link}
	}
	for _, e := range list[1:] {
		head := t("asking.was", "name", names[e.Writer], "date", q.Words.Date(e.Made))
		if e.Version == 0 {
			head = t("asking.was_start")
		}
		p.Old = append(p.Old, oldEntry{head, e.Title, e.Known.Known, sourceOf(q, e, names)})
	}
	if !asks(web.Any).Standings.Meets(q.Viewer.Standings) {
		return q.Show("entry", p), nil
	}
	p.Change = look.Link{Href: at + "/change", Text: t("asking.change_entry")}
	p.Act, p.Hint = act{at + "/off", look.Button{Text: t("asking.take_off"), Look: look.Quiet}}, t("asking.take_off_hint")
	if !now.Off.IsZero() {
		p.Off = look.Note{Title: t("asking.is_off"), Text: t("asking.off_until", "date", q.Words.Date(r.returns(now)))}
		p.Act, p.Hint, p.Change = act{at + "/back", look.Button{Text: t("asking.put_back"), Look: look.Second}}, "", look.Link{}
	}
	return q.Show("entry", p), nil
}

func (r *Room) takeOff(q *web.Request) (web.Answer, error) {
	return web.GoSaying("/known", "asking.taken_off"), r.SetOff(q.Context(), q.Viewer, q.Path("entry"), true)
}

func (r *Room) putBack(q *web.Request) (web.Answer, error) {
	return web.GoSaying("/known", "asking.put_back_done"), r.SetOff(q.Context(), q.Viewer, q.Path("entry"), false)
}

// entryForm is an entry as it is written. Over is the version it was begun on.
type entryForm struct {
	Title  string `form:"entry_title" max:"120"`
	Known  string `form:"known" max:"800"`
	From   string `form:"from"`
	Source string `form:"source" max:"300"`
	Link   string `form:"link" max:"300"`
	Over   int64  `form:"over"`
	Stop   bool   `form:"stop" json:"-"`
	Drop   bool   `form:"drop" json:"-"`
}

func (f entryForm) entry() Known { return Known{f.Title, f.Known, From(f.From), f.Source, f.Link} }

// place is where what is typed into the form is kept.
func (f entryForm) place(q *web.Request) string { return "known/" + q.Path("entry") }

func (r *Room) newEntryPage(q *web.Request, f entryForm) form {
	t, at := q.Words.T, "/known/new"
	heading := t("asking.add_heading")
	if id := q.Path("entry"); id != "" {
		at, heading = "/known/"+id+"/change", t("asking.change_heading")
	}
	return form{Title: look.Title{Text: heading, Lead: t("asking.add_lead")}, Action: at, Keep: at + "/keep", Draft: q.Draft(), Asks: entryAsks(q, f),
		Acts: []look.Button{{Text: t("asking.add_save")}, {Text: t("asking.stop"), Look: look.Second, Name: "stop", Value: "1"},
			{Text: t("asking.throw_away"), Look: look.Quiet, Name: "drop", Value: "1"}}}
}

// entryAsks are the questions of an entry. What came of a request has its source already.
func entryAsks(q *web.Request, f entryForm) []look.Ask {
	t := q.Words.T
	known := box(q, "known", f.Known, 4, 800)
	known.WhoTitle, known.Who = t("asking.who_title"), t("asking.known_who")
	list := []look.Ask{look.Carry("over", strconv.FormatInt(f.Over, 10)), look.Write(line(q, "entry_title", f.Title)), look.Write(known)}
	if From(f.From) == FromAsk {
		return append(list, look.Carry("from", f.From))
	}
	return append(list, look.Choose(look.Choice{Name: "from", Legend: t("asking.from"), Options: options(q, "asking.from_", Froms(), From(f.From))}),
		look.Write(line(q, "source", f.Source)), look.Write(line(q, "link", f.Link)))
}

// showWrite shows the form: what she typed before, or the entry as it is.
func (r *Room) showWrite(q *web.Request) (web.Answer, error) {
	f, there, err := unsaved.Kept[entryForm](q.Context(), r.unsaved(), q.Viewer, entryForm{}.place(q))
	if err != nil {
		return nil, err
	}
	if id := q.Path("entry"); id != "" {
		list, err := r.Versions(q.Context(), q.Viewer, id)
		if err != nil {
			return nil, err
		}
		if now := list[0]; !there {
			f = entryForm{Title: now.Title, Known: now.Known.Known, From: string(now.From), Source: now.Source, Link: now.Link, Over: now.Version}
		}
	}
	return q.Show("form", r.newEntryPage(q, f)), nil
}

func (r *Room) keepEntry(q *web.Request) (web.Answer, error) {
	f, _ := web.Parse[entryForm](q) // too long a text is kept too: she can shorten it later
	return web.Data("kept"), r.unsaved().Keep(q.Context(), q.Viewer, f.place(q), f)
}

// writeEntry puts an entry on the shelf, or a new version of it. What she typed is kept whatever happens.
func (r *Room) writeEntry(q *web.Request) (web.Answer, error) {
	f, problem := web.Parse[entryForm](q)
	ctx, id := q.Context(), q.Path("entry")
	if f.Drop {
		return web.GoSaying("/known", "asking.thrown_away"), r.unsaved().Drop(ctx, q.Viewer, f.place(q))
	}
	if err := r.unsaved().Keep(ctx, q.Viewer, f.place(q), f); err != nil {
		return nil, err
	}
	if f.Stop {
		return web.GoSaying("/known", "web.draft_saved"), nil
	}
	if problem != nil {
		return r.newEntryPage(q, f).again(q, "known", problem)
	}
	err := r.saveEntry(ctx, q.Viewer, id, f)
	if fault.KindOf(err) == fault.Conflict {
		return r.catchUp(q, f, err)
	}
	if err != nil {
		return r.newEntryPage(q, f).again(q, emptyField(f), err)
	}
	return web.GoSaying("/known", "asking.added"), r.unsaved().Drop(ctx, q.Viewer, f.place(q))
}

func (r *Room) saveEntry(ctx context.Context, v person.Viewer, id string, f entryForm) error {
	known := f.entry()
	if id == "" {
		if known.From == FromAsk {
			known.From = "" // only the asker tells what came of a request
		}
		_, err := r.Add(ctx, v, known)
		return err
	}
	list, err := r.Versions(ctx, v, id)
	if err != nil {
		return err
	}
	if (known.From == FromAsk) != (list[0].From == FromAsk) {
		known.From = list[0].From // and it stays that, whoever mends its words
	}
	return r.Write(ctx, v, id, f.Over, known)
}

// catchUp lays her text over somebody else's newer one, which she is shown above it.
func (r *Room) catchUp(q *web.Request, f entryForm, err error) (web.Answer, error) {
	list, other := r.Versions(q.Context(), q.Viewer, q.Path("entry"))
	if other != nil {
		return nil, other
	}
	f.Over = list[0].Version
	if other := r.unsaved().Keep(q.Context(), q.Viewer, f.place(q), f); other != nil {
		return nil, other
	}
	p, now := r.newEntryPage(q, f), list[0]
	for _, row := range [][3]string{{"entry_title", now.Title, f.Title}, {"known", now.Known.Known, f.Known}, {"source", now.Source, f.Source}, {"link", now.Link, f.Link}} {
		if row[1] != row[2] {
			p.Newer.Now = append(p.Newer.Now, look.SummaryRow{Term: q.Words.T("asking." + row[0]), Value: row[1]})
		}
	}
	p.Newer = q.Newer("", p.Newer.Now...)
	return p.again(q, "known", err)
}

// emptyField returns the first field of the form that is empty.
func emptyField(f entryForm) string {
	k := f.entry().trimmed()
	switch {
	case k.Title == "":
		return "entry_title"
	case k.Known == "":
		return "known"
	case k.From == "":
		return "from"
	}
	return "source"
}
