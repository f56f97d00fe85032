package notes

import (
	"errors"
	"slices"
	"strings"
	"time"

	"footing/internal/fault"
	"footing/internal/web"
	"footing/internal/web/look"
)

// twins is what can be done here on paper: adding to notes, putting them right with one's name, taking that
// back, and having a line taken out. What is to have no name is written on any sheet without one, and typed at
// the screen by whoever is given it, since what is entered is kept with the name of whose it is.
func (r *Room) twins() []web.Twin {
	all, own := web.Taking(web.Any), web.Members(web.Own)
	page := func(id string) string { meeting, _, _ := strings.Cut(id, "/"); return "/notes/" + meeting }
	return []web.Twin{
		{Name: "note", Title: "notes.add", Allow: all, Gives: web.Always, Ask: r.addOnPaper, Enter: r.enterAdd, At: page},
		{Name: "note-right", Title: "notes.twin_right", Allow: all, Gives: web.Always, Ask: r.rightOnPaper, Enter: r.enterRight, At: page},
		{Name: "note-out", Title: "notes.out", Allow: all, Ask: r.outOnPaper, Enter: r.enterOut},
		{Name: "note-back", Title: "notes.twin_back", Allow: own, Of: "note-right", Things: r.ownThings, Ask: backOnPaper, Enter: r.enterBack},
		{Name: "todo", Title: "notes.todo_new", Allow: all, Gives: web.Always, Ask: r.todoOnPaper, Enter: r.enterTodo, At: func(string) string { return "/todo" }},
		{Name: "todo-done", Title: "notes.twin_done", Allow: all, Gives: web.Always, Ask: r.doneOnPaper, Enter: r.enterDone, At: func(string) string { return "/todo" }},
		{Name: "todo-back", Title: "notes.twin_todo_back", Allow: own, Of: "todo", Things: r.ownTodos(What), Ask: todoBackOnPaper(What), Enter: r.enterTodoBack(What)},
		{Name: "todo-words-back", Title: "notes.twin_why_back", Allow: own, Of: "todo-done", Things: r.ownTodos(Why), Ask: todoBackOnPaper(Why), Enter: r.enterTodoBack(Why)},
	}
}

// every reads the notes of all meetings of which a condition holds.
func (r *Room) every(q *web.Request, is func(world) bool) ([]world, error) {
	all, err := r.Meetings.All(q.Context(), q.Viewer)
	if err != nil {
		return nil, err
	}
	var list []world
	for _, m := range all {
		w, err := r.read(q.Context(), q.Viewer, m.ID)
		if err != nil {
			return nil, err
		}
		if is(w) {
			list = append(list, w)
		}
	}
	return list, nil
}

// paperForm is a sheet: which meeting or line it is about, and what it says of it.
type paperForm struct {
	About string `form:"about"`
	Words string `form:"words" max:"8000"`
	There string `form:"there"`
	Left  string `form:"left"`
}

// thing takes apart what a sheet is about: a meeting, and a line of its notes or none.
func (f paperForm) thing() (meeting, line string) {
	meeting, line, _ = strings.Cut(f.About, "/")
	return meeting, line
}

func about(q *web.Request, key string, options []look.Option) look.Ask {
	return look.Choose(look.Choice{Name: "about", Legend: q.Words.T(key), Options: options})
}

func (r *Room) addOnPaper(q *web.Request, _ string) (web.Asked, error) {
	list, err := r.every(q, func(w world) bool { return w.notes.Writes(q.Viewer) })
	var options []look.Option
	for _, w := range list {
		options = append(options, look.Option{Value: w.meeting.ID, Label: w.meeting.when(q)})
	}
	return web.Asked{Asks: append([]look.Ask{about(q, "notes.ask_which", options)}, askAdd(q, "")...)}, err
}

func (r *Room) enterAdd(q *web.Request, _ string) (string, error) {
	f, err := web.Parse[paperForm](q)
	if err != nil {
		return "", err
	}
	meeting, _ := f.thing()
	return meeting, entered(r.Add(q.Context(), q.Viewer, meeting, Lines(f.Words)))
}

