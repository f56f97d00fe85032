package decision

import (
	"strconv"
	"strings"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/unsaved"
	"footing/internal/web"
	"footing/internal/web/look"
)

// answerForm is what somebody on the roll says. Marks come as one value for each choice.
type answerForm struct {
	Says   string   `form:"says"`
	Words  string   `form:"words" max:"2000"`
	Signed string   `form:"signed"`
	Gain   string   `form:"gain" max:"1000"`
	Marks  []string `form:"-" json:"marks"`
}

// unsay is the answer that takes back what she said.
const unsay = "unsay"

// marked is the answer that says that she gave marks.
const marked = "marks"

// parseAnswer reads the form, with the marks of so many choices.
func parseAnswer(q *web.Request, d Decision) (answerForm, error) {
	f, err := web.Parse[answerForm](q)
	if d.Frame.Method.Marks() && q.HTTP.PostForm != nil {
		for i := range d.Frame.marks() {
			f.Marks = append(f.Marks, q.HTTP.PostForm.Get("mark-"+strconv.Itoa(i)))
		}
	}
	return f, err
}

// marks is how many marks an answer has.
func (c Counted) marks() int {
	if c.Method == Ranked {
		return c.Choices + 1
	}
	return c.Choices
}

// said is the answer that a form gives.
func (f answerForm) said() Said {
	if f.Says != marked {
		return Said{Word: Answer(f.Says)}
	}
	var s Said
	for _, m := range f.Marks {
		n, err := strconv.Atoi(strings.TrimSpace(m))
		if err != nil {
			n = 0
		}
		s.Marks = append(s.Marks, n)
	}
	return s
}

// answerAsks are the questions, with what she said so far.
func answerAsks(q *web.Request, d Decision, text Text, at place, f answerForm) []look.Ask {
	t := q.Words.T
	words := d.Frame.Method.Words()
	if d.Course.Secret {
		words = []Answer{Stop, NotReady, Talk}
	}
	says := look.Choice{Name: "says", Legend: t("decision.says"), Options: options(q, "decision.says_", words, Answer(f.Says))}
	var asks []look.Ask
	if d.Frame.Method.Marks() && !d.Course.Secret {
		says.Options = append([]look.Option{{Value: marked, Label: t("decision.says_marks_" + string(d.Frame.Method)), Hint: hint(q, "says_marks_"+string(d.Frame.Method)), Chosen: f.Says == marked}}, says.Options...)
	}
	if f.Says != "" {
		says.Options = append(says.Options, look.Option{Value: unsay, Label: t("decision.says_unsay")})
	}
	asks = append(asks, look.Choose(says))
	if d.Frame.Method.Marks() && !d.Course.Secret {
		asks = append(asks, markAsks(q, d, text, f.Marks)...)
	}
	reasons := box(q, "words", f.Words, 3, 2000)
	reasons.WhoTitle, reasons.Who = t("decision.who_title"), t("decision.words_who")
	asks = append(asks, look.Write(reasons))
	if at.House == person.Lived {
		asks = append(asks, look.Choose(look.Choice{Name: "signed", Legend: t("decision.signed"), Hint: t("decision.signed_hint"), Options: []look.Option{
			{Value: "no", Label: t("decision.signed_no"), Chosen: f.Signed == "no"}, {Value: "yes", Label: t("decision.signed_yes"), Chosen: f.Signed == "yes"}}}))
	}
	gain := box(q, "gain", f.Gain, 2, 1000)
	gain.WhoTitle, gain.Who = t("decision.who_title"), t("decision.gain_who")
	return append(asks, look.Write(gain))
}

// markAsks asks for a mark for each choice.
func markAsks(q *web.Request, d Decision, text Text, given []string) []look.Ask {
	var asks []look.Ask
	for i := range d.Frame.marks() {
		choice, have := q.Words.T("decision.none_of_these"), ""
		if i < len(text.Choices) {
			choice = text.Choices[i]
		}
		if i < len(given) {
			have = given[i]
		}
		c := look.Choice{Name: "mark-" + strconv.Itoa(i), Legend: choice, Row: true}
		best := MaxMark
		if d.Frame.Method == Ranked {
			best = d.Frame.Choices + 1
		}
		for n := range best + 1 {
			value := strconv.Itoa(n)
			c.Options = append(c.Options, look.Option{Value: value, Label: markWords(q, d.Frame.Method, n), Chosen: have == value})
		}
		asks = append(asks, look.Choose(c))
	}
	return asks
}

