package sharing

import (
	"embed"
	"io/fs"
	"time"

	"footing/internal/circle"
	"footing/internal/consent"
	"footing/internal/store"
	"footing/internal/study"
	"footing/internal/web"
)

//go:embed pages/*.html words/*.toml migrations/*.sql
var files embed.FS

// Deps is what the room stands on.
type Deps struct {
	DB      *store.DB
	Gate    *consent.Gate
	Circle  *circle.Circle
	Studies *study.Studies
	Asks    Asks   // nil means that nothing is asked here
	Limits  Limits // nil means that there are none to be shown
	Now     func() time.Time
	// Made tell what other rooms made of somebody's words.
	Made []Made
}

// Room is sharing.
type Room struct {
	db      *store.DB
	gate    *consent.Gate
	circle  *circle.Circle
	studies *study.Studies
	asks    Asks
	limits  Limits
	now     func() time.Time
	makes   []Made
}

// New returns the room. When somebody leaves, what she had not finished goes with her.
func New(d Deps) *Room {
	r := &Room{d.DB, d.Gate, d.Circle, d.Studies, d.Asks, d.Limits, d.Now, d.Made}
	if d.Circle != nil {
		d.Circle.WhenLeaving(r.forget)
	}
	if d.Gate != nil {
		d.Gate.WhenDestroyed(r.typedDestroyed)
		d.Gate.WhenSevered(r.typedSevered)
	}
	return r
}

// Web returns the room's routes and files.
func (r *Room) Web() web.Room {
	sub := func(dir string) fs.FS { f, _ := fs.Sub(files, dir); return f }
	return web.Room{Name: "sharing", Pages: sub("pages"), Words: sub("words"), Migrations: sub("migrations"), Routes: r.routes(), Twins: r.twins()}
}

