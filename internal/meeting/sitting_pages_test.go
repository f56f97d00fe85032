package meeting_test

import (
	"bufio"
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"footing/internal/event"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/fixture"
)

// sits has Jo make a meeting known for today, with things on its list, and begin it.
func (b group) sits(things ...string) string {
	b.T.Helper()
	at := b.known("1")
	for _, one := range things {
		b.puts(at, one)
	}
	b.does(at, "begin")
	return at
}

// puts has Kez put something on the list of a meeting, and returns where it is.
func (b group) puts(at, what string) string {
	b.T.Helper()
	b.Pass(time.Second) // a list is in the order in which things came
	return b.kez.Post("/agenda/new", "for", at[len("/meetings/"):], "about", what).Is(http.StatusOK, b.Ground).Path
}

// does has Jo do a step on the page as it is now.
func (b group) does(at, step string) fixture.Page {
	b.T.Helper()
	over, _ := b.jo.Get(at + "/now").One("input[name=over]").Attr("value")
	return b.jo.Post(at+"/step", "over", over, "step", step).Is(http.StatusOK, b.Ground)
}

// now is what a page says is talked about.
func now(p fixture.Page) string { return p.One("#now").Text() }

func TestNow_TheListMovesOnAndNothingIsLost(t *testing.T) {
	b := newGroup(t)
	at := b.known("1")
	letter, room := b.puts(at, "The letter"), b.puts(at, "The room")
	for _, v := range []*fixture.Browser{b.kez, b.ruth} {
		page := v.Get(at + "/now")
		page.HasText("It has not begun yet.")
		page.None("form[action$='/step']")
		page.None("#pause form")
		page.LacksText("Talk about this now")
	}
	b.does(at, "begin").HasText("We have begun.")
	if got := now(b.kez.Get(at + "/now")); !strings.Contains(got, "Next: The letter") {
		t.Errorf("once it has begun, Kez reads %q", got)
	}
	over, _ := b.jo.Get(at + "/now").One("input[name=over]").Attr("value")
	b.jo.Post(at+"/step", "over", over, "take", letter[len("/agenda/"):])
	b.jo.Post(at+"/step", "over", over, "step", "close").Is(http.StatusUnprocessableEntity, b.Ground) // from a page that is not the newest
	if got := now(b.ruth.Get(at + "/now")); !strings.Contains(got, "The letter") || !strings.Contains(got, "Next: The room") {
		t.Errorf("Ruth reads %q", got)
	}
	b.Pass(time.Minute)
	b.puts(at, "The bus")
	b.kez.Get(at + "/now").HasText("Added since we began")
	b.does(at, "rest")
	b.bea.Get(at + "/now").HasText("We are having a break.")
	b.does(at, "go-on")
	b.does(at, "later")
	if got := now(b.bea.Get(at + "/now")); !strings.Contains(got, "The room") || !strings.Contains(got, "Next: The bus") {
		t.Errorf("Bea reads %q", got)
	}
	b.does(at, "done")
	b.kez.Get(room).HasText("We talked about it. Jo wrote this down on 1 March 2027.")
	b.does(at, "close")
	page := b.kez.Get(at + "/now")
	page.HasText("This meeting is over.")
	page.HasText("What we did not get to")
	page.LacksText("Next:")
	list := b.kez.Get("/meetings")
	waiting := list.Text()[strings.Index(list.Text(), "What waits for a meeting"):]
	for _, one := range []string{"The letter", "The bus"} {
		if !strings.Contains(waiting, one) {
			t.Errorf("%s is not among what waits for a meeting: %q", one, waiting)
		}
	}
	b.kez.Post("/agenda/new", "for", at[len("/meetings/"):], "about", "Too late").Is(http.StatusUnprocessableEntity, b.Ground)
	b.does(at, "again").HasText("We have begun.")
	b.kez.Get(letter).HasText("It waits. Nobody has said anything yet.")
}

