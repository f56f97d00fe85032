package entry_test

import (
	"context"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"footing/internal/circle"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/browser"
	"footing/internal/testing/fixture"
	"footing/internal/web"
)

const typed = "It took me three years to say this"

// desk is a room with a form for everybody, one that asks for a second code, and one with a passphrase in it.
type desk struct{ sent []string }

func (d *desk) room() web.Room {
	do := func(q *web.Request) (web.Answer, error) {
		f, err := web.Parse[struct {
			Text string `form:"text"`
		}](q)
		d.sent = append(d.sent, q.Viewer.Name+": "+f.Text)
		return q.Show("page", nil), err
	}
	route := func(pattern string, allow web.Access, secret bool) web.Route {
		return web.Route{Pattern: pattern, Allow: allow, Title: "desk.title", Weight: web.Member, Do: do, Secret: secret}
	}
	return web.Room{Name: "desk", Pages: fstest.MapFS{"page.html": {Data: []byte(`{{define "main"}}<h1>Sent</h1>{{end}}`)},
		"form.html": {Data: []byte(`{{define "main"}}<form method="post" action="/desk/send"><textarea class="in" name="text"></textarea><button class="btn">Share</button></form>{{end}}`)}},
		Words: fstest.MapFS{"en.toml": {Data: []byte(`"desk.title" = "Page"`)}}, Routes: []web.Route{
			{Pattern: "GET /desk", Allow: web.Members(web.Own), Title: "desk.title", Weight: web.Member, Do: func(q *web.Request) (web.Answer, error) { return q.Show("form", nil), nil }},
			route("POST /desk/send", web.Members(web.Own), false),
			route("POST /desk/deep", web.Desk(web.Any, person.Researcher), false),
			route("POST /desk/secret", web.Members(web.Own), true),
		}}
}

func (d *desk) serve(g *fixture.Ground) *fixture.Site {
	return g.Serve(circle.NewRoom(circle.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Remove: g.Accounts.Remove, Signs: g.Accounts.Has}).Web(), d.room())
}

// with returns what the page's form would send, with more filled in.
func with(page fixture.Page, more ...string) []string {
	for _, hidden := range page.All("input[type=hidden]") {
		name, _ := hidden.Attr("name")
		more = append(more, name, value(hidden))
	}
	return more
}

// endings are the ways in which a session ends while somebody writes.
var endings = map[string]func(*fixture.Ground, person.Viewer){
	"it was idle": func(g *fixture.Ground, _ person.Viewer) { g.Pass(21 * time.Hour) },
	"its day is over, and what has run out was swept": func(g *fixture.Ground, _ person.Viewer) {
		g.Pass(25 * time.Hour)
		g.Write(func(ctx context.Context, tx *store.Tx) error { return g.Accounts.Sweep(ctx, tx, g.P) })
	},
	"ended elsewhere": func(g *fixture.Ground, v person.Viewer) {
		g.Write(func(ctx context.Context, tx *store.Tx) error {
			_, err := g.Accounts.EndSessions(ctx, tx, g.P, v.ID, "")
			return err
		})
	},
}

func TestCarry_WhatWasTypedWaitsForWhoTypedIt(t *testing.T) {
	for name, end := range endings {
		t.Run(name, func(t *testing.T) {
			g, d := fixture.New(t), &desk{}
			s := d.serve(g)
			bren := g.Person("Bren", person.LivedExperience)
			b := s.As(bren)
			end(g, bren)

			page := b.Post("/desk/send?from=draft", "text", typed+"\nand <b>more</b>", "part", "7").Is(http.StatusUnauthorized, g)
			page.HasText("locked and kept")
			if len(d.sent) > 0 || strings.Contains(page.Body, "three years") || strings.Contains(page.Body, "desk") {
				t.Fatalf("sent %q, and the page says: %s", d.sent, page.Body)
			}
			page = b.Post("/in", with(page, "name", "Bren", "passphrase", "wrong wrong wrong")...)
			page.HasText("did not match")
			if strings.Contains(page.Body, "three years") {
				t.Error("a wrong passphrase shows what was typed")
			}
			page = b.Post("/in", with(page, "name", "Bren", "passphrase", fixture.Passphrase)...).Is(http.StatusOK, g)
			page.HasText(typed)
			if len(d.sent) > 0 {
				t.Error("it was sent without her")
			}
			to, _ := page.One("form[action^='/desk']").Attr("action")
			b.Post(to, with(page)...).Is(http.StatusOK, g)
			if len(d.sent) != 1 || d.sent[0] != "Bren: "+typed+"\nand <b>more</b>" || to != "/desk/send?from=draft" {
				t.Errorf("to %s she sent %q", to, d.sent)
			}
		})
	}
}

