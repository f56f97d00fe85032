package lang_test

import (
	"html/template"
	"io/fs"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"
	_ "time/tzdata"

	"github.com/google/go-cmp/cmp"

	"footing/internal/lang"
)

func room(files map[string]string) fs.FS {
	m := fstest.MapFS{}
	for name, text := range files {
		m[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return m
}

var garden = map[string]string{
	"words/en.toml": `
"garden.heading" = "The garden"
garden.bare = "Keys may stand without quotes"
"garden.by" = "Planted by {{.name}}"
"garden.trees" = { one = "{{.count}} tree", other = "{{.count}} trees" }
"garden.english_only" = "Not yet in Welsh, {{.name}}"
`,
	"words/en.desk.toml": `"garden.ledger" = "The ledger"`,
	"words/cy.toml": `
"garden.heading" = "Yr ardd"
garden.bare = "Heb ddyfynodau"
"garden.by" = "Plannwyd gan {{.name}}"
"garden.trees" = { zero = "dim coed", two = "{{.count}} goeden", few = "{{.count}} choeden", many = "{{.count}} choeden!", other = "{{.count}} coeden" }
`,
	"words/ar.toml": `"garden.heading" = "الحديقة"`,
}

func load(t *testing.T, rooms ...fs.FS) *lang.Catalogue {
	t.Helper()
	c, err := lang.Load(rooms...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestT_FillsPlacesAndChoosesForms(t *testing.T) {
	c := load(t, room(garden))
	for _, x := range []struct {
		language, key string
		args          []any
		want          string
	}{
		{"en", "garden.heading", nil, "The garden"},
		{"en", "garden.bare", nil, "Keys may stand without quotes"},
		{"en", "garden.by", []any{"name", "Wren & <co>"}, "Planted by Wren & <co>"},
		{"en", "garden.trees", []any{"count", 1}, "1 tree"},
		{"en", "garden.trees", []any{"count", int64(0)}, "0 trees"},
		{"en", "garden.trees", []any{"count", int64(12000)}, "12,000 trees"},
		{"en", "garden.by", []any{"name", 7133}, "Planted by 7,133"},
		{"cy", "garden.trees", []any{"count", 1002}, "1,002 coeden"},
		{"en", "garden.ledger", nil, "The ledger"},
		{"cy", "garden.heading", nil, "Yr ardd"},
		{"cy", "garden.trees", []any{"count", 0}, "dim coed"},
		{"cy", "garden.trees", []any{"count", 1}, "1 coeden"}, // a form that the file lacks
		{"cy", "garden.trees", []any{"count", 2}, "2 goeden"},
		{"cy", "garden.trees", []any{"count", 3}, "3 choeden"},
		{"cy", "garden.trees", []any{"count", 5}, "5 coeden"},
		{"cy", "garden.english_only", []any{"name", "Wren"}, "Not yet in Welsh, Wren"},
		{"ar", "garden.trees", []any{"count", 2}, "2 trees"},
		{"ar", "garden.ledger", nil, "The ledger"},
	} {
		if got := c.In(x.language).T(x.key, x.args...); got != x.want {
			t.Errorf("%s %s %v = %q, want %q", x.language, x.key, x.args, got, x.want)
		}
	}
	if m := c.Missing(); len(m) != 0 {
		t.Errorf("reported as missing: %q", m)
	}
}

func TestNumber_AsOneReadsIt(t *testing.T) {
	c := load(t, room(garden))
	for n, want := range map[int]string{0: "0", 7: "7", 999: "999", 1000: "1,000", 7133: "7,133", 100000: "100,000", 1234567: "1,234,567",
		-4: "-4", -999: "-999", -1000: "-1,000", -123456: "-123,456"} {
		if got := c.In("en").Number(n); got != want {
			t.Errorf("%d is %q, want %q", n, got, want)
		}
	}
	if got := c.In("ar").Number(7133); got != "7٬133" {
		t.Errorf("in Arabic 7133 is %q", got)
	}
}

func TestT_SaysWhatIsMissing(t *testing.T) {
	c := load(t, room(garden))
	w := c.In("en")
	var group sync.WaitGroup
	for range 8 { // pages are made side by side
		group.Go(func() {
			for _, got := range []string{w.T("garden.nowhere"), w.T("garden.by"), w.T("garden.by", "name"), w.T("garden.trees")} {
				if !strings.HasPrefix(got, "[garden.") || !strings.HasSuffix(got, "]") {
					t.Errorf("got %q, want the key in brackets", got)
				}
			}
		})
	}
	group.Wait()
	missing := c.Missing()
	if len(missing) != 3 || missing[2][:12] != "garden.trees" || missing[1] != "garden.nowhere" || missing[0][:9] != "garden.by" {
		t.Errorf("missing are %q", missing)
	}
	if w.Has("garden.nowhere") || !w.Has("garden.by") || !c.In("ar").Has("garden.by") {
		t.Error("Has disagrees with T")
	}
}

func TestT_InATemplateIsEscapedThere(t *testing.T) {
	w := load(t, room(garden)).In("en")
	page := template.Must(template.New("").Funcs(template.FuncMap{"t": w.T, "date": w.Date}).Parse(
		`<p title="{{t "garden.heading"}}">{{t "garden.by" "name" .}}</p>`))
	var b strings.Builder
	if err := page.Execute(&b, "<b>Wren</b>"); err != nil {
		t.Fatal(err)
	}
	if want := `<p title="The garden">Planted by &lt;b&gt;Wren&lt;/b&gt;</p>`; b.String() != want {
		t.Errorf("page is %s, want %s", b.String(), want)
	}
}

func TestIn_TakesWhatABrowserPrefers(t *testing.T) {
	c := load(t, room(garden))
	for name, want := range map[string]string{
		"en": "en", "cy": "cy", "": "en", "cy-GB": "cy", "fr, cy;q=0.5": "cy", "fr": "en", "en-US": "en",
		"ar-EG": "ar", "../../etc": "en", "\x00;q": "en", "cy-GB,en;q=0.8": "cy",
	} {
		if got := c.In(name).Language(); got != want {
			t.Errorf("In(%q) is %q, want %q", name, got, want)
		}
	}
	if diff := cmp.Diff([]string{"en", "ar", "cy"}, c.Languages()); diff != "" {
		t.Errorf("languages (-want +got):\n%s", diff)
	}
}

func TestDirection_FollowsTheScript(t *testing.T) {
	for name, want := range map[string]string{
		"en": "ltr", "cy": "ltr", "ar": "rtl", "ur": "rtl", "fa": "rtl", "he": "rtl", "ps": "rtl", "dv": "rtl", "so": "ltr",
		"pa": "ltr", "pa-Arab": "rtl", "ku": "ltr", "ckb": "rtl", "": "ltr", "nonsense-language": "ltr",
	} {
		if got := lang.Direction(name); got != want {
			t.Errorf("Direction(%q) = %q, want %q", name, got, want)
		}
	}
	c := load(t, room(garden))
	if c.In("ar").Direction() != "rtl" || c.In("fr").Direction() != "ltr" {
		t.Error("words do not run as their language does")
	}
}

func TestLoad_RefusesWhatItCannotUnderstand(t *testing.T) {
	for what, files := range map[string]map[string]string{
		"no file":              {"readme.md": `words`},
		"no TOML":              {"en.toml": `"a.b" = `},
		"a number":             {"en.toml": `"a.b" = 3`},
		"no room":              {"en.toml": `heading = "x"`},
		"an odd key":           {"en.toml": `"a.B c" = "x"`},
		"an empty text":        {"en.toml": `"a.b" = " "`},
		"a broken place":       {"en.toml": `"a.b" = "x {{.name"`},
		"a call":               {"en.toml": `"a.b" = "x {{len .name}}"`},
		"an unknown form":      {"en.toml": `"a.b" = { one = "x", some = "y" }`},
		"no other":             {"en.toml": `"a.b" = { one = "x" }`},
		"no language":          {"words/english words.toml": `"a.b" = "x"`},
		"one key in two files": {"en.toml": `"a.b" = "x"`, "en.desk.toml": `"a.b" = "y"`},
		"one key in two ways":  {"en.toml": "\"a.b\" = \"x\"\na.b = \"y\""},
	} {
		if _, err := lang.Load(room(files)); err == nil {
			t.Errorf("%s was taken", what)
		}
	}
	one := room(map[string]string{"en.toml": `"a.b" = "x"`})
	if _, err := lang.Load(one, one); err == nil {
		t.Error("one key in two rooms was taken")
	}
}

func TestGaps_NamesEveryDifference(t *testing.T) {
	c := load(t, room(map[string]string{
		"en.toml":      "\"a.both\" = \"x {{.name}}\"\n\"a.english\" = \"x\"",
		"cy.toml":      "\"a.both\" = \"y {{.nam}}\"\n\"a.welsh\" = \"x\"",
		"en.desk.toml": `"a.desk" = "x"`,
	}))
	want := []string{"cy: a.english is in en only", "en: a.both has other places than in cy", "en: a.welsh is in cy only"}
	if diff := cmp.Diff(want, c.Gaps()); diff != "" {
		t.Errorf("gaps (-want +got):\n%s", diff)
	}
	if g := load(t).Gaps(); len(g) != 0 {
		t.Errorf("our own words have gaps: %q", g)
	}
}

func TestMembers_LeavesStaffOut(t *testing.T) {
	got := load(t, room(garden)).Members("en")
	want := map[string]string{
		"garden.heading": "The garden", "garden.bare": "Keys may stand without quotes", "garden.by": "Planted by {{.name}}",
		"garden.trees one": "{{.count}} tree", "garden.trees other": "{{.count}} trees", "garden.english_only": "Not yet in Welsh, {{.name}}",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("members' words (-want +got):\n%s", diff)
	}
}

func TestDates_SaidPlainly(t *testing.T) {
	c := load(t, room(garden))
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	w := c.In("en")
	winter := time.Date(2027, 3, 3, 10, 30, 59, 0, time.UTC)
	late := time.Date(2027, 6, 30, 23, 30, 0, 0, time.UTC)
	for _, x := range [][2]string{
		{w.Date(winter), "3 March 2027"}, {w.Day(winter), "Wednesday 3 March"}, {w.Clock(winter), "10:30"},
		{w.When(winter), "3 March 2027, 10:30"}, {w.When(late), "30 June 2027, 23:30"},
		{w.Date(time.Time{}) + w.Day(time.Time{}) + w.Clock(time.Time{}) + w.When(time.Time{}) + w.Days(time.Time{}, winter), ""},
		{c.In("ar").Date(winter), "3 مارس 2027"}, {c.In("cy").Date(winter), "3 Mawrth 2027"},
		{w.Name(), "English"},
	} {
		if x[0] != x[1] {
			t.Errorf("said %q, want %q", x[0], x[1])
		}
	}
	c.Zone = london
	if got := c.In("en").When(late); got != "1 July 2027, 00:30" {
		t.Errorf("in London it is said as %q", got)
	}
	for month := time.January; month <= time.December; month++ {
		day := time.Date(2027, month, int(month), 12, 0, 0, 0, time.UTC)
		if got, want := w.Day(day)+"/"+w.Date(day), day.Format("Monday 2 January/2 January 2006"); got != want {
			t.Errorf("said %q, want %q", got, want)
		}
	}
}

func TestDays_CountsDaysNotHours(t *testing.T) {
	c := load(t)
	c.Zone, _ = time.LoadLocation("Europe/London")
	w := c.In("en")
	now := time.Date(2027, 3, 27, 23, 50, 0, 0, c.Zone) // the clocks go forward this night
	for hours, want := range map[time.Duration]string{
		0: "today", 1: "tomorrow", -23: "today", -24: "yesterday", 23: "tomorrow", 24: "in 2 days", 72: "in 4 days", 120: "in 6 days", -72: "3 days ago",
		144: "3 April 2027", -24 * 7: "20 March 2027", 24 * 365: "27 March 2028",
	} {
		if got := w.Days(now.Add(hours*time.Hour), now); got != want {
			t.Errorf("%v hours on is said as %q, want %q", int(hours), got, want)
		}
	}
	if m := c.Missing(); len(m) != 0 {
		t.Errorf("missing: %q", m)
	}
}

func BenchmarkT(b *testing.B) {
	c, err := lang.Load(room(garden))
	if err != nil {
		b.Fatal(err)
	}
	for name, args := range map[string][]any{"garden.heading": nil, "garden.by": {"name", "Wren"}, "garden.trees": {"count", 3}} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				_ = c.In("en").T(name, args...)
			}
		})
	}
}
