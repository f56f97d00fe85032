package decision

// highest returns the choice whose marks add up to more than each other's, and false when there is none: with a tie
// nothing has won.
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