func TestCarry_OpensForNobodyElseAndNotForEver(t *testing.T) {
	g, d := fixture.New(t), &desk{}
	s := d.serve(g)
	bren := g.Person("Bren", person.LivedExperience)
	g.Person("Carla", person.LivedExperience)
	b := s.As(bren)
	g.Pass(21 * time.Hour)
	page := b.Post("/desk/send", "text", typed)
	form := with(page)
	cut := len(form[1]) / 2
	for what, try := range map[string][]string{
		"somebody else": append([]string{"name", "Carla", "passphrase", fixture.Passphrase}, form...),
		"a changed one": {"name", "Bren", "passphrase", fixture.Passphrase, "carried", form[1][:cut] + "AAAA" + form[1][cut+4:]},
		"a made-up one": {"name", "Bren", "passphrase", fixture.Passphrase, "carried", "eyJ9"},
	} {
		if got := s.Visitor().Post("/in", try...).Is(http.StatusOK, g); strings.Contains(got.Body, "three years") || got.Path != "/" {
			t.Errorf("%s is led to %s: %s", what, got.Path, got.Text())
		}
	}
	g.Pass(25 * time.Hour)
	if got := b.Post("/in", append(form, "name", "Bren", "passphrase", fixture.Passphrase)...); strings.Contains(got.Body, "three years") {
		t.Error("it opens a day later")
	}
}

func TestCarry_WhatCannotBeKeptIsSaid(t *testing.T) {
	g, d := fixture.New(t), &desk{}
	s := d.serve(g)
	bren := g.Person("Bren", person.LivedExperience)
	left := s.As(bren)
	left.Get("/away")
	late := s.As(bren)
	g.Pass(21 * time.Hour)
	for what, c := range map[string]struct {
		page fixture.Page
		says string
	}{
		"she left":           {left.Post("/desk/send", "text", typed), "cannot tell whose"},
		"never signed in":    {s.Visitor().Post("/desk/send", "text", typed), "cannot tell whose"},
		"holds a passphrase": {late.Post("/desk/secret", "text", typed), "Secret words are never kept"},
		"too long":           {late.Post("/desk/send", "text", strings.Repeat("long ", 200_000)), "too long"},
	} {
		c.page.Is(http.StatusUnauthorized, g).HasText(c.says)
		if len(c.page.All("input[name=carried]")) > 0 || strings.Contains(c.page.Body, "three years") {
			t.Errorf("%s: something is carried", what)
		}
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+"/desk/send", strings.NewReader("--x\r\n"))
	g.Must(err)
	request.Header.Set("Content-Type", "multipart/form-data; boundary=x")
	late.Send(request).Is(http.StatusUnauthorized, g).HasText("A file cannot be kept")
	withFile := func(fields string) fixture.Page {
		body := "--x\r\nContent-Disposition: form-data; name=\"sound\"; filename=\"a.ogg\"\r\n\r\n" + strings.Repeat("OggS", 1<<20) + fields + "\r\n--x--\r\n"
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+"/desk/send", strings.NewReader(body))
		g.Must(err)
		request.Header.Set("Content-Type", "multipart/form-data; boundary=x")
		return late.Send(request).Is(http.StatusUnauthorized, g)
	}
	withFile("").HasText("A file cannot be kept")
	typedBeside := withFile("\r\n--x\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n" + typed)
	typedBeside.HasText("A file cannot be kept, so please choose it again")
	if len(typedBeside.All("input[name=carried]")) != 1 || strings.Contains(typedBeside.Body, "three years") {
		t.Error("what was typed beside a file is not carried along, or can be read")
	}
	if page := late.Post("/desk/send"); page.Path != "/" {
		t.Errorf("a form with nothing in it leads to %s", page.Path)
	}
	if len(d.sent) > 0 {
		t.Errorf("sent: %q", d.sent)
	}
}

