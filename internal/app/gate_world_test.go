package app_test

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"footing/internal/coding"
	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/matrix"
	"footing/internal/person"
	"footing/internal/source"
	"footing/internal/store"
	"footing/internal/testing/fixture"
	"footing/internal/testing/nextdoor"
)

const (
	lived    = consent.ToLived
	all      = consent.ToPartnership
	analysts = consent.ToAnalysts
)

// states is everything that a woman's words can be. Jo keeps the sources, of a study that Tolu and Ruth read for.
func states() []*share {
	heard := func(state, to string, s share) *share {
		s.state, s.to, s.owner = state, to, cmp.Or(s.owner, "Bren")
		s.use, s.form = cmp.Or(s.use, consent.Heard), cmp.Or(s.form, consent.Words)
		return &s
	}
	kept := func(state, to string, s share) *share {
		s.keeper, s.use = "Jo", cmp.Or(s.use, consent.Analysis)
		return heard(state, to, s)
	}
	two := heard("said by two", all, share{beside: "Tolu"})
	return []*share{
		two, heard("said by two, the other's part", all, share{owner: "Tolu", in: two}),
		{state: "a draft", owner: "Bren"},
		heard("shared with nobody", "", share{}),
		heard("shared with the women", lived, share{}),
		heard("shared with all", all, share{}),
		heard("shared with one", "Jo", share{}),
		heard("shared with the women, but not Tolu", lived, share{not: "Tolu"}),
		heard("shared with all, also who joins later", all, share{later: true}),
		heard("ended", all, share{ended: true}),
		heard("the voice, with the women", lived, share{form: consent.Voice}),
		heard("the voice, with all, but not Jo", all, share{form: consent.Voice, not: "Jo"}),
		heard("the voice, for Jo to type up", "Jo", share{use: consent.Typing, form: consent.Voice}),
		heard("the voice, ended", all, share{form: consent.Voice, ended: true}),
		heard("the voice, taken back", all, share{form: consent.Voice, gone: "taken"}),
		heard("the voice, erased", all, share{form: consent.Voice, gone: "erased"}),
		heard("taken back", all, share{gone: "taken"}),
		heard("erased", all, share{gone: "erased"}),
		heard("as a theme alone", all, share{form: consent.Theme}),
		heard("as a number alone", all, share{form: consent.Number}),
		kept("a source", analysts, share{}),
		kept("a source, but not for Ruth", analysts, share{not: "Ruth"}),
		kept("a source, also for who joins later", analysts, share{later: true}),
		kept("a source in other words", analysts, share{form: consent.Paraphrase}),
		kept("a source as a theme alone", analysts, share{form: consent.Theme}),
		kept("a source as a number alone", analysts, share{form: consent.Number}),
		kept("a source that ended", analysts, share{ended: true}),
		kept("a source taken back", analysts, share{gone: "taken"}),
		kept("a source erased", analysts, share{gone: "erased"}),
		kept("a source that Ruth read, taken back", analysts, share{gone: "taken", opened: "Ruth"}),
		kept("kept for checking", analysts, share{use: consent.Checking}),
		kept("kept for checking, over", analysts, share{use: consent.Checking, ended: true}),
		kept("a source for nobody", "", share{}),
		kept("a source to be heard by the women", lived, share{use: consent.Heard}),
		kept("a source about Bren", analysts, share{owner: "Tolu", about: "Bren"}),
		heard("shared with all, next door", all, share{}),
	}
}

