package app_test

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/testing/engine"
)

// P13 on every route: what every woman shared in every state, every page there is, and everybody. A second,
// small model of the rule says whose words may be in the answer; nobody else's are. To whom something may not
// be opened it is as if it had never been, byte for byte, but for those who opened it before.
//
// P22 on the same walk: what another woman shared is on the pages that stand opens names, which a reader
// comes to by asking for it, and on no list and no page before.
//
// P15 on the same walk: whoever was shown something is on record for whose it is. P16: no other page is.
func TestGate_EveryRouteEveryStateEverybody(t *testing.T) {
	engine.Once(t, "the rule is tried on both by the gate itself, and the pages by TestPages_EveryOneForEverybody")
	g := newGateWorld(t, open(t))
	for _, route := range g.h.Shell().Routes() {
		method, path, _ := strings.Cut(route.Pattern, " ")
		if method != "GET" || strings.HasSuffix(path, "/live") { // which never ends
			continue
		}
		_, none := filled(route.Pattern, g.base, absent)
		for n, r := range g.readers {
			nothing := r.ask(t, method, none, nil)
			g.holdsNoOther(r, route.Pattern, "nothing", nothing)
			for i, s := range g.shares {
				_, at := filled(route.Pattern, s.ids, absent)
				if at == none || s.in != nil || r.name != "" && !r.may(route.Allow) && i%len(g.readers) != n {
					continue // where nobody like her may come, one in a few is asked for
				}
				a := r.ask(t, method, at, nil)
				g.holdsNoOther(r, route.Pattern, s.state, a)
				if !r.knows(s, path) {
					g.isAsNothing(r, route.Pattern, s, a, nothing)
				}
			}
		}
		g.isOnRecord(route.Pattern)
	}
	t.Logf("%d requests, %d refusals, %v words found", g.asked, g.refused, g.found)
	for kind, what := range whats {
		if g.found[kind] == 0 {
			t.Errorf("%s was on no page at all: the walk shows nothing of it", what)
		}
	}
}

// holdsNoOther checks that every canary on a page may stand there.
func (g *gateWorld) holdsNoOther(r reader, pattern, asked string, a answer) {
	g.t.Helper()
	g.asked++
	for _, word := range canaries.FindAllString(a.body, -1) {
		kind := word[len(word)-1]
		g.found[kind]++
		if !g.mayStand(r, pattern, word) {
			g.t.Errorf("%s of “%s” shows %s %s of “%s”", pattern, asked, r, whats[kind], g.of(word).state)
		}
		if of := g.of(word); of.owner != r.name && strings.IndexByte("wmps", kind) >= 0 {
			g.shown[opening{of.ids["speaker"], r.name}] = of
		}
	}
}

// isOnRecord checks after the walk to a page that everybody who was shown something by now is on record for
// it, and that nobody is on record by a page that opens nothing.
func (g *gateWorld) isOnRecord(pattern string) {
	g.t.Helper()
	rows := g.openings()
	for o, of := range g.shown {
		if !rows[o] {
			g.t.Errorf("%s has shown %s something of “%s”, and %s is not told", pattern, o.reader, of.state, of.owner)
		}
	}
	_, words := opens['w'][pattern]
	_, sentences := opens['p'][pattern]
	_, voice := opens['s'][pattern]
	copied := pattern == "GET /me/copy/all" // what was said of her, as far as it is shared with her
	if opened := len(rows) > len(g.rows); opened && !words && !sentences && !voice && !copied {
		g.t.Errorf("%s puts somebody on record and is no page that opens anything", pattern)
	}
	g.rows = rows
}

// isAsNothing checks that a refusal looks as if there had never been anything.
func (g *gateWorld) isAsNothing(r reader, pattern string, s *share, a, nothing answer) {
	g.t.Helper()
	g.refused++
	if was, is := blank(nothing.body), blank(a.body); a.status != nothing.status || a.status == http.StatusOK || a.location != nothing.location || is != was {
		g.t.Errorf("%s gives %s %d for “%s” and %d for what never was: %s", pattern, r, a.status, s.state, nothing.status, firstDifference(is, was))
	}
}

