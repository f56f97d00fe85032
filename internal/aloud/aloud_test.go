package aloud_test

import (
	"bytes"
	"context"
	"mime/multipart"
	"net/http"
	"testing"

	"footing/internal/aloud"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/fixture"
)

// What somebody reads goes when she leaves, since it is her voice, and after a restore, since she may have
// taken it away. Nothing of it is left.
func TestAloud_GoesWithWhoeverReadIt(t *testing.T) {
	for name, end := range map[string]func(*fixture.Ground, *aloud.Room, person.Viewer) error{
		"she leaves": func(g *fixture.Ground, _ *aloud.Room, v person.Viewer) error {
			return g.DB.Write(g.T.Context(), func(tx *store.Tx) error { return g.Circle.Leave(g.T.Context(), tx, v.Partnership, v.ID, "") })
		},
		"a restore": func(g *fixture.Ground, r *aloud.Room, v person.Viewer) error {
			return g.DB.Write(g.T.Context(), func(tx *store.Tx) error { return r.AfterRestore(g.T.Context(), tx, v.Partnership) })
		},
	} {
		g := fixture.New(t)
		ann, bea := g.Person("Ann", person.LivedExperience), g.Person("Bea", person.LivedExperience)
		room := aloud.New(aloud.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Now: g.Now, Pages: []aloud.Page{{Path: "/support", Label: "web.support"}}})
		s := g.Serve(room.Web())
		var body bytes.Buffer
		form := multipart.NewWriter(&body)
		g.Must(form.WriteField("page", "/support"))
		part, err := form.CreateFormFile("sound", "a.ogg")
		g.Must(err)
		_, err = part.Write([]byte("OggS someone to talk to"))
		g.Must(err)
		g.Must(form.Close())
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+"/aloud", &body)
		g.Must(err)
		request.Header.Set("Content-Type", form.FormDataContentType())
		s.As(ann).Send(request).Is(http.StatusOK, g).One("audio")
		src, _ := s.As(bea).Get("/aloud").One("audio").Attr("src")
		if page := s.Visitor().Get(src); page.Status != http.StatusOK || page.Body != "OggS someone to talk to" {
			t.Errorf("%s: before that, whoever comes hears %d", name, page.Status)
		}
		g.Must(end(g, room, ann))
		s.As(bea).Get("/aloud").None("audio")
		if page := s.Visitor().Get(src); page.Body == "OggS someone to talk to" {
			t.Errorf("%s, and it is heard on", name)
		}
		g.Must(g.Gate.SweepBlobs(context.WithoutCancel(t.Context()), ann.Partnership))
		if n := g.Sum("1", "consent_blob") + g.Sum("1", "consent_chunk") + g.Sum("1", "aloud_page"); n != 0 {
			t.Errorf("%s: %d rows are left", name, n)
		}
	}
}
