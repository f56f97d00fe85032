package sharing

import (
	"slices"
	"strings"
	"time"

	"footing/internal/consent"
	"footing/internal/web"
	"footing/internal/web/look"
)

// Whoever lets her words be quoted or printed can say what becomes of them once that is out: erased here, or kept
// locked until a day for one thing, that somebody named sees whether what was printed is true. Saying nothing
// leaves them as every end does: closed, and hers.

// The answers that leave them closed and hers, as saying nothing does, and that erase them. Any other is an end.
const (
	outStay  = "stay"
	outErase = "erase"
)

// keeps lists for how long words can be kept for checking, in years from their end.
var keeps = []string{"1", "3", "5"}

// publishes reports whether anything may be quoted or printed, so that it can be out.
func (a Answers) publishes() bool {
	return slices.ContainsFunc(a.said(), func(use string) bool { return use == UsePublication || strings.HasPrefix(use, UseQuote) })
}

// asksOut reports whether what happens once it is out is asked.
func (at around) asksOut(a Answers) bool { return at.out || a.publishes() }

// KeptUntil returns what ends the checking, if anything does beside its day, and that day, false when none was
// chosen.
func (a Answers) KeptUntil(now time.Time) (consent.ID, time.Time, bool) {
	if i := slices.Index(keeps, a.Keep); i >= 0 {
		if end, ok := a.End(now); ok {
			now = end
		}
		return "", now.AddDate([]int{1, 3, 5}[i], 0, 0), true
	}
	kept := Answers{Until: a.Keep}
	until, ok := kept.End(now)
	moment, _ := kept.moment()
	return moment, until, ok && !slices.Contains(Ends, a.Keep)
}

// checking returns the yes of each person or study that may check, until what ends it. They see the words
// themselves, in whatever form those were to be used: a quote is checked against what was said.
func (a Answers) checking(now time.Time) []consent.Yes {
	moment, until, ok := a.KeptUntil(now)
	if !ok {
		return nil
	}
	var list []consent.Yes
	for _, who := range a.Checkers {
		y := consent.Yes{Audience: ParseAudience(who), Use: consent.Use{Purpose: consent.Checking, Form: consent.Words}, Until: until, Moment: moment}
		if y.Audience.Kind == consent.ToAnalysts {
			y.For = y.Audience.ID
		}
		list = append(list, y)
	}
	return list
}

// nobodyChecks reports whether words are to be kept for checking and nobody is named who may: then nobody could.
func (at around) nobodyChecks(a Answers, now time.Time) bool {
	_, _, kept := a.KeptUntil(now)
	return kept && len(a.Checkers) == 0 && at.asksOut(a)
}

// stillOut adds to terms what was said of words that are out already: that they were to be published, ended as it
// is, and who may check them until when. Without it, changing another answer would end the checking, and nothing
// would be left whose end could erase them.
func (a Answers) stillOut(t, earlier consent.Terms, now time.Time) consent.Terms {
	checking := a.checking(now)
	if !earlier.Locked(now) || a.publishes() || len(checking) == 0 && !a.Erase {
		return t
	}
	for _, y := range earlier.Yes {
		if y.Purpose == consent.Quote || y.Purpose == consent.Publication {
			t.Yes = append(t.Yes, y)
		}
	}
	t.Yes = append(t.Yes, checking...)
	return t
}

// checkingOf puts into answers what terms say of checking. Where the rest ends at more than one time the answers
// can not say when checking begins, and leave it out.
func (a *Answers) checkingOf(t consent.Terms, now time.Time) {
	var others []consent.Yes
	for _, y := range t.Yes {
		if y.Purpose != consent.Checking && now.Before(y.Until) {
			others = append(others, y)
		}
	}
	for _, y := range others {
		if !y.Until.Equal(others[0].Until) || y.Moment != others[0].Moment {
			return
		}
	}
	for _, y := range t.Yes {
		if y.Purpose != consent.Checking || !now.Before(y.Until) || y.From.After(t.Given) || y.Form < consent.Words {
			continue
		}
		if end := keepValue(y); a.Keep == "" || a.Keep == end {
			a.Keep, a.Erase = end, false
			a.Checkers = append(a.Checkers, AudienceValue(y.Audience))
		}
	}
}

