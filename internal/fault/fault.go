// Package fault holds errors that have two texts: one for the person at the screen, one for whoever
// looks after the server.
//
// A room returns a fault where it knows what a person should read; the shell turns its kind into a
// status and its sentence into a page. Anything that is not a fault is shown as "something went wrong
// here" and written to the log. Neither text ever carries a member's words or name.
package fault

import (
	"errors"
	"fmt"
)

// A Kind says what sort of trouble it is. The shell maps kinds to HTTP statuses, the command line to
// exit codes.
type Kind int

const (
	// Internal is trouble of ours. It is the zero kind, so that a forgotten kind is never shown.
	Internal Kind = iota
	// NotFound also covers "not allowed": from outside the two look the same.
	NotFound
	// Invalid is something typed that cannot be used as it is. Nothing typed is lost.
	Invalid
	// Conflict is somebody else's newer change to the same thing.
	Conflict
	// Busy asks to try again a little later: throttled, or two expensive things at once.
	Busy
	// SignIn asks to sign in first, or again.
	SignIn
	// SecondFactor asks for the second factor before going on.
	SecondFactor
	// Again asks for the passphrase once more before going on.
	Again
	// Full says that there is no room to keep anything new.
	Full
)

// Error is an error with a kind, a sentence for a person, and a cause for the log.
type Error struct {
	Kind Kind
	Say  string // a key of the catalogue
	Args map[string]any
	Err  error // may be nil
}

// New returns a fault of that kind. say is a key of the catalogue.
func New(kind Kind, say string) *Error { return &Error{Kind: kind, Say: say} }

// With returns a copy of e whose sentence is filled in with args: keys and values in turn.
func (e *Error) With(args ...any) *Error {
	c := *e
	c.Args = make(map[string]any, len(args)/2)
	for i := 0; i+1 < len(args); i += 2 {
		c.Args[fmt.Sprint(args[i])] = args[i+1]
	}
	return &c
}

// Wrap returns a copy of e with err as its cause.
func (e *Error) Wrap(err error) *Error {
	c := *e
	c.Err = err
	return &c
}

// Error returns the internal text. It is written to logs and never shown.
func (e *Error) Error() string {
	if e.Err != nil {
		return e.Say + ": " + e.Err.Error()
	}
	return e.Say
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Is reports whether target is a fault with the same sentence, so that package-level faults can be
// compared after With and Wrap.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Say == e.Say && t.Kind == e.Kind
}

// KindOf returns the kind of the first fault in err's chain, Internal if there is none.
func KindOf(err error) Kind {
	if f, ok := errors.AsType[*Error](err); ok {
		return f.Kind
	}
	return Internal
}

// Missing is the one answer for whatever does not exist and whatever may not be seen.
var Missing = New(NotFound, "web.not_found")
