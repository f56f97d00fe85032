package source

import (
	"context"
	"errors"
	"strconv"

	"footing/internal/store"
	"footing/internal/web"
)

// add takes files in and keeps them in one request, for commands. The form is multipart/form-data with
//
//	file             one or more files
//	kind             interview, observation, note or group
//	study            id or question of a study; may be left out when there is one
//	own              "yes" when the sender's own part may be analysed in that study
//	speaker.LABEL    whose voice a label is, in every file: outside (also when left out), me,
//	                 interviewer (the sender), member:NAME or interviewer:NAME
//	title.N, note.N  title and content note of file N, counted from 0; the title is else the file's name
//
// and the answer is Confirmed. A file with a problem says so and the others are kept; with choices that
// cannot be used nothing is kept. For a person who wants to look first there are POST /source/upload and
// POST /import/{import}/confirm, which takes the same fields without the files and, for each
// speaker of each file, voice.FILE.SPEAKER, and leave.N to leave file N out.
func (r *Room) add(q *web.Request) (web.Answer, error) {
	at, err := r.around(q)
	if err != nil {
		return nil, err
	}
	made := r.now()
	files, values, err := r.receive(q.Context(), q.Viewer, q.HTTP, made.Add(waitTime))
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, errNoFiles
	}
	a, err := r.addArrival(q.Context(), q.Viewer, made, files)
	if err != nil {
		return nil, errors.Join(err, r.drop(q.Context(), q.Viewer, files...))
	}
	kept := r.keepAll(q, a, at, values)
	ctx := context.WithoutCancel(q.Context())
	gone := r.db.Write(ctx, func(tx *store.Tx) error { return r.dropArrival(ctx, tx, q.Viewer, a.id) })
	if err := errors.Join(kept, gone); err != nil {
		return nil, err
	}
	if q.WantsData() {
		return web.Data(Confirmed{foundIn(files)}), nil
	}
	if !readable(files) {
		return nil, errNothing
	}
	return web.GoSaying(after(files), "source.kept"), nil
}

func fileNumber(i int) string { return strconv.Itoa(i) }
