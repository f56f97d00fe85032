package web

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/crypto/chacha20poly1305"

	"footing/internal/fault"
)

// A form that is sent twice, by two taps on a slow phone or by a page that is loaded again, is done once.
// Every page puts one value into all its forms (pageValue). The same value with the same content at the same
// address and in the same session is the same form, and whoever sends it again gets the answer of the first
// time: where it led, or the page when its route says that this may be repeated, or, for a file, a sentence.
// What answers with any other page makes nothing, such as a step on the way, and is simply done again.
//
// What was answered is remembered for a short while, in this process alone. It holds no words, since words
// can be taken back meanwhile. A page that may be repeated shows codes, so it is remembered sealed, under a key
// made of the value in the page that was sent: only who sends that again brings what opens it.

const (
	onceField = "once"
	onceLasts = 2 * time.Minute
)

// errOnce is said of a form that was sent again where its first answer cannot be given again.
var errOnce = fault.New(fault.Conflict, "web.once")

// onceForms remembers forms by what they are.
type onceForms struct {
	now  func() time.Time
	mu   sync.Mutex
	sent map[[sha256.Size]byte]*onceSent
}

func newOnceForms(now func() time.Time) *onceForms {
	return &onceForms{now: now, sent: map[[sha256.Size]byte]*onceSent{}}
}

// begin returns what the form of a request is entered as, or, when it was sent before and was done, its
// answer. It waits for a first time that is still running. Neither comes back for what is no such form.
func (o *onceForms) begin(q *Request) (first *onceSent, again Answer) {
	key, is := q.onceKey()
	for is {
		o.mu.Lock()
		o.forget()
		before := o.sent[key]
		if before == nil {
			first = &onceSent{done: make(chan struct{}), ResponseWriter: q.w, page: q.Route.Once, key: q.onceSealKey()}
			o.sent[key] = first
		}
		o.mu.Unlock()
		if first != nil {
			q.w = first
			return first, nil
		}
		select {
		case <-before.done:
		case <-q.Context().Done():
			return nil, again
		}
		if before.kept {
			return nil, before
		}
		o.drop(key, before) // it was not done: this one may be
	}
	return nil, nil
}

// led returns where the form of a request led that was done already, for whom her session has ended by that,
// such as on a tablet that is handed on. Pages are not repeated to whoever is not signed in.
func (o *onceForms) led(q *Request) Answer {
	key, is := q.onceKey()
	if !is {
		return nil
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if before := o.sent[key]; before != nil {
		select {
		case <-before.done:
			if before.kept && before.header.Get("Location") != "" {
				return before
			}
		default:
		}
	}
	return nil
}

// end lets those go on who wait for the first.
func (o *onceForms) end(s *onceSent) {
	made := s.header.Get("Location") != "" || s.page || s.header.Get("Content-Disposition") != ""
	s.kept = made && s.status >= 200 && s.status < http.StatusBadRequest
	s.until = o.now().Add(onceLasts)
	s.sealBody()
	s.ResponseWriter = nil
	close(s.done)
}

func (o *onceForms) drop(key [sha256.Size]byte, s *onceSent) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.sent[key] == s {
		delete(o.sent, key)
	}
}

// forget forgets what is over. The caller holds the lock.
func (o *onceForms) forget() {
	now := o.now()
	for key, s := range o.sent {
		select {
		case <-s.done:
			if now.After(s.until) {
				delete(o.sent, key)
			}
		default:
		}
	}
}

// onceKey returns what makes the form of a request the same as another, and false where a request is none
// that a person sent from a page of ours. Scripts ask for no page, and may well send the same again. A form with
// files is not read yet: its beginning, with what was typed, and its length stand for its content, and of an
// upload (Route.Upload), which has nothing that is typed, its length alone.
func (q *Request) onceKey() (key [sha256.Size]byte, is bool) {
	if q.HTTP.Method != http.MethodPost || !strings.Contains(q.HTTP.Header.Get("Accept"), "text/html") ||
		q.pageSent() == "" {
		return key, false
	}
	content := strconv.FormatInt(q.HTTP.ContentLength, 10)
	switch {
	case !q.isMultipart():
		content = q.HTTP.PostForm.Encode()
	case !q.Route.Upload:
		content += "\n" + q.begins()
	}
	whole := strings.Join([]string{q.Token, q.HTTP.URL.RequestURI(), q.pageSent(), content}, "\n")
	return sha256.Sum256([]byte(whole)), true
}