func keepValue(y consent.Yes) string {
	if y.Moment != "" {
		return untilMoment(y.Moment, y.Until)
	}
	return y.Until.UTC().Format(time.DateOnly)
}

// askOut asks what becomes of it once it is out, and who may check it if it is kept for that.
func askOut(q *web.Request, a Answers, at around) []ask {
	t := q.Words.T
	out := look.Choice{Name: "out", Legend: t("sharing.out_legend"), Options: []look.Option{{Value: outStay, Label: t("sharing.out_stay")},
		{Value: outErase, Label: t("sharing.out_erase"), Hint: t("sharing.out_erase_hint"), Chosen: a.Erase}}}
	end, _ := a.End(q.Now())
	for _, m := range at.waiting(q.Now()) {
		if moment, _ := a.moment(); m.ID != moment && m.Latest.After(end) {
			out.Options = append(out.Options, look.Option{Value: untilMoment(m.ID, m.Latest), Label: t("sharing.out_when", "name", m.Name), Hint: atLatest(q, m.Latest)})
		}
	}
	for _, years := range keeps {
		asked := a
		asked.Keep = years
		_, until, _ := asked.KeptUntil(q.Now())
		out.Options = append(out.Options, look.Option{Value: years, Label: t("sharing.out_" + years), Hint: t("sharing.out_hint", "date", q.Words.Date(until))})
	}
	out.Options = chosen(out.Options, a.Keep)
	known := slices.ContainsFunc(out.Options, func(o look.Option) bool { return o.Chosen })
	if moment, until, ok := a.KeptUntil(q.Now()); ok && !known {
		out.Options = append(out.Options, look.Option{Value: a.Keep, Label: t("sharing.sum_kept", "end", at.endWords(q, moment, until)), Hint: t("sharing.until_as_before"), Chosen: true})
	}
	list := []ask{choose(out)}
	analysts := look.Choice{Name: "checker", ID: "checker-study", Legend: t("sharing.checker_legend"), Hint: t("sharing.checker_hint"), Multiple: true}
	for _, value := range at.checkers(a) {
		analysts.Options = append(analysts.Options, look.Option{Value: value, Label: at.names[value]})
	}
	people := look.Choice{Name: "checker", ID: "checker", Legend: t("sharing.checker_legend"), Hint: t("sharing.checker_hint"), Multiple: true,
		Options: chosen(at.people, a.Checkers...)}
	if analysts.Options = chosen(analysts.Options, a.Checkers...); len(analysts.Options) == 0 {
		return append(list, choose(people))
	}
	return append(list, choose(analysts), at.folded(t("sharing.checker_fold"), people))
}

// checkers lists the studies whose analysts may be chosen to check: those that may use it, all where nobody knows
// yet, and any that was chosen before.
func (at around) checkers(a Answers) []string {
	var list []string
	for _, s := range at.studies {
		if at.all || slices.Contains(a.said(), UseQuote+s.ID) || slices.Contains(a.said(), UseAnalysis+s.ID) {
			list = append(list, AudienceValue(consent.Audience{Kind: consent.ToAnalysts, ID: s.ID}))
		}
	}
	for _, who := range a.Checkers {
		if ParseAudience(who).Kind == consent.ToAnalysts && !slices.Contains(list, who) {
			list = append(list, who)
		}
	}
	return list
}

// out reads what is to become of it once it is out.
func (g given) out(a Answers, at around) Answers {
	before := a.Keep
	a.Keep, a.Erase = "", g.Erase
	switch {
	case g.Out == outErase:
		a.Erase = true
	case slices.Contains(keeps, g.Out), g.Out == before, strings.HasPrefix(g.Out, "when:"):
		a.Keep = at.end(g.Out, before)
	}
	a.Checkers = at.offered(g.Checkers, append(at.checkers(a), a.Checkers...)...)
	return a
}

// outWords says what becomes of it once it is out.
func (at around) outWords(q *web.Request, erase bool, checking []consent.Yes) []string {
	t := q.Words.T
	var who []string
	for _, y := range checking {
		who = append(who, at.names[AudienceValue(y.Audience)])
	}
	switch {
	case len(checking) > 0:
		return []string{t("sharing.sum_kept", "end", at.endWords(q, checking[0].Moment, checking[0].Until)), t("sharing.sum_checkers", "names", strings.Join(who, ", "))}
	case erase:
		return []string{t("sharing.sum_erase")}
	}
	return nil
}