func newGateWorld(t *testing.T, h *house) *gateWorld {
	t.Helper()
	w := h.Demo(h.clock)
	g := &gateWorld{t: t, h: h, shares: states(), found: map[byte]int{}, shown: map[opening]*share{}}
	var err error
	g.p, err = h.Partnership(t.Context())
	g.must(err)
	g.write(func(tx *store.Tx) error {
		running, err := w.Studies.Running(t.Context(), tx, g.p)
		if err == nil {
			g.study = running[0].ID
		}
		return err
	})
	wren := g.join("Wren Abbot", person.Researcher)
	g.theme, err = w.Coding.AddTheme(t.Context(), wren, g.study, coding.NewTheme{Name: "Everything"})
	g.must(err)
	g.base = map[string]string{"study": g.study, "theme": g.theme, "person": h.idOf(t, "Kez"), "entry": "1", "part": "1", "version": "1", "twin": "agree"}
	bren := h.visit(t, "Bren", person.LivedExperience)
	g.fill(bren, wren)
	g.readers = []reader{
		{visitor: h.visit(t, "")},
		{visitor: g.signedInNextDoor()},
		{visitor: bren, in: []string{lived, all}},
		{visitor: h.visit(t, "Tolu", person.LivedExperience, person.Analyst), in: []string{lived, all, analysts}},
		{visitor: h.visit(t, "Jo", person.Charity, person.Administrator), in: []string{all}},
		{visitor: h.visit(t, "Dr", person.Clinician), in: []string{all}},
		{visitor: h.visit(t, "Ruth", person.Researcher, person.Analyst), in: []string{all, analysts}},
	}
	g.join("Noor Late", person.LivedExperience)
	g.readers = append(g.readers, reader{visitor: g.last, in: []string{lived, all, analysts}, late: true})
	g.rows = g.openings()
	return g
}

// openings is everybody who is on record for having opened something.
func (g *gateWorld) openings() map[opening]bool {
	g.t.Helper()
	w, ctx, rows := g.h.Demo(g.h.clock), g.t.Context(), map[opening]bool{}
	g.must(w.DB.Read(ctx, func(tx *store.Tx) error {
		names, err := w.Circle.Names(ctx, tx, g.p)
		if err != nil {
			return err
		}
		return tx.Each(ctx, func(r store.Row) error {
			var speaker string
			var who person.ID
			err := r.Scan(&speaker, &who)
			rows[opening{speaker, first(names[who])}] = true
			return err
		}, `SELECT DISTINCT speaker_id, reader_id FROM consent_opening WHERE partnership_id = $1`, g.p)
	}))
	return rows
}

// fill contributes everything: what Bren is writing, what is shared, and sources that an analyst works with.
func (g *gateWorld) fill(bren *visitor, analyst person.Viewer) {
	g.t.Helper()
	for _, s := range g.shares {
		s.ids = maps.Clone(g.base)
	}
	for _, s := range g.shares {
		switch {
		case s.in != nil: // said in another's
		case s.use == "":
			s.ids["draft"] = bren.draft(g.t)
			bren.leave(g.t, "/draft/"+s.ids["draft"], "voice.ogg", "OggS "+g.word(s, 's'), "kind", "idea", "text", g.word(s, 'w'))
		case s.keeper != "":
			g.keep(s, analyst)
		default:
			g.share(s)
		}
	}
	typing := g.in("the voice, for Jo to type up")
	g.h.visit(g.t, "Jo").ask(g.t, "POST", "/typing/"+typing.ids["contribution"], url.Values{"typed": {g.word(typing, 'y')}, "send": {"1"}})
	g.print(g.in("a source"), bren)
	g.print(g.in("shared with nobody"), bren)
	g.nextDoor(g.in("shared with all, next door"))
	g.write(func(tx *store.Tx) error {
		return g.h.Demo(g.h.clock).Gate.SetAnswer(g.t.Context(), tx, g.p, g.called("Bren").ID, consent.AnswerNo)
	})
}

// signedInNextDoor is somebody whose session is in the other partnership on this server. To us she is nobody.
func (g *gateWorld) signedInNextDoor() *visitor {
	g.t.Helper()
	nell := g.join("Nell Door", person.LivedExperience)
	g.write(func(tx *store.Tx) error {
		n, err := tx.Exec(g.t.Context(), `UPDATE account_session SET partnership_id = $3, id = id || 'there' WHERE partnership_id = $1 AND person_id = $2`,
			g.p, nell.ID, nextdoor.There)
		return store.Changed(n, err, fault.Missing)
	})
	g.last.name = ""
	return g.last
}

func (g *gateWorld) must(err error) {
	g.t.Helper()
	if err != nil {
		g.t.Fatal(err)
	}
}

