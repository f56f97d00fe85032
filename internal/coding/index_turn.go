package coding

import (
	"cmp"
	"slices"
	"strconv"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/source"
	"footing/internal/web"
	"footing/internal/web/look"
)

// turnPage is one turn: what is indexed in it, by whom and when, and the way to choose part of it without
// a script.
type turnPage struct {
	Check   look.Check
	Title   look.Title
	Back    look.Link
	Action  string
	Version int
	Turn    look.HTML
	Heading string
	Lines   []codingLine
	None    string

	Choose    string // heading of the second half
	Hint      string
	Sentences look.Choice
	Chosen    []string // sentences, where words in them are being chosen
	First     look.Choice
	Last      look.Choice
	Theme     look.Select
	Acts      []look.Button
}

// codingLine is one coding with who made it and when.
type codingLine struct {
	Chip    look.Chip
	Passage string
	Meta    string
	Note    string
	Act     look.Button
}

// turnForm is what the page sends.
type turnForm struct {
	Version   int      `form:"version"`
	Theme     string   `form:"theme"`
	Sentences []string `form:"sentence"`
	First     string   `form:"first"`
	Last      string   `form:"last"`
	Do        string   `form:"do"` // "words" goes on to choosing words
	Remove    string   `form:"remove"`
	Back      string   `form:"back"`
	Fits      string   `form:"fits"`
}

func (r *Room) showTurn(q *web.Request) (web.Answer, error) {
	d, i, err := r.readTurn(q)
	if err != nil {
		return nil, err
	}
	return q.Show("turn", newTurnPage(q, d, i, turnForm{}, "")), nil
}

// readTurn opens the source and finds the turn of the address, which must be open.
func (r *Room) readTurn(q *web.Request) (*document, int, error) {
	n, err := strconv.Atoi(q.Path("turn"))
	if err != nil {
		return nil, 0, fault.Missing
	}
	d, err := r.read(q.Context(), q.Viewer, q.Path("study"), consent.ID(q.Path("source")))
	if err != nil {
		return nil, 0, err
	}
	i, err := d.turn(n)
	if err == nil && !d.words.Turns[i].Open {
		err = fault.Missing
	}
	return d, i, err
}

func newTurnPage(q *web.Request, d *document, i int, form turnForm, problem string) turnPage {
	t, v := q.Words.T, newView(q, d)
	shown := v.turn(i)
	shown.Tick, shown.Chips, shown.Words = "", nil, look.Link{}
	n := d.words.Turns[i].Seq
	p := turnPage{
		Title: look.Title{Text: t("coding.turn_heading", "n", n), Lead: title(q.Words, d.source.Kind, d.words.Title.Reveal())},
		Back:  look.Link{Href: placePath(d.study.ID, d.source.ID, n), Text: t("coding.to_document")}, Version: d.words.Version,
		Action: v.path() + "/" + strconv.Itoa(n), Turn: composeTurns([]turnView{shown}),
		Heading: t("coding.turn_indexed"), Choose: t("coding.choose_heading"), Theme: themeSelect(q, d.frame, form.Theme),
	}
	p.Lines = v.lines(d.words.Turns[i].ID)
	if len(p.Lines) == 0 {
		p.None = t("coding.turn_none")
	}
	at := "#sentence"
	if form.Do == "words" {
		p.chooseWords(q, d.runes(i), form)
		at = "#first"
	} else {
		p.chooseSentences(q, d.runes(i), form)
	}
	if problem != "" {
		p.Check = look.Check{Title: t("web.problem_heading"), Items: []look.CheckItem{{Href: at, Text: problem}}}
	}
	return p
}

func (p *turnPage) chooseSentences(q *web.Request, text []rune, form turnForm) {
	t := q.Words.T
	p.Hint = t("coding.sentences_hint")
	p.Sentences = look.Choice{Name: "sentence", Legend: t("coding.sentences"), Multiple: true}
	for k, s := range sentences(text) {
		value := strconv.Itoa(k)
		p.Sentences.Options = append(p.Sentences.Options, look.Option{Value: value, Label: cut(text, s), Chosen: slices.Contains(form.Sentences, value)})
	}
	p.Acts = []look.Button{{Text: t("coding.add_sentences")}, {Text: t("coding.choose_words"), Look: look.Second, Name: "do", Value: "words"}}
}

