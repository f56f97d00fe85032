package decision_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"footing/internal/agreement"
	"footing/internal/byhand"
	"footing/internal/decision"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/fixture"
)

// rules are the group's rules of a test: what a decision is opened under, and how many stops the women take.
type rules struct {
	rules agreement.Rules
	stops int
}

// RulesInForce returns them.
func (r *rules) RulesInForce(context.Context, *store.Tx, person.Partnership) (agreement.Rules, error) {
	return r.rules, nil
}

// Stops returns how many stops the women take.
func (r *rules) Stops(context.Context, *store.Tx, person.Partnership) (int, error) {
	return r.stops, nil
}

// world is the room with three of the women, two researchers and a worker.
type world struct {
	*fixture.Ground
	site          *fixture.Site
	room          *decision.Room
	rules         *rules
	ruth, sam, jo person.Viewer
	ann, bea, cat person.Viewer
}

func newWorld(t testing.TB) *world {
	t.Helper()
	g := fixture.New(t)
	w := &world{Ground: g, rules: &rules{agreement.Founding(), 1}}
	w.room = decision.New(decision.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Rules: w.rules, Stops: w.rules, Now: g.Now})
	g.News = append(g.News, w.room.News)
	paper := byhand.New(byhand.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Accounts: g.Accounts, Now: g.Now})
	w.site = g.Serve(w.room.Web(), paper.Web())
	w.ruth, w.sam, w.jo = g.Person("Ruth", person.Researcher), g.Person("Sam", person.Researcher), g.Person("Jo", person.Charity)
	w.ann, w.bea, w.cat = g.Person("Ann", person.LivedExperience), g.Person("Bea", person.LivedExperience), g.Person("Cat", person.LivedExperience)
	return w
}

// whole is a text that lacks nothing.
func whole(question string) decision.Text {
	return decision.Text{Title: "About " + question, Question: question, Fixed: "The room. The college gave it.", Why: "It is booked.", Interest: "Nothing.",
		Matter: agreement.Everyday, Method: decision.Majority, Rung: 6, Again: 4}
}

// open has Ruth put a text forward and open it.
func (w *world) open(text decision.Text) string {
	w.T.Helper()
	id, err := w.room.Begin(w.T.Context(), w.ruth, "", text)
	w.Must(err)
	w.Must(w.room.Put(w.T.Context(), w.ruth, id))
	w.Must(w.room.Open(w.T.Context(), w.ruth, id))
	return id
}

// say has somebody answer in a word.
func (w *world) say(v person.Viewer, id string, word decision.Answer) {
	w.T.Helper()
	w.Must(w.room.Say(w.T.Context(), v, id, decision.Said{Word: word}, "", false))
}

func (w *world) days(n int) {
	w.T.Helper()
	w.Pass(time.Duration(n) * 24 * time.Hour)
	w.Must(w.room.Tidy(w.T.Context(), w.P))
}

// outcome is what the database says of a decision.
func (w *world) outcome(id string) (stage, outcome string) {
	w.T.Helper()
	w.Read(func(ctx context.Context, tx *store.Tx) (err error) {
		if stage, err = store.Get(ctx, tx, store.One[string], `SELECT stage FROM decision_decision WHERE partnership_id = $1 AND id = $2`, w.P, id); err != nil {
			return err
		}
		outcome, err = store.Get(ctx, tx, store.One[string], `SELECT outcome FROM decision_decision WHERE partnership_id = $1 AND id = $2`, w.P, id)
		return err
	})
	return stage, outcome
}

// is fails unless a decision stands where it should.
func (w *world) is(id string, stage decision.Stage, outcome decision.Outcome) {
	w.T.Helper()
	if s, o := w.outcome(id); s != string(stage) || o != string(outcome) {
		w.T.Errorf("it is %s, %s, want %s, %s", s, o, stage, outcome)
	}
}

// A visitor signs in anew for each thing she does, so that no session ends while weeks go by.
type visitor struct {
	w *world
	v person.Viewer
}

func (w *world) as(v person.Viewer) visitor { return visitor{w, v} }

// Get opens a page.
func (v visitor) Get(path string) shown {
	v.w.T.Helper()
	return shown{v.w.site.As(v.v).Get(path), v.w}
}

// Post sends a form.
func (v visitor) Post(path string, form ...string) shown {
	v.w.T.Helper()
	return shown{v.w.site.As(v.v).Post(path, form...), v.w}
}

// shown is a page, to be asked several things one after the other.
type shown struct {
	fixture.Page
	w *world
}

// Has fails unless the text stands on the page.
func (s shown) Has(text string) shown { s.w.T.Helper(); s.HasText(text); return s }

// Lacks fails when the text stands on the page.
func (s shown) Lacks(text string) shown { s.w.T.Helper(); s.LacksText(text); return s }

// Is fails unless the page was answered so.
func (s shown) Is(status int) shown { s.w.T.Helper(); s.Page.Is(status, s.w.Ground); return s }

// paper has Cat print a sheet about something of hers, which Jo enters with Bea beside.
func (w *world) paper(twin, about string, form ...string) shown {
	w.T.Helper()
	page := w.as(w.cat).Post("/paper/for/"+twin, "for", about).Is(http.StatusOK)
	code := page.Path[strings.LastIndex(page.Path, "/")+1:]
	form = append([]string{"code", code, "hand.way", "spoken", "hand.beside", string(w.bea.ID)}, form...)
	w.as(w.jo).Post("/paper/enter/read", form...).Is(http.StatusOK)
	return w.as(w.jo).Post("/paper/enter/done", form...)
}
