package decision

// bundle stands in the place of a word where one row of the box is what the orders on a house's slips add up to. There is
// one of a house at most.
const bundle = "pairs"

// writePairs writes what orders add up to as figures with spaces between them.
func writePairs(p Pairs) string {
	figures := []int{p.Orders}
	for _, row := range p.Before {
		figures = append(figures, row[:]...)
	}
	return writeMarks(figures)
}

func parsePairs(text string) (p Pairs) {
	figures := parseMarks(text) // written by writePairs
	p.Orders, figures = figures[0], figures[1:]
	for a := range p.Before {
		figures = figures[copy(p.Before[a][:], figures):]
	}
	return p
}

// mixed returns what is in the box with all orders of a house in one bundle, where some of them were on slips: nothing
// says any more which were.
func mixed(all []slip) []slip {
	bundles := map[string]Pairs{}
	for _, s := range all {
		if s.word == bundle {
			bundles[s.house] = parsePairs(s.marks)
		}
	}
	var box []slip
	for _, s := range all {
		if p, there := bundles[s.house]; !there || (s.word != "" && s.word != bundle) {
			box = append(box, s)
		} else if s.word == "" {
			bundles[s.house] = p.Plus(Said{Marks: parseMarks(s.marks)}, 1)
		}
	}
	for house, p := range bundles {
		box = append(box, slip{house: house, word: bundle, marks: writePairs(p)})
	}
	return box
}
