package source

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"footing/internal/circle"
	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/intake"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/study"
	"footing/internal/web"
)

// maxTitle and maxNote limit what the keeper writes, in characters.
const (
	maxTitle = 200
	maxNote  = 300
)

// choices is what was chosen for all files of an upload.
type choices struct {
	kind   consent.Kind
	study  study.Study
	own    bool // the viewer's own part may be analysed
	people []circle.Person
	values url.Values
}

// choose reads the choices. A study is named by its id or its question, and need not be named when there
// is only one.
func choose(values url.Values, at around) (choices, error) {
	c := choices{kind: consent.Kind(values.Get("kind")), own: values.Get("own") == "yes", people: at.people, values: values}
	if !slices.Contains(Kinds(), c.kind) {
		return c, errKind
	}
	wanted := strings.TrimSpace(values.Get("study"))
	i := slices.IndexFunc(at.studies, func(s study.Study) bool { return s.ID == wanted || strings.EqualFold(s.Question, wanted) })
	if wanted == "" && len(at.studies) == 1 {
		i = 0
	}
	if i < 0 {
		return c, errStudy
	}
	c.study = at.studies[i]
	for key, list := range values {
		limit := map[string]int{"title": maxTitle, "note": maxNote}[strings.SplitN(key, ".", 2)[0]]
		if limit > 0 && utf8.RuneCountInString(list[0]) > limit {
			return c, fault.New(fault.Invalid, "web.too_long").With("max", limit)
		}
	}
	return c, nil
}

// find turns a name or an id into somebody of the circle.
func (c choices) find(name string) (person.ID, bool) {
	i := slices.IndexFunc(c.people, func(p circle.Person) bool {
		return string(p.ID) == name || circle.Fold(p.Name) == circle.Fold(name)
	})
	if i < 0 {
		return "", false
	}
	return c.people[i].ID, true
}

// voices returns whose voice each label of a file is: as chosen on the page (voice.FILE.SPEAKER), else
// as a command said for that label in every file (speaker.LABEL), else outside the circle.
func (c choices) voices(file int, f *received, viewer person.ID) (map[string]Voice, error) {
	all := map[string]Voice{}
	for j, s := range f.Speakers {
		value := c.values.Get(voiceName(file, j))
		if value == "" {
			value = c.values.Get("speaker." + s.Label)
		}
		v, err := ParseVoice(value, viewer, c.find)
		if err != nil {
			return nil, err
		}
		all[s.Label] = v
	}
	return all, nil
}

func (c choices) text(what string, file int, instead string) string {
	key := what + "." + fileNumber(file)
	if text := strings.TrimSpace(c.values.Get(key)); text != "" {
		return text
	}
	return instead
}

// Confirmed is what a command gets from a confirm and from POST /source/add.
type Confirmed struct {
	Files []Found `json:"files"`
}

// confirm keeps what was found. Pressed twice, or once more after it was stopped half-way, it keeps each
// file once.
func (r *Room) confirm(q *web.Request) (web.Answer, error) {
	if _, err := web.Parse[struct{}](q); err != nil {
		return nil, err
	}
	a, err := r.arrival(q)
	if err != nil {
		return nil, err
	}
	at, err := r.around(q)
	if err != nil {
		return nil, err
	}
	err = r.keepAll(q, a, at, q.HTTP.PostForm)
	if err != nil && fault.KindOf(err) == fault.Invalid && !q.WantsData() {
		return q.Again("import", newImportPage(q, a, at, q.HTTP.PostForm, say(q, err))), nil
	}
	if err != nil {
		return nil, err
	}
	if q.WantsData() {
		return web.Data(Confirmed{foundIn(a.files)}), nil
	}
	if !slices.ContainsFunc(a.files, func(f *received) bool { return f.Source != "" }) {
		return web.GoSaying("/source", "source.dropped"), nil
	}
	return web.GoSaying(after(a.files), "source.kept"), nil
}

// after is where to go when files are kept: to the one, or to the list.
func after(files []*received) string {
	var ids []consent.ID
	for _, f := range files {
		if f.Source != "" {
			ids = append(ids, f.Source)
		}
	}
	if len(ids) == 1 {
		return "/source/" + string(ids[0])
	}
	return "/source"
}

