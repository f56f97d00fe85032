package app

import (
	"context"
	"fmt"
	"footing/internal/coding"
	"footing/internal/find"
	"footing/internal/interview"
	"footing/internal/jargon"
	"footing/internal/matrix"
	"footing/internal/meeting"
	"footing/internal/notes"
	"footing/internal/observe"
	"footing/internal/person"
	"footing/internal/place"
	"footing/internal/power"
	"footing/internal/search"
	"io/fs"
	"slices"

	"footing/internal/account"
	"footing/internal/agreement"
	"footing/internal/apart"
	"footing/internal/asking"
	"footing/internal/between"
	"footing/internal/buddy"
	"footing/internal/checkin"
	"footing/internal/circle"
	"footing/internal/consent"
	"footing/internal/decision"
	"footing/internal/event"
	"footing/internal/facts"
	"footing/internal/lang"
	"footing/internal/ledger"
	"footing/internal/sharing"
	"footing/internal/source"
	"footing/internal/store"
	"footing/internal/study"
	"footing/internal/web"
	"footing/internal/web/look"
)

// Parts is what rooms stand on, made once.
type Parts struct {
	gate     *consent.Gate
	events   *event.Bus
	circle   *circle.Circle
	studies  *study.Studies
	accounts *account.Accounts
	sources  *source.Sources
	coding   *coding.Room
	matrix   *matrix.Room
	find     *find.Room
	asking   *asking.Room
	sharing  *sharing.Room
	agreed   *agreement.Room
	between  *between.Room
	buddy    *buddy.Room
	decided  *decision.Room
	power    *power.Room
	facts    *facts.Room
	meeting  *meeting.Room
	notes    *notes.Room
	observe  *observe.Room
	checkin  *checkin.Room
	place    *place.Room
	jargon   *jargon.Room
	apart    *apart.Room

	interview *interview.Room
}