// A share is something that somebody contributed, in some state.
type share struct {
	state  string // what this test calls it
	owner  string
	to     string          // whom she lets in: nobody, a group of readers, or a first name
	use    consent.Purpose // what for
	form   consent.Form
	not    string // whom she would rather not
	later  bool   // also who joins later
	ended  bool
	gone   string // taken, or erased
	about  string // of whom a passage speaks who has not said yes
	keeper string // of a source
	in     *share // in which she said it too
	beside string // who said something in this one
	opened string // who opened it while she could

	ids map[string]string // for the parts of addresses
}

// A reader is somebody who asks, with the groups she is in.
type reader struct {
	*visitor
	in   []string
	late bool // joined after everything was shared
}

func (r reader) String() string {
	if r.name == "" {
		return "nobody"
	}
	return r.name
}

// mayRead is the model: whether a reader may be shown what a woman shared, for a use, in a form.
func (r reader) mayRead(s *share, use consent.Purpose, form consent.Form) bool {
	switch {
	case r.name == "" || s.gone == "erased":
		return false
	case r.name == s.owner:
		return true // also while she can still bring it back
	case s.gone != "":
		return false
	case use == consent.Keeping:
		return r.name == s.keeper && s.use != consent.Checking
	case s.ended, r.name == s.not, r.late && !s.later:
		return false
	}
	return use == s.use && form <= s.form && (s.to == r.name || slices.Contains(r.in, s.to))
}

// whats is what a canary is, by its last letter.
var whats = map[byte]string{'w': "the words", 'm': "words about somebody", 'n': "the note before them", 't': "the title", 'p': "a sentence of the charts", 's': "the voice", 'y': "what was typed up"}

var (
	canaries = regexp.MustCompile(`qz[0-9]{2}canary[a-z]`)
	anID     = regexp.MustCompile(`[a-z2-7]{26}`)
)

func blank(body string) string { return anID.ReplaceAllString(body, "id") }

// A need is what a page uses what it shows for, and in which form.
type need struct {
	use  consent.Purpose
	form consent.Form
}

// opens says on which pages something of another may stand, for which use and in which form. Her own words
// may stand on every page of hers.
var opens = map[byte]map[string]need{
	'w': {
		"GET /read/{contribution}/words":              {consent.Heard, consent.Words},
		"GET /checks/{check}/{contribution}/{reason}": {consent.Checking, consent.Words},
		"GET /source/{source}/mark":                   {consent.Keeping, 0},
		"GET /source/{source}/mark/{turn}":            {consent.Keeping, 0},
		"GET /source/{source}/mend/{turn}":            {consent.Keeping, 0},
		"GET /source/{source}/terms/{speaker}":        {consent.Keeping, 0},
		"GET /index/{study}/{source}":                 {consent.Analysis, consent.Words},
		"GET /index/{study}/{source}/{turn}":          {consent.Analysis, consent.Words},
		"GET /theme/{study}/{theme}":                  {consent.Analysis, consent.Words},
		"GET /matrix/{study}/cell/{case}/{theme}":     {consent.Analysis, consent.Words},
		"GET /matrix/{study}/point/{point}":           {consent.Analysis, consent.Words},
	},
	'n': {
		"GET /read/{contribution}":    {consent.Heard, consent.Words},
		"GET /typing/{contribution}":  {consent.Typing, consent.Voice},
		"GET /index/{study}/{source}": {consent.Analysis, consent.Words},
	},
	't': {
		"GET /source":                             {consent.Analysis, consent.Number},
		"GET /source/{source}":                    {consent.Analysis, consent.Number},
		"GET /source/{source}/facts":              {consent.Keeping, 0},
		"GET /index/{study}":                      {consent.Analysis, consent.Number},
		"GET /index/{study}/{source}":             {consent.Analysis, consent.Words},
		"GET /theme/{study}/{theme}":              {consent.Analysis, consent.Words},
		"GET /matrix/{study}":                     {consent.Analysis, consent.Number},
		"GET /matrix/{study}/theme/{theme}":       {consent.Analysis, consent.Number},
		"GET /matrix/{study}/case/{case}":         {consent.Analysis, consent.Number},
		"GET /matrix/{study}/cell/{case}/{theme}": {consent.Analysis, consent.Number},
		"GET /matrix/{study}/point/{point}":       {consent.Analysis, consent.Paraphrase},
		"GET /me/copy/all":                        {consent.Keeping, 0},
	},
	's': {
		"GET /read/{contribution}/play/{recording}":   {consent.Heard, consent.Voice},
		"GET /typing/{contribution}/play/{recording}": {consent.Typing, consent.Voice},
	},
	'y': {
		"GET /typing/{contribution}": {consent.Typing, consent.Voice},
	},
	'p': {
		"GET /matrix/{study}":                     {consent.Analysis, consent.Paraphrase},
		"GET /matrix/{study}/theme/{theme}":       {consent.Analysis, consent.Paraphrase},
		"GET /matrix/{study}/case/{case}":         {consent.Analysis, consent.Paraphrase},
		"GET /matrix/{study}/cell/{case}/{theme}": {consent.Analysis, consent.Paraphrase},
		"GET /matrix/{study}/point/{point}":       {consent.Analysis, consent.Paraphrase},
	},
}

