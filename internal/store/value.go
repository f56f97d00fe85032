package store

import (
	"crypto/rand"
	"encoding/base32"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
)

// NewID returns an id that sorts by the time it was made. Use it where order and time are no secret.
func NewID() string { return uuid.Must(uuid.NewV7()).String() }

// RandomID returns an id that tells nothing: 128 random bits in lower-case base32. Use it for whatever
// must not show when or in which order it came: people, ballots, anonymous marks, anything in a path.
func RandomID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // crypto/rand.Read never returns an error
	return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b[:]))
}

// Micros returns t as whole microseconds since 1970 UTC, zero for the zero time.
func Micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// Time returns the time of micros, the zero time for zero.
func Time(micros int64) time.Time {
	if micros == 0 {
		return time.Time{}
	}
	return time.UnixMicro(micros).UTC()
}

// Bool returns 1 for true and 0 for false, as both engines keep it.
func Bool(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// In returns "($3, $4, …)" for n values whose first placeholder is number from, for use after IN. n
// must be at least one.
func In(from, n int) string {
	var b strings.Builder
	b.WriteByte('(')
	for i := range n {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteByte('$')
		b.WriteString(strconv.Itoa(from + i))
	}
	b.WriteByte(')')
	return b.String()
}