func TestNow_IsForWhoeverHostsToMove(t *testing.T) {
	b := newGroup(t)
	at := b.known("1")
	for _, v := range []*fixture.Browser{b.kez, b.ruth} {
		v.Post(at+"/step", "over", "0", "step", "begin").Is(http.StatusNotFound, b.Ground)
		v.Post(at+"/pause/seen").Is(http.StatusNotFound, b.Ground)
	}
	b.kez.Post(at+"/pause", "name", "no").Is(http.StatusUnprocessableEntity, b.Ground) // there is nobody to see it yet
	b.jo.Post(at+"/step", "over", "0", "step", "done").Is(http.StatusUnprocessableEntity, b.Ground)
	other := b.plans("2")
	b.jo.Post(other + "/known")
	b.jo.Post(other+"/step", "over", "0", "step", "begin").Is(http.StatusUnprocessableEntity, b.Ground) // not its day
	b.kez.Get(b.plans("3")+"/now").Is(http.StatusNotFound, b.Ground)                                    // planned, and not known
	b.jo.Get("/").HasText("Next meeting")
	b.does(at, "begin")
	b.kez.Get("/").HasText("We are meeting now")
	b.kez.Get(at).HasText("We are meeting now")
}

// Anybody who takes part asks, it reaches those who host and nobody else, by no name unless she gives it; she
// sees that it arrived and when it was seen, and takes it back.
func TestPause_ReachesWhoeverHostsAndNobodyElse(t *testing.T) {
	b := newGroup(t)
	at := b.sits("The letter")
	quiet := b.bea.Get(at + "/now").Body
	head := func() (n int64) {
		b.Read(func(ctx context.Context, tx *store.Tx) (err error) {
			n, err = event.Head(ctx, tx, b.P)
			return err
		})
		return n
	}
	same := func(when string) {
		t.Helper()
		b.alike(when+", the page of somebody else", quiet, b.bea.Get(at+"/now").Body)
	}
	before := head()
	page := b.kez.Post(at+"/pause", "name", "no")
	page.HasText("can see it, without your name.")
	page.HasText("Nobody has seen it yet.")
	if head() == before {
		t.Fatal("nothing was told to open pages")
	}
	same("after Kez asked")
	host := b.jo.Get(at + "/now")
	host.HasText("Somebody needs a pause.")
	host.LacksText("Kez needs")
	one := host.One("#pause").Text()
	b.ruth.Post(at+"/pause", "name", "no")
	b.kez.Post(at+"/pause", "name", "no") // again: once
	if got := b.jo.Get(at + "/now").One("#pause").Text(); got != one {
		t.Errorf("of two the host reads %q, and of one %q", got, one)
	}
	b.ruth.Post(at + "/pause/drop").HasText("Do you need a pause?")
	b.Pass(5 * time.Minute)
	b.jo.Post(at + "/pause/seen").HasText("They know that it was seen.")
	b.kez.Get(at + "/now").HasText("saw it at 09:0")
	same("after it was seen")
	b.kez.Get(at + "/now").LacksText("Nobody has seen it")
	b.kez.Post(at + "/pause/drop").One("#pause button[value=no]")
	b.jo.Get(at + "/now").LacksText("needs a pause")
	b.noTrace("after both took it back", false)
	b.kez.Post(at+"/pause", "name", "yes").HasText("can see it, with your name.")
	host = b.jo.Get(at + "/now")
	host.HasText("Kez needs a pause.")
	host.LacksText("Somebody needs")
	same("after Kez asked by her name")
	b.does(at, "rest")
	b.kez.Get(at + "/now").HasText("saw it at")
	b.does(at, "go-on")
	b.jo.Get(at + "/now").LacksText("needs a pause")
	b.kez.Post(at+"/pause", "name", "no")
	b.does(at, "close")
	b.noTrace("after the meeting", true)
}

// noTrace fails when anything is left of who needed a pause: a row, an entry in the log, or what woke pages.
func (b group) noTrace(when string, alsoAsked bool) {
	b.T.Helper()
	if n := b.Sum("1", "meeting_pause"); n != 0 {
		b.T.Errorf("%s %d rows are left", when, n)
	}
	for _, text := range []string{"meeting.seen", "meeting.asked"} {
		if found := b.Holding("event", text); len(found) > 0 && (alsoAsked || text == "meeting.seen") {
			b.T.Errorf("%s what woke pages is left: %v", when, found)
		}
	}
	if found := b.Holding("ledger", "pause"); len(found) > 0 {
		b.T.Errorf("%s the log tells of it: %v", when, found)
	}
}

// sealed finds what stands for the number of an event, in a page and in a stream.
var sealed = regexp.MustCompile(`(live\?since=|(?m:^id: ))([^"\n]*)`)

