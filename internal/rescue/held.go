package rescue

import (
	"errors"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// Held is what is kept here of the viewer, for her own copy: whom she named, who named her, a rescue that
// was begun, and that files are off.
func (r *Room) Held(q *web.Request) ([]look.Held, error) {
	var hers, theirs []Helper
	var begun Rescue
	var off bool
	var names map[person.ID]string
	ctx, p, id := q.Context(), q.Partnership(), q.Viewer.ID
	err := r.DB.Read(ctx, func(tx *store.Tx) error {
		var err error
		if hers, err = helpersOf(ctx, tx, p, id); err != nil {
			return err
		}
		if theirs, err = namedBy(ctx, tx, p, id); err != nil {
			return err
		}
		if begun, err = getRescue(ctx, tx, p, id, r.Now()); err != nil && !errors.Is(err, fault.Missing) {
			return err
		}
		if off, err = r.FilesOff(ctx, tx, p, id); err != nil {
			return err
		}
		names, err = r.Circle.Names(ctx, tx, p)
		return err
	})
	if err != nil {
		return nil, err
	}
	t := q.Words.T
	h := look.Held{Heading: t("rescue.heading")}
	say := func(key string, who person.ID) {
		h.Lines = append(h.Lines, look.Line{Text: t(key, "name", names[who])})
	}
	for _, helper := range hers {
		key := "rescue.asked"
		if helper.Agreed {
			key = "rescue.agreed"
		}
		say(key, helper.ID)
	}
	for _, helper := range theirs {
		say("rescue.held_named", helper.Of)
	}
	if begun.First != "" {
		say("rescue.begun", begun.First)
	}
	if off {
		h.Lines = append(h.Lines, look.Line{Text: t("rescue.files_off")})
	}
	if len(h.Lines) == 0 {
		return nil, nil
	}
	return []look.Held{h}, nil
}
