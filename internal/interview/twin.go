package interview

import (
	"net/url"
	"strconv"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// twinTalk names the sheet of an interview.
const twinTalk = "talk"

// What she says to it on paper.
const (
	talkSeen = "seen"
	talkDrop = "drop"
)

// twins is what can be done here on paper: reading, before an interview, what people here cannot keep private, and
// saying that she has, or that she would rather not talk. Whoever asks prints it for her, and nobody else learns from
// a sheet that she is asked.
func (r *Room) twins() []web.Twin {
	seen := func(answers url.Values) bool { return answers == nil || answers.Get("do") == talkSeen }
	return []web.Twin{{Name: twinTalk, Title: "interview.twin", Allow: web.Members(web.Own), Gives: seen, Ask: r.askTalk, Enter: r.enterTalk}}
}

// mayHold reports whether somebody may have an interview in hand on paper: the one who is asked, or the one who asks.
func (i Interview) mayHold(who person.ID) bool { return who == i.Person || who == i.Asker }

// next returns the newest interview of hers that has not begun and that whoever prints the sheet may have in hand.
func (r *Room) next(q *web.Request) (string, error) {
	var all []Interview
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		all, err = interviewsOf(q.Context(), tx, q.Viewer)
		return err
	})
	for _, i := range all {
		if i.Person == q.Viewer.ID && i.Source == "" && i.Begun.IsZero() && i.mayHold(q.Viewer.Hand.By) {
			return i.ID, err
		}
	}
	return "", err
}

// askTalk prints what the screen shows. Which version that is stands beside her answer, and comes along with it.
func (r *Room) askTalk(q *web.Request, _ string) (web.Asked, error) {
	t := q.Words.T
	id, err := r.next(q)
	if err != nil || id == "" {
		return web.Asked{Notes: []look.Note{{Text: t("interview.twin_none")}}}, err
	}
	tk, err := r.talk(q, id)
	if err != nil {
		return web.Asked{}, err
	}
	a := web.Asked{About: tk.asker, Notes: []look.Note{{Text: t("interview.lead", "name", tk.asker)}}}
	rows := func(list []look.SummaryRow) {
		for _, row := range list {
			a.Notes = append(a.Notes, look.Note{Title: row.Term + ".", Text: row.Value})
		}
	}
	rows(tk.facts(q).Rows)
	a.Notes = append(a.Notes, look.Note{Title: t("interview.limits") + ".", Text: tk.said(q)})
	rows(tk.now.Rows)
	a.Notes = append(a.Notes, look.Note{Title: t("interview.yours_title"), Text: t("interview.yours", "name", tk.asker)})
	do := look.Choice{Name: "do", Legend: t("interview.twin_do")}
	for _, one := range []string{talkDrop, talkSeen} {
		do.Options = append(do.Options, look.Option{Value: one, Label: t("interview.twin_"+one, "version", tk.now.Version)})
	}
	a.Asks = []look.Ask{look.Choose(do), look.Carry("talk", id), look.Carry("version", strconv.FormatInt(tk.now.Version, 10))}
	return a, nil
}

type twinForm struct {
	Do      string `form:"do"`
	Talk    string `form:"talk"`
	Version int64  `form:"version"`
}

func (r *Room) enterTalk(q *web.Request, _ string) (string, error) {
	f, err := web.Parse[twinForm](q)
	if err != nil {
		return "", err
	}
	t, err := r.talk(q, f.Talk)
	if err == nil && !t.mayHold(q.Viewer.Hand.By) {
		err = fault.Missing
	}
	if err != nil {
		return "", err
	}
	switch f.Do {
	case talkSeen:
		return t.ID, r.keepShown(q, t, shownForm{Version: f.Version})
	case talkDrop:
		return "", r.DB.Write(q.Context(), func(tx *store.Tx) error { return dropInterview(q.Context(), tx, q.Partnership(), t.ID) })
	}
	return "", errChoose
}