// talk is a decision that is talked about, as one on its roll answers it.
type talk struct {
	d    Decision
	text Text
	at   place
	f    answerForm // what she said so far
}

func (r *Room) talk(q *web.Request) (w talk, err error) {
	if _, _, err := r.due(q); err != nil {
		return w, err
	}
	id := q.Path("decision")
	if w.d, w.at, err = r.speaking(q.Context(), q.Viewer, id); err != nil {
		return w, err
	}
	if w.text, err = consent.ValueOf[Text](q.Context(), r.Gate, q.Viewer, w.d.text()); err != nil {
		return w, err
	}
	w.f, err = r.before(q, w.d, w.at)
	return w, err
}

// before is what she said so far to a decision.
func (r *Room) before(q *web.Request, d Decision, at place) (f answerForm, err error) {
	var mine []said
	var gains []interest
	err = r.DB.Read(q.Context(), func(tx *store.Tx) error {
		if mine, err = store.List(q.Context(), tx, scanSaid, answers+` AND s.roll_id = $3`, q.Partnership(), d.ID, at.ID); err != nil {
			return err
		}
		gains, err = listInterests(q.Context(), tx, q.Partnership(), d.ID)
		return err
	})
	if err != nil {
		return f, err
	}
	for _, s := range mine {
		f.Says, f.Signed = string(s.Said.Word), map[bool]string{true: "yes", false: "no"}[s.Signed]
		if f.Says == "" {
			f.Says = marked
		}
		for _, m := range s.Said.Marks {
			f.Marks = append(f.Marks, strconv.Itoa(m))
		}
		if f.Words, err = consent.ValueOf[string](q.Context(), r.Gate, q.Viewer, s.reasons(d.ID)); err != nil {
			return f, err
		}
	}
	for _, g := range gains {
		if g.Person == q.Viewer.ID {
			f.Gain, err = consent.ValueOf[string](q.Context(), r.Gate, q.Viewer, g.paper(d.ID))
		}
	}
	return f, err
}

func newAnswerPage(q *web.Request, w talk, f answerForm) form {
	t, at := q.Words.T, "/decide/"+w.d.ID+"/answer"
	p := form{Title: look.Title{Text: t("decision.answer_heading"), Lead: w.text.Question}, Action: at, Keep: at + "/keep", Draft: q.Draft(),
		Notes: []look.Note{{Title: t("decision.who_title"), Text: t("decision.answer_who")}, {Text: t("decision.answer_change", "date", q.Words.Date(w.d.Course.Until))}},
		Asks:  answerAsks(q, w.d, w.text, w.at, f), Acts: []look.Button{{Text: t("decision.say_it")}, {Text: t("decision.not_now"), Look: look.Second, Href: "/decide/" + w.d.ID}}}
	if w.at.House == person.Lived {
		p.Notes = append(p.Notes, look.Note{Text: t("decision.answer_stop")})
	}
	if w.d.Course.Secret {
		p.Notes[0].Text = t("decision.talk_who")
	}
	return p
}

func (r *Room) showAnswer(q *web.Request) (web.Answer, error) {
	w, err := r.talk(q)
	if err != nil {
		return nil, err
	}
	f, there, err := unsaved.Kept[answerForm](q.Context(), r.unsaved(), q.Viewer, "answer/"+w.d.ID)
	if !there {
		f = w.f
	}
	return q.Show("form", newAnswerPage(q, w, f)), err
}

// keepAnswer saves what she types while she types it. What she ticked is not kept before she says it.
func (r *Room) keepAnswer(q *web.Request) (web.Answer, error) {
	w, err := r.talk(q)
	if err != nil {
		return nil, err
	}
	f, _ := web.Parse[answerForm](q)
	f.Says, f.Signed, f.Marks = w.f.Says, w.f.Signed, w.f.Marks
	return web.Data("kept"), r.unsaved().Keep(q.Context(), q.Viewer, "answer/"+w.d.ID, f)
}

func (r *Room) answer(q *web.Request) (web.Answer, error) {
	w, err := r.talk(q)
	if err != nil {
		return nil, err
	}
	f, problem := parseAnswer(q, w.d)
	if problem == nil {
		problem = r.sayAll(q, w.d, f)
	}
	if problem != nil {
		return newAnswerPage(q, w, f).again(q, "says", problem)
	}
	return web.GoSaying("/decide/"+w.d.ID, "decision.said_done"), r.unsaved().Drop(q.Context(), q.Viewer, "answer/"+w.d.ID)
}

