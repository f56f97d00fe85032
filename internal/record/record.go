// Package record shows every member what is written in the ledger, in plain words, and lets her check
// that nobody has changed it (R100, P17).
//
// What was done in the open stands there with its day. What is private, such as what somebody lets
// others do and what she took back, is counted for all together, and only once a week is over. Nobody's
// reading is in the ledger at all. The newest line that a member can keep on paper stands large on the
// page; an old one can be typed in to see whether everything since then is as it was.
package record

import (
	"encoding/json"

	"footing/internal/circle"
	"footing/internal/lang"
	"footing/internal/ledger"
	"footing/internal/person"
)

// Holds reports whether a checked log is what its witnesses saw. A loss that the log itself admits to,
// after a backup was put back, is no change.
func Holds(r ledger.Report) bool {
	for _, f := range r.Findings {
		if f.Fault != ledger.LossLogged {
			return false
		}
	}
	return true
}

// Report says what checking a log found: first the verdict, then each finding, then what to do.
// witnesses is how many kept lines it was compared with. How many entries there are now is not told: a
// number that grows would tell when somebody took something back.
func Report(w lang.Words, r ledger.Report, witnesses int) []string {
	lines := []string{verdict(w, r, witnesses)}
	for _, f := range r.Findings {
		lines = append(lines, w.T("record.found_"+string(f.Fault), "count", int(f.Count), "line", f.Witness.String()))
	}
	switch {
	case !Holds(r):
		lines = append(lines, w.T("record.what_now"))
	case witnesses == 0:
		lines = append(lines, w.T("record.without_line"))
	}
	return lines
}

func verdict(w lang.Words, r ledger.Report, witnesses int) string {
	switch {
	case !Holds(r):
		return w.T("record.changed")
	case len(r.Findings) > 0:
		return w.T("record.lost")
	case witnesses > 0:
		return w.T("record.unchanged")
	}
	return w.T("record.sound")
}

// facts are those of any public entry, as far as a page says them. What an entry does not have is zero.
type facts struct {
	Standing person.Standing
	Given    bool
	Version  int
	Agreed   bool // that version
	Stops    int
}

// said says one public entry in words. Only who takes part as what is said with a name: that everybody
// here knows.
func said(w lang.Words, names map[person.ID]string, act ledger.Act) string {
	var f facts
	_ = json.Unmarshal(act.Facts, &f) // other rooms' facts may look otherwise: then the entry is said without them
	switch act.Kind {
	case ledger.Standing:
		name, ok := names[person.ID(act.Subject)]
		if !ok {
			name = w.T("record.somebody")
		}
		key := "record.act_ended"
		if f.Given {
			key = "record.act_given"
		}
		return w.T(key, "name", name, "part", w.T(circle.Label(f.Standing)))
	case ledger.Agreement:
		switch {
		case f.Stops > 0:
			return w.T("record.act_stops", "n", f.Stops)
		case f.Agreed:
			return w.T("record.act_agreement_agreed", "version", f.Version)
		case f.Version > 0:
			return w.T("record.act_agreement_version", "version", f.Version)
		}
	}
	if key := "record.act_" + string(act.Kind); w.Has(key) {
		return w.T(key)
	}
	return w.T("record.act_other")
}
