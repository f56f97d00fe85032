package look

import "strings"

// Paras returns the paragraphs of what somebody typed: its lines, without those that are empty.
func Paras(text string) (list []string) {
	for one := range strings.SplitSeq(text, "\n") {
		if one = strings.TrimSpace(one); one != "" {
			list = append(list, one)
		}
	}
	return list
}
