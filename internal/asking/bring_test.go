package asking_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/fixture"
)

// mo is one of the women, who has no screen. On paper she chose to be asked about letters, and that Jo
// brings it to her.
func (w *world) mo(about ...string) person.Viewer {
	w.T.Helper()
	w.Write(func(ctx context.Context, tx *store.Tx) error {
		id, err := w.Circle.Add(ctx, tx, w.P, "Mo", "")
		if err != nil {
			return err
		}
		return w.Circle.Give(ctx, tx, w.P, id, person.LivedExperience, w.ann.ID, true)
	})
	mo := w.Named("Mo")
	w.choosesOnPaper(mo, w.jo, about...)
	return mo
}

func (w *world) choosesOnPaper(mo, bearer person.Viewer, about ...string) {
	w.T.Helper()
	form := []string{"bring", string(bearer.ID)}
	for _, kind := range about {
		form = append(form, "about", kind)
	}
	w.entered(w.printed(mo, "asked", string(mo.ID)), form...)
	if len(about) > 0 {
		w.beside("yes").HasText("Done")
	}
}

// printed has Jo print a sheet and returns how a form names it.
func (w *world) printed(mo person.Viewer, twin, about string) []string {
	w.T.Helper()
	page := w.as(w.jo).Post("/paper/for/"+twin, "for", about).Is(http.StatusOK, w.Ground)
	return []string{"code", page.Path[strings.LastIndex(page.Path, "/")+1:]}
}

// entered has Jo enter what Mo said, with Bea beside her.
func (w *world) entered(sheet []string, form ...string) fixture.Page {
	w.T.Helper()
	form = slices.Concat(sheet, []string{"hand.way", "paper", "hand.beside", string(w.bea.ID)}, form)
	w.as(w.jo).Post("/paper/enter/read", form...).Is(http.StatusOK, w.Ground).HasText("Read this to her")
	return w.as(w.jo).Post("/paper/enter/done", form...)
}

// beside has Bea answer to what waits for her yes.
func (w *world) beside(answer string) fixture.Page {
	w.T.Helper()
	action, _ := w.as(w.bea).Get("/paper/beside").One("form[action^='/paper/beside/']").Attr("action")
	return w.as(w.bea).Post(action, answer, "1")
}

// bringing is how a form names a request that Jo brings to Mo.
func bringing(mo person.Viewer, ask string) string { return "share/" + string(mo.ID) + "/" + ask }

// given lists what somebody shared.
func (w *world) given(v person.Viewer) []consent.ID {
	w.T.Helper()
	var ids []consent.ID
	w.Read(func(ctx context.Context, tx *store.Tx) error {
		own, err := w.Gate.Mine(ctx, tx, v)
		for _, h := range own {
			ids = append(ids, h.ID)
		}
		return err
	})
	return ids
}

// readable counts what somebody can read of others.
func (w *world) readable(v person.Viewer) (n int) {
	w.T.Helper()
	w.Read(func(ctx context.Context, tx *store.Tx) error {
		list, err := w.Gate.SharedWith(ctx, tx, v, consent.Use{Purpose: consent.Heard, Form: consent.Words})
		n = len(list)
		return err
	})
	return n
}

func (w *world) answers(ask string) (ids []consent.ID) {
	w.T.Helper()
	w.Read(func(ctx context.Context, tx *store.Tx) (err error) {
		ids, err = store.List(ctx, tx, store.One[consent.ID], `SELECT contribution_id FROM sharing_answer WHERE partnership_id = $1 AND ask_id = $2`, w.P, ask)
		return err
	})
	return ids
}

