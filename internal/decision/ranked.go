package decision

// best returns the choice that wins in one house, and false when none does: with a tie, or when "none of
// these" wins, nothing has won.
func best(m Method, choices int, answers []Said) (int, bool) {
	if m == Ranked {
		return pairwise(choices, answers)
	}
	return highest(choices, answers)
}

// highest returns the choice whose marks add up to more than each other's.
func highest(choices int, answers []Said) (int, bool) {
	totals := make([]int, choices)
	for _, s := range answers {
		for c, mark := range s.Marks {
			totals[c] += mark
		}
	}
	won, alone := 0, false
	for c, total := range totals {
		switch {
		case total > totals[won] || c == 0:
			won, alone = c, true
		case total == totals[won]:
			alone = false
		}
	}
	return won, alone && choices > 0 && totals[won] > 0
}

// pairwise returns the choice that more people put before each other one, "none of these" among them, than
// the other way round. Often there is none (Condorcet 1785), and then nothing has won.
func pairwise(choices int, answers []Said) (int, bool) {
	for c := range choices {
		if beatsAll(c, choices, answers) {
			return c, true
		}
	}
	return 0, false
}

func beatsAll(c, choices int, answers []Said) bool {
	for other := range choices + 1 { // the last is "none of these"
		if other == c {
			continue
		}
		lead := 0
		for _, s := range answers {
			switch {
			case s.Word != "":
			case before(s.Marks[c], s.Marks[other]):
				lead++
			case before(s.Marks[other], s.Marks[c]):
				lead--
			}
		}
		if lead <= 0 {
			return false
		}
	}
	return true
}

// before reports whether one place comes before another; 0 is behind all others.
func before(place, other int) bool { return place != 0 && (other == 0 || place < other) }

// likes reports whether somebody who gave marks says yes to a choice: with a mark above 0, or with a place
// before "none of these".
func (s Said) likes(m Method, choice int) bool {
	if m == Ranked {
		return before(s.Marks[choice], s.Marks[len(s.Marks)-1])
	}
	return s.Marks[choice] > 0
}
