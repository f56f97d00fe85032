package byhand_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"footing/internal/agreement"
	"footing/internal/byhand"
	"footing/internal/interview"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/study"
	"footing/internal/testing/fixture"
)

// R55 on paper: before an interview whoever has no screen is read what cannot be kept private, and which version that
// was is kept, with how, and with who wrote it down.
func TestTalk_OnPaper(t *testing.T) {
	g := fixture.New(t)
	agreed := agreement.New(agreement.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Now: g.Now})
	talks := interview.New(interview.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Studies: g.Studies, Limits: agreed, Now: g.Now})
	paper := byhand.New(byhand.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Accounts: g.Accounts, Now: g.Now})
	s := g.Serve(agreed.Web(), talks.Web(), paper.Web())
	b := group{Site: s, jo: s.As(g.Person("Jo", person.Charity)), kez: s.As(g.Person("Kez", person.LivedExperience)), bren: s.As(g.Person("Bren", person.LivedExperience))}
	ruth := g.Person("Ruth", person.Researcher)
	of := g.Study("What helps people come back?", ruth)
	limits := []agreement.Confidence{{Of: person.Researcher, Text: "If a child is not safe, I must tell our lead."}}
	g.Write(func(ctx context.Context, tx *store.Tx) error {
		if err := g.Studies.AddSheet(ctx, tx, g.P, of, study.Sheet{Version: "2", Since: g.Now(), Body: "About it.", TakingBack: "On any day."}); err != nil {
			return err
		}
		v, err := agreed.Write(ctx, tx, g.P, b.Named("Bren").ID, "We listen.", agreement.Change{Limits: &limits}, 0)
		for _, name := range []string{"Jo", "Kez", "Bren", "Ruth"} {
			if err == nil {
				err = agreed.Answer(ctx, tx, g.P, b.Named(name).ID, v.N, agreement.Yes)
			}
		}
		return err
	})
	desk := s.AtDesk(ruth)
	at := desk.Post("/talks", "whom", b.id("Kez"), "study", of).Is(http.StatusOK, g).Path
	b.kez.Post("/me/paper/allow", "allow", "1")

	b.bren.Get("/paper/sheet/" + b.print(b.bren, "talk", "for", b.id("Kez"))).LacksText("Ruth") // it is no business of hers
	code := b.print(desk, "talk", "for", b.id("Kez"))
	sheet := desk.Get("/paper/sheet/" + code)
	for _, want := range []string{"Ruth", "What helps people come back?", "If a child is not safe, I must tell our lead.", "You can stop at any time", "(version 1)"} {
		sheet.HasText(want)
	}
	desk.Post(at+"/begin").Is(http.StatusUnprocessableEntity, g)
	b.entered(desk, code, "do", "seen", "version", "1", "talk", strings.TrimPrefix(at, "/talks/"), "hand.way", "spoken", "hand.beside", b.id("Jo"))
	desk.Post(at+"/begin").Is(http.StatusUnprocessableEntity, g)
	b.beside(b.jo, "yes")
	if n := b.Sum("1", "source_interview", "version = 1", "way = 'spoken'", "told_by = '"+b.id("Ruth")+"'"); n != 1 {
		t.Error("it is not kept which version she was read, how, and by whom")
	}
	desk.Post(at+"/begin").Is(http.StatusOK, g).HasText("It began on")
}