func TestBring_AWomanWithoutAScreenIsAskedAndAnswers(t *testing.T) {
	w := newWorld(t)
	mo := w.mo("letters")
	id := w.put(w.ruth, whole("Texts"))
	jo := w.as(w.jo)
	jo.Get("/paper/bring").HasText("There is nothing to bring now.")
	jo.Get("/").None("a[href='/paper/bring']")
	w.say(w.ann, id, "fine")
	w.say(w.bea, id, "fine")
	w.days(7)

	jo.Get("/").One("a[href='/paper/bring']")
	at := "/paper/bring/" + bringing(mo, id)
	jo.Get("/paper/bring").One("a[href='" + at + "']").HasText("Texts")
	sheet := jo.Get(at).Is(http.StatusOK, w.Ground)
	for _, part := range []string{"Which texts help, and which do not?", "Some like a day in advance.", "We do not know about evenings.", "Texts at better times, by June.",
		"This pays my employer.", "£25.00", "Jo can sit with you.", "or not at all", "only if you say so on this page"} {
		sheet.HasText(part)
	}
	if n := len(sheet.All("ul.boxes li")); n < 10 {
		t.Errorf("the page has %d boxes to tick, want the questions of an answer", n)
	}
	jo.Post(at).HasText("For Mo.")
	answer := []string{"kind", "idea", "text", "A call is better than a text.", "who", "lived-experience", "until", "3"}
	w.entered([]string{"hand.bring", bringing(mo, id)}, answer...).HasText("waits for the person beside her")
	w.as(w.bea).Get("/paper/beside").HasText("Texts")
	if n := len(w.given(mo)); n != 0 {
		t.Errorf("%d things are shared before the one beside her said yes", n)
	}
	w.beside("yes").HasText("Done")
	if given, answers := w.given(mo), w.answers(id); len(given) != 1 || !slices.Equal(given, answers) {
		t.Errorf("Mo shared %v, and %v answers what she was asked", given, answers)
	}
	c, err := w.Gate.OpenOwn(t.Context(), mo, w.given(mo)[0])
	w.Must(err)
	if how := c.Speakers[0].Terms.How; how.Way != person.Paper || how.By != w.jo.ID || how.Beside != string(w.bea.ID) {
		t.Errorf("her answer is recorded as given %+v", how)
	}

	// She answers again, changes who may see the first answer, and takes the second back.
	jo.Get("/paper/bring").One("a[href='" + at + "']")
	w.entered([]string{"hand.bring", bringing(mo, id)}, answer...)
	w.beside("yes").HasText("Done")
	if n := len(w.answers(id)); n != 2 {
		t.Fatalf("Mo answered twice, and there are %d answers", n)
	}
	first, second := w.answers(id)[0], w.answers(id)[1]
	if n := w.readable(w.ann); n != 2 {
		t.Errorf("Ann can open %d of the two answers that the women may read", n)
	}
	w.entered(w.printed(mo, "change", string(mo.ID)+"/"+string(first))).HasText("Done, as she said.")
	w.entered(w.printed(mo, "back", string(mo.ID)+"/"+string(second)), "back", "1").HasText("Done, as she said.")
	if n := w.readable(w.ann); n != 0 {
		t.Errorf("Ann can still open %d answers of Mo's", n)
	}
}

// Nobody but the one she named can bring it, and what that one asks herself she does not.
func TestBring_OnlyByWhomSheNamed(t *testing.T) {
	w := newWorld(t)
	mo := w.mo("letters")
	id := w.out("Texts")
	at := "/paper/bring/" + bringing(mo, id)
	answer := []string{"hand.bring", bringing(mo, id), "kind", "idea", "text", "No.", "hand.way", "paper", "hand.beside", string(w.bea.ID)}
	for _, v := range []person.Viewer{w.ruth, w.ann, w.bea, w.cat} {
		b := w.as(v)
		b.Get("/paper/bring").HasText("Nobody has named you so far.")
		b.Get("/").None("a[href='/paper/bring']")
		b.Get(at).Is(http.StatusNotFound, w.Ground)
		b.Post(at).Is(http.StatusNotFound, w.Ground)
		b.Post(at+"/aside", "off", "1").Is(http.StatusNotFound, w.Ground)
		b.Post("/paper/enter/done", answer...).Is(http.StatusNotFound, w.Ground)
	}
	// A sheet for anything else does not become an answer by what its form says.
	w.entered(w.printed(mo, "share", string(mo.ID)), "kind", "idea", "text", "Hello.", "hand.thing", id)
	if n := len(w.answers(id)); n != 0 {
		t.Error("a form alone made an answer of what Mo shared")
	}
	jo := w.as(w.jo)
	jo.Get(at).Is(http.StatusOK, w.Ground)
	for what, change := range map[string]func(){
		"chose to be asked about something else": func() { w.choosesOnPaper(mo, w.jo, "training") },
		"chose nothing":                          func() { w.choosesOnPaper(mo, w.jo) },
		"named somebody else":                    func() { w.choosesOnPaper(mo, w.cat, "letters") },
		"named whoever asks":                     func() { w.choosesOnPaper(mo, w.ruth, "letters") },
	} {
		change()
		if jo.Get(at).Status != http.StatusNotFound || w.as(w.ruth).Get(at).Status != http.StatusNotFound {
			t.Errorf("Mo %s, and it is still brought to her", what)
		}
		w.choosesOnPaper(mo, w.jo, "letters")
	}
	w.Write(func(ctx context.Context, tx *store.Tx) error { return w.Circle.StepBack(ctx, tx, w.P, mo.ID) })
	jo.Get(at).Is(http.StatusNotFound, w.Ground)
	w.Write(func(ctx context.Context, tx *store.Tx) error { return w.Circle.Return(ctx, tx, w.P, mo.ID) })
	w.Write(func(ctx context.Context, tx *store.Tx) error { return w.Circle.Leave(ctx, tx, w.P, w.jo.ID, "") })
	if n := w.Sum("1", "asking_choice", "bearer_id <> ''"); n != 0 {
		t.Error("Jo left, and still stands as the one who brings it")
	}
}

