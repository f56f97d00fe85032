package app_test

import (
	"bytes"
	"io"
	"log"
	"net"
	"strings"
	"testing"

	"footing/internal/app"
	"footing/internal/testing/browser"
	"footing/internal/testing/engine"
)

// What the log holds is start, stop and faults: nobody's address, however she comes.
func TestRun_LogsNobodysAddress(t *testing.T) {
	engine.Once(t, "what is logged is the server's, whatever stands behind it")
	var all bytes.Buffer
	before := log.Writer()
	log.SetOutput(&all) // where net/http writes unless it is told otherwise
	t.Cleanup(func() { log.SetOutput(before) })
	p := newPlace(t)
	h := open(t, p.log, func(c *app.Config) { c.TLSCert, c.TLSKey = browser.Certificate(t) })
	conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", strings.TrimPrefix(h.url, "https://"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(conn, "this is not TLS\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadAll(conn); err != nil { // until it hangs up
		t.Logf("the connection ended with %v", err)
	}
	port := conn.LocalAddr().String()
	h.visit(t, "Bren").ask(t, "GET", "/share", nil)
	p.mu.Lock()
	defer p.mu.Unlock()
	for name, text := range map[string]string{"the log": p.lines.String(), "what net/http writes": all.String()} {
		if strings.Contains(text, port) || strings.Contains(text, "127.0.0.1:1") {
			t.Errorf("%s holds an address:\n%s", name, text)
		}
	}
}