func (g *gateWorld) of(word string) *share {
	var n int
	if _, err := fmt.Sscanf(word, "qz%02d", &n); err != nil || n >= len(g.shares) {
		g.t.Fatalf("no share has the word %s", word)
	}
	return g.shares[n]
}

// mayStand reports whether a canary may be on a page of a reader. What she said is her own, and so is what a
// thing is called that she said it in; a title is also its keeper's. Sentences of the charts stay on the desk.
func (g *gateWorld) mayStand(r reader, pattern, word string) bool {
	s, kind := g.of(word), word[len(word)-1]
	switch {
	case r.name == s.owner && kind != 'p':
		return r.mayRead(s, "", 0)
	case r.name == s.keeper && kind == 't':
		return s.gone == "" // also while she does not read what is locked
	case kind == 'm' && r.name != s.keeper:
		return false
	case kind == 'm':
		kind = 'w'
	}
	n, there := opens[kind][pattern]
	return there && r.mayRead(s, n.use, n.form) && (kind != 'p' || slices.Contains(r.in, analysts))
}

// knows reports whether a reader may be told that a share is there at all, on a page about it.
func (r reader) knows(s *share, path string) bool {
	number := r.mayRead(s, consent.Analysis, consent.Number)
	switch first, _, _ := strings.Cut(path[1:], "/"); {
	case r.name != "" && slices.Contains([]string{s.owner, s.beside, s.opened}, r.name):
		return true
	case first == "typing":
		return r.mayRead(s, consent.Typing, consent.Voice)
	case first == "read" && strings.Contains(path, "/play/"):
		return r.mayRead(s, consent.Heard, consent.Voice)
	case first == "read":
		return r.mayRead(s, consent.Heard, consent.Words)
	case path == "/source/{source}":
		return number || r.name == s.keeper
	case first == "source":
		return r.name == s.keeper
	case first == "checks":
		return r.mayRead(s, consent.Checking, consent.Words)
	case strings.Contains(path, "/point/"):
		return r.mayRead(s, consent.Analysis, consent.Paraphrase)
	case first == "matrix":
		return number
	case first == "index":
		return r.mayRead(s, consent.Analysis, consent.Words)
	}
	return false
}

// An opening is who opened what one speaker said.
type opening struct{ speaker, reader string }

// gateWorld is every state in which something can be, and everybody who may ask.
type gateWorld struct {
	t       *testing.T
	h       *house
	p       person.Partnership
	study   string
	theme   string
	base    map[string]string // parts of addresses that are nobody's
	shares  []*share
	readers []reader
	last    *visitor // who joined last

	asked, refused int
	found          map[byte]int // canaries, by what they are
	shown          map[opening]*share
	rows           map[opening]bool // on record before the page that is looked at
}
