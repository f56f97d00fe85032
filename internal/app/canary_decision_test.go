package app_test

import (
	"regexp"
	"strings"
	"time"

	"footing/internal/person"
)

var replyAt = regexp.MustCompile(`/decide/[a-z2-7]{26}/reply/[a-z2-7]{26}`)

// asDecider writes through deciding: what is to be decided, what somebody would have worded otherwise and what
// is answered to it, what is said. It returns what is left for when the time to answer is over.
func (w *writer) asDecider() (closed func(*place)) {
	w.t.Helper()
	ruth, bren := w.h.visit(w.t, "Ruth", person.Researcher), w.h.visit(w.t, "Bren", person.LivedExperience)
	at := strings.TrimSuffix(w.fill(ruth, "/decide", "/decide/new").location, "/part/1")
	given := map[string][]string{"/part/1": {"matter", "everyday"}, "/part/2": {"method", "advice", "secret", "no"}, "/part/4": {"rung", "5", "again", "4"}}
	for _, part := range []string{"/part/1", "/part/2", "/part/3", "/part/4"} {
		w.keeps(ruth, "POST /decide/{decision}/part/{part}/keep", at+part+"/keep")
		w.fill(ruth, at+part, at+part, given[part]...)
	}
	w.fill(ruth, at+"/check", at+"/put")
	w.keeps(bren, "POST /decide/{decision}/doubt/keep", at+"/doubt/keep")
	w.fill(bren, at+"/doubt", at+"/doubt", "rung", "2")
	reply := w.link(ruth, at, replyAt)
	w.keeps(ruth, "POST /decide/{decision}/reply/{doubt}/keep", reply+"/keep")
	w.fill(ruth, reply, reply)
	w.fill(ruth, at, at+"/open")
	w.keeps(bren, "POST /decide/{decision}/answer/keep", at+"/answer/keep")
	w.fill(bren, at+"/answer", at+"/answer", "says", "no", "signed", "yes")
	w.keeps(ruth, "POST /decide/{decision}/after/keep", at+"/after/keep")
	w.fill(ruth, at+"/after", at+"/after")
	w.fill(w.h.visit(w.t, "Tolu", person.LivedExperience), at+"/answer", at+"/answer", "says", "yes")
	w.keeps(bren, "POST /decide/{decision}/answer/keep", at+"/answer/keep") // and leaves it there
	return func(p *place) {
		w.t.Helper()
		p.later += 8 * 24 * time.Hour
		if err := w.h.Tidy(w.t.Context()); err != nil {
			w.t.Fatal(err)
		}
		later := w.h.visit(w.t, "Ruth", person.Researcher)
		w.fill(later, at+"/after", at+"/after")
	}
}
