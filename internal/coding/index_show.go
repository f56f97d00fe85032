package coding

import (
	"slices"
	"strconv"
	"strings"

	"footing/internal/consent"
	"footing/internal/source"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// listPage is the sources of a study that are open to somebody, if only to be counted, before any of them
// is opened.
type listPage struct {
	Title look.Title
	Seen  look.Note
	Cards []look.Card
	Empty look.Empty
}

func (r *Room) showList(q *web.Request) (web.Answer, error) {
	ctx, t, study := q.Context(), q.Words.T, q.Path("study")
	var list []source.Source
	var tally Tally
	var ruling consent.Ruling
	err := r.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		if tally, err = r.Tally(ctx, tx, q.Viewer, study); err != nil {
			return err
		}
		if list, err = r.sources.Offered(ctx, tx, q.Partnership(), study); err != nil {
			return err
		}
		ruling, err = r.gate.RuleInBrief(ctx, tx, q.Viewer, use(study, consent.Number))
		return err
	})
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(s source.Source) bool { return !ruling.Told(s.ID) })
	facts, err := r.sources.FactsOf(ctx, q.Viewer, list...)
	if err != nil {
		return nil, err
	}
	p := listPage{Title: look.Title{Text: t("coding.list_heading"), Lead: t("coding.list_lead")},
		Seen: look.Note{Text: t("coding.seen_before")}}
	for _, s := range list {
		p.Cards = append(p.Cards, look.Card{Title: look.Link{Href: indexPath(study, s.ID), Text: title(q.Words, s.Kind, facts[s.ID].Title)},
			Text: t("coding.kind_" + string(s.Kind)), Meta: t("coding.passages", "count", tally.Source(s.ID))})
	}
	if len(list) == 0 {
		p.Empty = look.Empty{Title: t("coding.list_none"), Text: t("coding.list_none_text")}
	}
	return q.Show("list", p), nil
}

// documentPage is one source with what is indexed in it.
type documentPage struct {
	Check    look.Check
	Title    look.Title
	Seen     look.Note
	About    string
	Action   string
	Version  int
	Page     string // names this page, so that it is not told of what it did itself
	Live     string
	Turns    look.HTML
	Bar      look.Bar
	Recent   string // ids of the themes this analyst used last
	Themes   []look.Theme
	Heading  string // of the themes
	Picked   string // says what is chosen: "Chosen: {text}"
	Clear    string
	Tap      string
	TapHint  string
	KeysHint string
	Failed   string // said when nothing came back
}

func (r *Room) showDocument(q *web.Request) (web.Answer, error) {
	d, err := r.read(q.Context(), q.Viewer, q.Path("study"), consent.ID(q.Path("source")))
	if err != nil {
		return nil, err
	}
	return q.Show("document", newDocumentPage(q, d, indexForm{}, "")), nil
}

// newDocumentPage fills the page. form is what was chosen on it before, problem what to check.
func newDocumentPage(q *web.Request, d *document, form indexForm, problem string) documentPage {
	t, v := q.Words.T, newView(q, d)
	v.ticked = form.Turns
	page := store.RandomID()
	p := documentPage{
		Title: look.Title{Text: title(q.Words, d.source.Kind, d.words.Title.Reveal())}, Seen: look.Note{Text: t("coding.seen")},
		About: d.words.Note.Reveal(), Action: v.path(), Version: d.words.Version, Page: page, Live: q.LiveAt(v.path()+"/live?page="+page+"&", d.seen),
		Turns: composeTurns(v.turns()), Recent: strings.Join(v.recent(), " "),
		Heading: t("coding.themes"), Picked: t("coding.picked"), Clear: t("coding.clear"),
		Tap: t("coding.tap"), TapHint: t("coding.tap_hint"), KeysHint: t("coding.keys_hint"), Failed: t("coding.failed"),
	}
	p.Bar = look.Bar{Label: t("coding.bar"), Choose: themeSelect(q, d.frame, form.Theme),
		Do: []look.Button{{Text: t("coding.add")}, {Text: t("coding.undo"), Look: look.Quiet, Action: v.path() + "/undo"}}}
	for _, theme := range d.frame.InUse() {
		p.Themes = append(p.Themes, themeLine(d.study.ID, d.frame, theme))
	}
	if problem != "" {
		p.Check = look.Check{Title: t("web.problem_heading"), Items: []look.CheckItem{{Href: "#theme", Text: problem}}}
	}
	return p
}

// themeSelect is the list of themes in use, with none chosen beforehand unless one is named.
func themeSelect(q *web.Request, f Frame, chosen string) look.Select {
	s := look.Select{Name: "theme", Label: q.Words.T("coding.theme"), Options: []look.Option{{Label: q.Words.T("coding.theme_none")}}}
	for _, t := range f.InUse() {
		s.Options = append(s.Options, look.Option{Value: t.ID, Label: f.Path(t.ID), Chosen: t.ID == chosen})
	}
	return s
}

// recentThemes is how many themes stand ready as buttons.
const recentThemes = 5

// recent returns the themes in use that the viewer put on this source last, newest first.
func (v *view) recent() []string {
	var ids []string
	list := v.standing()
	for _, c := range slices.Backward(list) {
		t, _ := v.frame.Theme(c.Theme)
		if c.By == v.q.Viewer.ID && t.Retired.IsZero() && !slices.Contains(ids, c.Theme) {
			ids = append(ids, c.Theme)
		}
		if len(ids) == recentThemes {
			break
		}
	}
	return ids
}

func themePath(study, theme string) string { return "/theme/" + study + "/" + theme }

// placePath returns the address of an exact place: the turn it begins in.
func placePath(study string, source consent.ID, n int) string {
	return indexPath(study, source) + "#t" + strconv.Itoa(n)
}
