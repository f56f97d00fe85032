package chart_test

import (
	"cmp"
	"compress/gzip"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"

	"footing/internal/chart"
	"footing/internal/testing/golden"
)

// agenda is what became of what two groups put on a list, with two numbers that are not shown.
var agenda = chart.Chart{ID: "agenda", Title: "What became of what was put on a list", Desc: "The women’s group: talked about, 12; taken off, 3. Everyone else: not shown.",
	Groups: []chart.Group{
		{Label: "The women’s group", Bars: []chart.Bar{{Label: "Talked about", Count: 12}, {Label: "Taken off", Count: 3}, {Label: "Waiting", Count: 1}, {Label: "Moved & mended", Count: 7}}},
		{Label: "Everyone else", Bars: []chart.Bar{{Label: "Talked about", Words: "not shown"}, {Label: "Taken off", Words: "not shown"}, {Label: "Waiting", Count: 0}, {Label: "Moved & mended", Count: 2}}},
	}}

func TestBars_AsDrawn(t *testing.T) {
	got := string(chart.Bars(agenda))
	golden.Compare(t, "agenda.svg", []byte(strings.ReplaceAll(got, "><", ">\n<")))
}

// A number is drawn as it is read, and a long one has room beside its bar.
func TestBars_LongNumbersFit(t *testing.T) {
	rect := regexp.MustCompile(`<rect x="1" y="\d+" width="(\d+)"`)
	for number, want := range map[string]string{"": "260", "7,133": "260", "1,234,567": "220"} {
		got := string(chart.Bars(chart.Chart{ID: "said", Groups: []chart.Group{{Bars: []chart.Bar{{Label: "Letters", Count: 7133, Number: number}}}}}))
		if long := rect.FindStringSubmatch(got); long == nil || long[1] != want {
			t.Errorf("beside %q the bar is %v long, want %s", number, long, want)
		}
		if !strings.Contains(got, ">"+cmp.Or(number, "7133")+"</text>") {
			t.Errorf("%q is not drawn: %s", number, got)
		}
	}
}

// It must be well formed, fit a small phone, have no style and no colour of its own, and lead nowhere.
func TestBars_CanBeReadByAnybody(t *testing.T) {
	got := string(chart.Bars(agenda))
	for d := xml.NewDecoder(strings.NewReader(got)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if e, is := token.(xml.StartElement); is {
			for _, a := range e.Attr {
				if a.Name.Local == "style" || a.Name.Local == "href" || a.Name.Local == "class" {
					t.Errorf("%s has %s", e.Name.Local, a.Name.Local)
				}
			}
		}
	}
	if colours := regexp.MustCompile(`#[0-9a-f]{3,6}"|rgb|hsl`).FindAllString(got, -1); colours != nil {
		t.Errorf("it has colours of its own: %q", colours)
	}
	for _, want := range []string{`role="img"`, `<title id="agenda-t">`, `<desc id="agenda-d">`, "&amp;", "not shown"} {
		if !strings.Contains(got, want) {
			t.Errorf("it has no %s", want)
		}
	}
	if n := strings.Count(got, "<rect"); n != 5 {
		t.Errorf("%d bars are drawn, want those of the five counts that are somebody's", n)
	}
	if strings.Count(got, "<pattern") != 3 {
		t.Error("four sorts of bars do not have four fillings")
	}
}

// Bars can be compared by their length, and the smallest is seen beside the greatest.
func TestBars_SameMeasure(t *testing.T) {
	got := string(chart.Bars(chart.Chart{ID: "x", Groups: []chart.Group{{Bars: []chart.Bar{{Count: 1000}, {Count: 500}, {Count: 1}, {Count: 0}}}}}))
	var long []string
	for _, m := range regexp.MustCompile(`<rect x="1" y="\d+" width="(\d+)"`).FindAllStringSubmatch(got, -1) {
		long = append(long, m[1])
	}
	if strings.Join(long, " ") != "260 130 3" {
		t.Errorf("the bars are %v long", long)
	}
}

func TestBars_AreSmall(t *testing.T) {
	n := &counted{}
	z := gzip.NewWriter(n)
	if _, err := io.WriteString(z, string(chart.Bars(agenda))); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil || n.bytes > 900 {
		t.Errorf("a chart of eight bars is %d bytes (%v)", n.bytes, err)
	}
}

type counted struct{ bytes int }

func (c *counted) Write(b []byte) (int, error) { c.bytes += len(b); return len(b), nil }
