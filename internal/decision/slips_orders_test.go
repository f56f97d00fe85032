package decision_test

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"footing/internal/decision"
	"footing/internal/person"
	"footing/internal/testing/engine"
)

// orders is a world in which choices are put in order and some answer on folded slips; Ann and Jo count. Mint is A,
// Black is B, and none of these is C.
func orders(t *testing.T, on ...string) (*world, string) {
	t.Helper()
	w, id := choosing(t, decision.Ranked, on...)
	w.days(7)
	w.is(id, decision.Balloting, "")
	return w, id
}

// typed is the form of the page: how many slips there are, then for each order how many say it. What is no order is
// another box of the form, and every other answer is 0.
func typed(all int, rows ...string) []string {
	form := []string{"all", fmt.Sprint(all)}
	n := 0
	for i := 0; i < len(rows); i += 2 {
		switch {
		case rows[i] == "all":
			form[1] = rows[i+1]
			continue
		case slices.Contains([]string{"stop", "ready", "talk", "pass"}, rows[i]):
			form = append(form, rows[i], rows[i+1])
			continue
		}
		form = append(form, fmt.Sprint("order-", n), rows[i], fmt.Sprint("times-", n), rows[i+1])
		n++
	}
	for _, a := range decision.Ranked.Words() {
		if !slices.Contains(form, string(a)) {
			form = append(form, string(a), "0")
		}
	}
	return form
}

// P18. The same orders come to the same, on screens, on slips, and some on each, through the pages.
func TestSlips_OrdersCountAsScreensDo(t *testing.T) {
	for n, c := range []struct {
		lived, others []string // what each says, in turn
		want          decision.Outcome
	}{
		{[]string{"A B C", "A C", "B A", "A=B C", "pass", "A"}, []string{"A", "A C B", "C A", "A=C", "A B"}, decision.Passed},
		{[]string{"A", "A", "B", "B", "A=B"}, []string{"A", "A", "A", "A"}, decision.NotPassed},         // a tie has no winner
		{[]string{"A", "A", "A", "A", "A", "stop"}, []string{"A", "A", "A", "A"}, decision.NotPassed},   // a stop counts at the close
		{[]string{"A", "A", "A", "A"}, []string{"B A", "B A", "B A", "B A", "A B"}, decision.NotPassed}, // the two groups choose differently
	} {
		for _, way := range []string{"screens", "slips", "both"} {
			t.Run(fmt.Sprint(n, way), func(t *testing.T) {
				on := map[string][]string{"screens": nil, "slips": append(slices.Clone(women), workers...), "both": append(slices.Clone(women[:3]), workers...)}[way]
				w, id := orders(t, on...)
				for _, house := range []struct {
					counts person.Viewer
					who    []string
					say    []string
				}{{w.ann, women, c.lived}, {w.jo, workers, c.others}} {
					if form, n := w.inOrder(id, house.who, on, house.say); n > 0 {
						w.as(house.counts).Post("/decide/"+id+"/count", typed(n, form...)...).Is(http.StatusOK).Has("Both of you still have to agree.")
					}
				}
				if way != "screens" {
					w.agree(id)
				}
				w.days(7)
				w.is(id, decision.Closed, c.want)
			})
		}
	}
}

// inOrder has each of a house answer in turn, on a screen or on a slip, and returns the rows for what is on the slips.
func (w *world) inOrder(id string, who, on, say []string) (form []string, n int) {
	w.T.Helper()
	for i, text := range say {
		says, err := decision.Order(text, 2)
		if err != nil {
			says = decision.Said{Word: decision.Answer(text)}
			text = string(says.Word)
		}
		if !slices.Contains(on, who[i]) {
			w.Must(w.room.Cast(w.T.Context(), w.Named(who[i]), id, says))
			continue
		}
		form = append(form, text, "1")
		n++
	}
	return form, n
}

