package refi

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestEntry_ReadsWell(t *testing.T) {
	e := Entry{
		Definition: "Being told what happens next.",
		UseWhen:    "somebody says what she was told, or not",
		NotWhen:    "she speaks of waiting; that is Time",
		Example:    "Nobody rang, so I did.",
		Source:     "group session on the frame",
	}
	want := "Being told what happens next.\n\nUse when: somebody says what she was told, or not\n\n" +
		"Not when: she speaks of waiting; that is Time\n\nExample: Nobody rang, so I did.\n\nSource: group session on the frame"
	if diff := cmp.Diff(want, e.Description()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(e, ParseEntry(e.Description())); diff != "" {
		t.Error(diff)
	}
}

func TestEntry_DescriptionOfAnotherProgram(t *testing.T) {
	got := ParseEntry(" thoughts about breakfast\r\n\r\nmostly: toast ")
	want := Entry{Definition: "thoughts about breakfast\n\nmostly: toast"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestEntry_RoundTrip(t *testing.T) {
	text := rapid.Map(rapid.StringMatching(`([a-zŵ:.' ]{1,8}\n{0,3}){0,4}`), strings.TrimSpace)
	rapid.Check(t, func(t *rapid.T) {
		e := Entry{
			Definition: text.Draw(t, "definition"),
			UseWhen:    text.Draw(t, "use when"),
			NotWhen:    text.Draw(t, "not when"),
			Example:    text.Draw(t, "example"),
			Source:     text.Draw(t, "source"),
		}
		if diff := cmp.Diff(e, ParseEntry(e.Description())); diff != "" {
			t.Fatal(diff)
		}
	})
}
