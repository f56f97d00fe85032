package backup

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"footing/internal/store"
)

// magicDump leads every archive that pg_dump writes in its custom format.
const magicDump = "PGDMP"

// errNoTools is returned where PostgreSQL's own programs are not installed.
var errNoTools = errors.New("pg_dump and pg_restore are needed to copy a PostgreSQL database: install PostgreSQL's client programs")

// dump writes a PostgreSQL database as pg_dump's custom archive. It is not compressed: sealed words do
// not get smaller.
func dump(ctx context.Context, address string, w io.Writer) error {
	return tool(ctx, address, nil, w, "pg_dump", "--format=custom", "--compress=0", "--no-owner", "--no-privileges")
}

// tool runs one of PostgreSQL's programs on a database. The password travels in the environment, where
// other users of the machine do not see it. Of what the program says only the first line is passed on,
// and none of the data.
func tool(ctx context.Context, address string, in io.Reader, out io.Writer, name string, args ...string) error {
	path, err := exec.LookPath(name)
	if err != nil {
		return errNoTools
	}
	u, err := url.Parse(address)
	if err != nil {
		return errors.New("the postgres address cannot be read")
	}
	env := os.Environ()
	if password, ok := u.User.Password(); ok {
		env = append(env, "PGPASSWORD="+password)
		u.User = url.User(u.User.Username())
	}
	cmd := exec.CommandContext(ctx, path, append(args, "--dbname="+u.String())...)
	var says bytes.Buffer
	cmd.Env, cmd.Stdin, cmd.Stdout, cmd.Stderr = env, in, out, &says
	if err := cmd.Run(); err != nil {
		line, _, _ := strings.Cut(says.String(), "\n")
		return fmt.Errorf("%s: %w: %s", name, err, line)
	}
	return nil
}

// load puts one part into a PostgreSQL database, in one transaction.
func (o RestoreOptions) load(ctx context.Context, backup, address string) error {
	plain, into := io.Pipe()
	go func() { _ = into.CloseWithError(open(ctx, backup, o.Identities, into)) }()
	head := make([]byte, len(magicDump))
	if _, err := io.ReadFull(plain, head); err != nil || string(head) != magicDump {
		if errors.Is(err, ErrNoMatch) || errors.Is(err, ErrDamaged) {
			return err
		}
		_ = plain.Close()
		if strings.HasPrefix(magicSQLite, string(head)) {
			return fmt.Errorf("%s is of an SQLite database: restore it into a folder, without naming databases", filepath.Base(backup))
		}
		return fmt.Errorf("%s: %w", filepath.Base(backup), errNotOurs)
	}
	archive := &remember{r: io.MultiReader(bytes.NewReader(head), plain)}
	err := tool(ctx, address, archive, io.Discard, "pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges")
	_ = plain.Close()
	if errors.Is(archive.err, ErrDamaged) {
		return archive.err // what pg_restore says of a file that ends early is no help
	}
	return err
}

// remember keeps the error that reading ended with.
type remember struct {
	r   io.Reader
	err error
}

func (m *remember) Read(b []byte) (int, error) {
	n, err := m.r.Read(b)
	if err != nil && !errors.Is(err, io.EOF) {
		m.err = err
	}
	return n, err
}

const ourTables = `SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename`

// emptyDatabase refuses a database that has tables.
func emptyDatabase(ctx context.Context, address string) error {
	tables, err := inDatabase(ctx, address, func(*store.Tx, []string) error { return nil })
	if err == nil && len(tables) > 0 {
		err = errors.New("the database to restore into is not empty: make a new one")
	}
	return err
}

// clearDatabase drops what a restore that did not end well put into a database that was empty.
func clearDatabase(ctx context.Context, address string) error {
	_, err := inDatabase(context.WithoutCancel(ctx), address, func(tx *store.Tx, tables []string) error {
		for _, table := range tables {
			if _, err := tx.Exec(ctx, `DROP TABLE "`+strings.ReplaceAll(table, `"`, `""`)+`" CASCADE`); err != nil {
				return err
			}
		}
		return nil
	})
	return err
}

func inDatabase(ctx context.Context, address string, do func(*store.Tx, []string) error) (tables []string, err error) {
	db, err := store.Open(ctx, address)
	if err != nil {
		return nil, err
	}
	err = db.Write(ctx, func(tx *store.Tx) error {
		if tables, err = store.List(ctx, tx, store.One[string], ourTables); err != nil {
			return err
		}
		return do(tx, tables)
	})
	return tables, errors.Join(err, db.Close())
}
