package decision

import (
	"net/url"
	"strconv"
	"strings"

	"footing/internal/web"
	"footing/internal/web/look"
)

// orderRow is one order as it was read from slips, with how many said exactly that.
type orderRow struct{ Order, Times string }

// rowsAtOnce is how many rows there are at first, and how many more with each asking.
const rowsAtOnce = 6

// allBox names the box for how many slips there are.
const allBox = "all"

// orderBox and timesBox name the two boxes of a row.
func orderBox(row int) string { return "order-" + strconv.Itoa(row) }
func timesBox(row int) string { return "times-" + strconv.Itoa(row) }

// most is how many rows there can be: each slip of the viewer's house says something else.
func (s slipped) most() int { return s.slips[s.at.House].Given }

// rowsIn reads the rows of a form, up to so many.
func rowsIn(form url.Values, most int) (rows []orderRow) {
	for len(rows) < most && form.Has(orderBox(len(rows))) {
		rows = append(rows, orderRow{form.Get(orderBox(len(rows))), form.Get(timesBox(len(rows)))})
	}
	return rows
}

// more returns the form with more rows, up to so many.
func (f totalsForm) more(most int) totalsForm {
	f.fresh = len(f.Rows) + 1
	f.Rows = append(f.Rows, make([]orderRow, max(0, min(rowsAtOnce, most-len(f.Rows))))...)
	return f
}

// pairs is what the rows add up to, or the fault of one with the box it is about. A row that nobody typed into is none.
func (f totalsForm) pairs(choices int) (p Pairs, field string, err error) {
	for i, row := range f.Rows {
		order, times := strings.TrimSpace(row.Order), strings.TrimSpace(row.Times)
		switch {
		case order == "" && times == "":
			continue
		case order == "":
			return p, orderBox(i), ErrSlipsRow
		case times == "":
			return p, timesBox(i), ErrSlipsRow
		}
		says, err := Order(order, choices)
		if err != nil {
			return p, orderBox(i), err
		}
		n, err := number(times)
		if err != nil {
			return p, timesBox(i), err
		}
		p.add(says, n)
	}
	return p, "", nil
}

// adds returns the fault of numbers that do not come to as many slips as there are.
func (f totalsForm) adds(n int) error {
	all, err := number(f.All)
	if err == nil && all != n {
		err = ErrSlipsSum.With("count", n)
	}
	return err
}

// orderAsk asks for one order: its letters in one box, and in the other how many slips say it.
type orderAsk struct {
	Legend string
	Boxes  [2]look.Field
}

// Bad reports whether something in it is to be looked at again.
func (a orderAsk) Bad() bool { return a.Boxes[0].Problem != "" || a.Boxes[1].Problem != "" }

// wrong puts a problem beside a box of that name.
func (a orderAsk) wrong(name, say string) orderAsk {
	for i := range a.Boxes {
		if a.Boxes[i].Name == name {
			a.Boxes[i].Problem = say
		}
	}
	return a
}

// orderAsks asks for each order.
func orderAsks(q *web.Request, typed totalsForm) (asks []orderAsk) {
	t := q.Words.T
	for i, row := range typed.Rows {
		a := orderAsk{Legend: t("decision.unfold_order", "number", i+1), Boxes: [2]look.Field{
			{Name: orderBox(i), Label: t("decision.unfold_letters"), Value: row.Order, Short: true, Autocomplete: "off", Autofocus: i+1 == typed.fresh},
			{Name: timesBox(i), Label: t("decision.unfold_times"), Value: row.Times, InputMode: "numeric", Autocomplete: "off"}}}
		if i == 0 {
			a.Boxes[0].Hint = t("decision.unfold_order_hint")
		}
		asks = append(asks, a)
	}
	return asks
}

// letterRows is which letter stands for which choice, where choices are put in order.
func letterRows(q *web.Request, d Decision, text Text) []look.SummaryRow {
	if d.Frame.Method != Ranked {
		return nil
	}
	row := look.SummaryRow{Term: q.Words.T("decision.slip_letters")}
	for i := range d.Frame.marks() {
		choice := q.Words.T("decision.none_of_these")
		if i < len(text.Choices) {
			choice = text.Choices[i]
		}
		row.Values = append(row.Values, Letter(i)+": "+choice)
	}
	return []look.SummaryRow{row}
}

// pairsWords is what orders add up to, in words: one line for each letter.
func pairsWords(q *web.Request, p Pairs, choices int) []string {
	list := []string{q.Words.T("decision.unfold_ordered", "count", p.Orders)}
	for a := range choices + 1 {
		var each []string
		for b := range choices + 1 {
			if a != b {
				each = append(each, q.Words.T("decision.unfold_before", "letter", Letter(b), "count", p.Before[a][b]))
			}
		}
		list = append(list, q.Words.T("decision.unfold_letter", "letter", Letter(a), "others", strings.Join(each, ", ")))
	}
	return list
}
