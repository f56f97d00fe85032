// Package pg gives a test a PostgreSQL database of its own.
//
// One server serves a test binary. It is made in a temporary folder when first
// asked for, listens on a socket in that folder alone, and ends with the
// binary, however that ends.
//
// Tests that use this package run with FOOTING_ENGINE=postgres, as the full
// check runs each package the second time, and fail when it is not there. The
// first time they are skipped; benchmarks, which compare the two, are not.
package pg

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"

	"footing/internal/testing/reap"
)

// patience is how long a server may take to start, in the worst case while
// both cores are busy.
const patience = 30 * time.Second

// Database makes an empty database and returns its address, such as
// postgres://postgres@/t1?host=/tmp/x. It is dropped when the test ends. Times
// are in UTC and text is sorted by code point, as on any server Footing sets up.
func Database(t testing.TB) string {
	t.Helper()
	return ours(t).forTest(t, "")
}

// ours returns the server of this test binary, or ends the test.
func ours(t testing.TB) *server {
	t.Helper()
	if _, compares := t.(*testing.B); !compares && os.Getenv("FOOTING_ENGINE") != "postgres" {
		t.Skip("needs PostgreSQL: part of make check (FOOTING_ENGINE=postgres)")
	}
	s, err := shared()
	if errors.Is(err, exec.ErrNotFound) {
		t.Fatal("postgresql is not installed: run make setup")
	}
	if err != nil {
		t.Fatalf("starting postgresql: %v", err)
	}
	return s
}

// forTest makes a database that goes with the test, and returns its address.
func (s *server) forTest(t testing.TB, from string) string {
	t.Helper()
	name := s.create(t, "t", from)
	t.Cleanup(func() {
		// FORCE ends connections that the test left open.
		if _, err := s.admin.ExecContext(context.Background(), "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Errorf("dropping the database: %v", err)
		}
	})
	return s.address(name)
}

// create makes a database whose name begins with kind and returns the name. from says what it is a copy of.
func (s *server) create(t testing.TB, kind, from string) string {
	t.Helper()
	name := fmt.Sprintf("%s%d", kind, s.made.Add(1))
	if _, err := s.admin.ExecContext(t.Context(), "CREATE DATABASE "+name+from+s.strategy); err != nil {
		t.Fatalf("making a database: %v", err)
	}
	return name
}

// Filled returns the addresses of n databases, for this test alone, that hold what fill put into as many. What
// is filled under a name is filled once in this test binary; further tests get copies. fill closes what it opens.
func Filled(t testing.TB, what string, n int, fill func(addresses []string)) []string {
	t.Helper()
	s := ours(t)
	s.filling.Lock()
	defer s.filling.Unlock()
	from := s.filled[what]
	if from == nil {
		var addresses []string
		for range n {
			from = append(from, s.create(t, "f", ""))
			addresses = append(addresses, s.address(from[len(from)-1]))
		}
		fill(addresses)
		s.filled[what] = from
	}
	var copies []string
	for _, name := range from {
		copies = append(copies, s.forTest(t, " TEMPLATE "+name))
	}
	return copies
}

// OnDisk starts a server of the test's own whose data lie on a disk that the test has mounted, and whose log of
// changes lies on another, or on the same when that is empty. database makes empty databases on it. The folders
// must let somebody else in: the server runs as another user.
func OnDisk(t testing.TB, disk, changes string) (database func() string) {
	t.Helper()
	s, err := startOn(disk, changes)
	if err != nil {
		t.Fatalf("starting postgresql on its own disk: %v", err)
	}
	return func() string {
		t.Helper()
		return s.address(s.create(t, "t", ""))
	}
}

// A server is the running PostgreSQL of this test binary.
type server struct {
	dir   string // holds the data, the socket and the log
	admin *sql.DB
	made  atomic.Int64

	strategy string // by which a database is copied, as CREATE DATABASE says it

	filling sync.Mutex
	filled  map[string][]string // databases by what they were filled with
}

