package source

import (
	"context"
	"fmt"
	"slices"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// Told keeps what those who speak in the record of an interview were told, before it began, of what people here cannot
// keep private (R55).
type Told interface {
	// Told lists who of them is known to have been told.
	Told(ctx context.Context, tx *store.Tx, p person.Partnership, record consent.ID) ([]consent.ID, error)
	// Forget forgets it of somebody whose part is destroyed.
	Forget(ctx context.Context, tx *store.Tx, p person.Partnership, part consent.Part) error
}

// Begun ties the interview that was begun with somebody in a study to her part of the record that is brought in.
type Begun interface {
	Became(ctx context.Context, tx *store.Tx, p person.Partnership, study string, who person.ID, part consent.Part) error
}

// Limits asks, beside the terms of somebody in an interview, which version she was told, and returns what writes down
// the answer in the transaction that keeps the terms.
type Limits interface {
	Beside(q *web.Request, study string, who person.ID, part consent.Part, how consent.How, chosen string) (look.Choice, func(context.Context, *store.Tx) error, error)
}

// Telling says in words, by speaker, which version each was told, and how.
type Telling interface {
	HowTold(q *web.Request, record consent.ID) (map[consent.ID]string, error)
}

// forgetTold forgets what parts of a source that are destroyed had been told.
func (s *Sources) forgetTold(ctx context.Context, tx *store.Tx, p person.Partnership, id consent.ID) error {
	parts, err := s.Parts(ctx, tx, p, id)
	for _, part := range parts {
		if err == nil && part.Gone {
			err = s.told.Forget(ctx, tx, p, consent.Part{Contribution: id, Speaker: part.Speaker})
		}
	}
	return err
}

// untold lists the parts of an interview whose speaker is not known to have been told before it began. Of anything
// else it lists none.
func (s *Sources) untold(ctx context.Context, tx *store.Tx, p person.Partnership, src Source) ([]Part, error) {
	if src.Kind != consent.Interview {
		return nil, nil
	}
	parts, err := s.Parts(ctx, tx, p, src.ID)
	if err != nil {
		return nil, err
	}
	taken, err := s.gate.Taken(ctx, tx, p, src.ID)
	if err != nil {
		return nil, err
	}
	told, err := s.told.Told(ctx, tx, p, src.ID)
	return missing(parts, taken, told), err
}

// missing lists the parts that wait for it to be known. Who asked, what is taken back, and what is nobody's any more
// wait for nothing.
func missing(parts []Part, taken []consent.Withdrawal, told []consent.ID) []Part {
	return slices.DeleteFunc(slices.Clone(parts), func(p Part) bool {
		nobodys := p.Role == consent.Member && p.Person == ""
		_, back := kept{taken: taken}.withdrawn(p)
		return p.Role == consent.Interviewer || p.Gone || nobodys || back || slices.Contains(told, p.Speaker)
	})
}

// howTold says how those who speak in an interview were told, for its keeper.
func (r *Room) howTold(q *web.Request, k kept) (map[consent.ID]string, error) {
	if r.telling == nil || k.Keeper != q.Viewer.ID {
		return nil, nil
	}
	return r.telling.HowTold(q, k.ID)
}

// untoldNote says on the page of a source what is missing, and for whom.
func untoldNote(q *web.Request, k kept) look.Note {
	if len(k.untold) == 0 {
		return look.Note{}
	}
	t := q.Words.T
	n := look.Note{Title: t("source.untold_title"), Text: t("source.untold")}
	for _, p := range k.untold {
		n.Links = append(n.Links, look.Link{Href: fmt.Sprintf("/source/%s/told/%s", k.ID, p.Speaker), Text: t("source.untold_link", "name", partName(q, k, k.place(p)))})
	}
	return n
}

// Interviewed returns whose part of an interview the viewer keeps: of which study, whose it is, and what she is called
// where no word is opened. There is none of whoever asked, and of what is taken back.
func (r *Room) Interviewed(q *web.Request, of consent.Part) (study string, who person.ID, name string, err error) {
	k, err := r.load(q.Context(), q.Viewer, of.Contribution)
	if err != nil {
		return "", "", "", err
	}
	part, err := k.part(of.Speaker)
	_, taken := k.withdrawn(part)
	if err != nil || k.Keeper != q.Viewer.ID || taken || part.Gone || k.Kind != consent.Interview || part.Role == consent.Interviewer {
		return "", "", "", fault.Missing
	}
	return k.Study, part.Person, partName(q, k, k.place(part)), nil
}

// place returns where a part stands among those of its source.
func (k kept) place(part Part) int {
	return slices.IndexFunc(k.parts, func(p Part) bool { return p.Speaker == part.Speaker })
}

// beside asks the interviews, beside the terms of somebody in one, which version of the limits she was told. Of
// anything else nothing is asked, and nothing written.
func (r *Room) beside(q *web.Request, k kept, part Part, how consent.How, chosen string) (*look.Choice, func(context.Context, *store.Tx) error, error) {
	if r.limits == nil || k.Kind != consent.Interview {
		return nil, func(context.Context, *store.Tx) error { return nil }, nil
	}
	c, tell, err := r.limits.Beside(q, k.Study, part.Person, consent.Part{Contribution: k.ID, Speaker: part.Speaker}, how, chosen)
	return &c, tell, err
}

// limitsChoice is that question, for as long as it is not known.
func (r *Room) limitsChoice(q *web.Request, k kept, part Part, chosen string) (*look.Choice, error) {
	if !slices.ContainsFunc(k.untold, func(p Part) bool { return p.Speaker == part.Speaker }) {
		return nil, nil
	}
	c, _, err := r.beside(q, k, part, consent.How{}, chosen)
	return c, err
}

// warnUntold says of a file that was just kept that it cannot be offered yet, for whoever brings it in by a command.
func (r *Room) warnUntold(q *web.Request, f *received) error {
	k, err := r.load(q.Context(), q.Viewer, f.Source)
	if err == nil && len(k.untold) > 0 {
		f.Warnings = append(f.Warnings, q.Words.T("source.untold_file"))
	}
	return err
}
