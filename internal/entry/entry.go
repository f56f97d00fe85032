// Package entry is the door: the first set-up, signing in and out, invitations, getting back in, and
// what somebody sees to herself, such as where she is signed in.
//
// # How a partnership begins
//
// A server without a partnership shows one page. It asks for a code that stands in the terminal, the
// neutral name of the site and where leaving leads, and makes the first two members, who both take part
// as women with lived experience. Nobody else can make that standing later without the yes of somebody
// who holds it, so it must not come from one person's word about herself. Each names the other:
//
//   - the first, at the keyboard, chooses her passphrase and names the second, who gets an invitation
//     code on paper or by word of mouth;
//   - the second joins with that code and names the first;
//   - only then do both hold the standing, each given by the other. Until then neither does, and the
//     first can see to her own account and make a new code, and nothing else.
//
// Who looks after the site is asked apart: the first member if she ticks it, otherwise whoever is given
// a second code. Nobody becomes an administrator by being first.
//
// # How everybody else comes
//
// By invitation alone (R1). An administrator can invite as anything, a facilitator a woman to the group.
// An invitation as a woman from the group gives no standing: it puts her before those who hold it.
package entry

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"embed"
	"io/fs"
	"net/http"
	"net/netip"
	"strings"
	"unicode"

	"footing/internal/account"
	"footing/internal/circle"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/study"
	"footing/internal/web"
	"footing/internal/web/look"
)

//go:embed pages/*.html words/*.toml migrations/*.sql
var files embed.FS

// Migrations holds the tables of this package.
var Migrations, _ = fs.Sub(files, "migrations")

// Deps is what the room stands on.
type Deps struct {
	DB       *store.DB
	Accounts *account.Accounts
	Circle   *circle.Circle
	Studies  *study.Studies
	// SetUpCode is what stands in the terminal while there is no partnership. Without one, none can be
	// made by a page.
	SetUpCode string
	// Trusted are the proxies whose word on where a request comes from is believed.
	Trusted []netip.Prefix
	// FilesOff reports whether somebody wants no files to be saved from her account. Nil: nobody does.
	FilesOff func(context.Context, *store.Tx, person.Partnership, person.ID) (bool, error)
	// News are lines for the first page, from the rooms that have something new for the reader.
	News []func(*web.Request) ([]look.Link, error)
	// Mine are cards for "My settings", from the rooms in which somebody can choose something for herself.
	Mine []func(*web.Request) ([]look.Card, error)
}

// Room is the door. It also tells the shell who is there.
type Room struct{ Deps }

// New returns the room.
func New(d Deps) *Room { return &Room{d} }

// NewSetUpCode returns a code for the terminal of a server that has no partnership yet.
func NewSetUpCode() string { return account.EasyWords() }

// isSetUpCode compares what was typed with the code, however it was written down, in a time that does
// not depend on how much of it is right.
func (r *Room) isSetUpCode(typed string) bool {
	got, want := sha256.Sum256([]byte(spoken(typed))), sha256.Sum256([]byte(spoken(r.SetUpCode)))
	return r.SetUpCode != "" && subtle.ConstantTimeCompare(got[:], want[:]) == 1
}

func spoken(code string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(code), func(c rune) bool { return !unicode.IsLetter(c) }), " ")
}

// Web returns the room's routes and files.
func (r *Room) Web() web.Room {
	sub := func(dir string) fs.FS { f, _ := fs.Sub(files, dir); return f }
	return web.Room{Name: "entry", Pages: sub("pages"), Words: sub("words"), Migrations: Migrations, Routes: r.routes(), Twins: r.twins()}
}

