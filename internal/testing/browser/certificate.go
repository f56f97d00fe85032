package browser

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

// Certificate writes a self-signed certificate for this machine and its key,
// and returns the names of both files. Every tab trusts it as others trust one
// from an authority; no other program does.
func Certificate(t testing.TB) (certFile, keyFile string) {
	t.Helper()
	made, err := certificate()
	if err != nil {
		t.Fatalf("making a certificate: %v", err)
	}
	dir := t.TempDir()
	certFile, keyFile = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	for name, block := range map[string]*pem.Block{certFile: {Type: "CERTIFICATE", Bytes: made.cert}, keyFile: {Type: "PRIVATE KEY", Bytes: made.key}} {
		if err := os.WriteFile(name, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return certFile, keyFile
}

type selfSigned struct {
	cert, key []byte // DER
	pin       string // by which the browser knows the key
}

// certificate is made once for each test binary, before its browser starts.
var certificate = sync.OnceValues(func() (selfSigned, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return selfSigned{}, err
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
		DNSNames: []string{"localhost"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback},
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	cert, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return selfSigned{}, err
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return selfSigned{}, err
	}
	public, err := x509.MarshalPKIXPublicKey(key.Public())
	if err != nil {
		return selfSigned{}, fmt.Errorf("reading the public key: %w", err)
	}
	sum := sha256.Sum256(public)
	return selfSigned{cert, private, base64.StdEncoding.EncodeToString(sum[:])}, nil
})
