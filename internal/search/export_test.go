package search

import (
	"testing"

	"footing/internal/person"
)

// Image returns the bytes of a partnership's index, for tests outside this package.
func Image(t *testing.T, s *Indexes, p person.Partnership) []byte { return image(t, s.open[p]) }