func assemble(c Config, db *store.DB, gate *consent.Gate, bus *event.Bus, seal account.Box) *Parts {
	p := &Parts{gate: gate, events: bus, circle: circle.New(gate, c.Now)}
	p.jargon = jargon.New(jargon.Deps{DB: db, Gate: gate, Circle: p.circle, Now: c.Now})
	p.agreed = agreement.New(agreement.Deps{DB: db, Gate: gate, Circle: p.circle, Words: p.jargon, Now: c.Now})
	p.studies = study.New(gate, p.circle, p.agreed, c.Now)
	p.interview = interview.New(interview.Deps{DB: db, Gate: gate, Circle: p.circle, Studies: p.studies, Limits: p.agreed, Now: c.Now})
	p.sources = source.NewSources(gate, p.interview, c.Now)
	p.accounts = account.New(account.Deps{DB: db, Box: seal, Now: c.Now})
	p.coding = coding.New(coding.Deps{DB: db, Gate: gate, Events: bus, Circle: p.circle, Studies: p.studies, Sources: p.sources, Now: c.Now})
	p.matrix = matrix.New(matrix.Deps{DB: db, Gate: gate, Events: bus, Circle: p.circle, Studies: p.studies, Sources: p.sources, Coding: p.coding, Now: c.Now})
	p.find = find.New(find.Deps{DB: db, Gate: gate, Events: bus, Indexes: search.New(gate, search.Idle), Circle: p.circle, Studies: p.studies, Sources: offered{p.sources}, Log: c.Log})
	p.asking = asking.New(asking.Deps{DB: db, Gate: gate, Circle: p.circle, Studies: p.studies, Accounts: p.accounts, Now: c.Now})
	p.sharing = sharing.New(sharing.Deps{DB: db, Gate: gate, Circle: p.circle, Studies: p.studies, Asks: p.asking, Limits: p.agreed, Now: c.Now,
		Made: []sharing.Made{p.coding.Made, p.matrix.Made}})
	p.between = between.New(between.Deps{DB: db, Gate: gate, Circle: p.circle, Now: c.Now})
	p.buddy = buddy.New(buddy.Deps{DB: db, Gate: gate, Circle: p.circle, Now: c.Now})
	p.decided = decision.New(decision.Deps{DB: db, Gate: gate, Circle: p.circle, Rules: p.agreed, Stops: p.agreed, Now: c.Now})
	p.place = place.New(place.Deps{DB: db, Gate: gate, Circle: p.circle, Now: c.Now})
	p.checkin = checkin.New(checkin.Deps{DB: db, Gate: gate, Circle: p.circle, Buddies: p.buddy, Now: c.Now})
	p.apart = apart.New(apart.Deps{DB: db, Gate: gate, Circle: p.circle, Beside: harderToSee, Now: c.Now})
	p.meeting = meeting.New(meeting.Deps{DB: db, Gate: gate, Events: bus, Circle: p.circle, Places: p.place, Buddies: p.buddy, Now: c.Now,
		// Notes and watching stand on meetings. A meeting asks for them by functions, which run once all three are there.
		Beside:  p.besideMeetings,
		Notes:   func(q *web.Request, id string) []look.Link { return p.notes.Links(q, id) },
		Printed: func(q *web.Request, id string) ([]look.Held, error) { return p.notes.Printed(q, id) },
		Begins: func(ctx context.Context, v person.Viewer, id string) (func(*store.Tx) error, error) {
			return p.observe.Begins(ctx, v, id)
		},
		Watched: func(q *web.Request, id string, began, over bool) (look.Note, error) {
			return p.observe.Watched(q, id, began, over)
		},
	})
	p.notes = notes.New(notes.Deps{DB: db, Gate: gate, Circle: p.circle, Meetings: noted{p.meeting}, Now: c.Now})
	p.observe = observe.New(observe.Deps{DB: db, Gate: gate, Circle: p.circle, Studies: p.studies, Meetings: watched{p.meeting}, Present: p.meeting, Past: p.meeting, Pages: p.meeting,
		Records: p.sources, Now: c.Now})
	p.facts = facts.New(facts.Deps{DB: db, Gate: gate, Circle: p.circle, Studies: p.studies, Now: c.Now, Met: met{p.meeting}, Of: map[facts.Fact]facts.Counter{
		facts.Agenda:     p.meeting.AgendaFacts,
		facts.Said:       p.sources.SaidFacts,
		facts.Opened:     p.decided.OpenedFacts,
		facts.Decided:    p.decided.DecidedFacts,
		facts.AboutMoney: p.decided.MoneyFacts,
		facts.Sum:        p.decided.SumFacts,
		facts.Ladder:     p.decided.LadderFacts,
		facts.Todo:       p.notes.TodoFacts,
		facts.Hosted:     p.meeting.HostFacts,
	}})
	p.power = power.New(power.Deps{DB: db, Gate: gate, Circle: p.circle, Now: c.Now, Beside: p.facts.Beside, Buddies: p.buddy})
	p.asking.Answers = p.sharing // the two name what they need of each other, and meet here
	return p
}

// besideMeetings are the pages that the list of meetings leads to.
func (p *Parts) besideMeetings(q *web.Request) []look.Link {
	return slices.Concat(p.notes.Beside(q), p.checkin.Beside(q), p.apart.Link(q))
}

// harderToSee leads to where somebody says what decides here and nobody names.
func harderToSee(q *web.Request) []look.Link {
	if !q.Viewer.Standings.Meets(web.Taking(web.Any).Standings) {
		return nil
	}
	return []look.Link{{Href: "/decides", Text: q.Words.T("web.link_power")}}
}

// migrations lists every table's file: the ground's first, then the rooms'.
func migrations(rooms []web.Room) []fs.FS {
	list := []fs.FS{account.Migrations, consent.Migrations, event.Migrations, ledger.Migrations}
	for _, r := range rooms {
		if r.Migrations != nil {
			list = append(list, r.Migrations)
		}
	}
	return list
}

