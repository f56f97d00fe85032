package coding

import (
	"context"
	"strings"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/refi"
	"footing/internal/store"
)

// TopicCoding is the topic of the events this room publishes: a frame or a source's index changed.
const TopicCoding = "coding"

// A NewTheme is what somebody says of a theme: its name, its parent, and what it means.
type NewTheme struct {
	Name, Parent string
	refi.Entry
}

func (n NewTheme) tidy() NewTheme {
	for _, text := range []*string{&n.Name, &n.Definition, &n.UseWhen, &n.NotWhen, &n.Example, &n.Source} {
		*text = strings.TrimSpace(*text)
	}
	return n
}

// AddTheme adds a theme to a study's frame, last among its like, and returns its id. A parent must be a
// top theme other than Other.
func (r *Room) AddTheme(ctx context.Context, v person.Viewer, study string, n NewTheme) (string, error) {
	n = n.tidy()
	if n.Name == "" {
		return "", ErrNoName
	}
	t := Theme{ID: store.RandomID(), Parent: n.Parent, Name: n.Name}
	d := Definition{Theme: t.ID, Version: 1, Entry: n.Entry}
	if err := r.mayAnalyse(ctx, v, study); err != nil {
		return "", err
	}
	if err := r.sealDefinition(ctx, v, &d); err != nil {
		return "", err
	}
	return t.ID, r.changeFrame(ctx, v, study, func(tx *store.Tx, f Frame) error {
		if err := f.checkParent(t); err != nil {
			return err
		}
		return r.putTheme(ctx, tx, v, f, t, d)
	})
}

// putTheme writes a new theme and its first definition. f is the frame as it was, with its new version.
func (r *Room) putTheme(ctx context.Context, tx *store.Tx, v person.Viewer, f Frame, t Theme, d Definition) error {
	t.Hue, t.Position, t.Made = f.nextHue(), f.nextPosition(), r.now()
	d.frame = f.Version
	if err := insertTheme(ctx, tx, v.Partnership, f.Study, t); err != nil {
		return err
	}
	return insertDefinition(ctx, tx, v.Partnership, f.Study, d)
}

// EditTheme changes a theme. basedOn is the version of the definition that the editor saw: when there is
// a newer one by now, nothing changes and the fault says so. A new definition sends what was indexed
// under the old one to be looked at again; a new name or parent alone does not. Of Other, only what it
// means can be changed.
func (r *Room) EditTheme(ctx context.Context, v person.Viewer, study, id string, n NewTheme, basedOn int64) error {
	n = n.tidy()
	if n.Name == "" && id != Other {
		return ErrNoName
	}
	if err := r.mayAnalyse(ctx, v, study); err != nil {
		return err
	}
	history, err := r.History(ctx, v, study, id)
	if err != nil {
		return err
	}
	last := newest(history)
	if last.Version != basedOn {
		return errNewer
	}
	d := Definition{Theme: id, Version: last.Version + 1, Entry: n.Entry}
	redefined := last.Entry != n.Entry
	if redefined {
		if err := r.sealDefinition(ctx, v, &d); err != nil {
			return err
		}
	}
	return r.changeFrame(ctx, v, study, func(tx *store.Tx, f Frame) error {
		t, ok := f.Theme(id)
		if !ok {
			return fault.Missing
		}
		if redefined {
			d.frame = f.Version
			if err := insertDefinition(ctx, tx, v.Partnership, study, d); err != nil {
				return err
			}
		}
		if id == Other {
			return nil
		}
		if t.Parent != n.Parent {
			t.Parent, t.Position = n.Parent, f.nextPosition()
		}
		t.Name = n.Name
		if err := f.checkParent(t); err != nil {
			return err
		}
		return updateTheme(ctx, tx, v.Partnership, study, t)
	})
}