// keepAll keeps every readable file that is not left out, each in one go, and lets go of its bytes. All
// choices are checked before the first is kept.
func (r *Room) keepAll(q *web.Request, a *arrival, at around, values url.Values) error {
	c, err := choose(values, at)
	if err != nil {
		return err
	}
	casts := make([]map[string]Voice, len(a.files))
	for i, f := range a.files {
		if casts[i], err = c.voices(i, f, q.Viewer.ID); err != nil {
			return err
		}
	}
	for i, f := range a.files {
		if f.blob == "" { // it could not be read, or is kept or left out already
			continue
		}
		if values.Get("leave."+fileNumber(i)) != "" {
			err = r.db.Write(q.Context(), func(tx *store.Tx) error { return r.use(q.Context(), tx, q.Viewer, a, f, "") })
		} else {
			err = r.keep(q.Context(), q.Viewer, a, f, c, casts[i])
		}
		if err == nil && f.Source != "" {
			err = r.warnUntold(q, f)
		}
		if errors.Is(err, errUsed) || isMissing(err) { // somebody else pressed at the same moment
			err = r.catchUp(q.Context(), q.Viewer, a, f)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// toKeep is one file that is about to be kept, with everything that was chosen for it.
type toKeep struct {
	*Prepared
	by      person.Viewer
	arrival *arrival
	file    *received
	choices choices
	cast    Cast
}

// keep seals one file's turns and writes its rows. The transcript is looked through first; then each turn is
// read, sealed and written before the next, all in one transaction, so that no more than one is in memory.
func (r *Room) keep(ctx context.Context, v person.Viewer, a *arrival, f *received, c choices, voices map[string]Voice) error {
	labels := make([]string, len(f.Speakers))
	for i, s := range f.Speakers {
		labels[i] = s.Label
	}
	k := toKeep{by: v, arrival: a, file: f, choices: c, cast: NewCast(labels, func(label string) Voice { return voices[label] })}
	title := c.text("title", f.n, titleOf(f.Name))
	var err error
	k.Prepared, err = r.sources.Prepare(ctx, v.Partnership, c.study.ID, consent.Incoming{Kind: c.kind, Title: title,
		Note: c.text("note", f.n, ""), Keeper: v.ID, Speakers: k.cast.Speakers}, Facts{Title: title})
	if err != nil {
		return err
	}
	err = r.read(ctx, v, f, func(file *intake.File) error {
		return r.db.Write(ctx, func(tx *store.Tx) error { return r.saveKept(ctx, tx, k, file) })
	})
	if err == nil {
		f.Source, f.blob = k.ID, ""
	}
	return err
}

// errChanged says that a file is not what it was when it was looked at.
var errChanged = errors.New("a label that was not found before")

// saveKept writes a kept file's rows, turn by turn. Where the viewer said that her own part may be analysed,
// her terms come with it: they are hers to give, and nobody else's are touched. An interview that was begun with
// somebody becomes this source, with what she was shown beforehand.
func (r *Room) saveKept(ctx context.Context, tx *store.Tx, k toKeep, file *intake.File) error {
	if err := r.use(ctx, tx, k.by, k.arrival, k.file, k.ID); err != nil {
		return err
	}
	err := k.SaveEach(ctx, tx, func(do func(consent.NewTurn) error) error {
		_, err := file.Each(func(turn intake.Turn) error {
			kept, ok := k.cast.Turn(turn)
			if !ok {
				return errChanged
			}
			return do(kept)
		})
		return err
	})
	if err != nil {
		return err
	}
	for i, s := range k.cast.Speakers {
		if r.begun != nil && k.choices.kind == consent.Interview && s.Role == consent.Member && s.Person != "" {
			if err := r.begun.Became(ctx, tx, k.by.Partnership, k.choices.study.ID, s.Person, consent.Part{Contribution: k.ID, Speaker: k.Speakers[i]}); err != nil {
				return err
			}
		}
		if !k.choices.own || s.Person != k.by.ID {
			continue
		}
		if err := r.gate.SetTerms(ctx, tx, k.by, k.ID, k.Speakers[i], ownTerms(k.by.ID, k.choices.study)); err != nil {
			return err
		}
	}
	return nil
}

// ownTerms is what somebody who brings a recording in says about her own part: it may be analysed in
// this study, in her words, until the study ends, without her name.
func ownTerms(owner person.ID, s study.Study) consent.Terms {
	return consent.Terms{Owner: owner, Attribution: consent.ByNone, How: consent.How{Way: "screen", By: owner},
		Yes: []consent.Yes{{Audience: consent.Audience{Kind: consent.ToAnalysts, ID: s.ID},
			Use: consent.Use{Purpose: consent.Analysis, For: s.ID, Form: consent.Words}, Until: s.Ends}}}
}