func (g *gateWorld) write(do func(*store.Tx) error) {
	g.t.Helper()
	g.must(g.h.Demo(g.h.clock).DB.Write(g.t.Context(), do))
}

// full is what the demonstration calls those whom tests call by less.
var full = map[string]string{"Ruth": "Ruth Ellery", "Jo": "Jo Tarrant"}

// called returns one of the partnership.
func (g *gateWorld) called(name string) person.Viewer {
	g.t.Helper()
	return g.h.named(g.t, cmp.Or(full[name], name))
}

// join lets somebody into the partnership and the study, from now on.
func (g *gateWorld) join(name string, s person.Standing) person.Viewer {
	g.t.Helper()
	w, ctx := g.h.Demo(g.h.clock), g.t.Context()
	by := g.called("Bren")
	v := person.Viewer{Partnership: g.p, Name: name}
	var token string
	g.write(func(tx *store.Tx) error {
		var err error
		v.ID, err = w.Circle.Add(ctx, tx, g.p, name, "")
		for _, do := range []func() error{
			func() error { return w.Accounts.Create(ctx, tx, g.p, v.ID, name, "") },
			func() error { return w.Circle.Give(ctx, tx, g.p, v.ID, s, by.ID, true) },
			func() error { return w.Studies.Name(ctx, tx, g.p, g.study, v.ID, "") },
			func() (err error) { token, err = w.Accounts.WholeLink(ctx, tx, g.p, v.ID, time.Hour); return err },
		} {
			if err == nil {
				err = do()
			}
		}
		return err
	})
	g.last = &visitor{name: first(name), standings: []person.Standing{s, person.Analyst}, h: g.h}
	if a := g.last.ask(g.t, "POST", "/in/"+token, nil); a.status != http.StatusSeeOther {
		g.t.Fatalf("signing in as %s answers %d", name, a.status)
	}
	return v
}

// audience is whom a share lets in.
func (g *gateWorld) audience(s *share) consent.Audience {
	switch s.to {
	case lived, all, consent.ToPublic:
		return consent.Audience{Kind: s.to}
	case analysts:
		return consent.Audience{Kind: s.to, ID: g.study}
	}
	return consent.Audience{Kind: consent.ToPerson, ID: string(g.called(s.to).ID)}
}

// terms is what a share allows.
func (g *gateWorld) terms(s *share) consent.Terms {
	terms := consent.Terms{Attribution: consent.ByName, How: consent.How{Way: "screen"}}
	if s.to != "" {
		yes := consent.Yes{Audience: g.audience(s), Use: consent.Use{Purpose: s.use, Form: s.form}, Until: g.h.clock.Now().AddDate(1, 0, 0), Later: s.later}
		if s.use == consent.Analysis || s.use == consent.Checking {
			yes.For = g.study
		}
		if s.ended {
			yes.Until = g.h.clock.Now().Add(-time.Hour)
		}
		terms.Yes = []consent.Yes{yes}
		if s.use == consent.Checking { // it was printed, and that is over
			out := consent.Yes{Audience: yes.Audience, Use: consent.Use{Purpose: consent.Quote, For: g.study, Form: s.form}, Until: g.h.clock.Now().Add(-2 * time.Hour)}
			terms.Yes = append(terms.Yes, out)
		}
	}
	if s.not != "" {
		terms.Not = []consent.Audience{{Kind: consent.ToPerson, ID: string(g.called(s.not).ID)}}
	}
	return terms
}

// word is a canary of a share's.
func (g *gateWorld) word(s *share, kind byte) string {
	return fmt.Sprintf("qz%02dcanary%c", slices.Index(g.shares, s), kind)
}

