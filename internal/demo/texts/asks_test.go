package texts

import "testing"

func TestAsks_EachStateIsThereToBeSeen(t *testing.T) {
	c := load(t)
	var refused, told, answered, waiting int
	for _, a := range c.Asking.Asks {
		c.knows(t, a.ID, a.Person)
		women := 0
		for _, s := range a.Said {
			if p, _ := c.person(s.Person); p.Standing != "lived-experience" || s.Person == a.Person {
				t.Errorf("%s: %s has no say in it", a.ID, s.Person)
			}
			if s.DaysAgo > a.DaysAgo || (s.Says == "change") != (s.Words != "") {
				t.Errorf("%s: %s said it before it was put, or without words", a.ID, s.Person)
			}
			women++
		}
		count(&refused, a.Refused)
		count(&told, a.Told != "")
		count(&waiting, a.DaysAgo < 7)
		people := map[string]bool{}
		for _, answer := range a.Answers {
			c.checkTerms(t, a.ID, answer.Terms, answer.DaysAgo)
			people[answer.Person] = true
			if answer.DaysAgo > a.DaysAgo-7 {
				t.Errorf("%s: answered before it was let through", a.ID)
			}
		}
		count(&answered, len(people) >= 3)
	}
	if refused == 0 || told == 0 || answered == 0 || waiting == 0 {
		t.Errorf("%d refused, %d told, %d answered by three or more, %d waiting", refused, told, answered, waiting)
	}
}