// shared starts the server of this test binary once.
var shared = sync.OnceValues(start)

func start() (*server, error) { return startOn("", "") }

// startOn starts a server whose data lie on a disk of the caller's, in its own folder when that is empty, and
// whose log of changes lies on another one.
func startOn(disk, changes string) (*server, error) {
	bin, err := find()
	if err != nil {
		return nil, err
	}
	who, err := owner()
	if err != nil {
		return nil, err
	}
	s := &server{filled: map[string][]string{}}
	// The path of a socket may have about 100 bytes, so not in t.TempDir.
	if s.dir, err = os.MkdirTemp(memory(), "footing-pg-"); err != nil {
		return nil, fmt.Errorf("making a folder: %w", err)
	}
	if who.Credential != nil {
		for _, dir := range []string{s.dir, disk, changes} {
			if dir == "" {
				continue
			}
			if err := os.Chown(dir, int(who.Credential.Uid), int(who.Credential.Gid)); err != nil {
				return nil, fmt.Errorf("giving the folder to postgres: %w", err)
			}
		}
	}
	data := filepath.Join(cmp.Or(disk, s.dir), "data")
	if disk == "" {
		err = copied(bin, data, who)
	} else {
		err = initialise(bin, data, changes, who)
	}
	if err != nil {
		_ = os.RemoveAll(s.dir)
		return nil, err
	}
	if err := s.run(filepath.Join(bin, "postgres"), data, who); err != nil {
		return nil, err
	}
	return s, s.ready()
}

// copied makes the files of a new server from those that the first test binary made on this machine and left in the
// user's cache: making them takes seconds, and every package has a server.
func copied(bin, data string, who *syscall.SysProcAttr) error {
	cache, err := os.UserCacheDir()
	if err != nil {
		return initialise(bin, data, "", who)
	}
	version, err := exec.Command(filepath.Join(bin, "initdb"), "--version").Output() // initdb (PostgreSQL) 15.8
	words := strings.Fields(string(version))
	if err != nil || len(words) < 3 {
		return initialise(bin, data, "", who)
	}
	made := filepath.Join(cache, "footing", "postgresql-"+words[2])
	if _, err := os.Stat(made); err != nil {
		if err := initialise(bin, data, "", who); err != nil {
			return err
		}
		return leave(data, made)
	}
	return copyOf(made, data)
}

// leave puts a copy of the files where the next binary finds them, whole or not at all.
func leave(data, made string) error {
	if err := os.MkdirAll(filepath.Dir(made), 0o700); err != nil {
		return fmt.Errorf("making the cache: %w", err)
	}
	dir, err := os.MkdirTemp(filepath.Dir(made), "new-")
	if err != nil {
		return fmt.Errorf("making a folder: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if err := copyOf(data, filepath.Join(dir, "data")); err != nil {
		return err
	}
	if err := os.Rename(filepath.Join(dir, "data"), made); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("leaving the files to others: %w", err) // somebody else was faster where they exist
	}
	return nil
}

// copyOf copies a folder with its owners and permissions, which the server is particular about.
func copyOf(from, to string) error {
	if out, err := exec.Command("cp", "-a", from, to).CombinedOutput(); err != nil {
		return fmt.Errorf("copying a server's files: %w: %s", err, out)
	}
	return nil
}

// initialise makes the files of a new server.
func initialise(bin, data, changes string, who *syscall.SysProcAttr) error {
	initdb := exec.Command(filepath.Join(bin, "initdb"), "--pgdata", data, "--username", "postgres",
		"--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync", "--no-instructions")
	if changes != "" {
		initdb.Args = append(initdb.Args, "--waldir", filepath.Join(changes, "wal"))
	}
	initdb.Dir, initdb.SysProcAttr = filepath.Dir(data), who
	if out, err := initdb.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, out)
	}
	return nil
}

