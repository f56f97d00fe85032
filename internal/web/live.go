package web

import (
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// beat is how often an idle stream sends a line that means nothing, so that a proxy keeps it open and a
// reader who went away is noticed.
const beat = 20 * time.Second

// News returns what happened after an event's number, as one word that the page's script knows: "closed"
// when words were taken back, which it shows at once; "changed", which can wait; or nothing. It returns the
// number to go on from. No words travel here: both are hints to ask for the page anew.
type News func(ctx context.Context, since int64) (now int64, said string, err error)

// Live tells an open page what happens, each time that woken says that something did. The page names the
// number of the newest event when it was made (LiveAt): what happened between then and now comes first, so
// that nothing falls between the page and its listening. It ends when the reader goes away, and when she
// may not be there any more.
func (q *Request) Live(woken <-chan int64, news News) Answer {
	return Stream(func(w http.ResponseWriter, _ *http.Request) error {
		w.Header().Set("Content-Type", "text/event-stream")
		return q.tell(w, woken, news)
	})
}

// LiveAt is the address at which a page listens: path, from an event's number on. The number is sealed, there and
// in the stream: it counts what happened to everybody, also what the reader is not told of.
func (q *Request) LiveAt(path string, since int64) string { return path + "since=" + q.sealed(since) }

// isNumber begins what is sealed, so that nothing else that the server sealed passes for the number of an event.
const isNumber = "event "

// sealed returns the number of an event as its reader carries it: another value each time, all of one length, so
// that two of them do not say whether anything happened between them.
func (q *Request) sealed(number int64) string {
	return base64.RawURLEncoding.EncodeToString(q.shell.Sessions.Seal(fmt.Appendf(nil, isNumber+"%019d", number)))
}

// unsealed returns the number of an event from what sealed made of it.
func (q *Request) unsealed(given string) (number int64, is bool) {
	sealed, err := base64.RawURLEncoding.DecodeString(given)
	if err != nil {
		return 0, false
	}
	plain, err := q.shell.Sessions.Unseal(sealed)
	if err != nil {
		return 0, false
	}
	digits, is := strings.CutPrefix(string(plain), isNumber)
	number, err = strconv.ParseInt(digits, 10, 64)
	return number, is && err == nil
}

// since is the number that a page goes on from: what it heard last, when its line was cut and it came back,
// or what was newest when it was made.
func (q *Request) since() int64 {
	for _, given := range []string{q.HTTP.Header.Get("Last-Event-ID"), q.Query("since")} {
		if n, is := q.unsealed(given); is {
			return n
		}
	}
	return 0
}

func (q *Request) tell(w http.ResponseWriter, woken <-chan int64, news News) error {
	ctx, seen := q.Context(), q.since()
	out, tick := http.NewResponseController(w), time.NewTicker(beat)
	defer tick.Stop()
	// The first bytes go at once: whatever stands between, the page learns that it is connected, and when to come
	// back should its line be cut.
	for line, look := "retry: 1000\n: here\n\n", true; ; {
		if look {
			var said string
			var err error
			if seen, said, err = news(ctx, seen); ctx.Err() != nil {
				return nil
			} else if err != nil {
				return fmt.Errorf("telling an open page: %w", err)
			}
			if said != "" {
				line += fmt.Sprintf("id: %s\ndata: %s\n\n", q.sealed(seen), said)
			}
		}
		if line != "" {
			if _, err := io.WriteString(w, line); err != nil {
				return nil // the reader went away
			}
			if err := out.Flush(); err != nil {
				return nil
			}
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
			line, look = ": still here\n\n", false
			if !q.Still() {
				return nil
			}
		case _, open := <-woken:
			line, look = "", true
			if !open {
				return nil
			}
		}
	}
}