func TestCarry_ThroughTheSecondCode(t *testing.T) {
	g, d := fixture.New(t), &desk{}
	s := d.serve(g)
	ruth := g.Person("Ruth", person.Researcher)
	b := s.AtDesk(ruth)
	g.Pass(21 * time.Hour)
	page := b.Post("/desk/deep", "text", typed)
	page = b.Post("/in", with(page, "name", "Ruth", "passphrase", fixture.Passphrase)...)
	page.HasText(typed)
	page = b.Post("/desk/deep", with(page)...).Is(http.StatusForbidden, g)
	if page.HasText("second code"); strings.Contains(page.Body, "three years") {
		t.Error("before the second code the page holds what was typed")
	}
	page = b.Post("/factor", with(page, "code", "000000")...)
	page = b.Post("/factor", with(page, "code", s.FactorCode(ruth))...).Is(http.StatusOK, g)
	page.HasText(typed)
	b.Post("/desk/deep", with(page)...).Is(http.StatusOK, g)
	if len(d.sent) != 1 || d.sent[0] != "Ruth: "+typed {
		t.Errorf("sent: %q", d.sent)
	}
}

// Her app is gone when the second code is asked for: a printed code takes it away and she sets up another, with her
// passphrase asked for on the way, and what she wrote comes along through each of these pages.
func TestCarry_WithoutTheSecondCode(t *testing.T) {
	g, d := fixture.New(t), &desk{}
	s := d.serve(g)
	ruth := g.Person("Ruth", person.Researcher)
	printed := s.As(ruth).Post("/me/codes", "passphrase", fixture.Passphrase).All("ol.slip li")[0].Text()
	s.AtDesk(ruth)
	b := s.As(ruth) // a session in which no code was given yet
	page := b.Post("/desk/deep", "text", typed).Is(http.StatusForbidden, g)
	page.One("button[name=begin]").HasText("I have no code")
	page = b.Post("/factor", with(page, "begin", "1")...).Is(http.StatusOK, g)
	page.HasText("locked and kept")
	page = b.Post("/factor/lost", with(page, "code", "no such code at all")...).Is(http.StatusUnprocessableEntity, g)
	page = b.Post("/factor/lost", with(page, "code", printed)...).Is(http.StatusOK, g)
	page.HasText("The old app does not count any more.")
	g.Pass(10 * time.Minute)
	page = b.Post("/factor/new", with(page)...).Is(http.StatusForbidden, g)
	page.One("input[name=again]")
	page = b.Post("/again", with(page, "again", fixture.Passphrase)...).Is(http.StatusOK, g)
	s.LearnSecret(ruth, page.One("main p b").Text())
	page = b.Post("/factor", with(page, "code", "000000")...)
	if strings.Contains(page.Body, "three years") || len(d.sent) > 0 {
		t.Errorf("before the second code it is shown or sent: %q", d.sent)
	}
	page = b.Post("/factor", with(page, "code", s.FactorCode(ruth))...).Is(http.StatusOK, g)
	page.HasText(typed)
	b.Post("/desk/deep", with(page)...).Is(http.StatusOK, g)
	if len(d.sent) != 1 || d.sent[0] != "Ruth: "+typed {
		t.Errorf("sent: %q", d.sent)
	}
}

// She says that she has no code, and gives one in another tab: what waits opens then.
func TestCarry_WithoutTheSecondCodeGivenElsewhere(t *testing.T) {
	g, d := fixture.New(t), &desk{}
	s := d.serve(g)
	ruth := g.Person("Ruth", person.Researcher)
	s.AtDesk(ruth)
	b := s.As(ruth)
	page := b.Post("/desk/deep", "text", typed).Is(http.StatusForbidden, g)
	g.Pass(time.Minute) // a code works once
	b.Post("/factor", "code", s.FactorCode(ruth)).Is(http.StatusOK, g)
	b.Post("/factor", with(page, "begin", "1")...).Is(http.StatusOK, g).HasText(typed)
}

