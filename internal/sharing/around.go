package sharing

import (
	"context"
	"slices"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/study"
	"footing/internal/web"
	"footing/internal/web/look"
)

// around is what the questions ask about: who is there, which practices, which studies.
type around struct {
	people    []look.Option // without herself
	practices []look.Option
	studies   []study.Study
	names     map[string]string // audience value → what it is called
	topics    []Topic
	moments   []consent.Moment
	members   map[string][]person.ID // audience value → who is in it today
	all       bool                   // every question stands on one page, so that none depends on another's answer
	out       bool                   // what becomes of it once it is out is asked whatever else is answered
	paper     bool                   // nothing is answered yet, nor will be before it comes back
}

func (r *Room) around(ctx context.Context, q *web.Request) (around, error) {
	t := q.Words.T
	a := around{names: map[string]string{
		consent.ToLived: t("sharing.to_lived"), consent.ToPartnership: t("sharing.to_partnership"), consent.ToPublic: t("sharing.to_public"),
		consent.ToMe: t("sharing.only_you"), consent.ToSupporter: t("sharing.to_supporter"),
	}, members: map[string][]person.ID{}}
	err := r.db.Read(ctx, func(tx *store.Tx) error {
		people, err := r.circle.List(ctx, tx, q.Partnership())
		if err != nil {
			return err
		}
		for _, p := range people {
			value := AudienceValue(consent.Audience{Kind: consent.ToPerson, ID: string(p.ID)})
			a.names[value] = p.Name
			if p.ID != q.Viewer.ID {
				a.people = append(a.people, look.Option{Value: value, Label: p.Name, Hint: standingWords(q, p.Standings)})
			}
		}
		practices, err := r.circle.Practices(ctx, tx, q.Partnership())
		if err != nil {
			return err
		}
		for _, p := range practices {
			value := AudienceValue(consent.Audience{Kind: consent.ToPractice, ID: p.ID})
			a.names[value] = t("sharing.to_practice", "name", p.Name)
			a.practices = append(a.practices, look.Option{Value: value, Label: a.names[value]})
		}
		if err := r.members(ctx, tx, q.Partnership(), a); err != nil {
			return err
		}
		if a.topics, err = r.topics(q, tx); err != nil {
			return err
		}
		if a.moments, err = consent.Moments(ctx, tx, q.Partnership()); err != nil {
			return err
		}
		studies, err := r.studies.List(ctx, tx, q.Partnership())
		if err != nil {
			return err
		}
		for _, s := range studies { // also those that are over: their analysts may still check what was printed
			a.names[AudienceValue(consent.Audience{Kind: consent.ToAnalysts, ID: s.ID})] = t("sharing.to_analysts", "names", analystNames(q, s))
			if s.Runs(q.Now()) {
				a.studies = append(a.studies, s)
			}
		}
		return nil
	})
	return a, err
}

// standingWords says as whom somebody takes part, in plain words.
func standingWords(q *web.Request, set person.Set) string {
	text := ""
	for _, s := range person.Standings() {
		if !set.Has(s) {
			continue
		}
		if text != "" {
			text += ", "
		}
		text += q.Words.T("web.standing_" + string(s))
	}
	return text
}

// analystNames lists who would read in a study, with what somebody asked to share needs to know: who of
// them is a woman from the group, and who works at a practice.
func analystNames(q *web.Request, s study.Study) string {
	text := ""
	for i, a := range s.Analysts {
		if i > 0 {
			text += ", "
		}
		text += a.Name
		switch {
		case a.Lived:
			text += " " + q.Words.T("sharing.analyst_lived")
		case a.Practice != "":
			text += " " + q.Words.T("sharing.analyst_practice", "name", a.Practice)
		}
	}
	return text
}

// members reads who is in each group that can be chosen.
func (r *Room) members(ctx context.Context, tx *store.Tx, p person.Partnership, a around) error {
	groups := []string{consent.ToLived, consent.ToPartnership}
	for _, practice := range a.practices {
		groups = append(groups, practice.Value)
	}
	for _, group := range groups {
		var err error
		if a.members[group], err = r.gate.InAudience(ctx, tx, p, ParseAudience(group)); err != nil {
			return err
		}
	}
	return nil
}

// inside reports whether a person, or somebody of a practice, is in one of the groups.
func (at around) inside(value string, groups []string) bool {
	people := at.members[value]
	if a := ParseAudience(value); a.Kind == consent.ToPerson {
		people = []person.ID{person.ID(a.ID)}
	}
	return slices.ContainsFunc(people, func(who person.ID) bool {
		return slices.ContainsFunc(groups, func(g string) bool { return slices.Contains(at.members[g], who) })
	})
}
