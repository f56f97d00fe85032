package source

import (
	"cmp"
	"context"
	"time"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// Sources is what other rooms ask about sources. It says what there is, never what is in it: words are
// the gate's.
type Sources struct {
	gate *consent.Gate
	told Told
	now  func() time.Time
}

// NewSources returns the sources over the gate, with what keeps what was told before interviews. When the gate destroys a part for good, they let go of
// what they knew of it; when a part is nobody's any more or another keeps a source, so they have it.
func NewSources(gate *consent.Gate, told Told, now func() time.Time) *Sources {
	s := &Sources{gate, told, now}
	gate.WhenDestroyed(s.forget)
	gate.WhenSevered(s.sever)
	gate.WhenHandedOver(s.handOver)
	return s
}

const sources = `SELECT id, study_id, kind, made_by, added, state, key_id, facts FROM source_source`

func scanSource(r store.Row) (Source, error) {
	var s Source
	var added int64
	err := r.Scan(&s.ID, &s.Study, &s.Kind, &s.Keeper, &added, &s.State, &s.key, &s.facts)
	s.Added = store.Time(added)
	return s, err
}

// List returns a study's sources, newest first, whatever their state.
func (s *Sources) List(ctx context.Context, tx *store.Tx, p person.Partnership, study string) ([]Source, error) {
	return store.List(ctx, tx, scanSource, sources+` WHERE partnership_id = $1 AND study_id = $2 ORDER BY added DESC, id`, p, study)
}

// Offered returns a study's sources that are offered for analysis, newest first. What of them an analyst
// may open is the gate's to say.
func (s *Sources) Offered(ctx context.Context, tx *store.Tx, p person.Partnership, study string) ([]Source, error) {
	return store.List(ctx, tx, scanSource, sources+` WHERE partnership_id = $1 AND study_id = $2 AND state = $3 ORDER BY added DESC, id`, p, study, Offered)
}

// Kept returns the sources that somebody keeps, newest first.
func (s *Sources) Kept(ctx context.Context, tx *store.Tx, keeper person.Viewer) ([]Source, error) {
	return store.List(ctx, tx, scanSource, sources+` WHERE partnership_id = $1 AND made_by = $2 ORDER BY added DESC, id`, keeper.Partnership, keeper.ID)
}

// Get returns a source, fault.Missing when there is none. Whether somebody may know of it is the
// caller's to check.
func (s *Sources) Get(ctx context.Context, tx *store.Tx, p person.Partnership, id consent.ID) (Source, error) {
	return store.Get(ctx, tx, scanSource, sources+` WHERE partnership_id = $1 AND id = $2`, p, id)
}

// Counts returns how many sources of each kind are offered in a study, for the methods section of a
// report (R71).
func (s *Sources) Counts(ctx context.Context, tx *store.Tx, p person.Partnership, study string) (map[consent.Kind]int, error) {
	counts := map[consent.Kind]int{}
	err := tx.Each(ctx, func(r store.Row) error {
		var kind consent.Kind
		var n int
		err := r.Scan(&kind, &n)
		counts[kind] = n
		return err
	}, `SELECT kind, count(*) FROM source_source WHERE partnership_id = $1 AND study_id = $2 AND state = $3 GROUP BY kind ORDER BY kind`,
		p, study, Offered)
	return counts, err
}

// Parts returns the voices in a source, in the order in which they first speak.
func (s *Sources) Parts(ctx context.Context, tx *store.Tx, p person.Partnership, id consent.ID) ([]Part, error) {
	return store.List(ctx, tx, func(r store.Row) (Part, error) {
		var part Part
		var gone int64
		err := r.Scan(&part.Speaker, &part.Role, &part.Person, &part.Turns, &part.first, &gone)
		part.Gone = gone == 1
		return part, err
	}, `SELECT speaker_id, role, person_id, turns, first_turn, gone FROM source_part
		WHERE partnership_id = $1 AND source_id = $2 ORDER BY position`, p, id)
}

// Move takes a source from the state it was read in to another. An interview is not offered for analysis before it is
// known of everybody who speaks in it that she was told what people here cannot keep private (R55).
func (s *Sources) Move(ctx context.Context, tx *store.Tx, p person.Partnership, src Source, to State) error {
	if !CanMove(src.State, to) {
		return errNotAllowed
	}
	if to == Offered {
		if missing, err := s.untold(ctx, tx, p, src); err != nil || len(missing) > 0 {
			return cmp.Or(err, error(errUntold))
		}
	}
	n, err := tx.Exec(ctx, `UPDATE source_source SET state = $3 WHERE partnership_id = $1 AND id = $2 AND state = $4 AND kind = $5`,
		p, src.ID, to, src.State, src.Kind)
	return store.Changed(n, err, fault.New(fault.Conflict, "web.newer"))
}

// A Prepared source is sealed and has its keys, but no rows yet; see consent.Prepared.
type Prepared struct {
	*consent.Prepared
	sources     *Sources
	partnership person.Partnership
	source      Source
	parts       []Part
}

// Prepare seals a source with its facts. It must be called outside of a transaction.
func (s *Sources) Prepare(ctx context.Context, p person.Partnership, study string, in consent.Incoming, f Facts) (*Prepared, error) {
	inner, err := s.gate.Prepare(ctx, p, in)
	if err != nil {
		return nil, err
	}
	pr := &Prepared{Prepared: inner, sources: s, partnership: p,
		source: Source{ID: inner.ID, Study: study, Kind: in.Kind, State: Unmarked, Keeper: in.Keeper}, parts: make([]Part, len(in.Speakers))}
	for i, speaker := range in.Speakers {
		pr.parts[i] = Part{Speaker: inner.Speakers[i], Role: speaker.Role, Person: speaker.Person}
	}
	for i, turn := range in.Turns {
		pr.count(turn, inner.Turns[i])
	}
	pr.source.key, pr.source.facts, err = s.gate.SealValue(ctx, p, "source_source", "facts", string(inner.ID), f)
	return pr, err
}

// count adds a turn to its speaker's part.
func (pr *Prepared) count(turn consent.NewTurn, id consent.ID) {
	part := &pr.parts[turn.Speaker]
	if part.Turns == 0 {
		part.first = id
	}
	part.Turns++
}

// Save writes the contribution and the source. Nobody but its keeper knows of it until it is offered.
func (pr *Prepared) Save(ctx context.Context, tx *store.Tx) error {
	return pr.SaveEach(ctx, tx, func(func(consent.NewTurn) error) error { return nil })
}

// SaveEach is Save for a source whose turns are too many to be held: each hands them on one by one.
func (pr *Prepared) SaveEach(ctx context.Context, tx *store.Tx, each func(do func(consent.NewTurn) error) error) error {
	if err := pr.Prepared.Save(ctx, tx); err != nil {
		return err
	}
	err := each(func(turn consent.NewTurn) error {
		id, err := pr.SaveTurn(ctx, tx, turn)
		pr.count(turn, id)
		return err
	})
	if err != nil {
		return err
	}
	return pr.sources.insert(ctx, tx, pr.partnership, pr.source, pr.parts)
}

func (s *Sources) insert(ctx context.Context, tx *store.Tx, p person.Partnership, src Source, parts []Part) error {
	_, err := tx.Exec(ctx, `INSERT INTO source_source (partnership_id, id, study_id, kind, made_by, added, state, key_id, facts)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		p, src.ID, src.Study, src.Kind, src.Keeper, store.Micros(s.now()), src.State, src.key, src.facts)
	if err != nil {
		return err
	}
	for i, part := range parts {
		_, err := tx.Exec(ctx, `INSERT INTO source_part (partnership_id, source_id, speaker_id, position, role, person_id, turns, first_turn, gone)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0)`, p, src.ID, part.Speaker, i, part.Role, part.Person, part.Turns, part.first)
		if err != nil {
			return err
		}
	}
	return nil
}

// place puts a note that its writer offers once more into a study.
func (s *Sources) place(ctx context.Context, tx *store.Tx, p person.Partnership, src Source, study string) error {
	if src.Study == study && src.State == Offered {
		return nil
	}
	n, err := tx.Exec(ctx, `UPDATE source_source SET study_id = $3, state = $4 WHERE partnership_id = $1 AND id = $2 AND state = $5 AND kind = $6`,
		p, src.ID, study, Offered, src.State, consent.Note)
	return store.Changed(n, err, fault.New(fault.Conflict, "web.newer"))
}

// forget runs when the gate has emptied turns. A part all of whose turns went is gone; a source in which
// only those who asked are left is closed, and its title and facts go with it.
func (s *Sources) forget(ctx context.Context, tx *store.Tx, p person.Partnership, turns []consent.ID) error {
	touched := map[consent.ID]bool{}
	for _, turn := range turns {
		ids, err := store.List(ctx, tx, store.One[consent.ID], `SELECT source_id FROM source_part
			WHERE partnership_id = $1 AND first_turn = $2 AND turns = $3 AND gone = 0`, p, turn, len(turns))
		if err != nil {
			return err
		}
		for _, id := range ids {
			touched[id] = true
			if _, err := tx.Exec(ctx, `UPDATE source_part SET gone = 1 WHERE partnership_id = $1 AND source_id = $2 AND first_turn = $3`, p, id, turn); err != nil {
				return err
			}
		}
	}
	for id := range touched {
		if err := s.forgetTold(ctx, tx, p, id); err != nil {
			return err
		}
		if err := s.closeIfEmpty(ctx, tx, p, id); err != nil {
			return err
		}
	}
	return nil
}

func (s *Sources) closeIfEmpty(ctx context.Context, tx *store.Tx, p person.Partnership, id consent.ID) error {
	left, err := store.Get(ctx, tx, store.One[int], `SELECT count(*) FROM source_part
		WHERE partnership_id = $1 AND source_id = $2 AND gone = 0 AND role <> $3`, p, id, consent.Interviewer)
	if err != nil || left > 0 {
		return err
	}
	src, err := s.Get(ctx, tx, p, id)
	if err != nil {
		return err
	}
	if src.key != "" {
		if err := s.gate.Doom(ctx, tx, p, src.key); err != nil {
			return err
		}
	}
	_, err = tx.Exec(ctx, `UPDATE source_source SET state = $3, key_id = '', facts = NULL WHERE partnership_id = $1 AND id = $2`, p, id, Closed)
	return err
}

// paper is a source's facts as the gate opens them: for its keeper and the study's analysts.
func (src Source) paper() consent.Paper {
	return consent.Paper{Table: "source_source", Column: "facts", Row: string(src.ID), Key: src.key, Sealed: src.facts, Writer: src.Keeper,
		Readers: []consent.Audience{{Kind: consent.ToAnalysts, ID: src.Study}}}
}

// FactsOf opens the facts of sources for a reader, by source. What she may not read is absent.
func (s *Sources) FactsOf(ctx context.Context, v person.Viewer, list ...Source) (map[consent.ID]Facts, error) {
	papers := make([]consent.Paper, len(list))
	for i, src := range list {
		papers[i] = src.paper()
	}
	opened, err := consent.Values[Facts](ctx, s.gate, v, papers)
	if err != nil {
		return nil, err
	}
	facts := map[consent.ID]Facts{}
	for i, o := range opened {
		if o.OK {
			facts[list[i].ID] = o.Value
		}
	}
	return facts, nil
}

// sealFacts seals changed facts under the source's own key. It must be called outside of a transaction.
func (s *Sources) sealFacts(ctx context.Context, p person.Partnership, src Source, f Facts) ([]byte, error) {
	return s.gate.ResealValue(ctx, p, "source_source", "facts", string(src.ID), src.key, f)
}

// errFactsNewer says that the facts were saved by somebody else since they were read.
var errFactsNewer = fault.New(fault.Conflict, "web.newer")

// saveFacts saves changed facts over those that src was read with.
func (s *Sources) saveFacts(ctx context.Context, tx *store.Tx, p person.Partnership, src Source, facts []byte) error {
	n, err := tx.Exec(ctx, `UPDATE source_source SET facts = $3 WHERE partnership_id = $1 AND id = $2 AND facts = $4`, p, src.ID, facts, src.facts)
	return store.Changed(n, err, errFactsNewer)
}