// What is typed in is looked at before it counts, in sentences beside the box, and all of it stands there still.
func TestSlips_OrdersAreTypedIn(t *testing.T) {
	w, id := orders(t, women...)
	count := "/decide/" + id + "/count"
	page := w.as(w.ann).Get(count).Has("A: Mint B: Black C: None of these").Has("Order 6 The letters How many slips").Has("Put slips with the same order together.")
	page.None("input[name=order-6]") // there are six slips
	page.None("button[name=more]")
	for _, c := range []struct {
		form []string
		box  string
		says string
	}{
		{typed(4, "B A C", "3", "A D", "1"), "order-1", "This row has something that is no letter of a choice. Please use A to C."},
		{typed(4, "B A C", "3", "A B A", "1"), "order-1", "A letter stands twice in this row."},
		{typed(4, "B A C", "3", "A=", "1"), "order-1", "Please write = only between two letters"},
		{typed(4, "B A C", "3", "A", ""), "times-1", "A row needs letters, and how many slips say them."},
		{typed(4, "B A C", "3", "", "1"), "order-1", "A row needs letters, and how many slips say them."},
		{typed(4, "B A C", "3", "A", "one"), "times-1", "Please write numbers"},
		{typed(4, "B A C", "3", "A", "-1"), "times-1", "Please write numbers"},
		{typed(4, "B A C", "3", "A", "4611686018427387905"), "times-1", "Please write numbers"},
		{typed(4, "B A C", "3"), "all", "The orders and answers come to 3 slips. That is not the number in the first box."},
		{typed(4, "B A C", "3", "pass", "2"), "all", "The orders and answers come to 5 slips."},
		{typed(7, "B A C", "7"), "all", "There are more slips than people who chose one."},
		{typed(2, "B A C", "1", "A", "1"), "all", "Please leave the slips folded"},
		{typed(3, "B A C", "3", "stop", ""), "stop", "Please write a number in each box."},
		{typed(3, "B A C", "3", "all", ""), "all", "Please write a number in each box."},
	} {
		page := w.as(w.ann).Post(count, c.form...).Is(http.StatusUnprocessableEntity).Has(c.says)
		page.One(".bad input[name='" + c.box + "']")
		for i := 0; i < len(c.form); i += 2 {
			if value, _ := page.One("input[name='" + c.form[i] + "']").Attr("value"); value != c.form[i+1] {
				t.Errorf("%v: of %s %q is left", c.form, c.form[i], value)
			}
		}
		if n := w.Sum("1", "decision_counter", "totals <> ''"); n != 0 {
			t.Errorf("%v is counted", c.form)
		}
	}
	w.as(w.cat).Post(count, typed(3, "B A C", "3")...).Is(http.StatusNotFound) // she does not count

	// One order in two rows is added up, a row of none adds nothing, and who sends it twice has sent it once.
	for range 2 {
		w.as(w.ann).Post(count, typed(6, "B A C", "2", "", "", "a", "1", "b,a,c", "1", "C", "0", "stop", "1", "pass", "1")...).Is(http.StatusOK).
			Has("Slips with an order: 4").Has("A before B: 1, C: 4").Has("B before A: 3, C: 3").Has("C before A: 0, B: 0").Has("Stop: 1")
	}
	from, _ := w.as(w.ann).Get(count).One("input[name=from]").Attr("value")
	w.agree(id)
	w.as(w.ann).Get(count).Has("Both of you agreed.").Lacks("before A")
	w.as(w.ann).Post(count+"/agree", "from", from).Has("Both of you agreed.")
	w.as(w.ann).Post(count, typed(3, "A", "3")...).Is(http.StatusConflict)
	if n := w.Sum("1", "decision_ballot"); n != 3 { // what is in a word, and one for the orders
		t.Errorf("%d rows are in the box", n)
	}
}

// There are as many rows as slips, some at first and more for the asking. Nothing that was typed goes, and nothing is
// saved by it.
func TestSlips_MoreRows(t *testing.T) {
	engine.Once(t, "pages are the same on both")
	w, _ := choosing(t, decision.Ranked)
	for i := range 8 {
		w.Person(fmt.Sprint("More", i), person.LivedExperience)
	}
	text := whole("Which tea, and when?")
	text.Secret, text.Method, text.Choices = true, decision.Ranked, []string{"Mint", "Black"}
	id := w.open(text)
	for _, name := range append(slices.Clone(women), "More0", "More1", "More2", "More3", "More4", "More5", "More6", "More7") {
		w.Must(w.room.Slip(t.Context(), w.Named(name), id, true))
	}
	w.Must(w.room.CountSlips(t.Context(), w.ann, id))
	w.Must(w.room.CountSlips(t.Context(), w.jo, id))
	w.days(7)
	count := "/decide/" + id + "/count"
	form := typed(14, "B A", "3", "A X", "", "", "", "", "", "", "", "", "7")
	if n := len(w.as(w.ann).Get(count).All("input[name^=order-]")); n != 6 {
		t.Errorf("there are %d rows at first", n)
	}
	for _, rows := range []int{12, 14, 14} {
		page := w.as(w.ann).Post(count, append(form, "more", "1")...).Is(http.StatusOK)
		if n := len(page.All("input[name^=order-]")); n != rows {
			t.Fatalf("there are %d rows, want %d", n, rows)
		}
		for name, want := range map[string]string{"all": "14", "order-0": "B A", "times-0": "3", "order-1": "A X", "times-5": "7", "stop": "0"} {
			if value, _ := page.One("input[name=" + name + "]").Attr("value"); value != want {
				t.Errorf("of %s %q is left, want %q", name, value, want)
			}
		}
		for n := (len(form) - 10) / 4; n < rows; n++ {
			form = append(form, fmt.Sprint("order-", n), "", fmt.Sprint("times-", n), "")
		}
		if left := len(page.All("button[name=more]")) == 1; left != (rows < 14) {
			t.Errorf("with %d rows of 14 there can be more: %v", rows, left)
		}
	}
	if n := w.Sum("1", "decision_counter", "totals <> ''"); n != 0 {
		t.Error("asking for more rows saved something")
	}
}

