package entry

import (
	"errors"

	"footing/internal/account"
	"footing/internal/circle"
	"footing/internal/fault"
	"footing/internal/web"
	"footing/internal/web/look"
)

// form is a page that asks: what to know first, the questions, and what to do with the answers.
type form struct {
	Check  look.Check
	Steps  look.Steps
	Title  look.Title
	Notes  []look.Note
	Action string
	Asks   []look.Ask
	Acts   []look.Button
	Other  look.Button // a second, smaller form beside the first: what can be done without answering
	After  []look.Link
}

// wrong puts a problem beside the field it is about and on top of the page.
func (f form) wrong(q *web.Request, name string, err error) form {
	say := circle.Say(q, err)
	f.Check = look.Check{Title: q.Words.T("web.problem_heading"), Items: []look.CheckItem{look.Wrong(f.Asks, name, say)}}
	return f
}

// sayable reports whether an error is for the person at the screen to mend.
func sayable(err error) bool {
	k := fault.KindOf(err)
	return k == fault.Invalid || k == fault.Conflict || k == fault.Busy
}

// fieldOf returns which of the usual fields a fault is about.
func fieldOf(err error) string {
	for name, faults := range map[string][]*fault.Error{
		"name":       {account.ErrNameTaken, account.ErrNameUnusable, circle.ErrNameTaken, circle.ErrNoName},
		"passphrase": {account.ErrPassphraseShort, account.ErrPassphraseLong, account.ErrPassphraseCommon},
		"code":       {account.ErrInvitation, account.ErrWrongCode, account.ErrNoMatch},
	} {
		for _, f := range faults {
			if errors.Is(err, f) {
				return name
			}
		}
	}
	return "name"
}

// nameField asks for the name she wants to be called here.
func nameField(q *web.Request, value string) look.Ask {
	t := q.Words.T
	return look.Write(look.Field{Name: "name", Label: t("entry.name"), Hint: t("entry.name_hint"),
		WhoTitle: t("entry.who_title"), Who: t("entry.name_who"), Value: value, Autocomplete: "username", Required: true})
}

// newPassphrase asks for a passphrase that is new. Words made for her are shown, so that she can write
// them down.
func newPassphrase(q *web.Request, value string, easy bool) look.Ask {
	t := q.Words.T
	f := look.Field{Name: "passphrase", Label: t("entry.new_passphrase"), Hint: t("entry.new_passphrase_hint"), Value: value,
		Type: "password", Autocomplete: "new-password", Show: t("entry.show"), Required: true}
	if easy {
		f.Type, f.Show, f.Hint, f.Value = "text", "", t("entry.easy_hint"), account.EasyWords()
	}
	return look.Write(f)
}

// withEasy adds the button that makes four easy words to a page's own.
func withEasy(q *web.Request, main string) []look.Button {
	return []look.Button{{Text: main}, {Text: q.Words.T("entry.easy"), Look: look.Second, Name: "easy", Value: "1"}}
}
