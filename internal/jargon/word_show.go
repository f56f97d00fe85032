package jargon

import (
	"slices"
	"strconv"
	"strings"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/web"
	"footing/internal/web/look"
)

// listPage is the words: those that wait for somebody to explain them, and what the others mean.
type listPage struct {
	Check    look.Check
	Title    look.Title
	Word     look.Field
	Mark     look.Button
	WaitHead string
	Wait     []look.Card
	MeanHead string
	Mean     []look.Card
	None     look.Empty
	New      look.Button
	Back     look.Link
}

func (r *Room) showList(q *web.Request) (web.Answer, error) {
	p, err := r.list(q, "")
	return q.Show("words", p), err
}

// list is the page of words, with what was typed into its box.
func (r *Room) list(q *web.Request, typed string) (listPage, error) {
	t := q.Words.T
	words, _, err := r.known(q.Context(), q.Viewer)
	p := listPage{Title: look.Title{Text: t("jargon.heading"), Lead: t("jargon.lead")}, WaitHead: t("jargon.wait_heading"), MeanHead: t("jargon.mean_heading"),
		Word: look.Field{Name: "word", Label: t("jargon.which"), Value: typed, Autocomplete: "off", WhoTitle: t("jargon.who_title"), Who: t("jargon.who_marked"), Hint: t("jargon.which_hint")},
		Mark: look.Button{Text: t("jargon.mark")}, Back: look.Link{Href: "/agreement", Text: t("jargon.to_agreement")}}
	if mayWrite(q) {
		p.New = look.Button{Text: t("jargon.new"), Href: "/words/new", Look: look.Second}
	}
	for _, w := range Due(words, r.Now()) {
		card := look.Card{Title: look.Link{Href: "/words/" + w.ID, Text: w.Text}, Text: firstLine(w.Now().Text), Meta: r.marked(q, w)}
		if len(w.Versions) == 0 {
			p.Wait = append(p.Wait, card)
		} else {
			p.Mean = append(p.Mean, card)
		}
	}
	slices.SortStableFunc(p.Mean, func(a, b look.Card) int { return strings.Compare(a.Title.Text, b.Title.Text) })
	if len(words) == 0 {
		p.None = look.Empty{Title: t("jargon.none"), Text: t("jargon.none_text")}
	}
	return p, err
}

// marked says how often a word was marked, and nothing when it was not.
func (r *Room) marked(q *web.Request, w Word) string {
	if n := w.Marks(r.Now()); n > 0 {
		return q.Words.T("jargon.marks", "count", n)
	}
	return ""
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

// page is one word, as its newest version says or as an older one did.
type page struct {
	Title  look.Title
	Note   look.Note
	Paras  []string
	Meta   string
	Marks  string
	Who    look.Who
	Action string
	Mark   look.Button
	Mean   look.Button
	Head   string
	Before []look.Link
	Back   look.Link
}

func (r *Room) show(q *web.Request) (web.Answer, error) {
	w, names, err := r.one(q.Context(), q.Viewer, q.Path("word"))
	if err != nil {
		return nil, err
	}
	t, v, at := q.Words.T, w.Now(), "/words/"+w.ID
	if n := q.Path("version"); n != "" {
		i := slices.IndexFunc(w.Versions, func(v Version) bool { return strconv.FormatInt(v.N, 10) == n && v.open })
		if i < 0 {
			return nil, fault.Missing
		}
		v = w.Versions[i]
	}
	p := page{Title: look.Title{Text: w.Text}, Paras: look.Paras(v.Text), Head: t("jargon.before_heading"), Back: look.Link{Href: "/words", Text: t("jargon.back")}}
	if v.N > 0 {
		p.Meta = by(q, names, v)
	}
	if v.N != w.Now().N {
		p.Note = look.Note{Text: t("jargon.is_old"), Links: []look.Link{{Href: at, Text: t("jargon.to_now")}}}
		return q.Show("word", p), nil
	}
	if v.N == 0 {
		p.Note = look.Note{Text: t("jargon.not_yet")}
	}
	p.Marks, p.Action, p.Mark = r.marked(q, w), at+"/hard", look.Button{Text: t("jargon.mark_this"), Look: look.Second}
	p.Who = look.Who{Title: t("jargon.who_title"), Text: t("jargon.who_marked")}
	if mayWrite(q) {
		key := "jargon.mean"
		if v.N > 0 {
			key = "jargon.mend"
		}
		p.Mean = look.Button{Text: t(key), Href: at + "/mean"}
	}
	for _, old := range slices.Backward(w.Versions[:max(len(w.Versions)-1, 0)]) {
		p.Before = append(p.Before, look.Link{Href: at + "/before/" + strconv.FormatInt(old.N, 10), Text: by(q, names, old)})
	}
	return q.Show("word", p), nil
}

// by says who wrote a version, and when.
func by(q *web.Request, names map[person.ID]string, v Version) string {
	if v.Writer == "" {
		return q.Words.Date(v.Made)
	}
	return q.Words.T("jargon.by", "name", names[v.Writer], "date", q.Words.Date(v.Made))
}