// Whoever signs in herself has her own page: nobody brings her anything behind her back.
func TestBring_NotToWhoSignsInHerself(t *testing.T) {
	w := newWorld(t)
	id := w.out("Texts")
	cat := w.as(w.cat)
	cat.Post("/asked/about", "about", "letters", "bring", string(w.jo.ID)).HasText("Texts")
	cat.Get("/asked/about").One("input[name=bring][checked][value='" + string(w.jo.ID) + "']")
	w.as(w.jo).Get("/paper/bring").HasText("Nobody has named you so far.")
	cat.Post("/me/paper/allow", "allow", "1")
	w.as(w.jo).Get("/paper/bring/"+bringing(w.cat, id)).Is(http.StatusOK, w.Ground)
	cat.Post("/asked/about", "about", "letters", "bring", "elsewhere")
	w.as(w.jo).Get("/paper/bring").HasText("Nobody has named you so far.")
}

// It goes off the bearer's list when she says so, and not because somebody answered.
func TestBring_TheListDoesNotSayWhoAnswered(t *testing.T) {
	w := newWorld(t)
	mo := w.mo("letters")
	id := w.out("Texts")
	jo := w.as(w.jo)
	before := jo.Get("/paper/bring").Body
	w.entered([]string{"hand.bring", bringing(mo, id)}, "kind", "idea", "text", "Before six.")
	if after := jo.Get("/paper/bring").Body; after != before {
		t.Error("the list of what can be brought shows that Mo answered")
	}
	jo.Post("/paper/bring/"+bringing(mo, id)+"/aside", "off", "1").One("details a[href='/paper/bring/" + bringing(mo, id) + "']")
	jo.Get("/").None("a[href='/paper/bring']")
	jo.Post("/paper/bring/"+bringing(mo, id)+"/aside", "off", "").None("details a[href^='/paper/bring/']")
	w.days(7 * 4)
	jo.Get("/paper/bring").HasText("There is nothing to bring now.")
}

// Whatever is done with what Mo is asked, and in whatever order: nobody's page but that of the one who
// brings it changes, byte by byte, and no row says that it was brought. What she answers for herself alone
// stands in the same rows as anything else of hers.
func TestBring_ShowsNowhere(t *testing.T) {
	w := newWorld(t)
	mo := w.mo("letters")
	id := w.out("Texts")
	at := "/paper/bring/" + bringing(mo, id)
	others := map[string]visitor{"Ruth": w.as(w.ruth), "Ann": w.as(w.ann), "Bea": w.as(w.bea), "Cat": w.as(w.cat)}
	paths := []string{"/", "/asks", "/asks/how", "/asks/" + id, "/asked", "/asked/about", "/known", "/share", "/read", "/me", "/paper", "/paper/bring", "/paper/beside",
		"/paper/for/share", "/me/paper", at}
	before := look(others, paths)
	jo := w.as(w.jo)
	steps := map[string]func(){
		"looked at the list": func() { jo.Get("/paper/bring") },
		"printed it":         func() { jo.Get(at) },
		"began to write":     func() { jo.Post(at) },
		"took it off":        func() { jo.Post(at+"/aside", "off", "1") },
		"put it back":        func() { jo.Post(at+"/aside", "off", "") },
		"answered for herself": func() {
			w.entered([]string{"hand.bring", bringing(mo, id)}, "kind", "idea", "text", "Before six.").HasText("Done, as she said.")
		},
		"took that back": func() {
			if given := w.given(mo); len(given) > 0 {
				w.entered(w.printed(mo, "part", string(mo.ID)+"/"+string(given[0])), "paragraph", "1")
			}
		},
		"chose something else": func() { w.entered(w.printed(mo, "asked", string(mo.ID)), "bring", string(w.jo.ID)) },
	}
	silent := []string{"looked at the list", "printed it", "began to write"}
	names := slices.Collect(func(yield func(string) bool) {
		for name := range steps {
			if !yield(name) {
				return
			}
		}
	})
	slices.Sort(names)
	tables := []string{"asking_choice", "byhand_entry", "byhand_sheet", "sharing_draft", "sharing_answer", "consent_contribution", "consent_opening"}
	count := func() (n []int) {
		for _, table := range tables {
			n = append(n, w.count(table))
		}
		return n
	}
	rapid.Check(t, func(rt *rapid.T) {
		if w.count("byhand_entry") > 12 { // enough of them
			return
		}
		w.choosesOnPaper(mo, w.jo, "letters")
		for _, step := range rapid.SliceOfN(rapid.SampledFrom(names), 1, 4).Draw(rt, "steps") {
			rows := count()
			if asked := step != "took that back" && step != "chose something else"; asked && jo.Get(at).Status != http.StatusOK {
				continue
			}
			steps[step]()
			if now := count(); slices.Contains(silent, step) && !slices.Equal(now, rows) {
				rt.Errorf("Jo %s, and the rows of %v went from %v to %v", step, tables, rows, now)
			}
			same(t, before, look(others, paths))
		}
	})
	w.Read(func(ctx context.Context, tx *store.Tx) error {
		return tx.Each(ctx, func(row store.Row) error {
			var thing string
			err := row.Scan(&thing)
			if thing == id {
				t.Error("a row says what Mo was brought")
			}
			return err
		}, `SELECT thing FROM byhand_entry WHERE partnership_id = $1 UNION ALL SELECT thing FROM byhand_sheet WHERE partnership_id = $1`, w.P)
	})
}
