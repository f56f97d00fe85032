package source_test

import (
	"context"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/source"
	"footing/internal/store"
	"footing/internal/testing/fixture"
)

// R35: how much each said is what somebody counts by hand, of observed meetings and group talks that are offered, of
// those who let everybody know of it. What people outside said, and what somebody was silent about, is in none of it.
func TestSaidFacts_AsCountedByHand(t *testing.T) {
	d := newDesk(t)
	first := d.Now()
	talk := func(kind consent.Kind, offered bool, yes ...person.Viewer) {
		t.Helper()
		prepared, err := d.sources.Prepare(t.Context(), d.P, d.study, consent.Incoming{Kind: kind, Title: "A talk", Keeper: d.ruth.ID,
			Speakers: []consent.NewSpeaker{{Role: consent.Interviewer, Person: d.ruth.ID, Label: "R"}, {Role: consent.Member, Person: d.bren.ID, Label: "B"},
				{Role: consent.Member, Person: d.lena.ID, Label: "L"}, {Role: consent.Outside, Label: "P"}},
			Turns: []consent.NewTurn{{Speaker: 0, Text: "And?"}, {Speaker: 1, Text: "So."}, {Speaker: 2, Text: "Yes, é."}, {Speaker: 3, Text: "A visitor says much."}, {Speaker: 1, Text: "Well, no."}}},
			source.Facts{Title: "A talk"})
		d.Must(err)
		d.Write(func(ctx context.Context, tx *store.Tx) error {
			if err := prepared.Save(ctx, tx); err != nil {
				return err
			}
			for i, who := range []person.Viewer{d.ruth, d.bren, d.lena, d.ruth} { // who keeps it writes down what somebody outside said
				allowed := i == 3
				for _, y := range yes {
					allowed = allowed || who.ID == y.ID
				}
				if !allowed {
					continue
				}
				err := d.Gate.SetTerms(ctx, tx, who, prepared.ID, prepared.Speakers[i], consent.Terms{How: consent.How{Way: "screen"}, Yes: []consent.Yes{{Audience: consent.Audience{Kind: consent.ToPartnership},
					Use: consent.Use{Purpose: consent.Heard, Form: consent.Number}, Until: first.AddDate(2, 0, 0)}}})
				if err != nil {
					return err
				}
			}
			src, err := d.sources.Get(ctx, tx, d.P, prepared.ID)
			if err != nil || !offered {
				return err
			}
			if err := fixture.TellBefore(ctx, tx, d.P, prepared.ID, prepared.Speakers[1:]...); err != nil {
				return err
			}
			return d.sources.Move(ctx, tx, d.P, src, source.Offered)
		})
	}
	talk(consent.Observation, true, d.ruth, d.bren)
	talk(consent.GroupTalk, true, d.bren, d.lena)
	talk(consent.GroupTalk, false, d.ruth, d.bren, d.lena) // nobody but its keeper knows of it
	talk(consent.Interview, true, d.ruth, d.bren, d.lena)
	talk(consent.Note, true, d.ruth, d.bren, d.lena)
	d.Pass(31 * 24 * time.Hour)
	second := d.Now()
	talk(consent.Observation, true, d.lena)

	bren, lena, ruth := len("So.")+len("Well, no."), utf8.RuneCountInString("Yes, é."), len("And?")
	said := func(n int) map[string]int { return map[string]int{"said": n} }
	for _, x := range []struct {
		from, until time.Time
		want        map[person.ID]map[string]int
	}{
		{time.Time{}, second, map[person.ID]map[string]int{d.bren.ID: said(2 * bren), d.lena.ID: said(lena), d.ruth.ID: said(ruth)}},
		{second, second.AddDate(0, 1, 0), map[person.ID]map[string]int{d.lena.ID: said(lena)}},
		{second.AddDate(0, 1, 0), second.AddDate(0, 2, 0), map[person.ID]map[string]int{}},
	} {
		d.Read(func(ctx context.Context, tx *store.Tx) error {
			got, err := d.sources.SaidFacts(ctx, tx, d.P, x.from, x.until)
			if diff := cmp.Diff(x.want, got); diff != "" {
				t.Errorf("from %s (-want +got):\n%s", x.from.Format(time.DateOnly), diff)
			}
			return err
		})
	}
}
