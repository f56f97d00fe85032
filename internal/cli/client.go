package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"

	"footing/internal/app"
)

// acting is what a command needs to act for a person: her name, so that nobody acts as somebody else by
// mistake, and her token.
type acting struct {
	server
	As    string `help:"The name of the person this is done as." required:""`
	Token string `kong:"-"`
}

// client speaks to the server that has the data folder open, or to one in this process.
type client struct {
	send  func(*http.Request) (*http.Response, error)
	base  string
	token string
	close func() error
}

// open finds the server. The token comes from FOOTING_TOKEN alone: a flag would stand in the shell's
// history.
func (a acting) open(ctx context.Context, t terminal) (*client, error) {
	token := os.Getenv("FOOTING_TOKEN")
	if token == "" {
		return nil, errors.New("put your token into FOOTING_TOKEN: you make one on the page My settings, Tokens")
	}
	config, err := a.config(t)
	if err != nil {
		return nil, err
	}
	own, err := app.Open(ctx, config)
	if inUse, ok := errors.AsType[app.ErrInUse](err); ok {
		return &client{send: http.DefaultClient.Do, base: "http://" + inUse.Running, token: token, close: func() error { return nil }}, nil
	}
	if err != nil {
		return nil, err
	}
	handler := own.Handler()
	return &client{base: "http://127.0.0.1", token: token, close: own.Close, send: func(r *http.Request) (*http.Response, error) {
		r.RemoteAddr = "127.0.0.1:0"
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		return w.Result(), nil
	}}, nil
}

// call asks a route and reads its JSON answer into v. A refusal comes back as the sentence for a person.
func (c *client) call(ctx context.Context, method, path, kind string, body io.Reader, v any) error {
	r, err := http.NewRequestWithContext(ctx, method, c.base+path, body)
	if err != nil {
		return err
	}
	r.Header.Set("Authorization", "Bearer "+c.token)
	r.Header.Set("Accept", "application/json")
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	answer, err := c.send(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return err
	}
	if answer.StatusCode >= http.StatusBadRequest {
		var p struct{ Problem string }
		if json.Unmarshal(text, &p) != nil || p.Problem == "" {
			return fmt.Errorf("the server answered %d", answer.StatusCode)
		}
		return errors.New(p.Problem)
	}
	return json.NewDecoder(bytes.NewReader(text)).Decode(v)
}

// check makes sure that the token belongs to the person named.
func (c *client) check(ctx context.Context, as string) error {
	var me struct{ Name string }
	if err := c.call(ctx, http.MethodGet, "/me/token", "", nil, &me); err != nil {
		return err
	}
	if me.Name != as {
		return fmt.Errorf("this token is not %s's", as)
	}
	return nil
}
