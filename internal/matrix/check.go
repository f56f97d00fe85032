package matrix

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"footing/internal/coding"
	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// Whoever let her words be published can have them kept for checking, by the analysts of a study or by somebody she
// named. What they can check is what left: the passages that a file used, or what was shared to be printed and is
// in no study.

// checked is one thing that was published, as far as somebody may check it.
type checked struct {
	Release // without a What: something that was shared to be printed, by its own id
	Study   string
	Parts   []checkedPart
}

// checkedPart is what is kept of one contribution.
type checkedPart struct {
	consent.Heading
	Places []coding.Part
}

// turns lists the turns in which a part's places are.
func (c checkedPart) turns() []consent.ID {
	var ids []consent.ID
	for _, p := range c.Places {
		if !slices.Contains(ids, p.Turn) {
			ids = append(ids, p.Turn)
		}
	}
	return ids
}

// joined returns places in the order of their turns' numbers, those that touch as one, so that nothing stands
// twice that was indexed twice.
func joined(places []coding.Part, seq map[consent.ID]int) []coding.Part {
	places = slices.Clone(places)
	slices.SortFunc(places, func(a, b coding.Part) int {
		return cmp.Or(cmp.Compare(seq[a.Turn], seq[b.Turn]), cmp.Compare(a.Turn, b.Turn), cmp.Compare(a.Start, b.Start))
	})
	var list []coding.Part
	for _, p := range places {
		if n := len(list) - 1; n >= 0 && list[n].Turn == p.Turn && p.Start <= list[n].End {
			list[n].End = max(list[n].End, p.End)
		} else {
			list = append(list, p)
		}
	}
	return list
}

// checking is the use under which something is checked.
func checking(study string) consent.Use {
	return consent.Use{Purpose: consent.Checking, For: study, Form: consent.Words}
}

