package texts

import (
	"slices"
	"strings"
	"testing"
)

func TestIndexing_PassagesAndTerms(t *testing.T) {
	c := load(t)
	perSource, ids := map[string]int{}, map[string]bool{}
	for _, p := range c.Passages {
		s, ok := c.source(p.Source)
		if !ok || ids[p.ID] {
			t.Fatalf("%s: no such source, or the id is taken", p.ID)
		}
		ids[p.ID] = true
		perSource[p.Source]++
		c.checkPassage(t, p.ID, s, p.Turn, p.Passage)
		for _, th := range p.Themes {
			if _, known := c.theme(th); !known {
				t.Errorf("%s: no theme %q", p.ID, th)
			}
		}
		c.checkIndexable(t, p, s)
	}
	for id, n := range perSource {
		if n < 3 || n > 8 {
			t.Errorf("%s has %d passages, want 3 to 8", id, n)
		}
	}
	if n := len(perSource); n != 22 {
		t.Errorf("%d of %d sources are indexed, want two thirds", n, len(c.Sources))
	}
}

// checkIndexable wants a passage to have been open to its reader when it was indexed: words, for
// analysis, by an analyst named that day and not refused, about nobody who has not said yes.
func (c *Corpus) checkIndexable(t *testing.T, p Passage, s Source) {
	t.Helper()
	sp, _ := s.Speaker(s.Turns[p.Turn-1].Speaker)
	if sp.Interviewer || sp.Terms == nil {
		t.Fatalf("%s: spoken by an interviewer, or without terms", p.ID)
	}
	if !slices.ContainsFunc(sp.Terms.Yes, func(y Yes) bool {
		return y.Audience == "analysts" && y.Purpose == "analysis" && y.Form == "words" && -y.UntilDays < p.DaysAgo
	}) {
		t.Errorf("%s: her words were not given for analysis", p.ID)
	}
	if slices.Contains(sp.Terms.Not, "person:"+p.By) {
		t.Errorf("%s: indexed by somebody she refused", p.ID)
	}
	if !slices.ContainsFunc(c.Study.Analysts, func(a Analyst) bool { return a.Person == p.By && a.FromDaysAgo >= p.DaysAgo }) {
		t.Errorf("%s: %q was no analyst that day", p.ID, p.By)
	}
	if p.DaysAgo >= s.DaysAgo {
		t.Errorf("%s: indexed before there was anything to read", p.ID)
	}
	if b := sp.Terms.TakenBack; b != nil && b.DaysAgo >= p.DaysAgo {
		t.Errorf("%s: indexed after it was taken back", p.ID)
	}
	text := s.Turns[p.Turn-1].Text
	from := strings.Index(text, p.Passage)
	for _, m := range s.Mentions {
		about, _ := c.person(m.Person)
		at := strings.Index(text, m.Passage)
		if m.Turn == p.Turn && about.AboutMe != "yes" && at < from+len(p.Passage) && from < at+len(m.Passage) {
			t.Errorf("%s: speaks of somebody who has not said yes", p.ID)
		}
	}
}

func TestCharts_HalfAndTraceable(t *testing.T) {
	c := load(t)
	passages, indexed, seen := map[string]Passage{}, map[string]bool{}, map[string]bool{}
	for _, p := range c.Passages {
		passages[p.ID], indexed[p.Source] = p, true
	}
	for _, cell := range c.Cells {
		where := cell.Source + "/" + cell.Theme
		if !indexed[cell.Source] || seen[where] {
			t.Errorf("%s: not indexed, or charted twice", where)
		}
		seen[where] = true
		if th, ok := c.theme(cell.Theme); !ok || th.Parent != "" || th.ID == "other" {
			t.Errorf("%s: not a top theme", where)
		}
		if (len(cell.Points) == 0) != slices.Contains([]string{"nothing there", "not asked"}, cell.Empty) {
			t.Errorf("%s: %d points and %q", where, len(cell.Points), cell.Empty)
		}
		c.knows(t, where, cell.By)
		for _, point := range cell.Points {
			c.checkPoint(t, where, cell, point, passages)
		}
		if cell.Empty == "" {
			continue
		}
		for _, p := range c.Passages {
			if p.Source == cell.Source && slices.ContainsFunc(p.Themes, func(th string) bool { return c.topTheme(th) == cell.Theme }) {
				t.Errorf("%s: said to be empty, and %s is there", where, p.ID)
			}
		}
	}
	if got, all := len(c.Cells), len(indexed)*6; got*2 != all {
		t.Errorf("%d of %d cells are charted, want half", got, all)
	}
}

func (c *Corpus) checkPoint(t *testing.T, where string, cell Cell, point Point, passages map[string]Passage) {
	t.Helper()
	if len(strings.Fields(point.Text)) < 6 || len(point.Passages) == 0 {
		t.Errorf("%s: a point without words or passages", where)
	}
	for _, id := range point.Passages {
		p, ok := passages[id]
		if !ok || p.Source != cell.Source || p.DaysAgo < cell.DaysAgo {
			t.Errorf("%s: rests on %q, which is not there", where, id)
		}
		if !slices.ContainsFunc(p.Themes, func(th string) bool { return c.topTheme(th) == cell.Theme }) {
			t.Errorf("%s: %s is under another theme", where, id)
		}
	}
	// Her words in quotation marks are hers, exactly.
	for i, quoted := range strings.Split(point.Text, `"`) {
		if s, _ := c.source(cell.Source); i%2 == 1 && !strings.Contains(strings.ToLower(s.Body), strings.ToLower(quoted)) {
			t.Errorf("%s: nobody says %q", where, quoted)
		}
	}
}
