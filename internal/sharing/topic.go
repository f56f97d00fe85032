package sharing

import (
	"context"
	"slices"
	"strings"
	"time"

	"footing/internal/circle"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
)

// A Topic is one thing that something shared can be about, by the group's own short list. The writer
// chooses which, if any; a reader can say which she would rather not come across.
type Topic struct {
	ID   string
	Name string
	Off  bool // taken off the list: nothing new is about it, and what is about it and who hides it stay as they were
}

// firstTopics are those the list begins with, by what their names are called in the catalogue. The group
// takes off what it does not want and adds its own.
var firstTopics = []string{"family", "health", "birth", "loss", "harm", "courts", "home", "drink"}

// Most topics there can be, and the most letters of a name.
const (
	mostTopics  = 24
	topicLetter = 40
)

// The faults of the list.
var (
	errTopicName = fault.New(fault.Invalid, "sharing.topic_name")
	errTopicHere = fault.New(fault.Invalid, "sharing.topic_here")
	errTopicMany = fault.New(fault.Invalid, "sharing.topic_many").With("most", mostTopics)
)

// addTopic returns the name as it is kept, or why it cannot be added to the list.
func addTopic(list []Topic, name string) (string, error) {
	name = strings.Join(strings.Fields(name), " ")
	on := 0
	for _, t := range list {
		if !t.Off {
			on++
		}
		if circle.Fold(t.Name) == circle.Fold(name) {
			return name, errTopicHere
		}
	}
	switch n := len([]rune(name)); {
	case n == 0, n > topicLetter:
		return name, errTopicName
	case on >= mostTopics:
		return name, errTopicMany
	}
	return name, nil
}

// topics returns the group's list with what was taken off it, in the order in which it came to be.
func (r *Room) topics(q *web.Request, tx *store.Tx) ([]Topic, error) {
	kept, err := listTopics(q.Context(), tx, q.Partnership())
	if err != nil {
		return nil, err
	}
	var list []Topic
	for _, id := range firstTopics {
		t := Topic{ID: id, Name: q.Words.T("sharing.topic_" + id)}
		if i := slices.IndexFunc(kept, func(k Topic) bool { return k.ID == id }); i >= 0 {
			t.Off = kept[i].Off
		}
		list = append(list, t)
	}
	for _, k := range kept {
		if !slices.Contains(firstTopics, k.ID) {
			list = append(list, k)
		}
	}
	return list, nil
}

func listTopics(ctx context.Context, tx *store.Tx, p person.Partnership) ([]Topic, error) {
	return store.List(ctx, tx, func(r store.Row) (Topic, error) {
		var t Topic
		var off int64
		err := r.Scan(&t.ID, &t.Name, &off)
		t.Off = off > 0
		return t, err
	}, `SELECT id, name, off FROM sharing_topic WHERE partnership_id = $1 ORDER BY made, id`, p)
}

// saveTopic adds a topic, or takes one off or puts it back.
func saveTopic(ctx context.Context, tx *store.Tx, p person.Partnership, t Topic, now time.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO sharing_topic (partnership_id, id, name, made, off) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (partnership_id, id) DO UPDATE SET off = excluded.off`, p, t.ID, t.Name, store.Micros(now), store.Bool(t.Off))
	return err
}

// topicNames returns what topics are called, in the order of the list.
func topicNames(list []Topic, ids []string) []string {
	var names []string
	for _, t := range list {
		if slices.Contains(ids, t.ID) {
			names = append(names, t.Name)
		}
	}
	return names
}
