package refi

import "strings"

// Entry is what a code book says about one code. The standard has a single
// description for all of it, so the parts travel as labelled paragraphs that
// read well in any program and are taken apart again here.
type Entry struct {
	Definition string // what the code means
	UseWhen    string // when to use it
	NotWhen    string // when not to, and what to use then
	Example    string // a passage that shows it
	Source     string // where the code came from: a frame, the data, a meeting
}

// parts lists the labelled parts in the order they are written.
func (e *Entry) parts() []struct {
	label string
	text  *string
} {
	return []struct {
		label string
		text  *string
	}{
		{"", &e.Definition},
		{"Use when: ", &e.UseWhen},
		{"Not when: ", &e.NotWhen},
		{"Example: ", &e.Example},
		{"Source: ", &e.Source},
	}
}

// Description writes the entry as one text, leaving out empty parts.
func (e Entry) Description() string {
	var paragraphs []string
	for _, part := range e.parts() {
		if text := strings.TrimSpace(*part.text); text != "" {
			paragraphs = append(paragraphs, part.label+text)
		}
	}
	return strings.Join(paragraphs, "\n\n")
}

// ParseEntry takes a description apart. A paragraph that begins with a label
// starts that part; any other goes on with the part before it, so a
// description by another program comes back whole as the definition. An entry
// comes back as it was written, apart from white space around its parts,
// unless a part itself has a paragraph that begins with a label.
func ParseEntry(description string) Entry {
	var e Entry
	parts := e.parts()
	current := parts[0].text
	description = strings.ReplaceAll(description, "\r\n", "\n")
	for paragraph := range strings.SplitSeq(description, "\n\n") {
		for _, part := range parts[1:] {
			if text, found := strings.CutPrefix(paragraph, part.label); found {
				current, paragraph = part.text, text
				break
			}
		}
		if *current != "" {
			*current += "\n\n"
		}
		*current += paragraph
	}
	for _, part := range parts {
		*part.text = strings.TrimSpace(*part.text)
	}
	return e
}