// On a small phone without scripts: what waits is carried through a wrong passphrase, and not one word of it
// is in the page before the right one.
func TestCarry_InABrowserWithoutScripts(t *testing.T) {
	tab := browser.New(t, browser.NoJavaScript, browser.Size(360, 640))
	g, d := fixture.New(t), &desk{}
	s := d.serve(g)
	bren := g.Person("Bren", person.LivedExperience)
	tab.Take(s.URL, s.As(bren).Cookies())
	tab.Go(s.URL + "/desk")
	endings["ended elsewhere"](g, bren)
	tab.Fill("[name=text]", typed+"\nand more")
	tab.Click("text=Share")
	for _, words := range []string{"wrong wrong wrong", fixture.Passphrase} {
		if !strings.Contains(tab.Text("main"), "locked and kept") && !strings.Contains(tab.Text("main"), "did not match") || strings.Contains(tab.HTML(), "three years") {
			t.Fatalf("before she has signed in the page is %s", tab.HTML())
		}
		if dir := os.Getenv("FOOTING_SHOTS"); dir != "" {
			tab.Screenshot(filepath.Join(dir, "carry.png"))
		}
		tab.Fill("[name=name]", "Bren")
		tab.Fill("[name=passphrase]", words)
		tab.Click("text=Go on")
	}
	if !strings.Contains(tab.Text("main"), typed) || len(d.sent) > 0 {
		t.Errorf("signed in, she sees %q; sent is %q", tab.Text("main"), d.sent)
	}
	var wide bool
	tab.Eval(`document.documentElement.scrollWidth > innerWidth`, &wide)
	if wide {
		t.Error("the page is wider than the screen")
	}
	if dir := os.Getenv("FOOTING_SHOTS"); dir != "" {
		tab.Screenshot(filepath.Join(dir, "kept.png"))
	}
	tab.Click("text=Send it")
	if len(d.sent) != 1 || d.sent[0] != "Bren: "+typed+"\nand more" {
		t.Errorf("sent: %q", d.sent)
	}
}

// Two taps on a slow phone send the sign-in twice with the same cookie. The second answer is the one she sees.
func TestCarry_TwoTapsShowItToo(t *testing.T) {
	g, d := fixture.New(t), &desk{}
	s := d.serve(g)
	bren := g.Person("Bren", person.LivedExperience)
	b := s.As(bren)
	was := b.Cookies()[0]
	endings["ended elsewhere"](g, bren)
	form := url.Values{"name": {"Bren"}, "passphrase": {fixture.Passphrase}, "once": {"one page"}}
	carried := b.Post("/desk/send", "text", typed).One("input[name=carried]")
	form.Set("carried", value(carried))
	for range 2 {
		tap, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+"/in", strings.NewReader(form.Encode()))
		g.Must(err)
		tap.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		tap.Header.Set("Accept", "text/html")
		tap.AddCookie(was)
		s.Visitor().Send(tap).Is(http.StatusOK, g).HasText(typed)
	}
}

// On a shared phone Bren's page stays open in a tab, and Carla signs in in another. What is sent from Bren's page
// does nothing and shows Carla nothing; it waits for Bren, and opens for her alone.
func TestCarry_WhatIsSentFromSomebodyElsesPageWaitsForHer(t *testing.T) {
	g, d := fixture.New(t), &desk{}
	s := d.serve(g)
	bren, carla := g.Person("Bren", person.LivedExperience), g.Person("Carla", person.LivedExperience)
	hers := s.As(bren).Get("/desk")
	form := with(hers, "text", typed, "once", hers.Once)
	phone := s.As(carla)
	page := phone.Post("/desk/send", form...).Is(http.StatusConflict, g)
	page.HasText("Somebody else is signed in here")
	page.HasText("locked and kept")
	if len(d.sent) > 0 || strings.Contains(page.Body, "three years") || strings.Contains(page.Body, "Bren") || strings.Contains(page.Body, string(bren.ID)) {
		t.Fatalf("sent %q, and the page says: %s", d.sent, page.Body)
	}
	if got := s.Visitor().Post("/in", "name", "Carla", "passphrase", fixture.Passphrase, "carried", value(page.One("input[name=carried]"))); strings.Contains(got.Body, "three years") {
		t.Error("it opens for the other one")
	}
	kept := phone.Post("/in", with(page, "name", "Bren", "passphrase", fixture.Passphrase)...).Is(http.StatusOK, g)
	kept.HasText(typed)
	phone.Post("/desk/send", with(kept)...).Is(http.StatusOK, g)
	if len(d.sent) != 1 || d.sent[0] != "Bren: "+typed {
		t.Errorf("sent: %q", d.sent)
	}

	secret := with(hers, "text", typed, "once", hers.Once)
	page = s.As(carla).Post("/desk/secret", secret...).Is(http.StatusConflict, g)
	if page.None("input[name=carried]"); strings.Contains(page.Body, "three years") {
		t.Error("a page with secret words keeps or shows them")
	}
}

