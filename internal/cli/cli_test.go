package cli_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"

	"footing/internal/app"
	"footing/internal/cli"
)

// run runs one command and returns its code and what it said.
func run(t *testing.T, args ...string) (code int, out, err string) {
	t.Helper()
	var o, e bytes.Buffer
	code = cli.Main(args, &o, &e)
	return code, o.String(), e.String()
}

func TestConfig_HidesPasswords(t *testing.T) {
	code, out, _ := run(t, "config", "--data", t.TempDir(), "--database", "postgres://footing:geheim@db/main", "--keys", "postgres://footing:geheim@db/keys")
	if code != 0 || strings.Contains(out, "geheim") || !strings.Contains(out, "footing:xxxxx@db/main") {
		t.Errorf("config answers %d:\n%s", code, out)
	}
}

func TestServe_RefusesWhatWouldNotBeSafe(t *testing.T) {
	for want, args := range map[string][]string{
		"can be reached from outside": {"serve", "--data", t.TempDir(), "--addr", "0.0.0.0:8321"},
		"another database":            {"serve", "--data", t.TempDir(), "--database", "postgres://db/one", "--keys", "postgres://db/one"},
		"where to keep the data":      {"serve"},
		"go together":                 {"serve", "--data", t.TempDir(), "--tls-cert", "cert.pem"},
	} {
		if code, _, err := run(t, args...); code != 1 || !strings.Contains(err, want) {
			t.Errorf("%v answers %d: %s", args, code, err)
		}
	}
}

func TestImport_NeedsAToken(t *testing.T) {
	file := filepath.Join(t.TempDir(), "talk.txt")
	if err := os.WriteFile(file, []byte("Ann: Hello.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("FOOTING_TOKEN", "")
	code, _, err := run(t, "import", "--data", t.TempDir(), "--as", "Ann", "--kind", "interview", file)
	if code != 1 || !strings.Contains(err, "FOOTING_TOKEN") {
		t.Errorf("without a token it answers %d: %s", code, err)
	}
	t.Setenv("FOOTING_TOKEN", "footing_nothing")
	if code, _, err = run(t, "import", "--data", t.TempDir(), "--as", "Ann", "--kind", "interview", file); code != 1 || !strings.Contains(err, "sign in") {
		t.Errorf("with a token of nobody it answers %d: %s", code, err)
	}
}

func TestMain_UnknownCommand(t *testing.T) {
	if code, _, err := run(t, "fly"); code != 2 || !strings.Contains(err, "fly") {
		t.Errorf("an unknown command answers %d: %s", code, err)
	}
}

// A folder that the server looks after needs naming once; one that it does not know is said to be the
// keeper's own affair; and no key backup is kept for longer than the pages say.
func TestBackup_SaysWhoRemovesOldKeys(t *testing.T) {
	data, looked, other := t.TempDir(), t.TempDir(), t.TempDir()
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	a, err := app.Open(t.Context(), app.Config{Data: data})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	backup := func(more ...string) (int, string, string) {
		return run(t, append([]string{"backup", "--data", data, "--recipient", identity.Recipient().String()}, more...)...)
	}
	if code, _, err := backup(); code != 1 || !strings.Contains(err, "say where to write") {
		t.Errorf("to nowhere it answers %d: %s", code, err)
	}
	if code, _, err := backup("--to", other, "--keep-days", "30"); code != 1 || !strings.Contains(err, "7 days at most") {
		t.Errorf("kept for a month it answers %d: %s", code, err)
	}
	if code, out, err := backup("--backups", looked); code != 0 || strings.Contains(out, "Nobody but you") {
		t.Errorf("to the server's folder it answers %d: %s%s", code, out, err)
	}
	if code, out, err := backup("--backups", looked, "--to", other); code != 0 || !strings.Contains(out, "Nobody but you removes this key backup after 7 days") {
		t.Errorf("to a folder of one's own it answers %d: %s%s", code, out, err)
	}
}