func (r *Room) routes() []web.Route {
	own, mine, keepers := web.Members(web.Own), web.Members(web.Any), web.Only(web.Any, listKeepers...)
	sure, all := own, mine // what shows her own words asks for her passphrase again: somebody else may hold her phone
	sure.Sure, all.Sure = true, true
	return append(r.stepRoutes(own), []web.Route{
		{Pattern: "GET /share", Allow: mine, Title: "sharing.title", Weight: web.Member, Do: r.showAll, Twin: web.Reading},
		{Pattern: "GET /share/all", Allow: all, Title: "sharing.title", Weight: web.Member, Do: r.showAll, Twin: web.Reading},
		{Pattern: "POST /share/new", Allow: mine, Title: "sharing.title", Weight: web.Nothing, Do: r.startDraft, Table: true, Twin: "share"},
		{Pattern: "GET /draft/{draft}", Allow: own, Title: "sharing.title", Weight: web.Member, Do: r.showText, Table: true, Twin: "share"},
		{Pattern: "POST /draft/{draft}", Allow: own, Title: "sharing.title", Weight: web.Member, Do: r.saveText, Table: true, Twin: "share"},
		{Pattern: "POST /draft/{draft}/keep", Allow: own, Title: "sharing.title", Weight: web.Nothing, Do: r.keepText, Keeps: true, Table: true, Twin: "share"},
		{Pattern: "GET /draft/{draft}/play", Allow: own, Title: "sharing.title", Weight: web.Playing, Do: r.playDraft, Twin: "share"},
		{Pattern: "GET /draft/{draft}/check", Allow: own, Title: "sharing.title", Weight: web.Member, Do: r.showCheck, Table: true, Twin: "share"},
		{Pattern: "GET /draft/{draft}/as", Allow: own, Title: "sharing.title", Weight: web.Member, Do: r.showAs, Twin: "share"},
		{Pattern: "GET /draft/{draft}/as/{person}", Allow: own, Title: "sharing.title", Weight: web.Member, Do: r.showAsNote, Twin: "share"},
		{Pattern: "GET /draft/{draft}/as/{person}/words", Allow: own, Title: "sharing.title", Weight: web.Member, Do: r.showAsWords, Twin: "share"},
		{Pattern: "POST /draft/{draft}/share", Allow: own, Title: "sharing.title", Weight: web.Member, Do: r.share, Table: true, Twin: "share"},
		{Pattern: "POST /draft/{draft}/drop", Allow: own, Title: "sharing.title", Weight: web.Nothing, Do: r.dropDraft, Table: true, Twin: "share"},
		{Pattern: "POST /draft/{draft}/return", Allow: own, Title: "sharing.title", Weight: web.Nothing, Do: r.returnDraft, Twin: web.Screen},
		{Pattern: "POST /draft/{draft}/now", Allow: own, Title: "sharing.title", Weight: web.Nothing, Do: r.eraseDraft, Twin: web.Screen},
		{Pattern: "GET /share/{contribution}", Allow: sure, Title: "sharing.title", Weight: web.Member, Do: r.showOwn, Twin: web.Reading},
		{Pattern: "GET /share/{contribution}/play/{recording}", Allow: own, Title: "sharing.title", Weight: web.Playing, Do: r.playOwn, Twin: web.Reading},
		{Pattern: "GET /share/{contribution}/play/{recording}/file", Allow: sure, Title: "sharing.title", Weight: web.File, Do: r.saveOwn, Twin: web.Reading},
		{Pattern: "GET /share/{contribution}/typed", Allow: sure, Title: "sharing.title", Weight: web.Member, Do: r.showTyped, Twin: web.Screen},
		{Pattern: "POST /share/{contribution}/typed", Allow: own, Title: "sharing.title", Weight: web.Member, Do: r.sayTyped, Twin: web.Screen},
		{Pattern: "GET /typing", Allow: mine, Title: "sharing.title", Weight: web.Member, Do: r.showTyping, Twin: web.Duty},
		{Pattern: "GET /typing/{contribution}", Allow: web.Members(web.InAudience), Title: "sharing.title", Weight: web.Member, Do: r.showType, Twin: web.Duty},
		{Pattern: "POST /typing/{contribution}", Allow: web.Members(web.InAudience), Title: "sharing.title", Weight: web.Member, Do: r.saveType, Twin: web.Duty},
		{Pattern: "GET /typing/{contribution}/play/{recording}", Allow: web.Members(web.InAudience), Title: "sharing.title", Weight: web.Playing, Do: r.playTyping, Twin: web.Duty},
		{Pattern: "GET /share/{contribution}/change", Allow: sure, Title: "sharing.title", Weight: web.Member, Do: r.showChange, Twin: "change"},
		{Pattern: "POST /share/{contribution}/change", Closes: true, Allow: own, Title: "sharing.title", Weight: web.Member, Do: r.change, Twin: "change"},
		{Pattern: "POST /share/{contribution}/longer", Allow: own, Title: "sharing.title", Weight: web.Nothing, Do: r.goOn, Twin: "change"},
		{Pattern: "POST /share/{contribution}/end", Allow: own, Title: "sharing.title", Weight: web.Nothing, Do: r.letGo, Twin: "change"},
		{Pattern: "GET /share/{contribution}/words", Allow: sure, Title: "sharing.title", Weight: web.Member, Do: r.showReword, Twin: "change"},
		{Pattern: "POST /share/{contribution}/words", Allow: own, Title: "sharing.title", Weight: web.Member, Do: r.reword, Twin: "change"},
		{Pattern: "GET /share/{contribution}/part", Allow: sure, Title: "sharing.title", Weight: web.Member, Do: r.showPart, Twin: "part"},
		{Pattern: "POST /share/{contribution}/part", Allow: own, Title: "sharing.title", Weight: web.Nothing, Do: r.takePart, Twin: "part"},
		{Pattern: "POST /share/{contribution}/back", Allow: own, Title: "sharing.title", Weight: web.Nothing, Do: r.takeBack, Twin: "back"},
		{Pattern: "POST /share/{contribution}/return", Allow: own, Title: "sharing.title", Weight: web.Nothing, Do: r.bringBack, Twin: "return"},
		{Pattern: "GET /share/{contribution}/opened", Allow: sure, Title: "sharing.title", Weight: web.Member, Do: r.showOpenings, Twin: web.Reading},
		{Pattern: "GET /share/{contribution}/made", Allow: sure, Title: "sharing.title", Weight: web.Member, Do: r.showMade, Twin: web.Reading},
		{Pattern: "GET /me/topics", Allow: own, Title: "sharing.me_title", Weight: web.Member, Do: r.showHide},
		{Pattern: "POST /me/topics", Allow: own, Title: "sharing.me_title", Weight: web.Nothing, Do: r.hide, Twin: web.Screen},
		{Pattern: "POST /me/topics/show", Allow: own, Title: "sharing.me_title", Weight: web.Nothing, Do: r.showAgain, Twin: web.Screen},
		{Pattern: "GET /me/reminders", Allow: own, Title: "sharing.me_title", Weight: web.Member, Do: r.showPace},
		{Pattern: "POST /me/reminders", Allow: own, Title: "sharing.me_title", Weight: web.Nothing, Do: r.setPace, Twin: web.Screen},
		{Pattern: "GET /topics", Allow: keepers, Title: "sharing.me_title", Weight: web.Member, Do: r.showTopics},
		{Pattern: "POST /topics", Allow: keepers, Title: "sharing.me_title", Weight: web.Member, Do: r.newTopic, Twin: web.Duty},
		{Pattern: "POST /topics/{topic}/off", Allow: keepers, Title: "sharing.me_title", Weight: web.Nothing, Do: r.topicOff, Twin: web.Duty},
		{Pattern: "POST /topics/{topic}/on", Allow: keepers, Title: "sharing.me_title", Weight: web.Nothing, Do: r.topicOn, Twin: web.Duty},
		{Pattern: "GET /moments", Allow: keepers, Title: "sharing.me_title", Weight: web.Member, Do: r.showMoments},
		{Pattern: "POST /moments", Allow: keepers, Title: "sharing.me_title", Weight: web.Member, Do: r.newMoment, Twin: web.Duty},
		{Pattern: "GET /moments/{moment}", Allow: keepers, Title: "sharing.me_title", Weight: web.Member, Do: r.showMoment},
		{Pattern: "POST /moments/{moment}", Allow: keepers, Title: "sharing.me_title", Weight: web.Nothing, Do: r.momentCame, Twin: web.Duty},
		{Pattern: "GET /read", Allow: mine, Title: "sharing.read_title", Weight: web.Member, Do: r.showShared, Twin: web.Reading},
		{Pattern: "GET /read/{contribution}", Allow: web.Members(web.InAudience), Title: "sharing.read_title", Weight: web.Member, Do: r.showNote, Twin: web.Reading},
		{Pattern: "GET /read/{contribution}/words", Allow: web.Members(web.InAudience), Title: "sharing.read_title", Weight: web.Member, Do: r.showWords, Twin: web.Reading},
		{Pattern: "GET /read/{contribution}/play/{recording}", Allow: web.Members(web.InAudience), Title: "sharing.read_title", Weight: web.Playing, Do: r.play, Twin: web.Reading},
	}...)
}