// share contributes what nobody keeps but its owner, with what others say in it.
func (g *gateWorld) share(s *share) {
	g.t.Helper()
	w, ctx, owner := g.h.Demo(g.h.clock), g.t.Context(), g.called(s.owner)
	in := consent.Incoming{Kind: consent.Idea, Keeper: owner.ID}
	parts := []*share{s}
	for _, other := range g.shares {
		if other.in == s {
			parts = append(parts, other)
		}
	}
	for i, part := range parts {
		in.Speakers = append(in.Speakers, consent.NewSpeaker{Role: consent.Member, Person: g.called(part.owner).ID})
		in.Turns = append(in.Turns, consent.NewTurn{Speaker: i, Text: g.word(part, 'w')})
	}
	if len(parts) == 1 {
		in.Note = g.word(s, 'n')
	}
	pr, err := w.Gate.Prepare(ctx, g.p, in)
	g.must(err)
	g.write(func(tx *store.Tx) error { return pr.Save(ctx, tx) })
	for i, part := range parts { // every one has a voice, which most of them let nobody hear
		g.speak(part, pr, i)
	}
	g.write(func(tx *store.Tx) error {
		var err error
		for i, part := range parts {
			if err == nil {
				err = w.Gate.SetTerms(ctx, tx, g.called(part.owner), pr.ID, pr.Speakers[i], g.terms(part))
			}
		}
		return err
	})
	for i, part := range parts {
		g.ids(part, pr)
		part.ids["speaker"], part.ids["turn"] = string(pr.Speakers[i]), string(pr.Turns[i])
	}
	g.takeBack(s, owner, pr)
}

// speak adds a recording of a share's owner.
func (g *gateWorld) speak(s *share, pr *consent.Prepared, i int) {
	g.t.Helper()
	w, ctx, owner := g.h.Demo(g.h.clock), g.t.Context(), g.called(s.owner)
	blob, err := w.Gate.NewBlob(ctx, owner, g.h.clock.Now().Add(time.Hour))
	g.must(err)
	_, err = blob.Write([]byte("OggS " + g.word(s, 's')))
	g.must(errors.Join(err, blob.Close()))
	g.write(func(tx *store.Tx) error {
		return w.Gate.AddRecording(ctx, tx, owner, pr.ID, pr.Speakers[i], blob.ID, "ogg")
	})
	s.ids["recording"] = string(blob.ID)
}

// print makes a sheet of paper on which its owner could change what she allows.
func (g *gateWorld) print(s *share, owner *visitor) {
	g.t.Helper()
	a := owner.ask(g.t, "POST", "/paper/for/change", url.Values{"for": {string(g.called(s.owner).ID) + "/" + s.ids["contribution"]}})
	code, printed := strings.CutPrefix(a.location, "/paper/sheet/")
	if !printed {
		g.t.Fatalf("printing a sheet about “%s” answers %d", s.state, a.status)
	}
	s.ids["code"] = code
}

// nextDoor leaves a share in the other partnership on this server alone, which has a copy of every row.
func (g *gateWorld) nextDoor(s *share) {
	g.t.Helper()
	g.write(func(tx *store.Tx) error {
		for table, column := range map[string]string{"consent_contribution": "id", "consent_speaker": "contribution_id", "consent_turn": "contribution_id", "consent_recording": "contribution_id",
			"consent_terms": "contribution_id"} {
			n, err := tx.Exec(g.t.Context(), `DELETE FROM `+table+` WHERE partnership_id = $1 AND `+column+` = $2`, g.p, s.ids["contribution"])
			if err := store.Changed(n, err, fault.Missing); err != nil {
				return err
			}
		}
		return nil
	})
	s.owner, s.gone = "somebody there", "erased"
}

// ids is where a share would be, if it were there.
func (g *gateWorld) ids(s *share, pr *consent.Prepared) {
	for _, part := range []string{"contribution", "source", "case"} {
		s.ids[part] = string(pr.ID)
	}
	s.ids["speaker"], s.ids["turn"] = string(pr.Speakers[0]), string(pr.Turns[0])
}

func (g *gateWorld) takeBack(s *share, owner person.Viewer, pr *consent.Prepared) {
	g.t.Helper()
	if s.gone != "" {
		g.must(g.h.Demo(g.h.clock).Gate.TakeBack(g.t.Context(), owner, consent.Part{Contribution: pr.ID, Speaker: pr.Speakers[0]}, s.gone == "erased"))
	}
}

