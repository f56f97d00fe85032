package look

import (
	"html/template"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

// pieces returns the set of templates as a room has it.
func pieces(t *testing.T) *template.Template {
	t.Helper()
	set, err := AddTo(template.New("page"))
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func render(t *testing.T, name string, value any) string {
	t.Helper()
	var out strings.Builder
	if err := pieces(t).ExecuteTemplate(&out, name, value); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return out.String()
}

// exampleTop and exampleFoot stand around the pieces.
var (
	exampleTop = Top{Skip: "Skip", Name: "Notes", Leave: "Leave this page", Away: "/away", TwoMore: "Two more", OneMore: "One more",
		Nav: Pages{Label: "Your pages", Links: []Link{{Href: "#home", Text: "Home"}, {Href: "#share", Text: "Share", Here: true}}}}
	exampleFoot = Foot{Help: Link{Href: "#help", Text: "Help"}, Urgent: "Call 999.", Links: []Link{{Href: "#phone", Text: "Phones"}}, Leave: Link{Href: "/away", Text: "Leave this page"}}
)

// gallery returns the markup of every piece in every state, with a head and a foot.
func gallery(t *testing.T, desk bool) string {
	t.Helper()
	parts, err := Gallery(desk)
	if err != nil {
		t.Fatal(err)
	}
	html := render(t, "top", exampleTop)
	for _, p := range parts {
		html += string(p.HTML)
	}
	return html + render(t, "foot", exampleFoot)
}

func TestPieces_EachRendersFullAndEmpty(t *testing.T) {
	for _, p := range Pieces() {
		if strings.HasPrefix(p.Template, "gallery") {
			continue
		}
		if strings.TrimSpace(render(t, p.Template, p.Value)) == "" {
			t.Errorf("%s, %s: nothing to see", p.Template, p.State)
		}
		empty := reflect.Zero(reflect.TypeOf(p.Value)).Interface()
		if html := render(t, p.Template, empty); strings.Contains(html, "ZgotmplZ") {
			t.Errorf("%s is not safe when empty: %s", p.Template, html)
		}
	}
	for name, empty := range map[string]any{"top": Top{}, "foot": Foot{}} {
		render(t, name, empty)
	}
}

func TestPieces_EachIsInTheGallery(t *testing.T) {
	shown := read("gallery.html")
	for _, p := range Pieces() {
		shown += ` "` + p.Template + `"`
	}
	used := shown + read("components.html") + read("desk.html")
	for _, name := range []string{"top", "foot"} {
		used += ` template "` + name + `"` // these stand around the others
	}
	for _, d := range regexp.MustCompile(`\{\{define "([a-z]+)"\}\}`).FindAllStringSubmatch(read("components.html")+read("desk.html"), -1) {
		if !strings.Contains(shown, `"`+d[1]+`"`) && !strings.Contains(used, `template "`+d[1]+`"`) {
			t.Errorf("%q is defined and shown nowhere", d[1])
		}
	}
}

var (
	tagOpen = regexp.MustCompile(`<[a-z][a-z0-9]*[^>]*>`)
	valueOf = regexp.MustCompile(`="[^"]*"`)
	forbids = regexp.MustCompile(`(?i)\s(style|on[a-z]+|placeholder|required|accesskey)(=|[\s>])`)
)

func TestPieces_StandUnderAStrictPolicy(t *testing.T) {
	for _, desk := range []bool{false, true} {
		out := gallery(t, desk)
		if found := regexp.MustCompile(`tabindex="[1-9]|javascript:`).FindString(out); found != "" {
			t.Errorf("the gallery has %q", found)
		}
		for _, tag := range tagOpen.FindAllString(out, -1) {
			if found := forbids.FindString(valueOf.ReplaceAllString(tag, "=")); found != "" {
				t.Errorf("%q in %s", strings.TrimSpace(found), tag)
			}
		}
	}
	if !forbids.MatchString(`<p style="a">`) || !forbids.MatchString(`<p onclick="a">`) || !forbids.MatchString(`<input required>`) {
		t.Error("the check finds nothing")
	}
}

var (
	idOf      = regexp.MustCompile(`\sid="([^"]*)"`)
	refersTo  = regexp.MustCompile(`\s(?:for|aria-describedby|aria-labelledby|data-show)="([^"]*)"`)
	classesOf = regexp.MustCompile(`\sclass="([^"]*)"`)
)

func TestGallery_IdsAreOnceAndReferencesLead(t *testing.T) {
	for _, desk := range []bool{false, true} {
		out := gallery(t, desk)
		seen := map[string]bool{}
		for _, m := range idOf.FindAllStringSubmatch(out, -1) {
			if seen[m[1]] || m[1] == "" {
				t.Errorf("the id %q is empty or there twice", m[1])
			}
			seen[m[1]] = true
		}
		for _, m := range refersTo.FindAllStringSubmatch(out, -1) {
			for _, id := range strings.Fields(m[1]) {
				if !seen[id] {
					t.Errorf("nothing has the id %q that is referred to", id)
				}
			}
		}
	}
}

func TestGallery_EveryClassHasALook(t *testing.T) {
	inSheet := func(sheet, class string) bool {
		return regexp.MustCompile(`\.` + regexp.QuoteMeta(class) + `\b`).MatchString(sheet)
	}
	for _, desk := range []bool{false, true} {
		out := gallery(t, desk)
		sheet := CSS()
		if desk {
			sheet = DeskCSS()
		}
		known := map[string]bool{"title": true}
		for _, m := range classesOf.FindAllStringSubmatch(out, -1) {
			for _, class := range strings.Fields(m[1]) {
				if !known[class] && !inSheet(sheet, class) {
					t.Errorf("desk %v: the class %q is in no sheet", desk, class)
				}
				known[class] = true
			}
		}
	}
}

func TestTop_LeavingIsTheSecondThingToReach(t *testing.T) {
	html := render(t, "top", exampleTop)
	reach := regexp.MustCompile(`<(?:a|button|input)[^>]*>`).FindAllString(html, 2)
	if len(reach) != 2 || !strings.Contains(reach[0], `class="skip"`) || !strings.Contains(reach[1], "data-leave") || !strings.Contains(reach[1], `href="/away"`) {
		t.Errorf("first two things to reach are %q, want the skip link and a plain link that leaves", reach)
	}
}

func TestField_KeepsWhatWasTyped(t *testing.T) {
	typed := "\n<b>two</b>\nlines & \"marks\""
	html := render(t, "field", Field{Name: "story", Label: "Say", Rows: 3, Value: typed})
	if want := "<textarea class=\"in\" id=\"story\" name=\"story\" rows=\"3\">\n" + template.HTMLEscapeString(typed) + "</textarea>"; !strings.Contains(html, want) {
		t.Errorf("the box does not hold exactly what was typed:\n%s", html)
	}
}

func TestField_CountsPeoplesCharacters(t *testing.T) {
	f := Field{Max: 5, Left: "Characters left: {n}", Over: "{n} over", Value: "één🙂"}
	if got := f.CountNow(); got != "Characters left: 1" {
		t.Errorf("count is %q, want one left", got)
	}
	f.Value = "1234567"
	if got := f.CountNow(); got != "2 over" {
		t.Errorf("count is %q, want two over", got)
	}
}

func TestChoice_NothingIsChosenForAnyone(t *testing.T) {
	html := render(t, "choice", Choice{Name: "who", Legend: "Who?", Options: []Option{{Value: "me", Label: "Me"}, {Value: "all", Label: "All"}}})
	if strings.Contains(html, "checked") {
		t.Errorf("an option is chosen beforehand:\n%s", html)
	}
}

func TestTurn_TextIsWhatIsStored(t *testing.T) {
	html := render(t, "turn", Turn{ID: "t1", Runs: []Run{{Text: " one "}, {Text: "two", Themes: []int{1, 14, 3, 4}}, {Text: "\nthree "}}})
	text := regexp.MustCompile(`(?s)<p dir="auto">(.*)</p>`).FindStringSubmatch(html)
	if len(text) != 2 || text[1] != ` one <mark class="h1 u2 w3" data-more="&#43;1">two</mark>`+"\nthree " {
		t.Errorf("places in a turn are counted in its text, and something was added to it: %q", text)
	}
}

func TestStepOf_FourStepsAndNothing(t *testing.T) {
	for _, c := range []struct{ n, most, want int }{{0, 41, 0}, {1, 41, 1}, {10, 41, 1}, {11, 41, 2}, {41, 41, 4}, {5, 0, 0}, {1, 1, 4}} {
		if got := StepOf(c.n, c.most); got != c.want {
			t.Errorf("StepOf(%d, %d) = %d, want %d", c.n, c.most, got, c.want)
		}
	}
}

func TestSheets_NeedNothingThatOldBrowsersLack(t *testing.T) {
	needs := regexp.MustCompile(`:has\(|@container|@layer|light-dark\(|color-mix\(|oklch\(|@import|url\(`)
	physical := regexp.MustCompile(`(margin|padding|border)-(left|right)|[;{]\s*(left|right):|text-align:\s*(left|right)|float:`)
	for _, name := range []string{"look.css", "desk.css"} {
		css := cssComment.ReplaceAllString(read(name), "")
		if found := needs.FindString(css); found != "" {
			t.Errorf("%s uses %q", name, found)
		}
		if found := physical.FindString(css); found != "" {
			t.Errorf("%s names a side by %q; from right to left it is the other", name, found)
		}
		if strings.Count(css, "{") != strings.Count(css, "}") {
			t.Errorf("%s has braces without partners", name)
		}
	}
}