// words reads every room's words, the shell's and the ground's.
func words(rooms []web.Room) (*lang.Catalogue, error) {
	list := []fs.FS{web.Words(), account.Words()}
	for _, r := range rooms {
		if r.Words != nil {
			list = append(list, r.Words)
		}
	}
	cat, err := lang.Load(list...)
	if err != nil {
		return nil, fmt.Errorf("reading the words: %w", err)
	}
	return cat, nil
}

// site tells the shell what the group chose to show of itself.
func (a *App) site(ctx context.Context) (web.Site, error) {
	site := web.Site{Name: "Notes"}
	err := a.db.Read(ctx, func(tx *store.Tx) error {
		s, ready, err := circle.Of(ctx, tx)
		if ready {
			site = web.Site{Partnership: s.Partnership, Name: s.Name, LeaveTo: s.LeaveTo, Ready: true}
		}
		return err
	})
	return site, err
}

// noted tells the notes which meetings there are, and what was said to each.
type noted struct{ meeting *meeting.Room }

// All lists them.
func (n noted) All(ctx context.Context, v person.Viewer) ([]notes.Meeting, error) {
	known, err := n.meeting.Noted(ctx, v)
	var list []notes.Meeting
	for _, k := range known {
		m := notes.Meeting{ID: k.Meeting.ID, Day: k.Meeting.Day, Start: k.Meeting.Text.Start, Took: k.Took}
		for _, s := range k.Said {
			m.Said = append(m.Said, notes.Said{By: s.Person, For: s.Text.For, About: s.About, Words: s.Text.Words})
		}
		list = append(list, m)
	}
	return list, err
}

// met tells the page of what is counted when and where one met, and nothing else of a meeting.
type met struct{ meeting *meeting.Room }

// Met lists the meetings that were, from one day on and before another.
func (m met) Met(ctx context.Context, v person.Viewer, from, until string) ([]facts.Met, error) {
	were, err := m.meeting.Were(ctx, v, from, until)
	var list []facts.Met
	for _, w := range were {
		text := w.Meeting.Text
		list = append(list, facts.Met{Day: w.Meeting.Day, Start: text.Start, Place: w.Place, Women: text.Women, Others: len(text.With) > 0})
	}
	return list, err
}

// watched tells the room of watching which meetings there are.
type watched struct{ meeting *meeting.Room }

// All lists them.
func (w watched) All(ctx context.Context, v person.Viewer) ([]observe.Meeting, error) {
	open, today, err := w.meeting.Open(ctx, v)
	list := make([]observe.Meeting, len(open))
	for i, m := range open {
		list[i] = observe.Meeting{ID: m.ID, Day: m.Day, Start: m.Text.Start, Began: m.Stage != meeting.Ahead, Over: m.Over(today)}
	}
	return list, err
}

// seen tells sources which meetings were watched, and who says yes to it.
type seen struct{ observe *observe.Room }

// Seen lists them.
func (s seen) Seen(ctx context.Context, v person.Viewer, of ...person.ID) ([]source.Met, error) {
	all, err := s.observe.Seen(ctx, v, of...)
	list := make([]source.Met, len(all))
	for i, one := range all {
		list[i] = source.Met{ID: one.Meeting.ID, Day: one.Meeting.Day, Start: one.Meeting.Start, Agreed: one.Agreed, Study: one.Study, Yes: one.Yes, Still: one.Still}
	}
	return list, err
}

// offered tells the search desk which contributions are sources of a study.
type offered struct{ sources *source.Sources }

// Of lists them.
func (o offered) Of(ctx context.Context, tx *store.Tx, p person.Partnership, study string) ([]consent.ID, error) {
	list, err := o.sources.Offered(ctx, tx, p, study)
	ids := make([]consent.ID, len(list))
	for i, s := range list {
		ids[i] = s.ID
	}
	return ids, err
}
