package source

import (
	"errors"

	"footing/internal/intake"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// uploadPage asks for files. With a script it shows how far they have come.
type uploadPage struct {
	Check    look.Check
	Title    look.Title
	Action   string
	Label    string
	Hint     string
	Who      look.Who
	Progress look.Progress
	Reading  string // said when all bytes have arrived and are being read
	Lost     string // said when the line broke
	Acts     []look.Button
}

func newUploadPage(q *web.Request, problems ...string) uploadPage {
	t := q.Words.T
	p := uploadPage{
		Title: look.Title{Text: t("source.upload_heading"), Lead: t("source.upload_lead")}, Action: "/source/upload",
		Label: t("source.upload_label"), Hint: t("source.upload_hint", "size", intake.MaxBytes>>20, "files", maxFiles),
		Who:      look.Who{Title: t("source.upload_who_title"), Text: t("source.upload_who")},
		Progress: look.Progress{ID: "sent", Label: t("source.upload_progress"), Max: 100},
		Reading:  t("source.upload_reading"), Lost: t("source.upload_lost"),
		Acts: []look.Button{{Text: t("source.upload_go")}, {Text: t("source.to_list"), Look: look.Second, Href: "/source"}},
	}
	if len(problems) > 0 {
		p.Check.Title = t("web.problem_heading")
	}
	for _, problem := range problems {
		p.Check.Items = append(p.Check.Items, look.CheckItem{Href: "#files", Text: problem})
	}
	return p
}

func (r *Room) showUpload(q *web.Request) (web.Answer, error) {
	return q.Show("upload", newUploadPage(q)), nil
}

// Uploaded is what a command gets from POST /source/upload and GET /import/{import}. Import is
// empty when no file could be read: then nothing waits.
type Uploaded struct {
	Import string  `json:"import"`
	Next   string  `json:"next"` // the page that shows what was found
	Files  []Found `json:"files"`
}

// upload takes files in and shows what was found in them. Nothing is kept yet.
func (r *Room) upload(q *web.Request) (web.Answer, error) {
	made := r.now()
	files, _, err := r.receive(q.Context(), q.Viewer, q.HTTP, made.Add(waitTime))
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		if q.WantsData() {
			return nil, errNoFiles
		}
		return q.Again("upload", newUploadPage(q, q.Words.T(errNoFiles.Say))), nil
	}
	answer := Uploaded{Files: foundIn(files)}
	if readable(files) {
		a, err := r.addArrival(q.Context(), q.Viewer, made, files)
		if err != nil {
			return nil, errors.Join(err, r.drop(q.Context(), q.Viewer, files...))
		}
		answer.Import, answer.Next = a.id, "/import/"+a.id
		err = r.db.Write(q.Context(), func(tx *store.Tx) error { return r.dropOldest(q.Context(), tx, q.Viewer) })
		if err != nil {
			return nil, err
		}
	}
	switch {
	case q.WantsData():
		return web.Data(answer), nil
	case answer.Next == "":
		var problems []string
		for _, f := range files {
			problems = append(problems, f.Name+": "+f.Problem)
		}
		return q.Again("upload", newUploadPage(q, problems...)), nil
	}
	return web.Go(answer.Next), nil
}

func readable(files []*received) bool {
	for _, f := range files {
		if f.Problem == "" {
			return true
		}
	}
	return false
}

func foundIn(files []*received) []Found {
	list := make([]Found, len(files))
	for i, f := range files {
		list[i] = f.Found
	}
	return list
}
