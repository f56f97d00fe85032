package facts_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"footing/internal/person"
	"footing/internal/store"
)

// line returns where the first line stands, as that page shows it.
func (b *group) line(who string) string {
	for _, f := range b.As(b.Named(who)).Get("/decides/who").All("form") {
		if at, _ := f.Attr("action"); strings.HasSuffix(at, "/still") || strings.HasSuffix(at, "/back") {
			return at[:strings.LastIndex(at, "/")]
		}
	}
	return ""
}

var budget = []string{"kind", "money", "what", "The budget for travel.", "who", "The Green Kettle."}

// R36: what not everybody can do is listed by the program, with how many of each group can, as somebody counts by
// hand: Jo looks after the site, Ruth hosts, and so does Bea.
func TestRights_AsCountedByHand(t *testing.T) {
	b := newGroup(t)
	b.Write(func(ctx context.Context, tx *store.Tx) error {
		for who, duty := range map[string]person.Standing{"Jo": person.Administrator, "Ruth": person.Facilitator, "Bea": person.Facilitator} {
			if err := b.Circle.Give(ctx, tx, b.P, b.Named(who).ID, duty, b.Named("Jo").ID, false); err != nil {
				return err
			}
		}
		return nil
	})
	page := b.kez.Get("/decides/who")
	want := map[string]string{"Change the settings": "0 1", "Invite people": "1 2", "Plan meetings": "1 1", "Change the list of topics": "4 1", "Decide what only the women’s group decides": "4 0",
		"Begin and end studies": "0 4", "Read what was shared with a study": "0 0"}
	for _, row := range page.All("dl > div") {
		for right, n := range want {
			numbers := fmt.Sprintf("The women’s group: %c. Everyone else: %c.", n[0], n[2])
			if strings.HasPrefix(row.Text(), right) {
				if !strings.HasSuffix(row.Text(), numbers) {
					t.Errorf("the page says %q, want %s", row.Text(), numbers)
				}
				delete(want, right)
			}
		}
	}
	if len(want) != 0 {
		t.Errorf("nothing is said of %v", want)
	}
	page.HasText("Whoever has the machine and its main key could read everything on it.")
}

// What is held outside is written under a name, with the day on which it was last true, and who said so.
func TestLine_WhoWroteItAndWhenItWasLastTrue(t *testing.T) {
	b := newGroup(t)
	b.kez.Get("/decides/who").HasText("Nobody has written anything here yet.")
	b.kez.Get("/decides/who/new").None("input[checked]")
	b.kez.Post("/decides/who/new", budget[:4]...).Is(http.StatusUnprocessableEntity, b.Ground).HasText("The budget for travel.") // what she typed is kept
	b.kez.Post("/decides/who/new", append([]string{"kind", "else"}, budget[2:]...)...).Is(http.StatusUnprocessableEntity, b.Ground).HasText("Please choose what it is about.")
	b.kez.Post("/decides/who/new", budget...).HasText("Held by: The Green Kettle.")
	at := b.line("Kez")
	b.Pass(40 * 24 * time.Hour)
	ruth := b.As(b.Named("Ruth"))
	ruth.Get("/decides/who").HasText("Kez wrote it. It was true on")
	ruth.Post(at + "/still").HasText("says Ruth.")
	ruth.Post(at+"/drop").Is(http.StatusNotFound, b.Ground)
	fay := b.As(b.Person("Fay", person.Funder))
	fay.Get("/decides/who").Is(http.StatusNotFound, b.Ground)
	fay.Post(at+"/still").Is(http.StatusNotFound, b.Ground)
	if found := b.Holding("facts_line", "travel", "Green Kettle"); len(found) != 0 {
		t.Errorf("it lies in the clear: %q", found)
	}
	b.kez = b.As(b.Named("Kez"))
	b.kez.Post(at + "/drop").HasText("It is erased.")
	if n, doomed := b.Sum("1", "facts_line"), b.Sum("1", "consent_doomed"); n != 0 || doomed != 1 {
		t.Errorf("%d lines are left, and %d keys are to go", n, doomed)
	}
}

func TestLine_AfterARestoreAndWhenSheLeaves(t *testing.T) {
	b := newGroup(t)
	b.kez.Post("/decides/who/new", budget...)
	at := b.line("Kez")
	b.Write(func(ctx context.Context, tx *store.Tx) error { return b.room.AfterRestore(ctx, tx, b.P) })
	ruth := b.As(b.Named("Ruth"))
	ruth.Get("/decides/who").LacksText("travel")
	ruth.Post(at+"/still").Is(http.StatusNotFound, b.Ground)
	ruth.Post(at+"/back").Is(http.StatusNotFound, b.Ground)
	b.kez.Get("/decides/who").HasText("Only you see this now.")
	b.kez.Post(at + "/back")
	ruth.Post(at + "/still").HasText("travel")
	leave := func(name string) {
		who := b.Named(name).ID
		b.Write(func(ctx context.Context, tx *store.Tx) error { return b.Circle.Leave(ctx, tx, b.P, who, "somebody") })
	}
	leave("Ruth")
	b.kez.Get("/decides/who").HasText("says somebody who has left.")
	leave("Kez")
	if n := b.Sum("1", "facts_line"); n != 0 {
		t.Errorf("%d lines of hers are left", n)
	}
}
