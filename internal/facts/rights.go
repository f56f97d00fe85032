package facts

import (
	"context"

	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// A Right is something that not everybody who takes part can do here, with who can. A test holds the list against
// every page and form there is, so that none is forgotten (R36).
type Right struct {
	Name   string     // of its words
	Who    person.Set // who holds one of these can do it
	Places []string   // where it is done: the first part of addresses
}

// Rights lists them.
func Rights() []Right {
	women, host, keeps, reads := person.LivedExperience, person.Facilitator, person.Administrator, person.Analyst
	return []Right{
		{"settings", person.Set{keeps}, []string{"settings", "practices"}},
		{"parts", person.Set{keeps}, []string{"people"}},
		{"invite", person.Set{keeps, host}, []string{"people"}},
		{"studies", person.Set{keeps, person.Researcher}, []string{"studies"}},
		{"meetings", person.Set{host}, []string{"meetings", "needs", "decides"}},
		{"lists", person.Set{host, women}, []string{"topics", "moments"}},
		{"women", person.Set{women}, []string{"agreement", "asked", "asks", "decide", "me", "meetings", "people"}},
		{"ours", person.Set{women}, []string{"apart"}},
		{"apart", person.Set{person.Charity, person.Clinician, person.Researcher, person.Practice}, []string{"apart"}},
		{"sources", person.Set{person.Charity, person.Researcher, reads}, []string{"source", "import", "talks"}},
		{"observe", person.Set{host, reads}, []string{"observe"}},
		{"analyse", person.Set{reads}, []string{"desk", "frame", "theme", "index", "find", "matrix", "export", "releases"}},
		{"paper", person.Set{women, person.Charity, person.Clinician, person.Researcher, host}, []string{"paper"}},
		{"table", person.Set{women, person.Charity, host}, []string{"table"}},
	}
}

// held counts, for each right, in which house how many hold it today. Who they are stands on the page of people, so
// small numbers are shown as they are.
func held(houses map[person.ID]person.House, holds map[person.ID]person.Set) [][]int {
	var rows [][]int
	for _, r := range Rights() {
		row := make([]int, len(Houses()))
		for who, set := range holds {
			for i, h := range Houses() {
				if houses[who] == h && set.Meets(r.Who) {
					row[i]++
				}
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// holders says in which house everybody is who is here, and what each holds, with who is named in a study that runs.
func (r *Room) holders(ctx context.Context, tx *store.Tx, p person.Partnership) (map[person.ID]person.House, map[person.ID]person.Set, error) {
	people, err := r.Circle.List(ctx, tx, p)
	if err != nil {
		return nil, nil, err
	}
	houses, holds := map[person.ID]person.House{}, map[person.ID]person.Set{}
	for _, one := range people {
		houses[one.ID], holds[one.ID] = one.House(r.Now()), one.Standings
		reads, err := r.Studies.IsAnalyst(ctx, tx, p, one.ID)
		if err != nil {
			return nil, nil, err
		}
		if reads {
			holds[one.ID] = append(holds[one.ID], person.Analyst)
		}
	}
	return houses, holds, nil
}

// rights says who can do what, in numbers.
func (r *Room) rights(q *web.Request) (look.Summary, error) {
	var rows [][]int
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		houses, holds, err := r.holders(q.Context(), tx, q.Partnership())
		rows = held(houses, holds)
		return err
	})
	var list look.Summary
	for i, row := range rows {
		list.Rows = append(list.Rows, look.SummaryRow{Term: q.Words.T("facts.right_" + Rights()[i].Name), Value: q.Words.T("facts.rights_held", "women", row[0], "others", row[1])})
	}
	return list, err
}