// alike fails unless pages, or what streams said, are the same to the byte, but for what stands for the numbers of
// events: that is another value each time, of one length, and as good as random.
func (b group) alike(what string, list ...string) {
	b.T.Helper()
	var values []string
	for _, one := range list {
		all := sealed.FindAllStringSubmatch(one, -1)
		if len(all) != 1 {
			b.T.Fatalf("%s has %d numbers of events:\n%s", what, len(all), one)
		}
		value, err := base64.RawURLEncoding.DecodeString(all[0][2])
		if err != nil {
			b.T.Errorf("%s is at %q, which is not sealed", what, all[0][2])
		}
		for _, other := range values {
			if len(value) != len(other) || inPlace(string(value), other) > 8 {
				b.T.Errorf("%s is at %q, which is like what it was at before", what, all[0][2])
			}
		}
		values = append(values, string(value))
		if was, is := sealed.ReplaceAllString(list[0], "$1"), sealed.ReplaceAllString(one, "$1"); was != is {
			b.T.Errorf("%s is another one:\n%s\nand\n%s", what, was, is)
		}
	}
}

// inPlace counts the bytes that are the same in the same place of two values of one length.
func inPlace(one, other string) (n int) {
	for i := range one {
		if one[i] == other[i] {
			n++
		}
	}
	return n
}

// Whether none, one or three asked, and before and after it was seen, the page of another member is the same, and so
// is all that its stream says until something is told to everybody.
func TestPause_HowManyAskedIsOnNobodysLine(t *testing.T) {
	var streams []string
	for _, many := range []int{0, 1, 3} {
		t.Run(fmt.Sprint(many), func(t *testing.T) {
			b := newGroup(t)
			go func() { _ = b.Events.Run(t.Context()) }()
			lindsay := b.As(b.Person("Lindsay", person.Clinician))
			at := b.sits("The letter")
			page := b.bea.Get(at + "/now")
			listens, _ := page.One("[data-live]").Attr("data-live")
			stream := b.stream(t.Context(), b.bea, listens, "")
			defer stream.Close()
			jo, pages := b.listen(t.Context(), b.jo, listens), []string{page.Body, b.bea.Get(at + "/now").Body}
			for _, who := range []*fixture.Browser{b.kez, b.ruth, lindsay}[:many] {
				who.Post(at+"/pause", "name", "no").HasText("Nobody has seen it yet.")
				hears(t, "Jo of a pause", jo)
				pages = append(pages, b.bea.Get(at+"/now").Body)
			}
			b.jo.Post(at + "/pause/seen")
			hears(t, "Jo that it was seen", jo)
			b.alike("the page of somebody else", append(pages, b.bea.Get(at+"/now").Body)...)
			b.does(at, "rest")
			said := ""
			for in := bufio.NewReader(stream); !strings.HasSuffix(said, "data: changed\n\n"); {
				line, err := in.ReadString('\n')
				b.Must(err)
				said += line
			}
			streams = append(streams, said)
			b.alike("the stream of somebody else", streams...)
		})
	}
}

func TestPause_GoesWithTheDayARestoreAndHer(t *testing.T) {
	for name, end := range map[string]func(*group, string){
		"nobody closed it": func(b *group, _ string) {
			b.later(1)
			b.Must(b.room.Tidy(t.Context(), b.P))
		},
		"an older copy is put back": func(b *group, _ string) {
			b.Write(func(ctx context.Context, tx *store.Tx) error { return b.room.AfterRestore(ctx, tx, b.P) })
		},
		"she leaves": func(b *group, _ string) {
			b.Write(func(ctx context.Context, tx *store.Tx) error {
				return b.Circle.Leave(ctx, tx, b.P, b.Named("Kez").ID, "")
			})
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := newGroup(t)
			at := b.sits("The letter")
			b.kez.Post(at+"/pause", "name", "yes")
			b.jo.Post(at + "/pause/seen")
			end(&b, at)
			b.noTrace(name, name == "nobody closed it")
			if name == "nobody closed it" {
				page := b.jo.Get(at + "/now")
				page.HasText("This meeting is over.")
				page.HasText("The letter")
				page.None("#list form")
			}
		})
	}
}

