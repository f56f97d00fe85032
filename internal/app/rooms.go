package app

import (
	"context"
	"errors"
	"fmt"
	"footing/internal/aboutme"
	"footing/internal/aloud"
	"footing/internal/byhand"
	"footing/internal/record"
	"net/http"
	"net/netip"

	"footing/internal/care"
	"footing/internal/circle"
	"footing/internal/demo"
	"footing/internal/desk"
	"footing/internal/entry"
	"footing/internal/fault"
	"footing/internal/lang"
	"footing/internal/language"
	"footing/internal/letters"
	"footing/internal/mine"
	"footing/internal/needs"
	"footing/internal/person"
	"footing/internal/rehearsal"
	"footing/internal/rescue"
	"footing/internal/source"
	"footing/internal/store"
	"footing/internal/study"
	"footing/internal/table"
	"footing/internal/web"
	"footing/internal/web/look"
)

// rooms is the one list of rooms, with what each is handed.
func (a *App) rooms() ([]web.Room, error) {
	support, err := care.New()
	if err != nil {
		return nil, err
	}
	a.uploads = source.New(source.Deps{DB: a.db, Gate: a.gate, Circle: a.circle, Studies: a.studies, Sources: a.sources, Now: a.Now,
		Lost: a.coding.Lost, Settle: a.coding.Settle, Begun: a.interview, Limits: a.interview, Telling: a.interview, Meetings: seen{a.observe}})
	a.interview.Records = a.uploads // each asks the other, and they meet here
	people := circle.NewRoom(circle.Deps{DB: a.db, Gate: a.gate, Circle: a.circle, Remove: a.accounts.Remove, Signs: a.accounts.Has})
	paper := byhand.New(byhand.Deps{DB: a.db, Gate: a.gate, Circle: a.circle, Accounts: a.accounts, Now: a.Now})
	tablet := table.New(table.Deps{DB: a.db, Circle: a.circle, Accounts: a.accounts, From: func(q *http.Request) netip.Addr { return a.door.From(q) }, Now: a.Now})
	help := rescue.New(rescue.Deps{DB: a.db, Circle: a.circle, Accounts: a.accounts, Now: a.Now})
	about := aboutme.New(aboutme.Deps{DB: a.db, Gate: a.gate, Circle: a.circle})
	studies := study.NewRoom(study.Deps{DB: a.db, Circle: a.circle, Studies: a.studies})
	needed := needs.New(needs.Deps{DB: a.db, Gate: a.gate, Circle: a.circle, Now: a.Now})
	door := func(q *web.Request) ([]look.Held, error) { return a.door.Held(q) } // which is made next, and tells that a copy waits
	a.aloud = aloud.New(aloud.Deps{DB: a.db, Gate: a.gate, Circle: a.circle, Now: a.Now, Pages: aloudPages})
	copies := mine.New(mine.Deps{DB: a.db, Gate: a.gate, Circle: a.circle, Accounts: a.accounts, Now: a.Now, Parts: []mine.Part{
		people.Held,
		door,
		help.Held,
		tablet.Held,
		a.agreed.Held,
		a.decided.Held,
		a.between.Held,
		a.buddy.Held,
		a.sharing.Held,
		a.asking.Held,
		needed.Held,
		a.meeting.Held,
		a.notes.Held,
		a.observe.Held,
		a.place.Held,
		a.jargon.Held,
		a.checkin.Held,
		a.apart.Held,
		paper.Held,
		studies.Held,
		a.uploads.Held,
		a.interview.Held,
		a.coding.Held,
		a.matrix.Held,
		about.Held,
		a.aloud.Held,
		a.power.Held,
		a.facts.Held,
	}})
	a.door = entry.New(entry.Deps{DB: a.db, Accounts: a.accounts, Circle: a.circle, Studies: a.studies, SetUpCode: a.code, Trusted: a.BehindProxy,
		FilesOff: help.FilesOff, Mine: []func(*web.Request) ([]look.Card, error){a.sharing.Mine, people.Mine, a.aloud.Mine},
		News: []func(*web.Request) ([]look.Link, error){
			people.News,
			a.agreed.News,
			a.decided.News,
			a.sharing.News,
			paper.News,
			help.News,
			a.asking.News,
			a.meeting.News,
			a.notes.News,
			a.checkin.News,
			a.between.News,
			a.buddy.News,
			a.interview.News,
			a.power.News,
			copies.News,
		}})
	a.restored = []func(context.Context, *store.Tx, person.Partnership) error{
		a.agreed.AfterRestore,
		a.decided.AfterRestore,
		a.door.AfterRestore,
		a.circle.AfterRestore,
		help.AfterRestore,
		tablet.AfterRestore,
		paper.AfterRestore,
		a.asking.AfterRestore,
		copies.AfterRestore,
		needed.AfterRestore,
		a.meeting.AfterRestore,
		a.notes.AfterRestore,
		a.observe.AfterRestore,
		a.checkin.AfterRestore,
		a.apart.AfterRestore,
		a.between.AfterRestore,
		a.buddy.AfterRestore,
		a.interview.AfterRestore,
		a.aloud.AfterRestore,
		a.power.AfterRestore,
		a.facts.AfterRestore,
	}
	rooms := []web.Room{
		a.door.Web(),
		people.Web(),
		a.agreed.Web(),
		a.decided.Web(),
		a.power.Web(),
		a.facts.Web(),
		studies.Web(),
		a.sharing.Web(),
		a.asking.Web(),
		a.meeting.Web(),
		a.notes.Web(),
		a.observe.Web(),
		a.place.Web(),
		a.jargon.Web(),
		a.checkin.Web(),
		a.apart.Web(),
		needed.Web(),
		a.between.Web(),
		a.buddy.Web(),
		paper.Web(),
		tablet.Web(),
		about.Web(),
		a.aloud.Web(),
		language.New(language.Deps{DB: a.db, Circle: a.circle, Words: func() *lang.Catalogue { return a.words }, Now: a.Now}).Web(),
		letters.New(letters.Deps{DB: a.db, Circle: a.circle, Now: a.Now}).Web(),
		rehearsal.New(rehearsal.Deps{DB: a.db, Gate: a.gate, Now: a.Now}).Web(),
		help.Web(),
		a.interview.Web(),
		a.uploads.Web(),
		desk.New(desk.Deps{DB: a.db, Studies: a.studies, Sources: a.sources, Flags: []desk.Flags{a.coding.Flags, a.matrix.Flags}}).Web(),
		a.coding.Web(),
		a.matrix.Web(),
		a.find.Web(),
		record.New(record.Deps{DB: a.db, Circle: a.circle}).Web(),
		copies.Web(),
		support.Web(),
		a.health(),
	}
	if a.Components {
		rooms = append(rooms, demo.Components())
	}
	return rooms, nil
}

