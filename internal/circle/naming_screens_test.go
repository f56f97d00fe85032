package circle_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"footing/internal/account"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/browser"
	"footing/internal/testing/engine"
)

// The page about who looks after the site, in each state of a naming, is open to all and fits a small phone.
func TestNaming_PagesAreOpenToAll(t *testing.T) {
	engine.Once(t, "it looks at pages in a browser, and the room's other tests try on both what stands behind them")
	tab := browser.New(t, browser.Size(360, 740))
	g, s, bren, jo, ros := orphans(t)
	in := func(v person.Viewer) {
		g.Write(func(ctx context.Context, tx *store.Tx) error {
			opened, err := g.Accounts.NewSession(ctx, tx, g.P, v.ID, account.Computer, false)
			tab.Go(s.URL + "/support")
			tab.Eval(`document.cookie = "s=`+opened.Token+`; path=/"`, nil)
			return err
		})
	}
	in(bren)
	look := func(name string) {
		for suffix, options := range map[string][]browser.Option{"360": {browser.Size(360, 740)}, "1280-dark": {browser.Size(1280, 900), browser.Dark}} {
			tab.Show(options...)
			tab.Go(s.URL + "/people/keep")
			for _, v := range tab.Axe() {
				t.Errorf("%s: %v", name, v)
			}
			if out := os.Getenv("FOOTING_SHOTS"); out != "" {
				tab.Screenshot(filepath.Join(out, name+"-"+suffix+".png"))
			}
		}
	}
	look("naming")
	s.As(jo).Post("/people/keep", "who", string(ros.ID))
	look("naming-half")
	s.As(bren).Post("/people/keep", "who", string(ros.ID))
	look("naming-waits")
	g.Pass(48 * 3600e9)
	in(ros)
	look("naming-hers")
}
