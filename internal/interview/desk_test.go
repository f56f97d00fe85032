package interview_test

import (
	"bytes"
	"context"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"footing/internal/agreement"
	"footing/internal/consent"
	"footing/internal/interview"
	"footing/internal/lang/plain"
	"footing/internal/person"
	"footing/internal/source"
	"footing/internal/store"
	"footing/internal/study"
	"footing/internal/testing/fixture"
)

// limit is what the researcher here cannot keep private.
const limit = "If a child is not safe, I must tell our lead."

// A desk is a site with this room on it, the room of records that interviews become, an agreement that says what
// cannot be kept private, a study with a sheet, and the people of these tests.
type desk struct {
	*fixture.Site
	room     *interview.Room
	sources  *source.Sources
	agreed   *agreement.Room
	study    string
	ruth     person.Viewer // researcher, asks and keeps the recordings
	asha     person.Viewer // charity worker
	lena     person.Viewer // one of the women, named as an analyst
	bren     person.Viewer // one of the women, who is asked
	browsers map[person.ID]*fixture.Browser
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	g := fixture.New(t)
	d := &desk{browsers: map[person.ID]*fixture.Browser{}}
	d.ruth, d.asha = g.Person("Ruth", person.Researcher), g.Person("Asha", person.Charity)
	d.lena, d.bren = g.Person("Lena", person.LivedExperience), g.Person("Bren", person.LivedExperience)
	d.study = g.Study("What helps people come back to the desk?", d.ruth, d.lena)
	g.Write(func(ctx context.Context, tx *store.Tx) error {
		return g.Studies.AddSheet(ctx, tx, g.P, d.study, study.Sheet{Version: "2", Since: g.Now(), Body: "About the study.", TakingBack: "On any day."})
	})
	d.agreed = agreement.New(agreement.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Now: g.Now})
	d.room = interview.New(interview.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Studies: g.Studies, Limits: d.agreed, Now: g.Now})
	d.sources = source.NewSources(g.Gate, d.room, g.Now)
	records := source.New(source.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Studies: g.Studies, Sources: d.sources, Begun: d.room, Limits: d.room, Telling: d.room, Now: g.Now})
	d.room.Records = records
	g.News = append(g.News, d.room.News)
	d.Site = g.Serve(d.room.Web(), records.Web(), d.agreed.Web())
	d.agree(limit)
	return d
}

// agree has everybody agree on a version that says it so.
func (d *desk) agree(says string) {
	d.T.Helper()
	limits := []agreement.Confidence{{Of: person.Researcher, Text: says}}
	d.Write(func(ctx context.Context, tx *store.Tx) error {
		var over int64
		if says != limit {
			over = 1
		}
		v, err := d.agreed.Write(ctx, tx, d.P, d.bren.ID, "We listen. "+says, agreement.Change{Limits: &limits}, over)
		if err != nil {
			return err
		}
		for _, who := range []person.Viewer{d.ruth, d.asha, d.lena, d.bren} {
			if err := d.agreed.Answer(ctx, tx, d.P, who.ID, v.N, agreement.Yes); err != nil {
				return err
			}
		}
		return nil
	})
}

// at returns somebody's browser, with the second factor given.
func (d *desk) at(v person.Viewer) *fixture.Browser {
	d.T.Helper()
	if d.browsers[v.ID] == nil {
		d.browsers[v.ID] = d.AtDesk(v)
	}
	return d.browsers[v.ID]
}

// prepared has Ruth prepare an interview with Bren, and returns where it begins.
func (d *desk) prepared() string {
	d.T.Helper()
	return d.at(d.ruth).Post("/talks", "whom", string(d.bren.ID), "study", d.study).Is(http.StatusOK, d.Ground).Path
}

// says has somebody say what stands on the page of an interview.
func (d *desk) says(b *fixture.Browser, at string, form ...string) fixture.Page {
	d.T.Helper()
	version, _ := b.Get(at).One("input[name='version']").Attr("value")
	return b.Post(at+"/shown", append(form, "version", version)...)
}

// talk is an interview as a recorder writes it.
const talk = "Interviewer: How was the walk to the library?\n\nBren: It was windy. Lena came along and we laughed.\n\nInterviewer: What would you change?\n\nBren: A bench half-way would be good. 🙂\n"

// send has Ruth send the talk to an address that takes files, with more of the form, names and values in turn.
func (d *desk) send(path, accept string, more ...string) fixture.Page {
	d.T.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	w, err := form.CreateFormFile("file", "walk.txt")
	d.Must(err)
	_, err = w.Write([]byte(talk))
	d.Must(err)
	for i := 0; i+1 < len(more); i += 2 {
		d.Must(form.WriteField(more[i], more[i+1]))
	}
	d.Must(form.Close())
	request, err := http.NewRequestWithContext(d.T.Context(), http.MethodPost, d.URL+path, &body)
	d.Must(err)
	request.Header.Set("Content-Type", form.FormDataContentType())
	if accept != "" {
		request.Header.Set("Accept", accept)
	}
	return d.at(d.ruth).Send(request).Is(http.StatusOK, d.Ground)
}

// keep has Ruth bring the talk in, with Bren as herself or as somebody outside, and returns the record.
func (d *desk) keep(bren string) consent.ID {
	d.T.Helper()
	page := d.at(d.ruth).Post(d.send("/source/upload", "").Path+"/confirm", "kind", "interview", "study", d.study,
		"voice.0.0", "interviewer:"+string(d.ruth.ID), "voice.0.1", bren, "title.0", "A walk").Is(http.StatusOK, d.Ground)
	return consent.ID(strings.TrimPrefix(page.Path, "/source/"))
}

// count returns how many interviews of ours there are.
func (d *desk) count(where ...string) int {
	d.T.Helper()
	return d.Sum("1", "source_interview", where...)
}

// kept returns what is kept with a record.
func (d *desk) kept(record consent.ID) (list []interview.Interview) {
	d.T.Helper()
	d.Read(func(ctx context.Context, tx *store.Tx) error {
		var err error
		list, err = d.room.Kept(ctx, tx, d.P, record)
		return err
	})
	return list
}

func TestWords_ArePlain(t *testing.T) {
	findings, err := plain.CheckCatalogue(interview.New(interview.Deps{}).Web().Words)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		t.Error(f)
	}
}
