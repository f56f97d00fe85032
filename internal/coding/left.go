package coding

import (
	"context"
	"fmt"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/store"
)

// A Left is a file with passages that left, and the places in it.
type Left struct {
	Release
	Places []Part
}

// Left lists the files with passages that left a study, newest first, each with the places in it: what was
// indexed when it left and still is, of those whose words went into it. whose names the speaker of a turn, and
// nobody where its caller may not know. What the files were made for stays sealed. Who may be told of them is the
// caller's to know.
func (r *Room) Left(ctx context.Context, tx *store.Tx, p person.Partnership, study string, whose func(turn consent.ID) consent.ID) ([]Left, error) {
	files, err := store.List(ctx, tx, scanRelease, releases+` WHERE partnership_id = $1 AND study_id = $2 ORDER BY at DESC, id`, p, study)
	if err != nil || len(files) == 0 {
		return nil, err
	}
	codings, err := r.Codings(ctx, tx, p, study, Filter{})
	if err != nil {
		return nil, fmt.Errorf("reading what is indexed: %w", err)
	}
	list := make([]Left, len(files))
	for i, f := range files {
		parts, err := partsOf(ctx, tx, p, f.ID)
		if err != nil {
			return nil, err
		}
		in := map[consent.ID]bool{}
		for _, part := range parts {
			in[part.Speaker] = true
		}
		list[i].Release = f
		for _, c := range codings {
			for _, place := range c.Parts {
				if in[whose(place.Turn)] && !c.At.After(f.At) {
					list[i].Places = append(list[i].Places, place)
				}
			}
		}
	}
	return list, nil
}