// keep keeps a source with what somebody said, and lets an analyst index and chart it while she may.
func (g *gateWorld) keep(s *share, analyst person.Viewer) {
	g.t.Helper()
	w, ctx, owner, keeper := g.h.Demo(g.h.clock), g.t.Context(), g.called(s.owner), g.called(s.keeper)
	text := g.word(s, 'w')
	if s.about != "" {
		text += " " + g.word(s, 'm')
	}
	pr, err := w.Sources.Prepare(ctx, g.p, g.study, consent.Incoming{Kind: consent.Interview, Keeper: keeper.ID, Title: g.word(s, 't'), Note: g.word(s, 'n'),
		Speakers: []consent.NewSpeaker{{Role: consent.Member, Person: owner.ID}}, Turns: []consent.NewTurn{{Text: text}}}, source.Facts{Title: g.word(s, 't')})
	g.must(err)
	g.ids(s, pr.Prepared)
	open := &share{owner: s.owner, to: analysts, use: consent.Analysis, form: consent.Words}
	g.write(func(tx *store.Tx) error {
		err := pr.Save(ctx, tx)
		if err != nil {
			return err
		}
		src, err := w.Sources.Get(ctx, tx, g.p, pr.ID)
		if err == nil {
			err = fixture.TellBefore(ctx, tx, g.p, pr.ID, pr.Speakers[0])
		}
		if err == nil {
			err = w.Sources.Move(ctx, tx, g.p, src, source.Offered)
		}
		if err == nil {
			err = w.Gate.SetTerms(ctx, tx, owner, pr.ID, pr.Speakers[0], g.terms(open))
		}
		return err
	})
	at := consent.Span{Start: 0, End: len(g.word(s, 'w'))}
	codings, err := w.Coding.Add(ctx, analyst, g.study, pr.ID, g.theme, []coding.Part{{Turn: pr.Turns[0], Span: at}})
	g.must(err)
	s.ids["point"], err = w.Matrix.Add(ctx, analyst, g.study, matrix.Saying{Theme: g.theme, Text: g.word(s, 'p'),
		Links: []matrix.Link{{Coding: codings[0], Source: pr.ID, Turn: pr.Turns[0], Seq: 1, Span: at}}})
	g.must(err)
	if s.opened != "" {
		g.h.visit(g.t, s.opened).ask(g.t, "GET", "/index/"+g.study+"/"+string(pr.ID), nil)
	}
	if s.use == consent.Checking {
		s.ids["check"] = g.leaves(analyst)
	}
	g.write(func(tx *store.Tx) error {
		if s.about != "" {
			err := w.Gate.Mark(ctx, tx, g.p, consent.Mention{Contribution: pr.ID, Turn: pr.Turns[0],
				Span: consent.Span{Start: len(g.word(s, 'w')) + 1, End: len(text)}, About: g.called(s.about).ID, By: keeper.ID})
			if err != nil {
				return err
			}
		}
		return w.Gate.SetTerms(ctx, tx, owner, pr.ID, pr.Speakers[0], g.terms(s))
	})
	if s.use == consent.Checking && !s.ended {
		a := g.h.visit(g.t, "Ruth", person.Researcher, person.Analyst).ask(g.t, "POST", "/checks/"+s.ids["check"], url.Values{"which": {s.ids["contribution"]}, "why": {"An editor asks."}})
		s.ids["reason"] = a.location[strings.LastIndex(a.location, "/")+1:]
	}
	g.takeBack(s, owner, pr.Prepared)
}

// leaves lets an analyst make a file of the passages and returns under which id it is kept.
func (g *gateWorld) leaves(analyst person.Viewer) string {
	g.t.Helper()
	w, ctx := g.h.Demo(g.h.clock), g.t.Context()
	body, err := w.Coding.Export(ctx, analyst, g.study, coding.CodingsCSV, "For the report.", headings{})
	g.must(err)
	g.must(body(io.Discard))
	list, err := w.Coding.Releases(ctx, analyst, g.study)
	g.must(err)
	return list[0].ID
}

type headings struct{}

func (headings) T(key string, _ ...any) string { return key }