// chooseWords offers the words of the ticked sentences, or of the whole turn when none is ticked.
func (p *turnPage) chooseWords(q *web.Request, text []rune, form turnForm) {
	t := q.Words.T
	p.Hint, p.Chosen = t("coding.words_hint"), form.Sentences
	p.First = look.Choice{Name: "first", Legend: t("coding.first"), Row: true}
	p.Last = look.Choice{Name: "last", Legend: t("coding.last"), Row: true}
	within := tickedSentences(text, form.Sentences)
	for _, w := range Words(text) {
		if len(within) > 0 && !slices.ContainsFunc(within, func(s consent.Span) bool { return s.Start <= w.Start && w.End <= s.End }) {
			continue
		}
		start, end := strconv.Itoa(w.Start), strconv.Itoa(w.End)
		p.First.Options = append(p.First.Options, look.Option{Value: start, Label: cut(text, w), Chosen: form.First == start})
		p.Last.Options = append(p.Last.Options, look.Option{Value: end, Label: cut(text, w), Chosen: form.Last == end})
	}
	p.Acts = []look.Button{{Text: t("coding.add_words"), Name: "do", Value: "words"}, {Text: t("coding.back_to_sentences"), Look: look.Second, Href: p.Action}}
}

// by returns who did something, also where that is not known any more.
func (v *view) by(who person.ID) string {
	return cmp.Or(v.names[who], v.q.Words.T("circle.somebody_left"))
}

// lines lists what is indexed in a turn, also what was removed.
func (v *view) lines(turn consent.ID) []codingLine {
	t := v.q.Words.T
	list := slices.DeleteFunc(slices.Clone(v.codings), func(c Coding) bool {
		return !v.shows(c) || !slices.ContainsFunc(c.Parts, func(p Part) bool { return p.Turn == turn })
	})
	sortByTime(list)
	var lines []codingLine
	for _, c := range list {
		theme, _ := v.frame.Theme(c.Theme)
		passage, _ := v.passage(c)
		line := codingLine{Chip: look.Chip{Text: v.frame.Path(c.Theme), Theme: theme.Hue}, Passage: passage,
			Meta: t("coding.by", "name", v.by(c.By), "when", v.q.Words.When(c.At)),
			Act:  look.Button{Text: t("coding.remove"), About: theme.Name, Look: look.Quiet, Name: "remove", Value: c.ID}}
		if !c.Removed.IsZero() {
			line.Note = t("coding.removed_by", "name", v.by(c.RemovedBy), "when", v.q.Words.When(c.Removed))
			line.Act = look.Button{Text: t("coding.put_back"), About: theme.Name, Look: look.Quiet, Name: "back", Value: c.ID}
		}
		lines = append(lines, line)
	}
	return lines
}

func (r *Room) postTurn(q *web.Request) (web.Answer, error) {
	ctx := q.Context()
	form, err := web.Parse[turnForm](q)
	if err != nil {
		return nil, err
	}
	d, i, err := r.readTurn(q)
	if err != nil {
		return nil, err
	}
	here := indexPath(d.study.ID, d.source.ID) + "/" + strconv.Itoa(d.words.Turns[i].Seq)
	switch {
	case form.Remove != "":
		return web.GoSaying(here, "coding.removed"), r.Remove(ctx, q.Viewer, d.study.ID, d.source.ID, form.Remove)
	case form.Back != "":
		return web.GoSaying(here, "coding.back"), r.PutBack(ctx, q.Viewer, d.study.ID, d.source.ID, form.Back)
	case form.Version != d.words.Version:
		return nil, errNewer
	case form.Do == "words" && form.First == "" && form.Last == "":
		return q.Show("turn", newTurnPage(q, d, i, form, "")), nil
	}
	passages, err := form.passages(d, i)
	if err == nil {
		_, err = r.add(ctx, q.Viewer, d, form.Theme, passages, "")
	}
	if isInvalid(err) {
		return q.Again("turn", newTurnPage(q, d, i, form, say(q, err))), nil
	}
	return web.GoSaying(placePath(d.study.ID, d.source.ID, d.words.Turns[i].Seq), "coding.added"), err
}

// passages returns what was chosen: from the first word to the last, or each stretch of sentences ticked
// one after another.
func (f turnForm) passages(d *document, i int) ([][]Part, error) {
	if f.Do == "words" {
		first, err1 := strconv.Atoi(f.First)
		last, err2 := strconv.Atoi(f.Last)
		if err1 != nil || err2 != nil || last <= first {
			return nil, ErrNoWords
		}
		return [][]Part{d.parts(i, consent.Span{Start: first, End: last})}, nil
	}
	var list [][]Part
	for _, s := range tickedSentences(d.runes(i), f.Sentences) {
		list = append(list, d.parts(i, s))
	}
	return list, nil
}

// sentences returns the places of a text's sentences without the white space around them.
func sentences(text []rune) []consent.Span {
	list := source.Sentences(string(text))
	for i, s := range list {
		list[i] = trim(text, s)
	}
	return list
}

// tickedSentences returns the places of the ticked sentences, those that follow each other as one.
func tickedSentences(text []rune, ticked []string) []consent.Span {
	var list []consent.Span
	before := false
	for k, s := range sentences(text) {
		now := slices.Contains(ticked, strconv.Itoa(k))
		switch {
		case now && before:
			list[len(list)-1].End = s.End
		case now:
			list = append(list, s)
		}
		before = now
	}
	return list
}
