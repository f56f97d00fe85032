package matrix

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"footing/internal/coding"
	"footing/internal/consent"
	"footing/internal/store"
	"footing/internal/web"
)

// beat is how often an idle stream says nothing in particular, so that a proxy keeps it open and a reader
// who went away is noticed.
const beat = 20 * time.Second

// live tells an open page that something in it changed: "closed" when somebody took something back or
// changed what she allows, which the page shows at once; "changed" when somebody charted or indexed
// something. What stands beside a form asks for the first alone. No words travel here.
func (r *Room) live(q *web.Request) (web.Answer, error) {
	ctx := q.Context()
	err := r.DB.Read(ctx, func(tx *store.Tx) error {
		_, err := r.Studies.For(ctx, tx, q.Viewer, q.Path("study"))
		return err
	})
	if err != nil {
		return nil, err
	}
	shut := r.Events.Subscribe(ctx, q.Partnership(), consent.TopicTaken, consent.TopicTerms)
	var moved <-chan int64 // never, for what asks for closing alone
	if q.Query("only") != "closed" {
		moved = r.Events.Subscribe(ctx, q.Partnership(), TopicCharted, coding.TopicCoding)
	}
	return web.Stream(func(w http.ResponseWriter, _ *http.Request) error { return stream(w, shut, moved, q.Still) }), nil
}

// stream writes a line for each change until the reader goes away, which closes the channels, or may not be
// there any more.
func stream(w http.ResponseWriter, shut, moved <-chan int64, still func() bool) error {
	w.Header().Set("Content-Type", "text/event-stream")
	out, tick := http.NewResponseController(w), time.NewTicker(beat)
	defer tick.Stop()
	for line := ": here\n\n"; ; {
		_, err := io.WriteString(w, line)
		if err = errors.Join(err, out.Flush()); err != nil {
			return fmt.Errorf("telling an open page: %w", err)
		}
		open := true
		select {
		case _, open = <-shut:
			line = "data: closed\n\n"
		case _, open = <-moved:
			line = "data: changed\n\n"
		case <-tick.C:
			line, open = ": here\n\n", still()
		}
		if !open {
			return nil
		}
	}
}