// entered says of a sheet with nothing chosen what is missing on it.
func entered(err error) error {
	if errors.Is(err, fault.Missing) {
		return ErrAbout
	}
	return err
}

// printed is for how long after they became final the lines of notes stand on sheets.
const printed = 60 * 24 * time.Hour

// recent reports whether the lines of some notes stand on sheets.
func (r *Room) recent(w world) bool {
	return !w.notes.Shut && (w.notes.Step != Final || w.notes.Finished.Add(printed).After(r.Now()))
}

// lineOptions are the lines of some notes, each named by its words.
func lineOptions(q *web.Request, list []world) []look.Option {
	var options []look.Option
	for _, w := range list {
		for _, l := range w.lines {
			if !l.Gone {
				options = append(options, look.Option{Value: w.meeting.ID + "/" + l.ID, Label: l.Text, Hint: w.meeting.when(q)})
			}
		}
	}
	return options
}

// rightOnPaper asks which line it is, or of which meeting something is missing, and how it was. Whether she
// took part is asked as if nobody knew it, since a sheet is about any meeting.
func (r *Room) rightOnPaper(q *web.Request, _ string) (web.Asked, error) {
	list, err := r.every(q, func(w world) bool { return w.notes.Corrects() && r.recent(w) })
	t, options := q.Words.T, lineOptions(q, list)
	for _, w := range list {
		options = append(options, look.Option{Value: w.meeting.ID + "/", Label: t("notes.say_missing"), Hint: w.meeting.when(q)})
	}
	return web.Asked{Notes: []look.Note{{Text: t("notes.right_before")}, {Text: t("notes.twin_unnamed")}},
		Asks: append([]look.Ask{about(q, "notes.ask_line", options)}, world{}.askRight(q, "notes.ask_right", wordsForm{}, false)...)}, err
}

func (r *Room) enterRight(q *web.Request, _ string) (string, error) {
	f, err := web.Parse[paperForm](q)
	if err != nil {
		return "", err
	}
	meeting, line := f.thing()
	id, err := r.Correct(q.Context(), q.Viewer, meeting, line, strings.TrimSpace(f.Words), true, f.There == yes)
	return meeting + "/" + id, entered(err)
}

func (r *Room) outOnPaper(q *web.Request, _ string) (web.Asked, error) {
	list, err := r.every(q, r.recent)
	return web.Asked{Notes: []look.Note{{Text: q.Words.T("notes.twin_out")}},
		Asks: append([]look.Ask{about(q, "notes.ask_line", lineOptions(q, list))}, world{}.outAsks(q, outForm{}, true)...)}, err
}

func (r *Room) enterOut(q *web.Request, _ string) (string, error) {
	f, err := web.Parse[paperForm](q)
	if err != nil {
		return "", err
	}
	meeting, line := f.thing()
	return "", entered(r.out(q, q.Viewer, meeting, line, outForm{There: f.There, Left: f.Left}))
}

// ownThings are what she put beside notes with her name.
func (r *Room) ownThings(q *web.Request) ([]look.Option, error) {
	list, err := r.every(q, func(w world) bool {
		return slices.ContainsFunc(w.rights, func(one Right) bool { return one.By == q.Viewer.ID })
	})
	var options []look.Option
	for _, w := range list {
		for _, one := range w.rights {
			if one.By == q.Viewer.ID {
				options = append(options, look.Option{Value: w.meeting.ID + "/" + one.ID, Label: q.Words.Date(at(one.Shown)), Hint: w.meeting.when(q)})
			}
		}
	}
	return options, err
}

func backOnPaper(q *web.Request, _ string) (web.Asked, error) {
	return web.Asked{Asks: []look.Ask{look.Choose(look.Choice{Name: "do", Legend: q.Words.T("notes.twin_back"), Options: []look.Option{{Value: "drop", Label: q.Words.T("notes.drop")}}})}}, nil
}

type backForm struct {
	Do string `form:"do"`
}