// memory returns the folder that Linux keeps in memory, where making a database takes a tenth of the
// time, or "" for the usual one when it is not there or has little room.
func memory() string {
	const dir, room = "/dev/shm", 2 << 30
	var fs syscall.Statfs_t
	if err := syscall.Statfs(dir, &fs); err != nil || fs.Bavail*uint64(fs.Bsize) < room {
		return ""
	}
	return dir
}

// run starts the server itself. Nothing here has to survive a power cut, so it
// does not wait for the disk.
func (s *server) run(postgres, data string, who *syscall.SysProcAttr) error {
	log, err := os.Create(filepath.Join(s.dir, "log"))
	if err != nil {
		return fmt.Errorf("making the log: %w", err)
	}
	defer log.Close()
	cmd := exec.Command(postgres, "-D", data, "-k", s.dir, "-c", "listen_addresses=",
		"-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off",
		"-c", "max_connections=200", "-c", "shared_buffers=32MB", "-c", "timezone=UTC", "-c", "log_timezone=UTC")
	// To a file: a pipe of the test binary would keep go test waiting.
	cmd.Dir, cmd.Stdout, cmd.Stderr = s.dir, log, log
	cmd.SysProcAttr = who
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("starting the server: %w", err)
	}
	// QUIT is the immediate shutdown.
	return reap.AtExit(cmd.Process.Pid, "QUIT", s.dir)
}

// ready connects and waits until the server answers.
func (s *server) ready() error {
	var err error
	if s.admin, err = sql.Open("pgx", s.address("postgres")); err != nil {
		return fmt.Errorf("opening the server: %w", err)
	}
	deadline := time.Now().Add(patience)
	for {
		if err = s.admin.Ping(); err == nil {
			return s.copyFiles()
		}
		if time.Now().After(deadline) {
			log, _ := os.ReadFile(filepath.Join(s.dir, "log")) // missing only adds nothing
			return fmt.Errorf("no answer in %v: %w\n%s", patience, err, log)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// copyFiles has databases copied file by file, where the server knows more than one way (from version 15 on).
// Here the disk is not waited for, and writing each page to the log of changes too takes three times the work.
func (s *server) copyFiles() error {
	var version int
	if err := s.admin.QueryRow("SELECT current_setting('server_version_num')::int").Scan(&version); err != nil {
		return fmt.Errorf("asking for the server's version: %w", err)
	}
	if version >= 150000 {
		s.strategy = " STRATEGY file_copy"
	}
	return nil
}

// address returns the URL of a database of the server.
func (s *server) address(database string) string {
	return "postgres://postgres@/" + database + "?host=" + url.QueryEscape(s.dir)
}

// find returns the folder of the server's programs: the newest that Debian
// has, which keeps them off the path, else where initdb is on the path.
func find() (string, error) {
	best, newest := "", 0
	places, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil {
		return "", fmt.Errorf("looking for initdb: %w", err)
	}
	for _, place := range places {
		version, err := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(place))))
		if err == nil && version > newest {
			best, newest = filepath.Dir(place), version
		}
	}
	if best != "" {
		return best, nil
	}
	place, err := exec.LookPath("initdb")
	if err != nil {
		return "", fmt.Errorf("looking for postgresql: %w", err)
	}
	return filepath.Dir(place), nil
}

// owner says as whom the server runs: PostgreSQL refuses root, so root lends
// it the user postgres that the package made. Nothing of the tests' session
// may reach the server, hence a session of its own.
func owner() (*syscall.SysProcAttr, error) {
	attr := &syscall.SysProcAttr{Setsid: true}
	if os.Geteuid() != 0 {
		return attr, nil
	}
	account, err := user.Lookup("postgres")
	if err != nil {
		return nil, fmt.Errorf("looking for the user postgres: %w", err)
	}
	uid, err := strconv.ParseUint(account.Uid, 10, 32)
	if err != nil {
		return nil, fmt.Errorf("reading the user's number: %w", err)
	}
	gid, err := strconv.ParseUint(account.Gid, 10, 32)
	if err != nil {
		return nil, fmt.Errorf("reading the group's number: %w", err)
	}
	attr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return attr, nil
}
