package texts

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

func load(t *testing.T) *Corpus {
	t.Helper()
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func (c *Corpus) source(id string) (Source, bool) {
	i := slices.IndexFunc(c.Sources, func(s Source) bool { return s.ID == id })
	if i < 0 {
		return Source{}, false
	}
	return c.Sources[i], true
}

func (c *Corpus) person(id string) (Person, bool) {
	i := slices.IndexFunc(c.Partnership.People, func(p Person) bool { return p.ID == id })
	if i < 0 {
		return Person{}, false
	}
	return c.Partnership.People[i], true
}

func (c *Corpus) theme(id string) (Theme, bool) {
	i := slices.IndexFunc(c.Frame.Themes, func(th Theme) bool { return th.ID == id })
	if i < 0 {
		return Theme{}, false
	}
	return c.Frame.Themes[i], true
}

func (c *Corpus) topTheme(id string) string {
	if th, _ := c.theme(id); th.Parent != "" {
		return th.Parent
	}
	return id
}

func (c *Corpus) knows(t *testing.T, where, person string) {
	t.Helper()
	if _, ok := c.person(person); !ok {
		t.Errorf("%s: nobody is called %q", where, person)
	}
}

func TestCorpus_Counts(t *testing.T) {
	c := load(t)
	got, authors := map[string]int{}, map[string]bool{}
	for _, s := range c.Sources {
		got[s.Kind]++
		if s.Kind == "note" {
			authors[s.Keeper] = true
		}
		if !strings.HasPrefix(s.ID, s.Kind+"-") {
			t.Errorf("%s is a %s", s.ID, s.Kind)
		}
	}
	for kind, want := range map[string]int{"note": 19, "observation": 3, "interview": 9, "group": 2} {
		if got[kind] != want {
			t.Errorf("%d sources of kind %s, want %d", got[kind], kind, want)
		}
	}
	if len(c.Sources) != 33 || len(c.Shares) != 8 {
		t.Errorf("%d sources and %d shares, want 33 and 8", len(c.Sources), len(c.Shares))
	}
	if len(authors) < 7 || len(authors) > 9 {
		t.Errorf("notes by %d authors, want about 8", len(authors))
	}
}

func TestCorpus_Lengths(t *testing.T) {
	bounds := map[string][2]int{"note": {150, 400}, "observation": {600, 950}, "interview": {600, 1500}, "group": {500, 900}}
	c := load(t)
	for _, s := range c.Sources {
		n, b := len(strings.Fields(s.Body)), bounds[s.Kind]
		if n < b[0] || n > b[1] {
			t.Errorf("%s has %d words, want %d to %d", s.ID, n, b[0], b[1])
		}
		// An interview keeps its length without the labels, whichever way the words are counted.
		spoken := 0
		for _, turn := range s.Turns {
			spoken += len(strings.Fields(turn.Text))
		}
		if spoken < b[0] {
			t.Errorf("%s has %d words without labels, want at least %d", s.ID, spoken, b[0])
		}
	}
	if n := len(strings.Fields(c.Agreement)); n < 200 || n > 300 {
		t.Errorf("the agreement has %d words, want about 250", n)
	}
}

func TestPeople_StandingsAndSignIns(t *testing.T) {
	c := load(t)
	standings, signIns := map[string]int{}, map[string]int{}
	for _, p := range c.Partnership.People {
		standings[p.Standing]++
		if p.SignIn {
			signIns[p.Standing]++
		}
		if p.Supporter != "" {
			c.knows(t, p.ID, p.Supporter)
		}
		if !slices.Contains([]string{"", "yes", "only if nobody could tell", "ask me", "no"}, p.AboutMe) {
			t.Errorf("%s: no such answer %q", p.ID, p.AboutMe)
		}
	}
	for standing, want := range map[string]int{"lived-experience": 5, "charity": 2, "clinician": 2, "practice": 1, "researcher": 2} {
		if standings[standing] != want {
			t.Errorf("%d people as %s, want %d", standings[standing], standing, want)
		}
	}
	for standing, want := range map[string]int{"lived-experience": 2, "charity": 1, "clinician": 1, "researcher": 1, "practice": 0} {
		if signIns[standing] != want {
			t.Errorf("%d sign-ins as %s, want %d", signIns[standing], standing, want)
		}
	}
}

// TestSources_References follows every name: keepers, speakers, outsiders, those who wrote terms down,
// and those who are spoken of.
func TestSources_References(t *testing.T) {
	c := load(t)
	for _, s := range c.Sources {
		c.knows(t, s.ID, s.Keeper)
		spoke := map[string]bool{}
		for _, turn := range s.Turns {
			spoke[turn.Speaker] = true
		}
		for _, sp := range s.Speakers {
			outside := slices.ContainsFunc(c.Partnership.Outside, func(o Outsider) bool { return o.ID == sp.Outside })
			if _, member := c.person(sp.Person); member == outside {
				t.Errorf("%s: speaker %q is neither one member nor one outsider", s.ID, sp.Label)
			}
			if !spoke[sp.Label] {
				t.Errorf("%s: %q is listed and never speaks", s.ID, sp.Label)
			}
			if sp.Terms != nil {
				c.checkTerms(t, s.ID, *sp.Terms, s.DaysAgo)
			}
		}
		for _, m := range s.Mentions {
			if p, _ := c.person(m.Person); p.Standing != "lived-experience" {
				t.Errorf("%s: %q is no member who could be asked", s.ID, m.Person)
			}
			c.checkPassage(t, s.ID, s, m.Turn, m.Passage)
			if sp, _ := s.Speaker(s.Turns[m.Turn-1].Speaker); sp.Person == m.Person {
				t.Errorf("%s: her own words are marked as about her", s.ID)
			}
		}
	}
}

func (c *Corpus) checkPassage(t *testing.T, where string, s Source, turn int, passage string) {
	t.Helper()
	if turn < 1 || turn > len(s.Turns) {
		t.Fatalf("%s: %s has no turn %d", where, s.ID, turn)
	}
	if strings.Count(s.Turns[turn-1].Text, passage) != 1 || passage == "" {
		t.Errorf("%s: turn %d of %s does not hold once: %q", where, turn, s.ID, passage)
	}
}

func TestSources_DaysApart(t *testing.T) {
	c := load(t)
	var days []int
	for _, s := range c.Sources {
		days = append(days, s.DaysAgo)
	}
	slices.Sort(days)
	if len(slices.Compact(slices.Clone(days))) != len(days) {
		t.Errorf("two sources of one day: %v", days)
	}
	if first, last := days[len(days)-1], days[0]; first < 390 || first > 440 || last < 14 || last > 60 {
		t.Errorf("sources span day %d to day %d before now, want about fourteen months", first, last)
	}
	for i := 1; i < len(days); i++ {
		if days[i]-days[i-1] > 45 {
			t.Errorf("nothing between day %d and day %d", days[i], days[i-1])
		}
	}
}

// loud are words that no title or content note may hold: a page shows them before anybody chose to read.
var loud = regexp.MustCompile(`(?i)trauma|abus|victim|violen|assault|suicid|self-harm|overdose|rape|prison|crisis|survivor|addict|homeless|disclos|stakeholder|beneficiar|non-compliant|perpetrat`)

func TestTitles_Neutral(t *testing.T) {
	c := load(t)
	words := map[string]string{"the name": c.Partnership.Name, "the study": c.Study.Title + c.Study.Question}
	for _, s := range c.Sources {
		words[s.ID] = s.Title + " " + s.ContentNote
		if s.Title == "" || s.ContentNote == "" || len(s.ContentNote) > 100 {
			t.Errorf("%s: wants a title and a short content note", s.ID)
		}
	}
	for _, s := range c.Shares {
		words[s.ID] = s.Title + " " + s.ContentNote
	}
	for where, w := range words {
		if found := loud.FindString(w); found != "" {
			t.Errorf("%s: %q stands in a title or content note", where, found)
		}
		if strings.Contains(w, "!") {
			t.Errorf("%s: an exclamation mark in a title or content note", where)
		}
	}
}

// graphic are words that the texts themselves do without.
var graphic = regexp.MustCompile(`(?i)trauma|abus|victim|violen|assault|suicid|self-harm|overdose|\brape|murder`)

func TestTexts_Gentle(t *testing.T) {
	c := load(t)
	words := map[string]string{"agreement": c.Agreement}
	for _, s := range c.Sources {
		words[s.ID] = s.Body
	}
	for _, s := range c.Shares {
		words[s.ID] = s.Text
	}
	for where, w := range words {
		if found := graphic.FindString(w); found != "" {
			t.Errorf("%s holds %q", where, found)
		}
	}
}

func TestStudy_Whole(t *testing.T) {
	c := load(t)
	s := c.Study
	for _, id := range s.QuestionChosenBy {
		if p, _ := c.person(id); p.Standing != "lived-experience" {
			t.Errorf("the question was chosen by %q", id)
		}
	}
	group := 0
	for _, a := range s.Analysts {
		p, _ := c.person(a.Person)
		if a.FromTheGroup != (p.Standing == "lived-experience") {
			t.Errorf("analyst %q: from the group is %v", a.Person, a.FromTheGroup)
		}
		count(&group, a.FromTheGroup)
	}
	if group != 1 || len(s.Sheets) != 2 || len(s.References) != 2 {
		t.Errorf("%d analysts from the group, %d sheets, %d references", group, len(s.Sheets), len(s.References))
	}
	for n, sheet := range s.Sheets {
		if sheet.Version != n+1 || !strings.Contains(sheet.Text, sheet.Promise) {
			t.Errorf("sheet %d does not say what it is said to promise", sheet.Version)
		}
	}
	if s.EndsInDays <= 0 || s.RetentionYears <= 0 || s.Sponsor == "" || s.EthicsCommittee == "" {
		t.Error("the study lacks its end, retention, sponsor or committee")
	}
}

func TestFrame_Whole(t *testing.T) {
	c := load(t)
	subs, tops := map[string]int{}, 0
	for _, th := range c.Frame.Themes {
		if th.Name == "" || th.Definition == "" || th.UseWhen == "" || th.NotWhen == "" || th.Example == "" || th.Origin == "" {
			t.Errorf("theme %q lacks a part", th.ID)
		}
		if th.Parent == "" {
			count(&tops, th.ID != "other")
			continue
		}
		subs[th.Parent]++
		for _, s := range c.Sources {
			if strings.Contains(s.Body, th.Example) {
				t.Errorf("the example of %q comes from %s", th.ID, s.ID)
			}
		}
	}
	if tops != 6 {
		t.Errorf("%d top themes, want 6", tops)
	}
	for _, th := range c.Frame.Themes {
		if n := subs[th.ID]; th.Parent == "" && th.ID != "other" && (n < 2 || n > 3) {
			t.Errorf("theme %q has %d sub-themes, want 2 or 3", th.ID, n)
		}
	}
}

func TestDecode_MisspeltKey(t *testing.T) {
	if _, err := parseSource("note-99", "+++\nkind = \"note\"\ntaken_bakc = true\n+++\n\nWords.\n"); err == nil {
		t.Error("a misspelt key was read as nothing")
	}
}

func TestDecode_StrayParagraph(t *testing.T) {
	head := "+++\nkind = \"interview\"\n[[speakers]]\nlabel = \"A\"\nperson = \"bren\"\n+++\n\n"
	if _, err := parseSource("interview-99", head+"A: Hello.\n\nA paragraph of nobody's.\n"); err == nil {
		t.Error("a paragraph without a speaker was taken")
	}
}