func (r *Room) routes() []web.Route {
	open, own := web.Everybody(), circle.SignedIn(web.Own)
	invite := web.Desk(web.Any, person.Administrator, person.Facilitator)
	given := own
	given.Factor = true
	sure := own // what would be a way back in for whoever picks up a phone that is signed in
	sure.Sure = true
	return []web.Route{
		{Pattern: "GET /{$}", Allow: open, Title: "entry.title", Weight: web.Member, Do: r.front},
		{Pattern: "POST /set-up", Once: true, Allow: open, Title: "entry.title", Weight: web.Member, Do: r.setUp, Twin: web.Screen},
		{Pattern: "GET /founding", Allow: own, Title: "entry.title", Weight: web.Member, Do: r.showFounding},
		{Pattern: "POST /founding", Once: true, Allow: own, Title: "entry.title", Weight: web.Member, Do: r.foundAgain, Twin: web.Screen},
		{Pattern: "POST /in", Closes: true, Secret: true, Allow: open, Title: "entry.title", Weight: web.Member, Do: r.signIn, Twin: web.Screen},
		{Pattern: "POST /in/kept", Closes: true, Allow: open, Title: "entry.title", Weight: web.Member, Do: r.takeUp, Twin: web.Screen},
		{Pattern: "GET /in/{token}", Allow: open, Title: "entry.title", Weight: web.Member, Do: r.showLink},
		{Pattern: "POST /in/{token}", Closes: true, Allow: open, Title: "entry.title", Weight: web.Member, Do: r.useLink, Twin: web.Screen},
		{Pattern: "POST /again", Closes: true, Allow: own, Title: "entry.me_title", Weight: web.Member, Do: r.again, Twin: web.Screen},
		{Pattern: "POST /out", Closes: true, Allow: own, Title: "entry.title", Weight: web.Nothing, Do: r.signOut, Twin: web.Screen},
		{Pattern: "GET /code", Allow: open, Title: "entry.title", Weight: web.Member, Do: r.showCode},
		{Pattern: "GET /join", Allow: open, Title: "entry.title", Weight: web.Member, Do: r.showJoin},
		{Pattern: "POST /join", Allow: open, Title: "entry.title", Weight: web.Member, Do: r.checkCode, Twin: "join"},
		{Pattern: "POST /join/now", Secret: true, Allow: open, Title: "entry.title", Weight: web.Member, Do: r.join, Twin: "join"},
		{Pattern: "GET /recover", Allow: open, Title: "entry.title", Weight: web.Member, Do: r.showRecover},
		{Pattern: "POST /recover", Once: true, Secret: true, Closes: true, Allow: open, Title: "entry.title", Weight: web.Member, Do: r.recover, Twin: web.Screen},
		{Pattern: "GET /factor", Allow: own, Title: "entry.me_title", Weight: web.Staff, Do: r.showFactor},
		{Pattern: "POST /factor", Closes: true, Allow: own, Title: "entry.me_title", Weight: web.Staff, Do: r.giveFactor, Secret: true, Twin: web.Screen},
		{Pattern: "POST /factor/new", Once: true, Allow: sure, Title: "entry.me_title", Weight: web.Staff, Do: r.enrol, Twin: web.Screen},
		{Pattern: "POST /factor/lost", Once: true, Closes: true, Allow: own, Title: "entry.me_title", Weight: web.Staff, Do: r.lostFactor, Secret: true, Twin: web.Screen},
		{Pattern: "POST /factor/end", Allow: given, Title: "entry.me_title", Weight: web.Nothing, Do: r.dropFactor, Twin: web.Screen},
		{Pattern: "GET /people/invite", Allow: invite, Title: "entry.invite_title", Weight: web.Staff, Do: r.showInvite},
		{Pattern: "POST /people/invite", Once: true, Allow: invite, Title: "entry.invite_title", Weight: web.Staff, Do: r.invite},
		{Pattern: "POST /people/invite/{invitation}/end", Allow: invite, Title: "entry.invite_title", Weight: web.Nothing, Do: r.uninvite},
		{Pattern: "GET /me", Allow: own, Title: "entry.me_title", Weight: web.Member, Do: r.showMe},
		{Pattern: "POST /me", Allow: sure, Title: "entry.me_title", Weight: web.Member, Do: r.rename, Twin: "name"},
		{Pattern: "GET /me/try", Allow: own, Title: "entry.title", Weight: web.Member, Do: r.showLeaving},
		{Pattern: "GET /me/passphrase", Allow: own, Title: "entry.me_title", Weight: web.Member, Do: r.showPassphrase},
		{Pattern: "POST /me/passphrase", Closes: true, Allow: own, Title: "entry.me_title", Weight: web.Member, Do: r.setPassphrase, Secret: true, Twin: web.Screen},
		{Pattern: "GET /me/codes", Allow: own, Title: "entry.me_title", Weight: web.Member, Do: r.showCodes},
		{Pattern: "POST /me/codes", Once: true, Allow: sure, Title: "entry.me_title", Weight: web.Member, Do: r.makeCodes, Secret: true, Twin: web.Screen},
		{Pattern: "GET /me/sessions", Allow: own, Title: "entry.me_title", Weight: web.Member, Do: r.showSessions},
		{Pattern: "POST /me/sessions/others", Allow: own, Title: "entry.me_title", Weight: web.Nothing, Do: r.endOthers, Twin: web.Screen},
		{Pattern: "POST /me/sessions/{session}/end", Allow: own, Title: "entry.me_title", Weight: web.Nothing, Do: r.endSession, Twin: web.Screen},
		{Pattern: "GET /me/token", Allow: own, Title: "entry.me_title", Weight: web.Nothing, Do: r.whoAmI},
		{Pattern: "GET /me/tokens", Allow: own, Title: "entry.me_title", Weight: web.Member, Do: r.showTokens},
		{Pattern: "POST /me/tokens", Once: true, Allow: sure, Title: "entry.me_title", Weight: web.Member, Do: r.makeToken, Twin: web.Screen},
		{Pattern: "POST /me/tokens/{token}/end", Allow: own, Title: "entry.me_title", Weight: web.Nothing, Do: r.endToken, Twin: web.Screen},
	}
}

// partnership returns the one partnership of this server, fault.Missing while there is none.
func (r *Room) partnership(ctx context.Context) (person.Partnership, error) {
	var s circle.Settings
	err := r.DB.Read(ctx, func(tx *store.Tx) error {
		var ready bool
		var err error
		if s, ready, err = circle.Of(ctx, tx); err == nil && !ready {
			err = fault.Missing
		}
		return err
	})
	return s.Partnership, err
}

// From returns where a request comes from, for the throttle alone. A proxy that is trusted is believed
// about the address it was asked from; nobody else's word counts.
func (r *Room) From(q *http.Request) netip.Addr {
	peer, err := netip.ParseAddrPort(q.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	addr := peer.Addr().Unmap()
	hops := strings.Split(strings.Join(q.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && r.trusts(addr); i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		addr = hop.Unmap()
	}
	return addr
}

func (r *Room) trusts(addr netip.Addr) bool {
	for _, proxy := range r.Trusted {
		if proxy.Contains(addr) {
			return true
		}
	}
	return false
}

// device says phone or computer, which is all that is kept of what a browser says about itself.
func device(q *http.Request) account.Device {
	if strings.Contains(q.UserAgent(), "Mobi") {
		return account.Phone
	}
	return account.Computer
}