// Her session has ended and she has lost her words: a printed code lets her in from the page that carries what
// she wrote, and it comes along, through a wrong code and words made for her.
func TestCarry_ThroughAPrintedCode(t *testing.T) {
	g, d := fixture.New(t), &desk{}
	s := d.serve(g)
	bren := g.Person("Bren", person.LivedExperience)
	b := s.As(bren)
	code := b.Post("/me/codes", "passphrase", fixture.Passphrase).All("ol.slip li")[0].Text()
	endings["ended elsewhere"](g, bren)
	page := b.Post("/desk/send", "text", typed)
	page.One("button[formaction='/recover']")
	page = b.Post("/recover", with(page, "begin", "1", "name", "Bren", "passphrase", "half of it")...).Is(http.StatusOK, g)
	page.HasText("locked and kept")
	if got := value(page.One("input[name=passphrase]")); got != "" {
		t.Errorf("what she tried as her words is offered as her new ones: %q", got)
	}
	page = b.Post("/recover", with(page, "name", "Bren", "code", "no such code at all", "passphrase", "orchard kettle ribbon atlas")...).Is(http.StatusUnprocessableEntity, g)
	page = b.Post("/recover", with(page, "name", "Bren", "code", code, "easy", "1")...).Is(http.StatusOK, g)
	if strings.Contains(page.Body, "three years") || len(d.sent) > 0 {
		t.Error("before she is in, what she wrote is shown or sent")
	}
	page = b.Post("/recover", with(page, "name", "Bren", "code", code, "passphrase", "orchard kettle ribbon atlas")...).Is(http.StatusOK, g)
	page.HasText(typed)
	b.Post("/desk/send", with(page)...).Is(http.StatusOK, g)
	if len(d.sent) != 1 || d.sent[0] != "Bren: "+typed {
		t.Errorf("sent: %q", d.sent)
	}
}

// A link signs her in in another tab of the same phone; the page that waits goes on from there. It opens for
// nobody else, and says so.
func TestCarry_ThroughALink(t *testing.T) {
	g, d := fixture.New(t), &desk{}
	s := d.serve(g)
	bren, carla := g.Person("Bren", person.LivedExperience), g.Person("Carla", person.LivedExperience)
	b := s.As(bren)
	endings["ended elsewhere"](g, bren)
	waits := b.Post("/desk/send", "text", typed)
	page := b.Post("/in/kept", with(waits)...)
	if page.HasText("Nobody is signed in on this phone yet."); strings.Contains(page.Body, "three years") {
		t.Error("it opens for nobody")
	}
	page = s.As(carla).Post("/in/kept", with(page)...)
	if page.HasText("does not open for whoever is signed in here"); strings.Contains(page.Body, "three years") {
		t.Error("it opens for somebody else")
	}
	var link string
	g.Write(func(ctx context.Context, tx *store.Tx) (err error) {
		link, err = g.Accounts.Link(ctx, tx, g.P, bren.ID, time.Hour)
		return err
	})
	b.Post("/in/"+link).Is(http.StatusOK, g)
	page = b.Post("/in/kept", with(page)...).Is(http.StatusOK, g)
	page.HasText(typed)
	b.Post("/desk/send", with(page)...).Is(http.StatusOK, g)
	if len(d.sent) != 1 || d.sent[0] != "Bren: "+typed {
		t.Errorf("sent: %q", d.sent)
	}
}
