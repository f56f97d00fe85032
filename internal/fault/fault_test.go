package fault_test

import (
	"errors"
	"fmt"
	"testing"

	"footing/internal/fault"
)

func TestKindOf_FindsAFaultInTheChain(t *testing.T) {
	err := fmt.Errorf("reading a page: %w", fault.New(fault.Conflict, "x.newer"))
	if got := fault.KindOf(err); got != fault.Conflict {
		t.Errorf("kind is %v, want Conflict", got)
	}
	if got := fault.KindOf(errors.New("plain")); got != fault.Internal {
		t.Errorf("kind of a plain error is %v, want Internal: it must never be shown", got)
	}
}

func TestError_StaysItselfWithCauseAndArguments(t *testing.T) {
	cause := errors.New("disk")
	err := fault.Missing.With("id", 1).Wrap(cause)
	if !errors.Is(err, fault.Missing) || !errors.Is(err, cause) {
		t.Errorf("%v is neither Missing nor its cause any more", err)
	}
	if fault.Missing.Err != nil || fault.Missing.Args != nil {
		t.Error("wrapping changed the package's own value")
	}
}
