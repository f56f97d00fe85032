package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

type exportCmd struct {
	acting
	Study   string `help:"The study's id: the last part of the address of its page for files." required:""`
	What    string `help:"The file: codebook.csv, codebook.qdc, codings.csv, codings.xlsx, charts.csv or charts.xlsx." enum:"codebook.csv,codebook.qdc,codings.csv,codings.xlsx,charts.csv,charts.xlsx" required:""`
	Purpose string `help:"What the file is for. Those whose words are in it can read this." required:""`
	To      string `help:"Where the file goes. By default into this folder, under its own name." type:"path"`
}

// Run fetches one file. It appears under its name when all of it has come; what came of one that broke
// off is removed.
func (c exportCmd) Run(ctx context.Context, t terminal) (err error) {
	if c.To == "" {
		c.To = c.What
	}
	if _, err := os.Lstat(c.To); err == nil {
		return fmt.Errorf("there is a file %s already: give another place with --to", c.To)
	}
	server, err := c.open(ctx, t)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.close()) }()
	if err := server.check(ctx, c.As); err != nil {
		return err
	}
	path := "/export/" + url.PathEscape(c.Study)
	if strings.HasPrefix(c.What, "charts.") {
		path = "/matrix/" + url.PathEscape(c.Study) + "/export"
	}
	form := url.Values{"what": {c.What}, "purpose": {c.Purpose}}.Encode()
	answer, err := server.ask(ctx, http.MethodPost, path, "application/x-www-form-urlencoded", strings.NewReader(form))
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if err := keepWhole(c.To, answer.Body); err != nil {
		return err
	}
	t.say("The file is %s. It holds words of people: keep it where nobody else looks, and delete it when it has done its work.", c.To)
	return nil
}

// keepWhole writes a file that only its owner may read, whole or not at all.
func keepWhole(path string, from io.Reader) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".footing-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("the file did not come whole, and what came of it was removed: %w", err), os.Remove(f.Name()))
		}
	}()
	_, err = io.Copy(f, from)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