// links is the list on top of every signed-in page, in this order.
func links() []web.Link {
	members := web.Members(web.Any)
	desk := web.Only(web.SameStudy, person.Analyst)
	return []web.Link{
		{Path: "/", Label: "web.link_start", Allow: members},
		{Path: "/share", Label: "web.link_share", Allow: members, Also: []string{"/draft", "/offer-note"}},
		{Path: "/read", Label: "web.link_read", Allow: members},
		{Path: "/agreement", Label: "web.link_agreement", Allow: members, Also: []string{"/words"}},
		{Path: "/meetings", Label: "web.link_meetings", Allow: members, Also: []string{"/agenda", "/places", "/today", "/notes", "/todo", "/apart", "/observe"}},
		{Path: "/decide", Label: "web.link_decide", Allow: members},
		{Path: "/decides", Label: "web.link_power", Allow: web.Taking(web.Any)},
		{Path: "/people", Label: "web.link_people", Allow: members, Also: []string{"/table"}},
		{Path: "/studies", Label: "web.link_studies", Allow: members},
		{Path: "/record", Label: "web.link_record", Allow: members},
		{Path: "/desk", Label: "web.link_desk", Allow: desk, Parts: []web.Link{
			{Path: "/source", Label: "web.link_source", Also: []string{"/import", "/talks"}},
			{Path: "/frame/{study}", Label: "web.link_frame", Also: []string{"/theme/{study}"}},
			{Path: "/index/{study}", Label: "web.link_index"},
			{Path: "/find/{study}", Label: "web.link_find"},
			{Path: "/matrix/{study}", Label: "web.link_matrix"},
			{Path: "/matrix/{study}/coverage", Label: "web.link_coverage"},
			{Path: "/export/{study}", Label: "web.link_export", Also: []string{"/releases/{study}"}},
		}},
		{Path: "/me", Label: "web.me", Allow: circle.SignedIn(web.Own), Also: []string{"/factor", "/side-by-side", "/paper", "/helping", "/needs", "/between", "/buddy"}},
	}
}

// health answers whoever watches the server: 200 when it can serve.
func (a *App) health() web.Room {
	return web.Room{Name: "health", Routes: []web.Route{{Pattern: "GET /healthz", Allow: web.Everybody(), Title: "web.not_found_title", Weight: web.Nothing,
		Do: func(q *web.Request) (web.Answer, error) {
			if err := errors.Join(a.db.Ping(q.Context()), a.keys.Ping(q.Context())); err != nil {
				return nil, fault.New(fault.Internal, "web.our_fault").Wrap(err)
			}
			return web.Stream(func(w http.ResponseWriter, _ *http.Request) error {
				_, err := fmt.Fprintln(w, "ok")
				return err
			}), nil
		}}}}
}

func (a *App) shellOf(rooms []web.Room) (*web.Shell, error) {
	var err error
	if a.words, err = words(rooms); err != nil {
		return nil, err
	}
	return web.New(web.Config{Rooms: rooms, Words: a.words, Site: a.site, Sessions: a.door, Links: links(), Now: a.Now, Log: a.Log, Short: a.ballast.short, Spare: a.ballast.size > 0, Aloud: a.aloud.On,
		Secure: a.secure(), Trusted: a.BehindProxy})
}

// SetUpCode returns the code that makes a partnership, empty when there is one.
func (a *App) SetUpCode(ctx context.Context) (string, error) {
	p, err := a.partnership(ctx)
	if p != "" {
		return "", err
	}
	return a.code, err
}

// Demo returns what the demonstration fills. It fails on an app without a demo clock.
func (a *App) Demo(clock *demo.Clock) demo.World {
	return demo.World{DB: a.db, Gate: a.gate, Circle: a.circle, Studies: a.studies, Accounts: a.accounts, Sources: a.sources, Interview: a.interview, Coding: a.coding, Matrix: a.matrix,
		Asking: a.asking, Sharing: a.sharing, Agreed: a.agreed, Between: a.between, Buddy: a.buddy, Decision: a.decided, Power: a.power, Facts: a.facts,
		Meeting: a.meeting, Notes: a.notes, Observe: a.observe, Place: a.place, Jargon: a.jargon, Checkin: a.checkin,
		Apart: a.apart, Clock: clock}
}
