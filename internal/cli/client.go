package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"

	"footing/internal/app"
)

// acting is what a command needs to act for a person: her name, so that nobody acts as somebody else by
// mistake, and her token.
type acting struct {
	server
	As     string `help:"The name of the person this is done as." required:""`
	Server string `help:"Address of the server, such as https://notes.example.org. By default the one that has the data folder open."`
	TLSCA  string `name:"tls-ca" help:"Certificate of the authority that signed the server's, if it is one of your own. It alone is trusted then." type:"existingfile"`
}

// client speaks to a running server, or to one in this process.
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
	if a.Server != "" {
		return a.dial(a.Server, token)
	}
	config, err := a.config(t)
	if err != nil {
		return nil, err
	}
	own, err := app.Open(ctx, config)
	if inUse, ok := errors.AsType[app.ErrInUse](err); ok {
		switch {
		case inUse.Proxied:
			return nil, errors.New("the server that has this data folder open is behind a proxy: give the address that people open, --server https://NAME")
		case inUse.Running == "":
			return nil, inUse
		}
		return a.dial(inUse.Running, token)
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

// dial returns a client of the server at an address. Nothing is sent yet.
func (a acting) dial(address, token string) (*client, error) {
	w, err := newWire(address, a.TLSCA)
	if err != nil {
		return nil, err
	}
	return &client{send: w.send, base: w.base, token: token, close: w.close}, nil
}

// ask asks a route for an answer of a kind. A refusal comes back as the sentence for a person; otherwise
// the caller closes the answer's body.
func (c *client) ask(ctx context.Context, method, path, kind string, body io.Reader) (*http.Response, error) {
	r, err := http.NewRequestWithContext(ctx, method, c.base+path, body)
	if err != nil {
		return nil, err
	}
	r.Header.Set("Authorization", "Bearer "+c.token)
	r.Header.Set("Accept", "application/json")
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	answer, err := c.send(r)
	if err != nil {
		return nil, err
	}
	if answer.StatusCode >= http.StatusMultipleChoices {
		defer answer.Body.Close()
		return nil, refusal(answer)
	}
	return answer, nil
}

// longestRefusal is how much of a refusal is read.
const longestRefusal = 64 << 10

// refusal is what a server said when it did not do what was asked.
func refusal(answer *http.Response) error {
	text, err := io.ReadAll(io.LimitReader(answer.Body, longestRefusal))
	if err != nil {
		return err
	}
	var p struct{ Problem string }
	if json.Unmarshal(text, &p) == nil && p.Problem != "" {
		return errors.New(p.Problem)
	}
	if kind, _, _ := mime.ParseMediaType(answer.Header.Get("Content-Type")); kind == "text/plain" && len(text) < 200 {
		return fmt.Errorf("the server answered %d: %s", answer.StatusCode, bytes.TrimSpace(text))
	}
	return fmt.Errorf("the server answered %d", answer.StatusCode)
}

// call asks a route and reads its JSON answer into v.
func (c *client) call(ctx context.Context, method, path, kind string, body io.Reader, v any) error {
	answer, err := c.ask(ctx, method, path, kind, body)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if !strings.HasPrefix(answer.Header.Get("Content-Type"), "application/json") {
		return fmt.Errorf("what answers at %s is no footing", c.base)
	}
	return json.NewDecoder(answer.Body).Decode(v)
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
