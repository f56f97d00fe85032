package app

import (
	"fmt"
	"log/slog"
	"net/netip"
	"net/url"
	"path/filepath"
	"time"

	"footing/internal/backup"
	"footing/internal/store"
)

// Config is what a server is started with. The zero value, with Data set, serves this machine alone.
type Config struct {
	Addr        string         // where to listen; 127.0.0.1:8321 when empty
	Data        string         // folder for everything that is a file
	Database    string         // postgres:// address; empty for SQLite in Data
	Keys        string         // postgres:// address of the key store; needed with Database
	RootKey     string         // file of the root key; in Data when empty
	TLSCert     string         // certificate file
	TLSKey      string         // its key file
	BehindProxy []netip.Prefix // proxies that speak https to the outside
	UndoDays    int            // how long something taken back can be brought back
	Backups     string         // folder that backups are written to, for the server to remove old key backups from; may be empty
	KeepDays    int            // how long a key backup is kept; 7 when zero, and never more: the pages say 7
	Ballast     int64          // bytes kept free for letting go of words on a full disk; 16 MB when zero
	Components  bool           // serve the pages that show every piece of pages, as the demo does
	Now         func() time.Time
	Log         *slog.Logger
}

func (c Config) withDefaults() Config {
	if c.Addr == "" {
		c.Addr = "127.0.0.1:8321"
	}
	if c.RootKey == "" {
		c.RootKey = filepath.Join(c.Data, "root.key")
	}
	if c.KeepDays == 0 {
		c.KeepDays = mostKeepDays
	}
	if c.Ballast == 0 {
		c.Ballast = ballastSize
	}
	if c.Now == nil {
		c.Now = func() time.Time { return time.Now().UTC() }
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return c
}

// mostKeepDays is how long a key backup is kept at most.
const mostKeepDays = int(backup.KeepKeys / (24 * time.Hour))

// Keep is how long a key backup is kept.
func (c Config) Keep() time.Duration {
	return time.Duration(c.withDefaults().KeepDays) * 24 * time.Hour
}

// check refuses settings that would not be safe or would not work.
func (c Config) check() error {
	if c.Data == "" {
		return fmt.Errorf("say where to keep the data: --data DIR")
	}
	if (c.TLSCert == "") != (c.TLSKey == "") {
		return fmt.Errorf("--tls-cert and --tls-key go together")
	}
	if c.Database != "" && (!store.IsPostgres(c.Database) || !store.IsPostgres(c.Keys)) {
		return fmt.Errorf("--database and --keys are both postgres:// addresses, of two databases")
	}
	if c.Database != "" && sameDatabase(c.Database, c.Keys) {
		return fmt.Errorf("--keys must be another database than --database: a key beside the words it opens protects nothing")
	}
	if c.KeepDays < 1 || c.KeepDays > mostKeepDays {
		return fmt.Errorf("--keep-days is from 1 to %d: every page says that safety copies lose what was erased within %[1]d days", mostKeepDays)
	}
	addr, err := netip.ParseAddrPort(c.Addr)
	if err != nil {
		return fmt.Errorf("--addr is an address and port such as 127.0.0.1:8321")
	}
	if !addr.Addr().IsLoopback() && c.TLSCert == "" && len(c.BehindProxy) == 0 {
		return fmt.Errorf("%s can be reached from outside: give --tls-cert and --tls-key, or --behind-proxy", c.Addr)
	}
	return nil
}

func sameDatabase(a, b string) bool {
	ua, err1 := url.Parse(a)
	ub, err2 := url.Parse(b)
	return err1 != nil || err2 != nil || (ua.Host == ub.Host && ua.Path == ub.Path && ua.Query().Get("host") == ub.Query().Get("host"))
}

// secure reports whether pages reach people over https.
func (c Config) secure() bool { return c.TLSCert != "" || len(c.BehindProxy) > 0 }

// mainAddress and keyAddress are what the two stores are opened with.
func (c Config) mainAddress() string {
	if c.Database != "" {
		return c.Database
	}
	return filepath.Join(c.Data, "main.db")
}

func (c Config) keyAddress() string {
	if c.Database != "" {
		return c.Keys
	}
	return filepath.Join(c.Data, "keys.db")
}

// Masked returns what is in force, line by line, with passwords hidden.
func (c Config) Masked() []string {
	c = c.withDefaults()
	hide := func(address string) string {
		u, err := url.Parse(address)
		if err != nil {
			return "(unreadable)"
		}
		return u.Redacted()
	}
	return []string{
		"addr: " + c.Addr, "data: " + c.Data, "database: " + hide(c.mainAddress()), "keys: " + hide(c.keyAddress()),
		"root key: " + c.RootKey, "tls certificate: " + c.TLSCert, "tls key: " + c.TLSKey,
		fmt.Sprintf("behind proxy: %v", c.BehindProxy), fmt.Sprintf("undo days: %d", c.UndoDays),
		"backups: " + c.Backups, fmt.Sprintf("keep days: %d", c.KeepDays),
	}
}
