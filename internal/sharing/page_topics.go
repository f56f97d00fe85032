package sharing

import (
	"slices"

	"footing/internal/circle"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// listKeepers change the group's list of topics: the women, and whoever facilitates.
var listKeepers = person.Set{person.LivedExperience, person.Facilitator}

// topicsPage is the group's list of topics.
type topicsPage struct {
	Check  look.Check
	Title  look.Title
	On     []topicLine
	Gone   string
	Off    []topicLine
	Name   look.Field
	Add    []look.Button
	Back   look.Link
	Action string
}

type topicLine struct {
	Name, Action string
	Button       look.Button
}

func (r *Room) showTopics(q *web.Request) (web.Answer, error) {
	p, err := r.newTopicsPage(q, "", nil)
	return q.Show("topics", p), err
}

func (r *Room) newTopicsPage(q *web.Request, name string, problem error) (topicsPage, error) {
	topics, err := r.readTopics(q)
	t := q.Words.T
	p := topicsPage{Title: look.Title{Text: t("sharing.topics_heading"), Lead: t("sharing.topics_lead")}, Gone: t("sharing.topics_gone"), Action: "/topics",
		Name: look.Field{Name: "name", Label: t("sharing.topics_name"), Hint: t("sharing.topics_name_hint"), WhoTitle: t("sharing.about_who_title"),
			Who: t("sharing.topics_who"), Value: name, Autocomplete: "off"},
		Add: []look.Button{{Text: t("sharing.topics_add"), Look: look.Second}}, Back: look.Link{Href: "/me/topics", Text: t("sharing.topics_back")}}
	for _, topic := range topics {
		if topic.Off {
			p.Off = append(p.Off, topicLine{topic.Name, "/topics/" + topic.ID + "/on", look.Button{Text: t("sharing.topics_on"), About: topic.Name, Look: look.Quiet}})
		} else {
			p.On = append(p.On, topicLine{topic.Name, "/topics/" + topic.ID + "/off", look.Button{Text: t("sharing.topics_off"), About: topic.Name, Look: look.Quiet}})
		}
	}
	if problem != nil {
		p.Name.Problem = circle.Say(q, problem)
		p.Check = look.Check{Title: t("web.problem_heading"), Items: []look.CheckItem{{Href: "#name", Text: p.Name.Problem}}}
	}
	return p, err
}

type topicForm struct {
	Name string `form:"name"`
}

func (r *Room) newTopic(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[topicForm](q)
	if err != nil {
		return nil, err
	}
	var problem error
	err = r.db.Write(q.Context(), func(tx *store.Tx) error {
		list, err := r.topics(q, tx)
		if err != nil {
			return err
		}
		name, wrong := addTopic(list, f.Name)
		if problem = wrong; problem != nil {
			return nil
		}
		return saveTopic(q.Context(), tx, q.Partnership(), Topic{ID: store.RandomID(), Name: name}, q.Now())
	})
	if err != nil {
		return nil, err
	}
	if problem != nil {
		p, err := r.newTopicsPage(q, f.Name, problem)
		return q.Again("topics", p), err
	}
	return web.GoSaying("/topics", "sharing.saved"), nil
}

func (r *Room) topicOff(q *web.Request) (web.Answer, error) { return r.turnTopic(q, true) }
func (r *Room) topicOn(q *web.Request) (web.Answer, error)  { return r.turnTopic(q, false) }

// turnTopic takes a topic off the list or puts it back. What is about it, and who hides it, stays as it is:
// nothing must come up for somebody because others tidied a list.
func (r *Room) turnTopic(q *web.Request, off bool) (web.Answer, error) {
	err := r.db.Write(q.Context(), func(tx *store.Tx) error {
		list, err := r.topics(q, tx)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(list, func(t Topic) bool { return t.ID == q.Path("topic") })
		if i < 0 {
			return fault.Missing
		}
		t := list[i]
		t.Off = off
		if slices.Contains(firstTopics, t.ID) {
			t.Name = "" // it is called as the catalogue says
		}
		return saveTopic(q.Context(), tx, q.Partnership(), t, q.Now())
	})
	return web.GoSaying("/topics", "sharing.saved"), err
}