// checkable lists what somebody may check: files first, the newest first, then what was shared to be printed. It
// opens none of it.
func (r *Room) checkable(ctx context.Context, v person.Viewer) ([]checked, error) {
	var files, shared []checked
	err := r.DB.Read(ctx, func(tx *store.Tx) error {
		studies, err := r.Studies.List(ctx, tx, v.Partnership) // also those that are over: that is when things are out
		if err != nil {
			return err
		}
		ids := []string{""}
		for _, s := range studies {
			ids = append(ids, s.ID)
		}
		for _, study := range ids {
			ruling, err := r.Gate.RuleIn(ctx, tx, v, checking(study))
			if err != nil {
				return err
			}
			kept := kept{study, ruling.Others()}
			if len(kept.of) == 0 {
				continue
			}
			if shared, err = r.sharedKept(ctx, tx, v.Partnership, kept, shared); err != nil {
				return err
			}
			more, err := r.filesKept(ctx, tx, v.Partnership, kept)
			if err != nil {
				return err
			}
			files = append(files, more...)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(files, func(a, b checked) int { return b.At.Compare(a.At) })
	list := append(files, shared...)
	return list, r.purposes(ctx, v, list)
}

// toCheck returns one thing that somebody may check, fault.Missing when there is none of that id for her.
func (r *Room) toCheck(ctx context.Context, v person.Viewer, id string) (checked, error) {
	list, err := r.checkable(ctx, v)
	i := slices.IndexFunc(list, func(c checked) bool { return c.ID == id })
	if err == nil && i < 0 {
		err = fault.Missing
	}
	if err != nil {
		return checked{}, err
	}
	return list[i], nil
}

// kept is what may be checked for one study, or for none, by turn.
type kept struct {
	study string
	of    map[consent.ID]consent.Part
}

// parts sorts places by the contribution they are in, without those that are not kept.
func (r *Room) parts(ctx context.Context, tx *store.Tx, p person.Partnership, k kept, places []coding.Part) ([]checkedPart, error) {
	var list []checkedPart
	for _, place := range places {
		of, is := k.of[place.Turn]
		if !is {
			continue
		}
		i := slices.IndexFunc(list, func(c checkedPart) bool { return c.ID == of.Contribution })
		if i < 0 {
			h, err := r.Gate.HeadingOf(ctx, tx, p, of.Contribution)
			if err != nil {
				return nil, err
			}
			i, list = len(list), append(list, checkedPart{Heading: h})
		}
		list[i].Places = append(list[i].Places, place)
	}
	slices.SortFunc(list, func(a, b checkedPart) int { return cmp.Or(a.Made.Compare(b.Made), cmp.Compare(a.ID, b.ID)) })
	return list, nil
}

// filesKept lists the files that left a study and used something that is kept.
func (r *Room) filesKept(ctx context.Context, tx *store.Tx, p person.Partnership, k kept) ([]checked, error) {
	if k.study == "" {
		return nil, nil
	}
	whose := func(turn consent.ID) consent.ID { return k.of[turn].Speaker }
	left, err := r.Coding.Left(ctx, tx, p, k.study, whose)
	if err != nil {
		return nil, err
	}
	charts, err := r.chartsLeft(ctx, tx, p, k.study)
	if err != nil {
		return nil, err
	}
	var list []checked
	add := func(rel Release, places []coding.Part) error {
		parts, err := r.parts(ctx, tx, p, k, places)
		if len(parts) > 0 {
			list = append(list, checked{rel, k.study, parts})
		}
		return err
	}
	for _, f := range left {
		if err := add(ofIndex(f.Release), f.Places); err != nil {
			return nil, err
		}
	}
	for _, f := range charts {
		if err := add(f.Release, f.Places); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// chartLeft is a file of the charts that left, and the places behind the sentences in it.
type chartLeft struct {
	Release
	Places []coding.Part
}

func (r *Room) chartsLeft(ctx context.Context, tx *store.Tx, p person.Partnership, study string) ([]chartLeft, error) {
	files, err := store.List(ctx, tx, scanRelease, releases+` WHERE partnership_id = $1 AND study_id = $2 ORDER BY at DESC, id`, p, study)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(files))
	for i, f := range files {
		ids[i] = f.ID
	}
	rests, err := r.Gate.Rests(ctx, tx, p, ReleaseKind, ids...)
	if err != nil {
		return nil, err
	}
	list := make([]chartLeft, len(files))
	for i, f := range files {
		list[i].Release = f
		for _, ref := range rests[f.ID] {
			if turn, at, ok := ref.Passage(); ok {
				list[i].Places = append(list[i].Places, coding.Part{Turn: turn, Span: at})
			}
		}
	}
	return list, nil
}

// whole is a place that holds any turn.
const whole = 1 << 30

// sharedKept adds to a list what is kept of things that were shared to be printed: those that are no source of a
// study, from which nothing leaves but in a file.
func (r *Room) sharedKept(ctx context.Context, tx *store.Tx, p person.Partnership, k kept, list []checked) ([]checked, error) {
	var places []coding.Part
	for turn := range k.of {
		places = append(places, coding.Part{Turn: turn, Span: consent.Span{End: whole}})
	}
	parts, err := r.parts(ctx, tx, p, k, places)
	if err != nil {
		return list, err
	}
	for _, part := range parts {
		_, err := r.Sources.Get(ctx, tx, p, part.ID)
		known := slices.ContainsFunc(list, func(c checked) bool { return c.ID == string(part.ID) })
		if err == nil || known {
			continue
		}
		if !errors.Is(err, fault.Missing) {
			return list, err
		}
		list = append(list, checked{Release: Release{ID: string(part.ID), At: part.Made}, Study: k.study, Parts: []checkedPart{part}})
	}
	return list, nil
}

// purposes fills in what files were made for, where the reader is an analyst of their study.
func (r *Room) purposes(ctx context.Context, v person.Viewer, list []checked) error {
	for i, c := range list {
		readers := consent.Audience{Kind: consent.ToAnalysts, ID: c.Study}
		switch c.What {
		case "":
		case ChartsXLSX, ChartsCSV, ChartsPrint:
			one := []Release{c.Release}
			if err := r.openPurposes(ctx, v, readers, one); err != nil {
				return err
			}
			list[i].Purpose = one[0].Purpose
		default:
			one := []coding.Release{c.index}
			if err := r.Coding.OpenPurposes(ctx, v, readers, one); err != nil {
				return err
			}
			list[i].Purpose = one[0].Purpose
		}
	}
	return nil
}