func (r *Room) enterBack(q *web.Request, thing string) (string, error) {
	f, err := web.Parse[backForm](q)
	if err != nil || f.Do != "drop" {
		return thing, err
	}
	_, id, _ := strings.Cut(thing, "/")
	return "", r.TakeBack(q.Context(), q.Viewer, id)
}

// todoOnPaper asks for something that is to be done. Where it was agreed is on the notes themselves.
func (r *Room) todoOnPaper(q *web.Request, _ string) (web.Asked, error) {
	a, err := r.agreed(q.Context(), q.Viewer)
	asks, by := a.askTodo(q, todoForm{})
	asks = asks[:2]
	for _, box := range by.Boxes() { // a sheet has no boxes beside each other
		asks = append(asks, look.Write(look.Field{Name: box.Name, Label: q.Words.T("notes.ask_by_part", "part", box.Label), Autocomplete: "off"}))
	}
	return web.Asked{Asks: asks}, err
}

func (r *Room) enterTodo(q *web.Request, _ string) (string, error) {
	id, _, err := r.agree(q)
	return id, err
}

// doneOnPaper asks what became of which of the things that she does, or could take on.
func (r *Room) doneOnPaper(q *web.Request, _ string) (web.Asked, error) {
	a, err := r.agreed(q.Context(), q.Viewer)
	var options []look.Option
	for _, one := range a.todos {
		if len(one.Answers(q.Viewer)) > 0 {
			options = append(options, look.Option{Value: one.ID, Label: one.what(q), Hint: a.became(q, one, r.today())})
		}
	}
	asks := Todo{State: ToDo, Person: q.Viewer.ID}.askAnswer(q, answerForm{})
	asks[0].Choice.Options = append(asks[0].Choice.Options, look.Option{Value: string(Mine), Label: q.Words.T("notes.says_mine")})
	return web.Asked{Asks: append([]look.Ask{about(q, "notes.ask_todo", options)}, asks...)}, err
}

type paperDone struct {
	About string `form:"about"`
	Says  string `form:"says"`
	Why   string `form:"why" max:"1000"`
}

func (r *Room) enterDone(q *web.Request, _ string) (string, error) {
	f, err := web.Parse[paperDone](q)
	if err != nil {
		return "", err
	}
	a, err := r.agreed(q.Context(), q.Viewer)
	if err != nil {
		return "", err
	}
	one, err := a.todo(f.About)
	if err == nil {
		err = r.Answer(q.Context(), q.Viewer, one.ID, one.N, Doing(f.Says), strings.TrimSpace(f.Why))
	}
	return one.ID, entered(err)
}

// ownTodos are the things to do in which words of hers stand, of one piece.
func (r *Room) ownTodos(piece Piece) func(*web.Request) ([]look.Option, error) {
	return func(q *web.Request) ([]look.Option, error) {
		a, err := r.agreed(q.Context(), q.Viewer)
		var options []look.Option
		for _, one := range a.todos {
			if slices.Contains(one.Erases(q.Viewer), piece) {
				options = append(options, look.Option{Value: one.ID, Label: one.what(q)})
			}
		}
		return options, err
	}
}

func todoBackOnPaper(piece Piece) func(*web.Request, string) (web.Asked, error) {
	return func(q *web.Request, _ string) (web.Asked, error) {
		t := q.Words.T
		return web.Asked{Notes: []look.Note{{Text: t("notes.todo_out_before")}}, Asks: []look.Ask{look.Choose(look.Choice{Name: "do", Legend: t("notes.todo_out"),
			Options: []look.Option{{Value: "drop", Label: t("notes.todo_out_" + string(piece))}}})}}, nil
	}
}

func (r *Room) enterTodoBack(piece Piece) func(*web.Request, string) (string, error) {
	return func(q *web.Request, thing string) (string, error) {
		f, err := web.Parse[backForm](q)
		if err != nil || f.Do != "drop" {
			return thing, err
		}
		return "", r.EraseTodo(q.Context(), q.Viewer, thing, piece)
	}
}