// sayAll keeps what a form says: her answer, and what she gains.
func (r *Room) sayAll(q *web.Request, d Decision, f answerForm) error {
	var err error
	if f.Says == unsay {
		err = r.Unsay(q.Context(), q.Viewer, d.ID)
	} else {
		err = r.Say(q.Context(), q.Viewer, d.ID, f.said(), f.Words, f.Signed == "yes")
	}
	if err != nil {
		return err
	}
	return r.Gain(q.Context(), q.Viewer, d.ID, f.Gain)
}

// doubtForm is what somebody would word otherwise, and where she sees it on the ladder.
type doubtForm struct {
	Words string `form:"doubt" max:"2000"`
	Rung  int    `form:"rung"`
}

// doubting returns a decision that is not over, for one who takes part.
func (r *Room) doubting(q *web.Request) (Decision, Text, error) {
	d, text, err := r.due(q)
	if err == nil && d.Course.Stage == Draft {
		err = fault.Missing
	}
	if err == nil && d.Course.Over() {
		err = ErrSettled
	}
	return d, text, err
}

func doubtAsks(q *web.Request, d Decision, f doubtForm) []look.Ask {
	t := q.Words.T
	var asks []look.Ask
	if d.Course.Stage == Put {
		b := box(q, "doubt", f.Words, 3, 2000)
		b.WhoTitle, b.Who = t("decision.who_title"), t("decision.doubt_who")
		asks = append(asks, look.Write(b))
	}
	c := rungChoice(q, Rung(f.Rung))
	c.Legend = t("decision.rung_yours")
	return append(asks, look.Choose(c))
}

func newDoubtPage(q *web.Request, d Decision, text Text, f doubtForm) form {
	t, at := q.Words.T, "/decide/"+d.ID+"/doubt"
	p := form{Title: look.Title{Text: t("decision.doubt_heading"), Lead: text.Question}, Action: at, Asks: doubtAsks(q, d, f),
		Acts: []look.Button{{Text: t("decision.say_it")}, {Text: t("decision.not_now"), Look: look.Second, Href: "/decide/" + d.ID}}}
	if d.Course.Stage == Put {
		p.Keep, p.Draft = at+"/keep", q.Draft()
	} else {
		p.Title.Text = t("decision.ladder_heading")
	}
	return p
}

func (r *Room) showDoubt(q *web.Request) (web.Answer, error) {
	d, text, err := r.doubting(q)
	if err != nil {
		return nil, err
	}
	f, _, err := unsaved.Kept[doubtForm](q.Context(), r.unsaved(), q.Viewer, "doubt/"+d.ID)
	return q.Show("form", newDoubtPage(q, d, text, f)), err
}

func (r *Room) keepDoubt(q *web.Request) (web.Answer, error) {
	d, _, err := r.doubting(q)
	if err != nil {
		return nil, err
	}
	f, _ := web.Parse[doubtForm](q)
	return web.Data("kept"), r.unsaved().Keep(q.Context(), q.Viewer, "doubt/"+d.ID, f)
}

func (r *Room) doubt(q *web.Request) (web.Answer, error) {
	d, text, err := r.doubting(q)
	if err != nil {
		return nil, err
	}
	f, problem := web.Parse[doubtForm](q)
	if problem == nil {
		problem = r.doubtAll(q, d, f)
	}
	if problem != nil {
		return newDoubtPage(q, d, text, f).again(q, "doubt", problem)
	}
	return web.GoSaying("/decide/"+d.ID, "decision.said_done"), r.unsaved().Drop(q.Context(), q.Viewer, "doubt/"+d.ID)
}

// doubtAll keeps what a form says about the wording and the ladder. Either can be left empty, and not both.
func (r *Room) doubtAll(q *web.Request, d Decision, f doubtForm) error {
	if strings.TrimSpace(f.Words) == "" && f.Rung == 0 {
		return ErrEmpty
	}
	if strings.TrimSpace(f.Words) != "" {
		if err := r.Question(q.Context(), q.Viewer, d.ID, f.Words); err != nil {
			return err
		}
	}
	if f.Rung == 0 {
		return nil
	}
	return r.See(q.Context(), q.Viewer, d.ID, Rung(f.Rung))
}