// P20. Of orders on slips nothing is kept but how many put each choice before each other one: the same, in whichever rows
// they are typed in and in whichever order. Once they count they lie in one row of the box, and in the end so do those of
// the screens, so that nothing says which were on slips.
func TestSlips_OrdersAreNotKept(t *testing.T) {
	w, id := orders(t, women[:3]...)
	count := "/decide/" + id + "/count"
	var kept []string
	for _, form := range [][]string{
		typed(3, "A B C", "1", "C B A", "1", "A", "1"),
		typed(3, "A", "1", "c b a", "1", "A,B,C", "1"),
		typed(3, "B A C", "1", "C A B", "1", "A", "1"), // other orders, which add up to the same
	} {
		page := w.as(w.ann).Post(count, form...).Is(http.StatusOK)
		if found := page.All("input[name^=order-][value], input[name^=times-][value]"); len(found) > 0 {
			t.Errorf("%d boxes hold what was typed", len(found))
		}
		kept = append(kept, w.rows("decision_counter", "totals")...)
	}
	slices.Sort(kept)
	if kept = slices.Compact(filled(kept)); len(kept) != 1 || strings.ContainsAny(kept[0], "=") {
		t.Errorf("three ways to type in what adds up to the same are kept as %v", kept)
	}
	for _, name := range women[3:] {
		w.Must(w.room.Cast(t.Context(), w.Named(name), id, decision.Said{Marks: []int{1, 2, 0}}))
	}
	w.Must(w.room.Cast(t.Context(), w.ruth, id, decision.Said{Marks: []int{1, 0, 0}}))
	w.Must(w.room.Cast(t.Context(), w.sam, id, decision.Said{Word: decision.Pass}))
	w.agree(id)
	if got := w.Sum("1", "decision_ballot", "word = 'pairs'"); got != 1 || w.Sum("1", "decision_ballot") != 6 || w.Sum("1", "decision_counter", "totals <> ''") != 0 {
		t.Errorf("of one house's slips %d rows are in the box of %d", got, w.Sum("1", "decision_ballot"))
	}
	w.days(7)
	w.is(id, decision.Closed, decision.Passed)
	if n := w.Sum("1", "decision_ballot", "house = 'lived'"); n != 1 {
		t.Errorf("in the end %d rows tell slips from screens", n)
	}
	if rows := w.rows("decision_ballot", "house, word, marks"); !slices.Contains(rows, "livedpairs6 0 5 5 0 0 0 0 1 0 4 0 0 0 0 1 1 0"+strings.Repeat(" 0", 32)) {
		t.Errorf("what all orders add up to is not kept: %q", rows)
	}
	if n := w.Sum("1", "decision_ballot", "house = 'others'"); n != 2 {
		t.Errorf("%d answers are left of a house without slips", n)
	}
}

func filled(list []string) []string {
	return slices.DeleteFunc(list, func(s string) bool { return strings.TrimSpace(s) == "" })
}

