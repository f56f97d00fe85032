package entry_test

import (
	"net/http"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"footing/internal/circle"
	"footing/internal/person"
	"footing/internal/testing/fixture"
	"footing/internal/testing/htmlcheck"
	"footing/internal/web"
)

// kept is a room with a page and a form that want the passphrase just given.
type kept struct{ sent []string }

func (k *kept) room() web.Room {
	own := circle.SignedIn(web.Own)
	own.Sure = true
	return web.Room{Name: "kept", Pages: fstest.MapFS{"page.html": {Data: []byte(`{{define "main"}}<h1>All of it</h1>{{end}}`)}},
		Words: fstest.MapFS{"en.toml": {Data: []byte(`"kept.title" = "Page"`)}}, Routes: []web.Route{
			{Pattern: "GET /kept", Allow: own, Title: "kept.title", Weight: web.Member, Do: func(q *web.Request) (web.Answer, error) { return q.Show("page", nil), nil }},
			{Pattern: "POST /kept", Allow: own, Title: "kept.title", Weight: web.Member, Do: func(q *web.Request) (web.Answer, error) {
				f, err := web.Parse[struct {
					Text string   `form:"text"`
					List []string `form:"list"`
				}](q)
				k.sent = append(k.sent, f.Text+"/"+strings.Join(f.List, "+"))
				return q.Show("page", nil), err
			}},
		}}
}

func value(n *htmlcheck.Node) string { v, _ := n.Attr("value"); return v }

func TestAgain_AsksOncePerFiveMinutes(t *testing.T) {
	g := fixture.New(t)
	k := &kept{}
	s := g.Serve(circle.NewRoom(circle.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Remove: g.Accounts.Remove, Signs: g.Accounts.Has}).Web(), k.room())
	bren := g.Person("Bren", person.LivedExperience)
	b := s.AsBefore(bren)

	page := b.Get("/kept?part=2").Is(http.StatusForbidden, g)
	if strings.Contains(page.Text(), "All of it") {
		t.Error("the page is shown before the passphrase is given")
	}
	on := value(page.One("input[name=again-on]"))
	if on != "/kept?part=2" {
		t.Errorf("it would go on to %q", on)
	}
	page = b.Post("/again", "again", "wrong wrong wrong", "again-on", on).Is(http.StatusForbidden, g)
	page.HasText("That did not match")
	if got := value(page.One("input[name=again-on]")); got != on {
		t.Errorf("after a miss it would go on to %q", got)
	}
	b.Post("/again", "again", fixture.Passphrase, "again-on", on).Is(http.StatusOK, g).HasText("All of it")
	g.Pass(5*time.Minute - time.Second)
	b.Get("/kept").Is(http.StatusOK, g)
	g.Pass(time.Second)
	b.Get("/kept").Is(http.StatusForbidden, g)

	other := s.AsBefore(bren)
	other.Post("/again", "again", fixture.Passphrase, "again-on", "/kept").Is(http.StatusOK, g)
	b.Get("/kept").Is(http.StatusForbidden, g) // given on another phone is not given on this one
}

func TestAgain_WhatWasTypedGoesAlong(t *testing.T) {
	g := fixture.New(t)
	k := &kept{}
	s := g.Serve(circle.NewRoom(circle.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Remove: g.Accounts.Remove, Signs: g.Accounts.Has}).Web(), k.room())
	b := s.AsBefore(g.Person("Bren", person.LivedExperience))
	page := b.Post("/kept", "text", "a <b> & two\nlines", "list", "x", "list", "y").Is(http.StatusForbidden, g)
	if len(k.sent) > 0 {
		t.Fatalf("sent before the passphrase was given: %q", k.sent)
	}
	form := []string{"again", fixture.Passphrase}
	for _, hidden := range page.All("input[type=hidden]") {
		name, _ := hidden.Attr("name")
		form = append(form, name, value(hidden))
	}
	b.Post("/again", form...).Is(http.StatusOK, g).HasText("All of it")
	if len(k.sent) != 1 || k.sent[0] != "a <b> & two\nlines/x+y" {
		t.Errorf("what was typed arrives as %q", k.sent)
	}
}

func TestAgain_SigningInCountsAndLeadsNowhereElse(t *testing.T) {
	g := fixture.New(t)
	k := &kept{}
	s := g.Serve(circle.NewRoom(circle.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Remove: g.Accounts.Remove, Signs: g.Accounts.Has}).Web(), k.room())
	g.Person("Bren", person.LivedExperience)
	b := s.Visitor()
	b.Post("/in", "name", "Bren", "passphrase", fixture.Passphrase)
	b.Get("/kept").Is(http.StatusOK, g)
	page := b.Post("/again", "again", fixture.Passphrase, "again-on", "//example.org/kept")
	if page.Path != "/" {
		t.Errorf("a made-up way on leads to %s", page.Path)
	}
	s.Visitor().Get("/kept").One("form[action='/in']") // who is not signed in is not asked for a passphrase
}