// onceSealKey returns the key under which the answer to a form is remembered.
func (q *Request) onceSealKey() [sha256.Size]byte {
	return sha256.Sum256([]byte("answer\n" + q.Token + "\n" + q.pageSent()))
}

// onceSent is one form with the answer that is being given to it, and afterwards with what is remembered.
type onceSent struct {
	http.ResponseWriter
	page bool // the answer may be a page that is repeated
	body bytes.Buffer
	key  [sha256.Size]byte // seals the body, and is not kept

	done   chan struct{} // closed when the rest stands
	kept   bool
	status int
	header http.Header
	until  time.Time
	sealed []byte // the page that may be repeated
}

// sealBody seals the page that may be repeated, and wipes it and the key.
func (s *onceSent) sealBody() {
	if s.kept && s.page {
		nonce := make([]byte, chacha20poly1305.NonceSizeX)
		_, _ = rand.Read(nonce) // crypto/rand.Read never returns an error
		aead, _ := chacha20poly1305.NewX(s.key[:])
		s.sealed = aead.Seal(nonce, nonce, s.body.Bytes(), nil)
	}
	clear(s.body.Bytes())
	s.body, s.key = bytes.Buffer{}, [sha256.Size]byte{}
}

// opened returns that page, to whoever sends the same once more.
func (s *onceSent) opened(q *Request) ([]byte, error) {
	if !s.page {
		return nil, nil
	}
	key := q.onceSealKey()
	aead, err := chacha20poly1305.NewX(key[:])
	if err != nil {
		return nil, err
	}
	return aead.Open(nil, s.sealed[:aead.NonceSize()], s.sealed[aead.NonceSize():], nil)
}

// WriteHeader notes the status, and the headers before compression changes them.
func (s *onceSent) WriteHeader(status int) {
	if s.status == 0 {
		s.status, s.header = status, s.Header().Clone()
	}
	s.ResponseWriter.WriteHeader(status)
}

// Write notes a page that may be repeated.
func (s *onceSent) Write(b []byte) (int, error) {
	if s.status == 0 {
		s.WriteHeader(http.StatusOK)
	}
	if s.page {
		s.body.Write(b)
	}
	return s.ResponseWriter.Write(b)
}

// Unwrap is for http.ResponseController.
func (s *onceSent) Unwrap() http.ResponseWriter { return s.ResponseWriter }

// write gives the answer once more.
func (s *onceSent) write(q *Request) error {
	if s.header.Get("Location") == "" && !s.page {
		return q.shell.problem(q, errOnce).write(q)
	}
	if q.isMultipart() {
		_, _ = io.Copy(io.Discard, q.HTTP.Body) // a browser reads no answer before it has sent everything
	}
	page, err := s.opened(q)
	if err != nil {
		return q.shell.problem(q, errOnce).write(q)
	}
	h := q.w.Header()
	for name, values := range s.header {
		h[name] = values
	}
	q.w.WriteHeader(s.status)
	_, err = q.w.Write(page)
	return err
}

// withOnce puts one value into all forms of a page, before anything else in them: of an upload it is looked at
// before the files come.
func withOnce(page []byte, value string) []byte {
	const form = "<form"
	if !bytes.Contains(page, []byte(form)) {
		return page
	}
	field := []byte(`<input type="hidden" name="` + onceField + `" value="` + value + `">`)
	var out bytes.Buffer
	for {
		at := bytes.Index(page, []byte(form))
		if at < 0 {
			break
		}
		end := at + bytes.IndexByte(page[at:], '>') + 1
		out.Write(page[:end])
		if bytes.Contains(page[at:end], []byte(`method="post"`)) {
			out.Write(field)
		}
		page = page[end:]
	}
	out.Write(page)
	return out.Bytes()
}
