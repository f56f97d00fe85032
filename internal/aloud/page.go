package aloud

import (
	"context"
	"errors"
	"io"
	"strings"
	"time"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/sound"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// listPage lists what is read aloud, and asks for one more.
type listPage struct {
	Check look.Check
	Title look.Title
	Read  []readPage
	Page  look.Choice
	File  look.Field
	Acts  []look.Button
}

// readPage is one page that is read aloud, with a way to take that away for whoever may.
type readPage struct {
	Sound  look.Sound
	Action string
	Remove look.Button
}

// mayRemove reports whether somebody may take a recording away: she who read it, and whoever looks after the
// site.
func mayRemove(v person.Viewer, one reading) bool {
	return v.ID == one.by || v.Standings.Has(person.Administrator)
}

func (r *Room) newListPage(q *web.Request, chosen, problem, at string) (listPage, error) {
	t := q.Words.T
	p := listPage{Title: look.Title{Text: t("aloud.heading"), Lead: t("aloud.lead")},
		Page: look.Choice{Name: "page", Legend: t("aloud.page")}, Acts: []look.Button{{Text: t("aloud.keep")}},
		File: look.Field{Name: "sound", Type: "file", Label: t("aloud.file"), Hint: t("aloud.file_hint", "size", sound.MaxBytes>>20), WhoTitle: t("aloud.who_title"),
			Who: t("aloud.who"), Accept: "audio/*,.m4a,.mp3,.ogg,.wav,.3gp"}}
	for _, page := range r.Pages {
		p.Page.Options = append(p.Page.Options, look.Option{Value: page.Path, Label: t(page.Label), Chosen: page.Path == chosen})
	}
	if problem != "" {
		p.Check = look.Check{Title: t("web.problem_heading"), Items: []look.CheckItem{{Href: "#" + at, Text: problem}}}
		if p.File.Problem = problem; at == "page" {
			p.File.Problem, p.Page.Problem = "", problem
		}
	}
	return p, r.DB.Read(q.Context(), func(tx *store.Tx) error {
		all, err := list(q.Context(), tx, q.Partnership(), ``)
		if err != nil {
			return err
		}
		names, err := r.Circle.Names(q.Context(), tx, q.Partnership())
		for _, one := range all {
			label, _ := r.labelOf(one.path)
			line := readPage{Sound: look.Sound{Title: t(label) + ": " + t("aloud.by", "name", names[one.by]), Label: t("aloud.by", "name", names[one.by]), Src: "/aloud/" + string(one.blob)}}
			if mayRemove(q.Viewer, one) {
				line.Action, line.Remove = "/aloud/"+string(one.blob)+"/remove", look.Button{Text: t("aloud.remove"), Look: look.Quiet, About: t(label)}
			}
			p.Read = append(p.Read, line)
		}
		return err
	})
}

func (r *Room) showAll(q *web.Request) (web.Answer, error) {
	p, err := r.newListPage(q, "", "", "")
	return q.Show("list", p), err
}

type aloudForm struct {
	Page string `form:"page"`
}

// untilKept is how long a recording that arrived waits for its page. It goes by itself when it gets none.
const untilKept = time.Hour

// keep takes a recording in and puts it on its page. A page that is read already is read anew by whoever may
// take the old one away.
func (r *Room) keep(q *web.Request) (web.Answer, error) {
	var blob *consent.BlobWriter
	var kind sound.Kind
	var wrong error
	f, err := web.ParseWithFile[aloudForm](q, func(field string, file io.Reader) error {
		if field != "sound" || blob != nil {
			return nil
		}
		kind, _, wrong = sound.Copy(file, func() (io.Writer, error) {
			var err error
			blob, err = r.Gate.NewBlob(q.Context(), q.Viewer, r.Now().Add(untilKept))
			return blob, err
		})
		if wrong == nil {
			wrong = blob.Close()
		}
		return nil
	})
	label, known := r.labelOf(f.Page)
	problem, at := "", "sound"
	switch {
	case err != nil:
		problem = "aloud.broken"
	case !known:
		problem, at = "aloud.choose", "page"
	case errors.Is(wrong, sound.ErrLong):
		problem = "aloud.long"
	case errors.Is(wrong, sound.ErrKind):
		problem = "aloud.kind"
	case wrong != nil:
		err = wrong
	case blob == nil:
		problem = "aloud.none"
	default:
		err = r.DB.Write(q.Context(), func(tx *store.Tx) error { return r.onItsPage(q, tx, reading{path: f.Page, blob: blob.ID, kind: kind}) })
		if err == nil {
			return web.GoSaying("/aloud", "aloud.kept"), nil
		}
		if errors.Is(err, errTaken) {
			problem, at, err = errTaken.Say, "page", nil
		}
	}
	if err != nil && problem == "" {
		return nil, r.letGo(q, blob, err)
	}
	p, err := r.newListPage(q, f.Page, q.Words.T(problem, "size", sound.MaxBytes>>20, "page", q.Words.T(label)), at)
	return q.Again("list", p), r.letGo(q, blob, err)
}

// errTaken says that somebody else reads that page already.
var errTaken = fault.New(fault.Conflict, "aloud.taken")

func (r *Room) onItsPage(q *web.Request, tx *store.Tx, one reading) error {
	before, err := list(q.Context(), tx, q.Partnership(), ` AND path = $2`, one.path)
	if err != nil {
		return err
	}
	if len(before) > 0 && !mayRemove(q.Viewer, before[0]) {
		return errTaken
	}
	return r.put(q.Context(), tx, q.Viewer, one)
}

// letGo lets go of a recording that found no page, and returns what went wrong before.
func (r *Room) letGo(q *web.Request, blob *consent.BlobWriter, err error) error {
	if blob == nil {
		return err
	}
	ctx := context.WithoutCancel(q.Context())
	dropped := r.DB.Write(ctx, func(tx *store.Tx) error { return r.Gate.DropBlob(ctx, tx, q.Viewer, blob.ID) })
	if errors.Is(dropped, fault.Missing) {
		return err
	}
	return errors.Join(err, dropped)
}

// remove takes a recording away from its page.
func (r *Room) remove(q *web.Request) (web.Answer, error) {
	err := r.DB.Write(q.Context(), func(tx *store.Tx) error {
		found, err := list(q.Context(), tx, q.Partnership(), ` AND blob_id = $2`, q.Path("recording"))
		if err != nil {
			return err
		}
		if len(found) == 0 || !mayRemove(q.Viewer, found[0]) {
			return fault.Missing
		}
		return r.drop(q.Context(), tx, q.Partnership(), ` AND blob_id = $2`, q.Path("recording"))
	})
	return web.GoSaying("/aloud", "aloud.removed"), err
}

// play lets whoever comes hear a page, also without signing in.
func (r *Room) play(q *web.Request) (web.Answer, error) {
	id := consent.ID(q.Path("recording"))
	var found []reading
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		found, err = list(q.Context(), tx, q.Partnership(), ` AND blob_id = $2`, id)
		return err
	})
	if err == nil && len(found) == 0 {
		err = fault.Missing
	}
	if err != nil {
		return nil, err
	}
	b, err := r.Gate.OpenShown(q.Context(), q.Partnership(), id)
	if err != nil {
		return nil, err
	}
	return web.Sound(found[0].kind.ContentType(), io.NewSectionReader(b, 0, b.Size())), nil
}

