package cli

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"syscall"
)

// A wire leads to a running server. Whatever has a person's token can act as her, so a wire carries it
// over TLS alone, or in plain HTTP within this machine, and to no other place than the one it was made for.
type wire struct {
	base string // scheme and host
	http http.Client
}

var (
	errAddress = errors.New("--server is the address of a server and nothing more, such as https://notes.example.org")
	errPlain   = errors.New("not on this machine, and plain http would show your token and the words to whoever is on the way. Give an address with https. Nothing was sent")
)

// newWire returns a wire to an address. authority is the file of the one certificate authority to trust
// instead of those that the machine trusts, or empty.
func newWire(address, authority string) (*wire, error) {
	u, err := url.Parse(address)
	if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Hostname() == "" || u.User != nil ||
		(u.Path != "" && u.Path != "/") || u.RawQuery != "" || u.Fragment != "" {
		return nil, errAddress
	}
	lines := http.DefaultTransport.(*http.Transport).Clone()
	if u.Scheme == "http" {
		lines.Proxy = nil
		lines.DialContext = (&net.Dialer{Control: onThisMachine}).DialContext
	}
	if authority != "" {
		text, err := os.ReadFile(authority)
		if err != nil {
			return nil, err
		}
		lines.TLSClientConfig = &tls.Config{RootCAs: x509.NewCertPool()}
		if !lines.TLSClientConfig.RootCAs.AppendCertsFromPEM(text) {
			return nil, fmt.Errorf("--tls-ca: there is no certificate in %s", authority)
		}
	}
	return &wire{base: u.Scheme + "://" + u.Host, http: http.Client{Transport: lines,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}, nil
}

// onThisMachine lets a line go out to this machine alone. It is asked with the address that a name led to,
// before anything is sent.
func onThisMachine(_, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil || !at.Addr().Unmap().IsLoopback() {
		return errPlain
	}
	return nil
}

// send sends a request and returns its answer. One that leads elsewhere is not followed.
func (w *wire) send(r *http.Request) (*http.Response, error) {
	answer, err := w.http.Do(r)
	if err != nil {
		return nil, w.broken(err)
	}
	if to, err := answer.Location(); err == nil && answer.StatusCode < http.StatusBadRequest {
		_ = answer.Body.Close()
		return nil, fmt.Errorf("%s sends on to %s, and your token was not taken there. If that is the server, give its address: --server", w.base, to.Host)
	}
	return answer, nil
}

func (w *wire) close() error {
	w.http.CloseIdleConnections()
	return nil
}

// broken says in a sentence why a line did not come about. Other errors stay as they are.
func (w *wire) broken(err error) error {
	if errors.Is(err, errPlain) {
		return fmt.Errorf("%s is %w", w.base, errPlain)
	}
	if errors.Is(err, syscall.ECONNREFUSED) {
		return fmt.Errorf("nobody answers at %s", w.base)
	}
	if _, ok := errors.AsType[x509.UnknownAuthorityError](err); ok {
		return fmt.Errorf("the certificate of %s is signed by nobody that is trusted here. If you have an authority of your own, name its certificate: --tls-ca FILE. Nothing was sent", w.base)
	}
	if name, ok := errors.AsType[x509.HostnameError](err); ok {
		return fmt.Errorf("the certificate of %s is for another name%s. Give the name that people open: --server https://NAME. Nothing was sent", w.base, named(name.Certificate))
	}
	if invalid, ok := errors.AsType[x509.CertificateInvalidError](err); ok && invalid.Reason == x509.Expired {
		return fmt.Errorf("the certificate of %s has run out, or the clock of this machine is wrong. Nothing was sent", w.base)
	}
	if _, ok := errors.AsType[tls.RecordHeaderError](err); ok {
		return fmt.Errorf("what answers at %s does not speak https. Nothing was sent", w.base)
	}
	return err
}

// named says which name a certificate is for, if it says one.
func named(c *x509.Certificate) string {
	if c == nil || len(c.DNSNames) == 0 {
		return ""
	}
	return ", " + c.DNSNames[0]
}
