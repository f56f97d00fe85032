package look

import (
	"regexp"
	"strings"
)

var (
	cssComment = regexp.MustCompile(`(?s)/\*.*?\*/`)
	cssSpace   = regexp.MustCompile(`\s+`)
	cssAround  = regexp.MustCompile(` ?([{};,>]) ?`)
	cssColon   = regexp.MustCompile(`: `)
	cssPlus    = regexp.MustCompile(` ([+~]) ([^\d(v])`)
)

// squeezeCSS takes comments and needless space out of our own style sheets. It knows only what they use: no strings
// holding braces, and a space on both sides of the + and - of calc(), which stays.
func squeezeCSS(css string) string {
	css = cssComment.ReplaceAllString(css, "")
	css = cssSpace.ReplaceAllString(css, " ")
	css = cssAround.ReplaceAllString(css, "$1")
	css = cssColon.ReplaceAllString(css, ":")
	css = cssPlus.ReplaceAllString(css, "$1$2")
	return strings.TrimSpace(strings.ReplaceAll(css, ";}", "}"))
}

// squeezeJS takes comment lines and indentation out of our own scripts and keeps every line end, so that no statement
// changes its meaning. Comments therefore stand on lines of their own.
func squeezeJS(js string) string {
	var out strings.Builder
	for line := range strings.Lines(js) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "//") {
			continue
		}
		out.WriteString(line)
		out.WriteByte('\n')
	}
	return out.String()
}
