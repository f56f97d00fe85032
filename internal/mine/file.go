package mine

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"html/template"
	"io"
	"sync"

	"footing/internal/account"
	"footing/internal/circle"
	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// fileName is what a browser saves the file as. It gives nothing away.
const fileName = "page.html"

// filePage asks for the words that lock a file.
type filePage struct {
	Check  look.Check
	Title  look.Title
	Action string
	Made   bool // words were made for her and are shown: she need not type them twice
	Words  look.Field
	Again  look.Field
	After  look.Note
	Acts   []look.Button
}

type fileForm struct {
	Words string `form:"words"`
	Again string `form:"again"`
	Easy  bool   `form:"easy"`
	Made  bool   `form:"made"`
}

func newFilePage(q *web.Request, f fileForm) filePage {
	t := q.Words.T
	p := filePage{Title: look.Title{Text: t("mine.words_heading"), Lead: t("mine.words_lead")}, Action: "/me/copy/file", Made: f.Easy || f.Made,
		Words: look.Field{Name: "words", Label: t("mine.words"), Hint: t("mine.words_hint"), Value: f.Words, Type: "password", Autocomplete: "off", Show: t("mine.show"), Required: true},
		Again: look.Field{Name: "again", Label: t("mine.words_again"), Value: f.Again, Type: "password", Autocomplete: "off", Show: t("mine.show"), Required: true},
		After: look.Note{Title: t("mine.after_title"), Text: t("mine.after")},
		Acts:  []look.Button{{Text: t("mine.make")}, {Text: t("mine.easy"), Look: look.Second, Name: "easy", Value: "1"}}}
	if f.Easy {
		p.Words.Value = account.EasyWords()
	}
	if p.Made {
		p.Words.Type, p.Words.Show, p.Words.Hint = "text", "", t("mine.easy_hint")
	}
	return p
}

// wrong puts a problem beside the field it is about.
func (p filePage) wrong(q *web.Request, err error) filePage {
	field := &p.Words
	if errors.Is(err, ErrDiffer) {
		field = &p.Again
	}
	field.Problem = circle.Say(q, err)
	p.Check = look.Check{Title: q.Words.T("web.problem_heading"), Items: []look.CheckItem{{Href: "#" + field.At(), Text: field.Problem}}}
	return p
}

func (r *Room) showFile(q *web.Request) (web.Answer, error) {
	return q.Show("file", newFilePage(q, fileForm{})), nil
}

// makeFile enters that a copy is taken, makes it and sends it. What is in it exists in memory alone.
func (r *Room) makeFile(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[fileForm](q)
	if err != nil {
		return nil, err
	}
	if f.Easy {
		return q.Show("file", newFilePage(q, f)), nil
	}
	if f.Made {
		f.Again = f.Words
	}
	if err := CheckWords(f.Words, f.Again, q.Viewer.Name); err != nil {
		if fault.KindOf(err) == fault.Invalid {
			return q.Again("file", newFilePage(q, f).wrong(q, err)), nil
		}
		return nil, err
	}
	err = r.DB.Write(q.Context(), func(tx *store.Tx) error { return insertCopy(q.Context(), tx, q.Viewer, r.Now()) })
	if err != nil {
		return nil, err
	}
	page, err := r.all(q, consent.NewAct("export"), q.Viewer)
	if err != nil {
		return nil, err
	}
	text, err := q.HTML("all", page)
	if err != nil {
		return nil, err
	}
	kept, err := r.lockOne(q.Context(), []byte(text), f.Words)
	if err != nil {
		return nil, err
	}
	return web.Attach(fileName, "text/html; charset=utf-8", func(w io.Writer) error { return writeFile(w, q, kept) }), nil
}

// lockOne locks a text when no other is being locked.
func (r *Room) lockOne(ctx context.Context, text []byte, words string) (string, error) {
	select {
	case r.locking <- struct{}{}:
		defer func() { <-r.locking }()
		return lock(text, words)
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// carrier is the page around what is locked. Its script and its styles are part of it and allowed by their
// hashes; it may ask nobody for anything.
type carrier struct {
	Language, Direction, Title                       string
	Label, Open, Wait, Wrong, Cannot, Hide, NoScript string
	Style                                            template.CSS
	Script                                           template.JS
	StyleHash, ScriptHash                            string
	Rounds                                           int
	Kept                                             string
}

var script = sync.OnceValue(func() string {
	text, err := files.ReadFile("file.js")
	if err != nil {
		panic(err) // it is embedded
	}
	return look.SqueezeJS(string(text))
})

var carrierPage = sync.OnceValue(func() *template.Template { return template.Must(template.ParseFS(files, "file.html")) })

func hashed(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

func writeFile(w io.Writer, q *web.Request, kept string) error {
	t := q.Words.T
	var page bytes.Buffer
	err := carrierPage().Execute(&page, carrier{Language: q.Words.Language(), Direction: q.Words.Direction(), Title: t("mine.file_title"),
		Label: t("mine.file_words"), Open: t("mine.file_open"), Wait: t("mine.file_wait"), Wrong: t("mine.file_wrong"), Cannot: t("mine.file_cannot"),
		Hide: t("mine.file_hide"), NoScript: t("mine.file_no_script"), Style: template.CSS(look.CSS()), Script: template.JS(script()),
		StyleHash: hashed(look.CSS()), ScriptHash: hashed(script()), Rounds: rounds, Kept: kept})
	if err != nil {
		return err
	}
	_, err = page.WriteTo(w)
	return err
}
