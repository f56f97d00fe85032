package notes

import (
	"strings"

	"footing/internal/web"
	"footing/internal/web/look"
)

// Printed is what stands of a meeting's notes on the paper that is taken along, once they are final: the lines
// with what puts them right, what was sent in writing, what is to be done, and the line of the log. Whoever
// prints it takes out names that were not asked for.
func (r *Room) Printed(q *web.Request, meeting string) ([]look.Held, error) {
	w, err := r.read(q.Context(), q.Viewer, meeting)
	if err != nil {
		return nil, err
	}
	a, err := r.agreed(q.Context(), q.Viewer)
	if err != nil {
		return nil, err
	}
	t := q.Words.T
	todo := look.Held{Heading: t("notes.todo_heading")}
	for _, one := range a.todos {
		if one.Meeting == meeting {
			todo.Lines = append(todo.Lines, look.Line{Text: one.what(q), More: append([]string{a.became(q, one, r.today())}, Lines(one.why(q))...)})
		}
	}
	var parts []look.Held
	if w.notes.Step == Final && !w.notes.Shut {
		parts = append(parts, w.printed(q)...)
	}
	if len(todo.Lines) > 0 {
		parts = append(parts, todo)
	}
	if w.notes.Step == Final && !w.notes.Shut {
		parts = append(parts, look.Held{Heading: t("notes.line_heading"), Lines: []look.Line{{Text: w.notes.Checkpoint, More: []string{t("notes.line_why")}}}})
	}
	return parts, nil
}

// printed is the lines of the notes and what was sent in writing.
func (w world) printed(q *web.Request) []look.Held {
	t := q.Words.T
	said := look.Held{Heading: t("notes.heading")}
	for _, l := range w.lines {
		line := look.Line{Text: l.Text, More: w.printedRights(q, l.ID)}
		if l.Gone {
			line = look.Line{Text: t("notes.gone")}
		}
		said.Lines = append(said.Lines, line)
	}
	parts := []look.Held{said}
	if missing := w.printedRights(q, ""); len(missing) > 0 {
		parts = append(parts, look.Held{Heading: t("notes.missing_heading"), Lines: []look.Line{{More: missing}}})
	}
	sent := look.Held{Heading: t("notes.said_heading"), Lead: t("notes.said_lead")}
	for _, s := range w.meeting.Said {
		one := w.said(q, s)
		sent.Lines = append(sent.Lines, look.Line{When: strings.TrimSpace(one.By + " " + one.About), Words: one.Paras})
	}
	if len(sent.Lines) > 0 {
		parts = append(parts, sent)
	}
	return parts
}

// printedRights is what puts a line right, each with who says it.
func (w world) printedRights(q *web.Request, line string) []string {
	var list []string
	for _, one := range w.of(line) {
		text := q.Words.T("notes.gone")
		if !one.Gone {
			text = strings.Join(Lines(one.Text.Words), " ")
		}
		list = append(list, q.Words.T("notes.printed_right", "by", w.byWhom(q, one), "words", text))
	}
	return list
}
