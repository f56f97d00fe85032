package asking_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"footing/internal/asking"
	"footing/internal/byhand"
	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/sharing"
	"footing/internal/store"
	"footing/internal/testing/fixture"
)

// world is the room beside sharing, with a researcher who asks, three of the women, one more who joined
// today, and a worker.
type world struct {
	*fixture.Ground
	site                *fixture.Site
	room                *asking.Room
	ruth, jo            person.Viewer
	ann, bea, cat, dora person.Viewer
}

func newWorld(t testing.TB) *world {
	t.Helper()
	g := fixture.New(t)
	w := &world{Ground: g}
	w.room = asking.New(asking.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Studies: g.Studies, Accounts: g.Accounts, Now: g.Now})
	shares := sharing.New(sharing.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Studies: g.Studies, Asks: w.room, Now: g.Now})
	w.room.Answers = shares
	g.News = append(g.News, w.room.News)
	paper := byhand.New(byhand.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Accounts: g.Accounts, Now: g.Now})
	g.News = append(g.News, paper.News)
	w.site = g.Serve(w.room.Web(), shares.Web(), paper.Web())
	w.ruth, w.jo = g.Person("Ruth", person.Researcher), g.Person("Jo", person.Charity)
	w.ann, w.bea = g.Person("Ann", person.LivedExperience), g.Person("Bea", person.LivedExperience)
	w.cat, w.dora = g.Person("Cat", person.LivedExperience), g.Person("Dora", person.LivedExperience)
	return w
}

// whole is a request that lacks nothing.
func whole(title string) asking.Text {
	return asking.Text{Title: title, What: "Which texts help, and which do not? For the new texts.", More: "Some like a day in advance.",
		Why: "We do not know about evenings.", Gain: "Texts at better times, by June.", Interest: "This pays my employer.", Pay: asking.PayAmount, Pence: 2500,
		Support: "Jo can sit with you.", Kind: "letters", Ways: []consent.Kind{consent.Idea, consent.Opinion}, Weeks: 4}
}

// put has somebody put a request to the women's group.
func (w *world) put(v person.Viewer, text asking.Text) string {
	w.T.Helper()
	id, err := w.room.Begin(w.T.Context(), v, text)
	w.Must(err)
	w.Must(w.room.Put(w.T.Context(), v, id))
	return id
}

func (w *world) say(v person.Viewer, id string, says asking.Says) {
	w.T.Helper()
	w.Must(w.room.Say(w.T.Context(), v, id, 1, says, "Please say how it is paid."))
}

func (w *world) days(n int) {
	w.T.Helper()
	w.Pass(time.Duration(n) * 24 * time.Hour)
	w.Must(w.room.Tidy(w.T.Context(), w.P))
}

// out is a request that the women let through.
func (w *world) out(title string) string {
	w.T.Helper()
	id := w.put(w.ruth, whole(title))
	w.say(w.ann, id, asking.Fine)
	w.say(w.bea, id, asking.Fine)
	w.days(7)
	return id
}

// answer has one of the women answer, and lets some read it.
func (w *world) answer(v person.Viewer, id, words string, who ...string) string {
	w.T.Helper()
	b := w.as(v)
	draft := b.Post("/share/new", "ask", id).Path
	b.Post(draft, "kind", "idea", "text", words)
	form := []string{}
	for _, to := range who {
		form = append(form, "who", to)
	}
	b.Post(draft+"/who", form...)
	b.Post(draft+"/until", "until", "3")
	return strings.TrimPrefix(b.Post(draft+"/share").Path, "/share/")
}

// count counts the rows of a table.
func (w *world) count(table string) int {
	w.T.Helper()
	var n int
	w.Read(func(ctx context.Context, tx *store.Tx) (err error) {
		n, err = store.Get(ctx, tx, store.One[int], `SELECT count(*) FROM `+table+` WHERE partnership_id = $1`, w.P)
		return err
	})
	return n
}

// A visitor is somebody who signs in anew for each thing she does, so that no session ends while a test
// lets weeks go by.
type visitor struct {
	w *world
	v person.Viewer
}

func (w *world) as(v person.Viewer) visitor { return visitor{w, v} }

// Get opens a page.
func (v visitor) Get(path string) fixture.Page { v.w.T.Helper(); return v.w.site.As(v.v).Get(path) }

// Post sends a form.
func (v visitor) Post(path string, form ...string) fixture.Page {
	v.w.T.Helper()
	return v.w.site.As(v.v).Post(path, form...)
}

// begun is a draft of Ruth's.
func (w *world) begun(text asking.Text) string {
	w.T.Helper()
	id, err := w.room.Begin(w.T.Context(), w.ruth, text)
	w.Must(err)
	return id
}

// sorted sorts the rows of a dump.
func sorted(rows string) string {
	list := strings.Split(rows, "|")
	slices.Sort(list)
	return strings.Join(list, "\n")
}