// What an open page is told: the list to everybody, a pause to those who host, that it was seen to her. Whoever
// was away hears by the number it heard last.
func TestLive_TellsEachWhatIsHers(t *testing.T) {
	b := newGroup(t)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	go func() { _ = b.Events.Run(ctx) }()
	at := b.sits("The letter", "The room")
	page := b.kez.Get(at + "/now")
	listens, _ := page.One("[data-live]").Attr("data-live")
	jo, kez, bea := b.listen(ctx, b.jo, listens), b.listen(ctx, b.kez, listens), b.listen(ctx, b.bea, listens)
	b.kez.Post(at+"/pause", "name", "no")
	hears(t, "Jo of the pause", jo)
	b.jo.Post(at + "/pause/seen")
	hears(t, "Jo that it was seen", jo)
	hears(t, "Kez that it was seen", kez)
	b.does(at, "rest")
	last := hears(t, "Jo of the break", jo)
	hears(t, "Kez of the break", kez)
	hears(t, "Bea of the break", bea) // and this is the first that she hears
	if n := len(bea); n != 0 {
		t.Errorf("Bea heard %d more", n)
	}
	b.kez.Post(at + "/pause/drop")
	away := b.listenFrom(ctx, b.bea, listens, last)
	b.puts(at, "The bus")
	hears(t, "Bea what came in", bea)
	in := hears(t, "Bea, who was away while a pause was taken back, what came in", away)
	hears(t, "Bea what came in while she was away", b.listenFrom(ctx, b.bea, listens, last))
	back := b.listenFrom(ctx, b.bea, listens, in)
	b.does(at, "go-on")
	for _, lines := range []<-chan string{bea, away, back} {
		hears(t, "Bea that it goes on", lines)
		if n := len(lines); n != 0 {
			t.Errorf("Bea heard %d more", n)
		}
	}
	b.ruth.Get(b.plans("3")+"/live?since=0").Is(http.StatusNotFound, b.Ground)
}

func (b group) listen(ctx context.Context, v *fixture.Browser, listens string) <-chan string {
	return b.listenFrom(ctx, v, listens, "")
}

// stream opens the stream of a page, from the number that it heard last.
func (b group) stream(ctx context.Context, v *fixture.Browser, listens, last string) io.ReadCloser {
	b.T.Helper()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, b.URL+listens, nil)
	b.Must(err)
	for _, c := range v.Cookies() {
		request.AddCookie(c)
	}
	if last != "" {
		request.Header.Set("Last-Event-ID", last)
	}
	answer, err := http.DefaultClient.Do(request)
	b.Must(err)
	if kind := answer.Header.Get("Content-Type"); kind != "text/event-stream" {
		b.T.Fatalf("the stream is %s, status %d", kind, answer.StatusCode)
	}
	return answer.Body
}

// listenFrom opens it and hands on the number of each line it is told.
func (b group) listenFrom(ctx context.Context, v *fixture.Browser, listens, last string) <-chan string {
	b.T.Helper()
	stream := b.stream(ctx, v, listens, last)
	lines := make(chan string, 16)
	go func() {
		defer stream.Close()
		for in := bufio.NewScanner(stream); in.Scan(); {
			if id, is := strings.CutPrefix(in.Text(), "id: "); is {
				lines <- id
			}
		}
	}()
	return lines
}

// hears fails when somebody does not hear something.
func hears(t *testing.T, what string, lines <-chan string) string {
	t.Helper()
	select {
	case got := <-lines:
		return got
	case <-time.After(5 * time.Second):
		t.Fatalf("%s: not heard", what)
		return ""
	}
}

func TestHeld_HerCopyHasHerPauseWhileItLasts(t *testing.T) {
	b := newGroup(t)
	at := b.sits("The letter")
	b.kez.Post(at+"/pause", "name", "no")
	b.kez.Get("/me/copy/all").HasText("You said that you need a pause")
	for _, v := range []*fixture.Browser{b.jo, b.bea} {
		v.Get("/me/copy/all").Is(http.StatusOK, b.Ground).LacksText("need a pause")
	}
	b.does(at, "close")
	b.kez.Get("/me/copy/all").Is(http.StatusOK, b.Ground).LacksText("need a pause")
}

// Whoever has no screen says it with a card, which is on everybody's paper of a meeting that is still to be, names
// nobody, and says that whoever sits near may see it. Nothing of it is kept.
func TestPause_IsACardOnPaper(t *testing.T) {
	b := newGroup(t)
	at := b.known("9")
	for _, v := range []*fixture.Browser{b.jo, b.kez, b.bea} {
		page := v.Get(at + "/pack")
		page.One("main .card").HasText("I need a pause")
		for _, text := range []string{"You need not say anything.", "Whoever sits near may see it."} {
			page.HasText(text)
		}
	}
	if n := b.Sum("1", "meeting_pause"); n != 0 {
		t.Errorf("%d rows say who printed a card", n)
	}
	b.later(10)
	b.kez.Get(at+"/pack").Is(http.StatusOK, b.Ground).None("main .card")
}
