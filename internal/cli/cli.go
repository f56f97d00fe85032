// Package cli is the command line. A command does what a page does, as a person, through the same routes
// and access rules: it asks the server that is named or has the data folder open, or starts one in its
// own process for the time it takes.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"footing/internal/app"
)

// commands is the command line as kong reads it.
type commands struct {
	Serve   serveCmd   `cmd:"" help:"Run the server."`
	Demo    demoCmd    `cmd:"" help:"Run a server with a made-up partnership in it."`
	Import  importCmd  `cmd:"" help:"Bring transcripts into a study, as a person."`
	Export  exportCmd  `cmd:"" help:"Fetch a file of a study's codes, passages or charts, as a person."`
	Verify  verifyCmd  `cmd:"" help:"Check that nobody has changed what is on record."`
	Backup  backupCmd  `cmd:"" help:"Write encrypted backups of the data and of the keys."`
	Restore restoreCmd `cmd:"" help:"Bring a server back from backups."`
	Config  configCmd  `cmd:"" help:"Print the settings that are in force."`
}

// terminal is where a command speaks: results to out, everything else to err.
type terminal struct {
	out, err io.Writer
}

// say prints a line. A terminal that does not take it has gone away, and there is nobody to tell.
func (t terminal) say(format string, args ...any) { _, _ = fmt.Fprintf(t.out, format+"\n", args...) }

// complain prints why a command was not done.
func (t terminal) complain(err error) { _, _ = fmt.Fprintln(t.err, "footing:", sentence(err)) }

// Main runs one command and returns the exit code: 0 done, 1 not done, 2 a command that cannot be read.
func Main(args []string, out, err io.Writer) int {
	var c commands
	t := terminal{out, err}
	parser, e := kong.New(&c, kong.Name("footing"), kong.Description("A partnership's own server."),
		kong.Writers(out, err), kong.DefaultEnvars("FOOTING"), kong.Exit(func(int) {}))
	if e != nil {
		t.complain(e)
		return 2
	}
	for _, a := range args { // kong prints help and would exit
		if a == "--help" || a == "-h" {
			_, _ = parser.Parse(args)
			return 0
		}
	}
	run, e := parser.Parse(args)
	if e != nil {
		t.complain(e)
		return 2
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // asked a second time, it ends at once
	run.BindTo(ctx, (*context.Context)(nil))
	if e := run.Run(t); e != nil {
		if ctx.Err() != nil {
			e = errStopped
		}
		t.complain(e)
		return 1
	}
	return 0
}

// errStopped is said of a command that was asked to stop, whatever that broke off.
var errStopped = errors.New("stopped before it was done")

// sentence says what went wrong in the words meant for a person where there are any.
func sentence(err error) string {
	if inUse, ok := errors.AsType[app.ErrInUse](err); ok {
		return inUse.Error()
	}
	return err.Error()
}

// server holds the settings that every command about a server shares.
type server struct {
	Addr        string   `help:"Address and port to listen on." default:"127.0.0.1:8321"`
	Data        string   `help:"Folder for the data." type:"path"`
	Database    string   `help:"postgres:// address of the main database, instead of a file in the data folder."`
	Keys        string   `help:"postgres:// address of the key database. Must be another one."`
	RootKey     string   `help:"File of the root key, kept out of every backup." type:"path"`
	TLSCert     string   `name:"tls-cert" help:"Certificate file." type:"path"`
	TLSKey      string   `name:"tls-key" help:"Key file of the certificate." type:"path"`
	BehindProxy []string `help:"Address ranges of proxies that speak https to the outside."`
	UndoDays    int      `help:"Days in which something taken back can be brought back." default:"7"`
	Backups     string   `help:"Folder that backups are written to. The server removes key backups from it after their days." type:"path"`
	KeepDays    int      `help:"Days after which a key backup is removed, 7 at most. Words taken back end with the last one." default:"7"`
	Verbose     bool     `help:"Log each request's route. Never who, never what."`
}

func (s server) config(t terminal) (app.Config, error) {
	c := app.Config{Addr: s.Addr, Data: s.Data, Database: s.Database, Keys: s.Keys, RootKey: s.RootKey,
		TLSCert: s.TLSCert, TLSKey: s.TLSKey, UndoDays: s.UndoDays, Backups: s.Backups, KeepDays: s.KeepDays}
	for _, p := range s.BehindProxy {
		prefix, err := parsePrefix(p)
		if err != nil {
			return c, fmt.Errorf("--behind-proxy takes address ranges such as 10.0.0.0/8: %w", err)
		}
		c.BehindProxy = append(c.BehindProxy, prefix)
	}
	level := slog.LevelInfo
	if s.Verbose {
		level = slog.LevelDebug
	}
	c.Log = slog.New(slog.NewTextHandler(t.err, &slog.HandlerOptions{Level: level}))
	return c, nil
}
