package texts

import (
	"regexp"
	"strings"
	"testing"
)

// TestTerms_Differ wants each state of a source to be there to be seen.
func TestTerms_Differ(t *testing.T) {
	c := load(t)
	var ended, allBack, partBack, without, onlyAnalysis, refusing, spoken, paper, outside, private int
	for _, s := range c.Sources {
		given := 0
		for _, sp := range s.Speakers {
			if sp.Terms == nil {
				continue
			}
			given++
			tm := *sp.Terms
			count(&ended, tm.Ended())
			count(&allBack, tm.TakenBack != nil && len(tm.TakenBack.Turns) == 0)
			count(&partBack, tm.TakenBack != nil && len(tm.TakenBack.Turns) > 0)
			count(&onlyAnalysis, len(tm.Yes) == 1 && tm.Yes[0].Purpose == "analysis" && !sp.Interviewer)
			count(&refusing, len(tm.Not) > 0)
			count(&spoken, tm.How == "spoken")
			count(&paper, tm.How == "paper")
			count(&outside, sp.Outside != "")
			count(&private, len(tm.Yes) == 1 && tm.Yes[0].Audience == "me")
			if tm.TakenBack == nil {
				continue
			}
			for _, n := range tm.TakenBack.Turns {
				if s.Turns[n-1].Speaker != sp.Label {
					t.Errorf("%s: turn %d is not hers to take back", s.ID, n)
				}
			}
		}
		if given != 0 && given != len(s.Speakers) {
			t.Errorf("%s: terms for %d of %d speakers", s.ID, given, len(s.Speakers))
		}
		count(&without, given == 0)
	}
	for what, n := range map[string]int{"ended": ended, "taken back": allBack, "partly taken back": partBack, "analysis alone": onlyAnalysis,
		"refusing somebody": refusing, "spoken": spoken, "on paper": paper, "from outside": outside, "private": private} {
		if n == 0 {
			t.Errorf("no terms are %s", what)
		}
	}
	if without != 1 {
		t.Errorf("%d sources without terms, want 1", without)
	}
}

func count(n *int, yes bool) {
	if yes {
		*n++
	}
}

var (
	audience    = regexp.MustCompile(`^(me|supporter|lived-experience|partnership|analysts|public|person:[a-z]+|practice:(quillet|tansy))$`)
	refused     = regexp.MustCompile(`^(person:[a-z]+|practice:(quillet|tansy))$`)
	purpose     = regexp.MustCompile(`^(meeting|decision|improvement|training|analysis|quote|publication)$`)
	form        = regexp.MustCompile(`^(words|voice|paraphrase|theme|number)$`)
	way         = regexp.MustCompile(`^(screen|paper|spoken)$`)
	attribution = regexp.MustCompile(`^(name|chosen|group|none)$`)
)

func (c *Corpus) checkTerms(t *testing.T, where string, terms Terms, daysAgo int) {
	t.Helper()
	for _, y := range terms.Yes {
		if !audience.MatchString(y.Audience) || !purpose.MatchString(y.Purpose) || !form.MatchString(y.Form) || y.UntilDays == 0 {
			t.Errorf("%s: not a yes: %+v", where, y)
		}
	}
	for _, no := range terms.Not {
		if !refused.MatchString(no) {
			t.Errorf("%s: nobody to refuse: %q", where, no)
		}
		if id, ok := strings.CutPrefix(no, "person:"); ok {
			c.knows(t, where, id)
		}
	}
	if !way.MatchString(terms.How) || !attribution.MatchString(terms.Attribution) {
		t.Errorf("%s: given by %q, attributed by %q", where, terms.How, terms.Attribution)
	}
	if (terms.Attribution == "chosen") != (terms.ChosenName != "") {
		t.Errorf("%s: attribution %q with chosen name %q", where, terms.Attribution, terms.ChosenName)
	}
	if terms.How == "screen" == (terms.By != "") {
		t.Errorf("%s: given on %s, written down by %q", where, terms.How, terms.By)
	}
	if terms.By != "" {
		c.knows(t, where, terms.By)
	}
	if terms.Sheet > 0 && c.Study.Sheets[terms.Sheet-1].DaysAgo < daysAgo {
		t.Errorf("%s: sheet %d did not exist yet", where, terms.Sheet)
	}
	if terms.TakenBack != nil && terms.TakenBack.DaysAgo >= daysAgo {
		t.Errorf("%s: taken back before it was given", where)
	}
}

func TestShares_KindsAndTerms(t *testing.T) {
	c := load(t)
	kinds := map[string]int{}
	for _, s := range c.Shares {
		kinds[s.Kind]++
		if p, _ := c.person(s.Person); p.Standing != "lived-experience" {
			t.Errorf("%s: shared by %q", s.ID, s.Person)
		}
		c.checkTerms(t, s.ID, s.Terms, s.DaysAgo)
	}
	if kinds["experience"] > 1 || kinds["idea"] == 0 || kinds["opinion"] == 0 || kinds["expertise"] == 0 {
		t.Errorf("kinds of shares: %v", kinds)
	}
}
