package lang

import (
	"strconv"
	"strings"
)

// Number says a whole number as one reads it: "7,133". What stands between thousands is the language's.
func (w Words) Number(n int) string {
	digits := strconv.Itoa(n)
	if -1000 < n && n < 1000 {
		return digits
	}
	var said strings.Builder
	for i, digit := range digits {
		if left := len(digits) - i; i > 0 && left%3 == 0 && digits[i-1] != '-' {
			said.WriteString(w.T("lang.thousands"))
		}
		said.WriteRune(digit)
	}
	return said.String()
}