// Retire takes a theme out of use, or brings it back. What is indexed under it stays as it is.
func (r *Room) Retire(ctx context.Context, v person.Viewer, study, id string, retired bool) error {
	return r.changeFrame(ctx, v, study, func(tx *store.Tx, f Frame) error {
		t, ok := f.Theme(id)
		if !ok || id == Other {
			return fault.Missing
		}
		t.Retired = r.now()
		if !retired {
			t.Retired = store.Time(0)
		}
		return updateTheme(ctx, tx, v.Partnership, study, t)
	})
}

// Seed adds the themes of a set to a study's frame. Those whose names it has already are left out.
func (r *Room) Seed(ctx context.Context, v person.Viewer, study, set string) error {
	s, ok := setOf(set)
	if !ok {
		return fault.Missing
	}
	if err := r.mayAnalyse(ctx, v, study); err != nil {
		return err
	}
	definitions := make([]Definition, len(s.Themes))
	for i, t := range s.Themes {
		definitions[i] = Definition{Theme: store.RandomID(), Version: 1, Entry: refi.Entry{Definition: t.Definition, Source: s.Name + ", " + s.Version}}
		if err := r.sealDefinition(ctx, v, &definitions[i]); err != nil {
			return err
		}
	}
	return r.changeFrame(ctx, v, study, func(tx *store.Tx, f Frame) error {
		for i, principle := range s.Themes {
			if f.has(principle.Name) {
				continue
			}
			t := Theme{ID: definitions[i].Theme, Name: principle.Name}
			if err := r.putTheme(ctx, tx, v, f, t, definitions[i]); err != nil {
				return err
			}
			t.Hue, t.Position = f.nextHue(), f.nextPosition()
			f.Themes = append(f.Themes, t)
		}
		return nil
	})
}

// changeFrame opens a new version of the frame for one of the study's analysts and lets do change it. The
// frame that do sees has the new version and the themes as they were.
func (r *Room) changeFrame(ctx context.Context, v person.Viewer, study string, do func(*store.Tx, Frame) error) error {
	return r.db.Write(ctx, func(tx *store.Tx) error {
		if _, err := r.studies.For(ctx, tx, v, study); err != nil {
			return err
		}
		if _, err := bump(ctx, tx, v.Partnership, study); err != nil {
			return err
		}
		f, err := r.Frame(ctx, tx, v.Partnership, study)
		if err != nil {
			return err
		}
		if err := do(tx, f); err != nil {
			return err
		}
		return r.events.Publish(ctx, tx, v.Partnership, TopicCoding, study)
	})
}

// mayAnalyse returns fault.Missing to whoever is not an analyst of the study.
func (r *Room) mayAnalyse(ctx context.Context, v person.Viewer, study string) error {
	return r.db.Read(ctx, func(tx *store.Tx) error {
		_, err := r.studies.For(ctx, tx, v, study)
		return err
	})
}

// checkParent refuses a parent that is not a top theme of the frame, and a sub-theme for a theme that has
// some itself: a frame has two levels.
func (f Frame) checkParent(t Theme) error {
	if t.Parent == "" {
		return nil
	}
	parent, ok := f.Theme(t.Parent)
	if !ok || parent.Parent != "" || parent.ID == Other || parent.ID == t.ID || f.hasSubs(t.ID) {
		return ErrParent
	}
	return nil
}

func (f Frame) hasSubs(id string) bool {
	for _, t := range f.Themes {
		if t.Parent == id {
			return true
		}
	}
	return false
}

// has reports whether a theme of that name is in the frame, whatever its letters' case.
func (f Frame) has(name string) bool {
	for _, t := range f.Themes {
		if strings.EqualFold(t.Name, name) {
			return true
		}
	}
	return false
}

func (f Frame) nextHue() int {
	next := 0
	for _, t := range f.Themes {
		next = max(next, t.Hue+1)
	}
	return next
}

func (f Frame) nextPosition() int {
	next := 0
	for _, t := range f.Themes {
		if t.ID != Other {
			next = max(next, t.Position+1)
		}
	}
	return next
}
