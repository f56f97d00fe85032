package source

import (
	"errors"
	"sync"
	"time"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
)

// How long an upload waits to be confirmed, and how many of one person wait at once. Beyond them the
// oldest goes.
const (
	waitTime   = 24 * time.Hour
	waitAtOnce = 5
)

// errGone is told of an upload that is not there: confirmed long ago, another's, or from before the
// program was started again, when its key went.
var errGone = fault.New(fault.NotFound, "source.import_gone")

// An arrival is one upload between being shown and being kept. Whoever works on it holds mu.
type arrival struct {
	id    string
	owner person.Viewer
	made  time.Time

	mu    sync.Mutex
	files []*received
}

func (a *arrival) drop() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	return dropAll(a.files)
}

// waiting holds the arrivals of this process. They are in memory alone, like the keys of their spools.
type waiting struct {
	now func() time.Time

	mu   sync.Mutex
	here map[string]*arrival
}

func newWaiting(now func() time.Time) *waiting {
	return &waiting{now: now, here: map[string]*arrival{}}
}

// add keeps an upload for its owner.
func (w *waiting) add(owner person.Viewer, files []*received) (*arrival, error) {
	a := &arrival{id: store.RandomID(), owner: owner, made: w.now(), files: files}
	w.mu.Lock()
	w.here[a.id] = a
	old := w.tooMany(owner)
	w.mu.Unlock()
	var errs []error
	for _, a := range old {
		errs = append(errs, a.drop())
	}
	return a, errors.Join(append(errs, w.expire())...)
}

// tooMany takes out the owner's oldest arrivals beyond the limit.
func (w *waiting) tooMany(owner person.Viewer) []*arrival {
	var out []*arrival
	for {
		n, oldest := 0, (*arrival)(nil)
		for _, a := range w.here {
			if !a.of(owner) {
				continue
			}
			if n++; oldest == nil || a.made.Before(oldest.made) {
				oldest = a
			}
		}
		if n <= waitAtOnce {
			return out
		}
		delete(w.here, oldest.id)
		out = append(out, oldest)
	}
}

func (a *arrival) of(v person.Viewer) bool {
	return a.owner.ID == v.ID && a.owner.Partnership == v.Partnership
}

// get returns the arrival of a request, if it is the viewer's.
func (w *waiting) get(q *web.Request) (*arrival, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	a := w.here[q.Path("import")]
	if a == nil || !a.of(q.Viewer) || w.now().Sub(a.made) >= waitTime {
		return nil, errGone
	}
	return a, nil
}

// remove lets go of an arrival.
func (w *waiting) remove(a *arrival) error {
	w.mu.Lock()
	delete(w.here, a.id)
	w.mu.Unlock()
	return a.drop()
}

// expire lets go of everything that has waited too long.
func (w *waiting) expire() error {
	w.mu.Lock()
	var old []*arrival
	for id, a := range w.here {
		if w.now().Sub(a.made) >= waitTime {
			old = append(old, a)
			delete(w.here, id)
		}
	}
	w.mu.Unlock()
	var errs []error
	for _, a := range old {
		errs = append(errs, a.drop())
	}
	return errors.Join(errs...)
}