// On is what stands at the top of a page that is read aloud; it is empty on any other.
func (r *Room) On(q *web.Request) (s look.Sound, err error) {
	path := strings.TrimPrefix(q.Route.Pattern, "GET ")
	if _, known := r.labelOf(path); !known {
		return s, nil
	}
	return s, r.DB.Read(q.Context(), func(tx *store.Tx) error {
		found, err := list(q.Context(), tx, q.Partnership(), ` AND path = $2`, path)
		if err != nil || len(found) == 0 {
			return err
		}
		s.Title, s.Src = q.Words.T("aloud.by_one"), "/aloud/"+string(found[0].blob)
		if q.Viewer.Known() { // to whoever has not signed in, her name would say that she belongs here
			names, err := r.Circle.Names(q.Context(), tx, q.Partnership())
			if err != nil {
				return err
			}
			s.Title = q.Words.T("aloud.by", "name", names[found[0].by])
		}
		s.Label = s.Title
		return nil
	})
}

// Held is what somebody read aloud, for her own copy.
func (r *Room) Held(q *web.Request) ([]look.Held, error) {
	var own []reading
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		own, err = list(q.Context(), tx, q.Partnership(), ` AND person_id = $2`, q.Viewer.ID)
		return err
	})
	if err != nil || len(own) == 0 {
		return nil, err
	}
	h := look.Held{Heading: q.Words.T("aloud.held"), Lead: q.Words.T("aloud.held_lead")}
	for _, one := range own {
		label, _ := r.labelOf(one.path)
		h.Lines = append(h.Lines, look.Line{When: q.Words.When(one.made), Text: q.Words.T(label)})
	}
	return []look.Held{h}, nil
}
