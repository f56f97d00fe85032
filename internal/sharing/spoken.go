package sharing

import (
	"context"
	"errors"
	"io"
	"time"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/sound"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// Spoken is what somebody left spoken in a draft: a blob of hers, and what sort of sound it is. It is empty
// where she left nothing spoken.
type Spoken struct {
	Blob consent.ID
	Kind sound.Kind
}

// Is reports whether anything was left spoken.
func (s Spoken) Is() bool { return s.Blob != "" }

// Before is what was left spoken in a draft before she took it out, or put another in its place. A finger slips,
// and nobody says the same twice: she can bring it back for as long as what is taken back can be (U16).
type Before struct {
	Spoken
	Until time.Time
}

// say puts what was heard in the place of what was left spoken, which is kept until a day.
func (a Answers) say(heard Spoken, until time.Time) Answers {
	if a.Spoken.Is() {
		a.Before = Before{a.Spoken, until}
	}
	a.Spoken = heard
	return a
}

// sayAsBefore brings back what was left spoken before. What took its place can be brought back in turn.
func (a Answers) sayAsBefore(until time.Time) Answers {
	if before := a.Before; before.Is() {
		a.Before = Before{}
		a = a.say(before.Spoken, until)
	}
	return a
}

// spokenAnew keeps what is spoken in a draft by now, and what was before it for its time, and lets go of what is
// neither any more.
func (r *Room) spokenAnew(ctx context.Context, tx *store.Tx, v person.Viewer, was draftRow, is draftRow) error {
	if is.spoken.Is() && is.spoken != was.spoken {
		if err := r.gate.KeepBlob(ctx, tx, v, is.spoken.Blob, consent.Never); err != nil {
			return err
		}
	}
	if is.before.Is() && is.before != was.before {
		if err := r.gate.KeepBlob(ctx, tx, v, is.before.Blob, is.before.Until); err != nil {
			return err
		}
	}
	for _, old := range []Spoken{was.spoken, was.before.Spoken} {
		if !old.Is() || old == is.spoken || old == is.before.Spoken {
			continue
		}
		if err := r.gate.DropBlob(ctx, tx, v, old.Blob); err != nil && !errors.Is(err, fault.Missing) {
			return err
		}
	}
	return nil
}

// untilKept is how long a recording that arrived waits for its draft to be saved. It goes by itself when it
// never is.
const untilKept = time.Hour

// readText reads the form of the text page. A sound in it goes into a sealed blob as it arrives and is whole
// nowhere. heard is empty when there is none; where there is one that cannot be kept, wrong is the key of a
// sentence that says why, and what she typed is there all the same.
func (r *Room) readText(q *web.Request) (f textForm, heard Spoken, wrong string, problem error) {
	f, problem = web.ParseWithFile[textForm](q, func(field string, file io.Reader) error {
		if field != "sound" || heard.Is() || wrong != "" || q.Viewer.Table != "" {
			return nil
		}
		var err error
		heard, err = r.receive(q, file)
		switch {
		case errors.Is(err, sound.ErrKind):
			wrong, err = "sharing.sound_kind", nil
		case errors.Is(err, sound.ErrLong):
			wrong, err = "sharing.sound_long", nil
		}
		return err
	})
	return f, heard, wrong, problem
}

// receive takes a sound in. With an error nothing of it is left.
func (r *Room) receive(q *web.Request, file io.Reader) (Spoken, error) {
	var blob *consent.BlobWriter
	kind, _, err := sound.Copy(file, func() (io.Writer, error) {
		var err error
		blob, err = r.gate.NewBlob(q.Context(), q.Viewer, r.now().Add(untilKept))
		return blob, err
	})
	if err == nil {
		err = blob.Close()
	}
	if err == nil {
		return Spoken{blob.ID, kind}, nil
	}
	if blob != nil {
		ctx := context.WithoutCancel(q.Context()) // also when whoever sent it is gone
		dropped := r.db.Write(ctx, func(tx *store.Tx) error { return r.gate.DropBlob(ctx, tx, q.Viewer, blob.ID) })
		if !errors.Is(dropped, fault.Missing) {
			err = errors.Join(err, dropped)
		}
	}
	return Spoken{}, err
}

// playDraft lets her hear what she left spoken in a draft. It is hers alone.
func (r *Room) playDraft(q *web.Request) (web.Answer, error) {
	d, _, err := r.open(q.Context(), q.Viewer, q.Path("draft"))
	if err != nil {
		return nil, err
	}
	return r.playBlob(q, d.spoken)
}

func (r *Room) playBlob(q *web.Request, s Spoken) (web.Answer, error) {
	if !s.Is() {
		return nil, fault.Missing
	}
	b, err := r.gate.OpenBlob(q.Context(), q.Viewer, s.Blob)
	if err != nil {
		return nil, err
	}
	return web.Sound(s.Kind.ContentType(), io.NewSectionReader(b, 0, b.Size())), nil
}

// toHear is what for somebody hears what another shared with her.
var toHear = consent.Use{Purpose: consent.Heard, Form: consent.Voice}

// play lets a reader hear a recording that was shared with her, on record.
func (r *Room) play(q *web.Request) (web.Answer, error) {
	b, rec, err := r.gate.Hear(q.Context(), q.Viewer, toHear, consent.ID(q.Path("contribution")), consent.ID(q.Path("recording")))
	if err != nil {
		return nil, err
	}
	return web.Sound(sound.Kind(rec.Kind).ContentType(), io.NewSectionReader(b, 0, b.Size())), nil
}

// ownRecording opens a recording of the viewer's own. Nothing is recorded. Its page asks for her passphrase
// again; the sound does not, since its address stands on that page alone and a player comes back to it for as
// long as it plays.
func (r *Room) ownRecording(q *web.Request) (*consent.BlobReader, sound.Kind, error) {
	contribution, id := consent.ID(q.Path("contribution")), consent.ID(q.Path("recording"))
	own, err := r.recordings(q, contribution)
	if err != nil {
		return nil, "", err
	}
	for _, rec := range own {
		if rec.Own && rec.ID == id {
			b, _, err := r.gate.Hear(q.Context(), q.Viewer, toHear, contribution, id)
			return b, sound.Kind(rec.Kind), err
		}
	}
	return nil, "", fault.Missing
}

func (r *Room) playOwn(q *web.Request) (web.Answer, error) {
	b, kind, err := r.ownRecording(q)
	if err != nil {
		return nil, err
	}
	return web.Sound(kind.ContentType(), io.NewSectionReader(b, 0, b.Size())), nil
}

// saveOwn gives her recording to her as a file.
func (r *Room) saveOwn(q *web.Request) (web.Answer, error) {
	b, kind, err := r.ownRecording(q)
	if err != nil {
		return nil, err
	}
	return web.Attach("sound."+string(kind), kind.ContentType(), func(w io.Writer) error {
		_, err := io.Copy(w, io.NewSectionReader(b, 0, b.Size()))
		return err
	}), nil
}

// recordings lists what the viewer may hear of a contribution.
func (r *Room) recordings(q *web.Request, id consent.ID) (list []consent.Recording, err error) {
	err = r.db.Read(q.Context(), func(tx *store.Tx) error {
		list, err = r.gate.Recordings(q.Context(), tx, q.Viewer, toHear, id)
		return err
	})
	return list, err
}

// players are what recordings are heard with on a page whose address they stand under.
func players(q *web.Request, under string, list []consent.Recording) []look.Sound {
	var players []look.Sound
	for _, rec := range list {
		players = append(players, look.Sound{Label: q.Words.T("sharing.sound_play"), Src: under + "/play/" + string(rec.ID)})
	}
	return players
}
