package meeting_test

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"footing/internal/person"
	"footing/internal/testing/figures"
	"footing/internal/testing/fixture"
	"footing/internal/testing/nextdoor"
)

// readers is how many phones have the page of a meeting open.
const readers = 50

// hall is a meeting with so many open pages.
type hall struct {
	group
	at    string
	heard chan time.Time // when each of them was told
	shown chan time.Time // when each had the page as it is now
}

// phone listens as the script of the page does, and fetches the page anew when it is told.
func (h hall) phone(b *testing.B, v *fixture.Browser) {
	page := v.Get(h.at + "/now")
	listens, _ := page.One("[data-live]").Attr("data-live")
	client := &http.Client{}
	ask := func(path string) *http.Response {
		request, err := http.NewRequestWithContext(b.Context(), http.MethodGet, h.URL+path, nil)
		h.Must(err)
		for _, c := range v.Cookies() {
			request.AddCookie(c)
		}
		answer, err := client.Do(request)
		h.Must(err)
		return answer
	}
	answer := ask(listens)
	go func() {
		defer answer.Body.Close()
		for in := bufio.NewScanner(answer.Body); in.Scan(); {
			if !strings.HasPrefix(in.Text(), "data:") {
				continue
			}
			h.heard <- time.Now()
			page := ask(h.at + "/now")
			_, err := io.Copy(io.Discard, page.Body)
			page.Body.Close()
			h.Must(err)
			h.shown <- time.Now()
		}
	}()
}

func newHall(b *testing.B) hall {
	b.Helper()
	g := newGroup(b)
	nextdoor.Leave(b, g.DB) // what is written there too would be measured along
	go func() { _ = g.Events.Run(b.Context()) }()
	h := hall{g, g.sits("The letter", "The room", "The bus", "The tea", "The sign", "The lamp", "The chairs", "The clock"), make(chan time.Time, readers), make(chan time.Time, readers)}
	for n := range readers {
		h.phone(b, h.As(h.Person(fmt.Sprint("Person ", n), person.LivedExperience)))
	}
	return h
}

// BenchmarkLive measures a meeting with fifty pages open: what they cost while nothing happens, and how long it
// takes after a step until the last of them was told, and has the page as it is now. The phones' own work, in the
// same process, is measured along.
func BenchmarkLive(b *testing.B) {
	h := newHall(b)
	b.Run("idle", func(b *testing.B) {
		const minute = time.Minute // three beats of each line
		for b.Loop() {
			before := figures.CPU()
			time.Sleep(minute)
			b.ReportMetric(100*float64(figures.CPU()-before)/float64(minute), "%core")
		}
	})
	b.Run("step", func(b *testing.B) {
		n, steps := 1, []string{"rest", "go-on"}
		var told, shown []time.Duration
		before := figures.CPU()
		for b.Loop() {
			began := time.Now()
			h.jo.Post(h.at+"/step", "over", strconv.Itoa(n), "step", steps[(n-1)%2])
			n++
			var last time.Time
			for range readers {
				last = <-h.heard
			}
			told = append(told, last.Sub(began))
			for range readers {
				last = <-h.shown
			}
			shown = append(shown, last.Sub(began))
		}
		b.ReportMetric(float64(figures.CPU()-before)/float64(time.Millisecond)/float64(len(told)), "cpu-ms/step")
		slices.Sort(told)
		slices.Sort(shown)
		ms := func(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
		b.ReportMetric(ms(told[len(told)/2]), "told-median-ms")
		b.ReportMetric(ms(told[len(told)-1]), "told-most-ms")
		b.ReportMetric(ms(shown[len(shown)/2]), "shown-median-ms")
		b.ReportMetric(ms(shown[len(shown)-1]), "shown-most-ms")
	})
}
