package coding

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"footing/internal/consent"
	"footing/internal/event"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
)

// liveBeat is how often an idle stream sends a line that means nothing, so that a proxy keeps it and a
// reader who went away is noticed.
const liveBeat = 20 * time.Second

// live tells an open document that something in it changed: "closed" when somebody took something back
// or changed what she allows, which the page shows at once; "changed" when somebody indexed something.
// Both are hints to ask for the page anew: no words travel here.
func (r *Room) live(q *web.Request) (web.Answer, error) {
	ctx, id := q.Context(), consent.ID(q.Path("source"))
	topics := []string{consent.TopicTaken, consent.TopicTerms, TopicCoding}
	woken := r.events.Subscribe(ctx, q.Partnership(), topics...)
	var seen int64
	err := r.db.Read(ctx, func(tx *store.Tx) error {
		if err := r.mayIndex(ctx, tx, q.Viewer, q.Path("study"), id); err != nil {
			return err
		}
		var err error
		seen, err = event.Head(ctx, tx, q.Partnership())
		return err
	})
	if err != nil {
		return nil, err
	}
	news := func(ctx context.Context) (said string, err error) {
		seen, said, err = r.news(ctx, q.Partnership(), seen, id, q.Query("page"), topics)
		return said, err
	}
	return web.Stream(func(w http.ResponseWriter, _ *http.Request) error { return stream(ctx, w, woken, news, q.Still) }), nil
}

// stream writes what news says each time something wakes it, until the reader goes away or may not be
// there any more.
func stream(ctx context.Context, w http.ResponseWriter, woken <-chan int64, news func(context.Context) (string, error), still func() bool) error {
	w.Header().Set("Content-Type", "text/event-stream")
	w.WriteHeader(http.StatusOK)
	out := http.NewResponseController(w)
	// The first bytes go at once: whatever stands between, the reader's page learns that it is connected.
	if _, err := io.WriteString(w, ": here\n\n"); err != nil {
		return nil
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("starting a live page: %w", err)
	}
	beat := time.NewTicker(liveBeat)
	defer beat.Stop()
	for {
		line := ": still here\n\n"
		select {
		case <-ctx.Done():
			return nil
		case <-beat.C:
			if !still() {
				return nil
			}
		case _, open := <-woken:
			if !open {
				return nil
			}
			said, err := news(ctx)
			if ctx.Err() != nil {
				return nil
			}
			if err != nil {
				return err
			}
			if line = "data: " + said + "\n\n"; said == "" {
				continue
			}
		}
		if _, err := io.WriteString(w, line); err != nil {
			return nil // the reader went away
		}
		if err := out.Flush(); err != nil {
			return nil
		}
	}
}

// news reads the events since one and returns what they mean for a document: "closed", "changed" or
// nothing. A change made on that same page means nothing to it.
func (r *Room) news(ctx context.Context, p person.Partnership, seen int64, id consent.ID, page string, topics []string) (int64, string, error) {
	var list []event.Event
	err := r.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		if list, err = event.Since(ctx, tx, p, seen, topics...); errors.Is(err, event.ErrTooOld) {
			list = []event.Event{{Topic: consent.TopicTaken}} // too long ago to know: as if everything changed
			list[0].Seq, err = event.Head(ctx, tx, p)
		}
		return err
	})
	if err != nil {
		return seen, "", fmt.Errorf("reading what changed: %w", err)
	}
	said := ""
	for _, e := range list {
		seen = e.Seq
		source, from, _ := strings.Cut(e.Subject, ".")
		switch {
		case source != "" && source != string(id):
		case e.Topic != TopicCoding:
			said = "closed"
		case said == "" && (from == "" || from != page):
			said = "changed"
		}
	}
	return seen, said, nil
}
