package coding

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/web"
	"footing/internal/web/look"
)

// indexForm is what a document's form sends: ticked turns and a theme, or words chosen with a pointer or
// the keyboard as parts "12:0:40", or the coding to remove.
type indexForm struct {
	Version int      `form:"version"`
	Page    string   `form:"page"`
	Theme   string   `form:"theme"`
	Turns   []string `form:"turn"`
	Parts   []string `form:"part"`
	Remove  string   `form:"remove"`
}

// indexed answers the page's script: the turns that changed, and what to say.
type indexed struct {
	Turns map[string]look.HTML `json:"turns"`
	Said  string               `json:"said"`
}

func (r *Room) postDocument(q *web.Request) (web.Answer, error) {
	form, err := web.Parse[indexForm](q)
	if err != nil {
		return nil, err
	}
	if form.Remove != "" {
		return r.removeHere(q, form)
	}
	d, err := r.openFor(q, form, r.readFrame)
	if err != nil {
		return nil, err
	}
	passages, err := form.passages(d)
	if err != nil {
		return nil, err
	}
	if err := r.readAround(q.Context(), q.Viewer, d, passages); err != nil {
		return nil, err
	}
	added, err := r.add(q.Context(), q.Viewer, d, form.Theme, passages, form.Page)
	if err == nil {
		return answerIndexed(q, d, added, passages, "coding.added"), nil
	}
	if q.WantsData() || !isInvalid(err) {
		return nil, err
	}
	problem := say(q, err)
	if d, err = r.openFor(q, form, r.readIndex); err != nil {
		return nil, err
	}
	return q.Again("document", newDocumentPage(q, d, form, problem)), nil
}

// openFor opens the document that a form was sent from, if it still has the words that the form's places
// were counted in.
func (r *Room) openFor(q *web.Request, form indexForm, also reading) (*document, error) {
	d, err := r.open(q.Context(), q.Viewer, q.Path("study"), consent.ID(q.Path("source")), also)
	if err == nil && form.Version != d.words.Version {
		return nil, errNewer
	}
	return d, err
}

// removeHere takes away a coding of the viewer's own; others' go by the page that says whose they are.
func (r *Room) removeHere(q *web.Request, form indexForm) (web.Answer, error) {
	d, err := r.openFor(q, form, r.readIndex)
	if err != nil {
		return nil, err
	}
	hers := func(c Coding) bool {
		return short(c.ID) == form.Remove && c.By == q.Viewer.ID && c.Removed.IsZero() && d.shows(c)
	}
	i := slices.IndexFunc(d.codings, hers)
	if i < 0 || slices.ContainsFunc(d.codings[i+1:], hers) {
		return nil, fault.Missing
	}
	gone := d.codings[i]
	if err := r.remove(q.Context(), q.Viewer, d.study.ID, d.source.ID, gone.ID, form.Page); err != nil {
		return nil, err
	}
	d.codings[i].Removed = q.Now()
	return answerIndexed(q, d, []Coding{gone}, nil, "coding.removed"), nil
}

// answerIndexed goes back to the first turn that changed, or gives a script all of them.
func answerIndexed(q *web.Request, d *document, changed []Coding, asked [][]Part, said string) web.Answer {
	turns := map[int]bool{}
	first := len(d.words.Turns)
	touch := func(parts []Part) {
		for _, p := range parts {
			if i, ok := d.at[p.Turn]; ok {
				turns[i], first = true, min(first, i)
			}
		}
	}
	for _, c := range changed {
		touch(c.Parts)
	}
	for _, parts := range asked {
		touch(parts)
	}
	if !q.WantsData() {
		at := indexPath(d.study.ID, d.source.ID)
		if first < len(d.words.Turns) {
			at = placePath(d.study.ID, d.source.ID, d.words.Turns[first].Seq)
		}
		return web.GoSaying(at, said)
	}
	v := newView(q, d)
	answer := indexed{Turns: map[string]look.HTML{}, Said: q.Words.T(said)}
	for i := range turns {
		t := v.turn(i)
		var b strings.Builder
		t.compose(&b)
		answer.Turns[t.ID] = look.HTML(b.String())
	}
	return web.Data(answer)
}

// passages returns what is ticked and chosen: turns ticked one after another are one passage, words
// chosen across turns are one, everything else is a passage by itself.
func (f indexForm) passages(d *document) ([][]Part, error) {
	var list [][]Part
	var ticked []int
	for _, value := range f.Turns {
		n, err := strconv.Atoi(value)
		if err != nil {
			return nil, ErrNoPassage
		}
		i, err := d.turn(n)
		if err != nil {
			return nil, err
		}
		ticked = append(ticked, i)
	}
	slices.Sort(ticked)
	for k, i := range ticked {
		if k == 0 || ticked[k-1] != i-1 {
			list = append(list, nil)
		}
		last := len(list) - 1
		list[last] = append(list[last], d.whole(i)...)
	}
	var chosen []Part
	for _, value := range f.Parts {
		parts, err := d.parsePart(value)
		if err != nil {
			return nil, err
		}
		chosen = append(chosen, parts...)
	}
	if len(f.Parts) > 0 {
		list = append(list, chosen)
	}
	return list, nil
}

// parsePart reads "12:0:40": the turn's number, then where the words begin and end in code points.
func (d *document) parsePart(value string) ([]Part, error) {
	var n [3]int
	fields := strings.Split(value, ":")
	if len(fields) != len(n) {
		return nil, ErrNoPassage
	}
	for k, field := range fields {
		var err error
		if n[k], err = strconv.Atoi(field); err != nil {
			return nil, ErrNoPassage
		}
	}
	i, err := d.turn(n[0])
	if err != nil {
		return nil, err
	}
	return d.parts(i, consent.Span{Start: n[1], End: n[2]}), nil
}

func (r *Room) undo(q *web.Request) (web.Answer, error) {
	study, source := q.Path("study"), consent.ID(q.Path("source"))
	err := r.Undo(q.Context(), q.Viewer, study, source)
	if errors.Is(err, ErrNothing) {
		return web.GoSaying(indexPath(study, source), ErrNothing.Say), nil
	}
	return web.GoSaying(indexPath(study, source), "coding.undone"), err
}

// say returns the sentence of a fault.
func say(q *web.Request, err error) string {
	f, ok := errors.AsType[*fault.Error](err)
	if !ok {
		return q.Words.T("web.our_fault")
	}
	return q.Words.T(f.Say)
}
