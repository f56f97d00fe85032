package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"

	"modernc.org/sqlite"
)

// SQLite reads and plans a statement each time it is given one, which takes longer than most of ours take
// to run. So each connection keeps the statements it ran last, prepared. PostgreSQL's driver does that by
// itself.

// mostHeld is how many statements a connection keeps. The program's own texts are fewer; lists of ids
// make more of them.
const mostHeld = 128

// preparing opens connections that keep their statements.
type preparing struct{ driver.Connector }

func newPreparing(dsn string) (driver.Connector, error) {
	inner, err := sqlite.NewConnector(dsn)
	return preparing{inner}, err
}

// Connect opens one connection.
func (p preparing) Connect(ctx context.Context) (driver.Conn, error) {
	inner, err := p.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	c, ok := inner.(sqliteConn)
	if !ok {
		return nil, errors.Join(fmt.Errorf("the SQLite driver's %T lacks a method", inner), inner.Close())
	}
	return &preparedConn{sqliteConn: c, held: map[string]*heldStmt{}}, nil
}

// sqliteConn is what the driver's connections can do and database/sql or the backup asks of them.
type sqliteConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
	Serialize() ([]byte, error)
}

// preparedConn is a connection with the statements it keeps, by text. database/sql lets one goroutine at
// a time use it.
type preparedConn struct {
	sqliteConn
	held map[string]*heldStmt
	uses int64
}

type heldStmt struct {
	driver.Stmt
	last int64 // when it was used last, counted in uses
	busy bool  // its rows are being read
}

// QueryContext runs a query that returns rows.
func (c *preparedConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	s, err := c.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return c.sqliteConn.QueryContext(ctx, query, args)
	}
	rows, err := s.Stmt.(driver.StmtQueryContext).QueryContext(ctx, args)
	if err != nil {
		return nil, err
	}
	s.busy = true
	return heldRows{rows, s}, nil
}

// ExecContext runs a statement that returns no rows.
func (c *preparedConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	s, err := c.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return c.sqliteConn.ExecContext(ctx, query, args)
	}
	return s.Stmt.(driver.StmtExecContext).ExecContext(ctx, args)
}

// statement returns the kept statement of a text, prepared now when it is new; nil for a text that is
// not kept, or whose statement is still being read.
func (c *preparedConn) statement(ctx context.Context, query string) (*heldStmt, error) {
	c.uses++
	if s := c.held[query]; s != nil {
		if s.busy {
			return nil, nil
		}
		s.last = c.uses
		return s, nil
	}
	if !keeps(query) {
		return nil, nil
	}
	inner, err := c.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	if err := c.makeRoom(); err != nil {
		return nil, errors.Join(err, inner.Close())
	}
	s := &heldStmt{Stmt: inner, last: c.uses}
	c.held[query] = s
	return s, nil
}

// keeps reports whether a text is worth keeping. Some pragmas take effect while they are prepared, so
// those must be prepared each time; what changes the schema runs once.
func keeps(query string) bool {
	verb, _, _ := strings.Cut(strings.TrimLeft(query, " \t\n"), " ")
	switch verb {
	case "SELECT", "INSERT", "UPDATE", "DELETE", "WITH":
		return true
	}
	return false
}

// makeRoom lets the statement go that was not used for longest when there are as many as may be.
func (c *preparedConn) makeRoom() error {
	if len(c.held) < mostHeld {
		return nil
	}
	oldest := ""
	for text, s := range c.held {
		if !s.busy && (oldest == "" || s.last < c.held[oldest].last) {
			oldest = text
		}
	}
	s := c.held[oldest]
	if s == nil {
		return nil
	}
	delete(c.held, oldest)
	return s.Close()
}

// Close lets the statements go and closes the connection.
func (c *preparedConn) Close() error {
	var errs []error
	for _, s := range c.held {
		errs = append(errs, s.Close())
	}
	return errors.Join(append(errs, c.sqliteConn.Close())...)
}

// heldRows are the rows of a kept statement.
type heldRows struct {
	driver.Rows
	of *heldStmt
}

// Close ends the reading: the statement can be used again.
func (r heldRows) Close() error {
	r.of.busy = false
	return r.Rows.Close()
}
