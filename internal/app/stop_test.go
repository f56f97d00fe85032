package app_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"footing/internal/app"
)

// The server is stopped while somebody's form is on its way: it still arrives and is kept, and pages that
// are open hold the stop up for no longer than that.
func TestStop_WhatIsOnItsWayArrives(t *testing.T) {
	h := open(t)
	at := strings.TrimPrefix(h.url, "http://")
	r := h.pointOf(t, "Bren")
	bren, ruth := h.visit(t, "Bren"), h.visit(t, "Ruth")
	draft := "/draft/" + bren.draft(t)

	live := dial(t, at, "GET /index/"+r.study+"/"+string(r.source)+"/live", ruth, 0)
	expect(t, live, "HTTP/1.1 200")
	form := url.Values{"kind": {"idea"}, "text": {"It was on its way when the server stopped."}, "stop": {"1"}}.Encode()
	line := dial(t, at, "POST "+draft, bren, len(form))
	fmt.Fprint(line, form[:20])
	time.Sleep(200 * time.Millisecond) // it has arrived so far
	began := time.Now()
	h.stop()
	time.Sleep(300 * time.Millisecond) // and the server is stopping
	fmt.Fprint(line, form[20:])
	expect(t, line, "HTTP/1.1 303")
	if err := h.ended(); err != nil {
		t.Errorf("stopping ends with %v", err)
	}
	if took := time.Since(began); took > 4*time.Second {
		t.Errorf("an open page holds the stop up for %v", took)
	}
	if got := bren.ask(t, "GET", draft, nil).body; !strings.Contains(got, "It was on its way") {
		t.Error("what was on its way is not kept")
	}
}

// Whoever answers a line that was cut is waited for: the stores must not be closed under them.
func TestStop_WaitsForWhatIsPutInOrder(t *testing.T) {
	serving, served := context.WithCancel(t.Context())
	began, inOrder := make(chan struct{}), false
	var running sync.WaitGroup
	server := &http.Server{BaseContext: func(net.Listener) context.Context { return serving },
		Handler: app.Counted(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
			close(began)
			<-serving.Done()
			time.Sleep(100 * time.Millisecond)
			inOrder = true
		}), &running)}
	in, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = server.Serve(in) }()
	line, err := net.Dial("tcp", in.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer line.Close()
	fmt.Fprint(line, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
	<-began
	if err := app.Shut(server, &running, served, time.Second); err != nil {
		t.Error(err)
	}
	if !inOrder {
		t.Error("the server has stopped, and a request has not")
	}
}

// dial begins a request as somebody, on a line of its own.
func dial(t *testing.T, at, what string, v *visitor, length int) net.Conn {
	t.Helper()
	line, err := net.Dial("tcp", at)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { line.Close() })
	_ = line.SetDeadline(time.Now().Add(30 * time.Second))
	cookie := ""
	for _, c := range v.cookies {
		cookie += c.Name + "=" + c.Value + "; "
	}
	fmt.Fprintf(line, "%s HTTP/1.1\r\nHost: %s\r\nCookie: %s\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n",
		what, at, strings.TrimSuffix(cookie, "; "), length)
	return line
}

// expect reads the beginning of an answer.
func expect(t *testing.T, line net.Conn, want string) {
	t.Helper()
	got, err := io.ReadAll(io.LimitReader(line, int64(len(want))))
	if err != nil || string(got) != want {
		t.Fatalf("the answer begins %q, %v: want %q", got, err, want)
	}
}