// What nobody's orders add up to is no number of slips.
func TestSlips_WhatNoOrdersAddUpTo(t *testing.T) {
	engine.Once(t, "it is a rule, without a database")
	s := decision.Slips{person.Lived: {Counter: "ann", Given: 4}, person.Others: {Counter: "jo"}}
	good := decision.Pairs{}.Plus(decision.Said{Marks: []int{1, 2, 0}}, 4)
	for what, change := range map[string]func(*decision.Pairs){
		"before itself":                  func(p *decision.Pairs) { p.Before[1][1] = 1 },
		"more than wrote one":            func(p *decision.Pairs) { p.Before[0][1] = 5 },
		"more than wrote one, both ways": func(p *decision.Pairs) { p.Before[1][0] = 1 },
		"less than none":                 func(p *decision.Pairs) { p.Before[1][0] = -1 },
		"a choice that is none":          func(p *decision.Pairs) { p.Before[0][3] = 1 },
		"fewer than none":                func(p *decision.Pairs) { *p = decision.Pairs{Orders: -4} },
	} {
		p := good
		change(&p)
		if _, err := s.Enter(decision.Ranked, 2, person.Lived, decision.Totals{Pairs: p}); !errors.Is(err, decision.ErrAnswer) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := s.Enter(decision.Ranked, 2, person.Lived, decision.Totals{Pairs: good}); err != nil {
		t.Errorf("four slips are refused: %v", err)
	}
	if _, err := s.Enter(decision.Majority, 1, person.Lived, decision.Totals{Pairs: good}); !errors.Is(err, decision.ErrAnswer) {
		t.Errorf("orders count where none are asked for: %v", err)
	}
}

// P21. With orders on slips every page of everybody but the two who count is the same, byte by byte, whatever is on the
// slips and whether they were counted.
func TestSlips_NobodySeesHowOrdersStand(t *testing.T) {
	w, id := orders(t, women[:3]...)
	count := "/decide/" + id + "/count"
	look := func() map[string]string {
		seen := map[string]string{}
		for _, v := range []person.Viewer{w.bea, w.cat, w.Named("Woman2"), w.ruth, w.sam} {
			for _, path := range []string{"/", "/decide", "/decide/" + id, "/decide/" + id + "/slip", "/decide/" + id + "/ballot", count, count + "/slip", "/me"} {
				seen[v.Name+" "+path] = w.as(v).Get(path).Body
			}
		}
		return seen
	}
	before := look()
	same := func(what string) {
		t.Helper()
		for at, was := range look() {
			if before[at] != was {
				t.Errorf("%s %s is not what it was", what, at)
			}
		}
	}
	for _, form := range [][]string{typed(3, "A", "3"), typed(3, "C B", "2", "stop", "1")} {
		w.as(w.ann).Post(count, form...).Is(http.StatusOK)
		same(fmt.Sprintf("with %v on the slips", form))
	}
	w.agree(id)
	same("once slips are counted")
}

// A slip to print has what can be written on it, and is for whoever hands slips out: all of them are alike. On paper the
// letters are told as well.
func TestSlips_Printed(t *testing.T) {
	engine.Once(t, "pages are the same on both")
	for m, has := range map[decision.Method][]string{
		decision.Ranked:      {"Which tea", "A: Mint B: Black C: None of these", "Write the letters in your order", "Or tick one of these instead: Stop I am not ready I need to talk about it first I leave it to the others"},
		decision.Score:       {"Write a number for each choice.", "Mint Black Or tick one of these instead: Stop"},
		decision.NoObjection: {"Tick one of these: Yes Stop I am not ready"},
	} {
		w, id := choosing(t, m, women[:3]...)
		paper := "/decide/" + id + "/count/slip"
		w.as(w.ann).Get(paper).Is(http.StatusConflict) // until the talk is over somebody can choose one
		w.days(7)
		page := w.as(w.ann).Get(paper).Is(http.StatusOK).Has("3 times")
		for _, text := range has[1:] {
			page.Has(text)
		}
		for _, name := range women {
			page.Lacks(name)
		}
		w.as(w.cat).Get(paper).Is(http.StatusNotFound)
		w.as(w.ann).Get("/decide/" + id + "/count").One("a[href='" + paper + "']")
		w.as(w.jo).Get("/decide/" + id + "/count").None("a[href='" + paper + "']") // nobody of his group has one
	}
	w, id := choosing(t, decision.Ranked)
	w.as(w.cat).Get("/decide/" + id + "/slip").Has("A: Mint B: Black C: None of these").Has("You write the letters in your order")
	w.as(w.cat).Post("/paper/for/slip", "for", string(w.cat.ID)+"/"+id).Has("The letters A: Mint; B: Black; C: None of these")
	w.paper("slip", string(w.cat.ID)+"/"+id, "how", "slip").Has("Done")
	if n := w.Sum("slip", "decision_roll"); n != 1 {
		t.Errorf("%d people answer on a slip", n)
	}
}
