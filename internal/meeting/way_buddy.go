package meeting

import (
	"footing/internal/circle"
	"footing/internal/person"
	"footing/internal/web"
	"footing/internal/web/look"
)

// buddies lists who is there for the viewer. Only her own screen is told: on paper it would tell whoever writes for her.
func (r *Room) buddies(q *web.Request) ([]circle.Person, error) {
	if r.Buddies == nil {
		return nil, nil
	}
	return r.Buddies.Buddies(q.Context(), q.Viewer)
}

// askBy asks whether one of them says it for her. Nobody is chosen beforehand, and without a buddy it is not asked.
func askBy(q *web.Request, chosen person.ID, buddies []circle.Person) []look.Ask {
	if len(buddies) == 0 {
		return nil
	}
	c := look.Choice{Name: "by", Legend: q.Words.T("meeting.ask_way_by"), Hint: q.Words.T("meeting.ask_way_by_hint"),
		Options: []look.Option{{Label: q.Words.T("meeting.way_by_nobody")}}}
	c.Options = append(c.Options, circle.Options(buddies, chosen)...)
	return []look.Ask{look.Choose(c)}
}

// oneOf returns somebody's id if she is one of them.
func oneOf(buddies []circle.Person, id string) person.ID {
	if circle.Among(buddies, person.ID(id)) {
		return person.ID(id)
	}
	return ""
}
