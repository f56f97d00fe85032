package consent_test

import (
	"errors"
	"io"
	"testing"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// Only what its owner lets everybody open is opened for everybody, here alone, and until she lets go of it.
func TestShowBlob_OpensForEverybodyWhatWasShown(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		ann := viewer(here, "ann")
		shown, hidden := w.blob(ann, []byte("a page")), w.blob(ann, []byte("a walk"))
		show := func(v person.Viewer) error {
			return w.db.Write(t.Context(), func(tx *store.Tx) error { return w.gate.ShowBlob(t.Context(), tx, v, shown) })
		}
		for _, v := range []person.Viewer{viewer(here, "bea"), viewer(there, "ann")} {
			if err := show(v); !errors.Is(err, fault.Missing) {
				t.Errorf("%s of %s shows what is Ann's: %v", v.ID, v.Partnership, err)
			}
		}
		if _, err := w.gate.OpenShown(t.Context(), here, shown); !errors.Is(err, fault.Missing) {
			t.Errorf("before she shows it: %v", err)
		}
		if err := show(ann); err != nil {
			t.Fatal(err)
		}
		r, err := w.gate.OpenShown(t.Context(), here, shown)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(io.NewSectionReader(r, 0, r.Size())); string(got) != "a page" || err != nil {
			t.Errorf("%q (%v)", got, err)
		}
		if _, err := w.gate.OpenShown(t.Context(), here, hidden); !errors.Is(err, fault.Missing) {
			t.Errorf("what she did not show: %v", err)
		}
		if _, err := w.gate.OpenShown(t.Context(), there, shown); !errors.Is(err, fault.Missing) {
			t.Errorf("next door: %v", err)
		}
		if err := w.drop(ann, shown); err != nil {
			t.Fatal(err)
		}
		if _, err := w.gate.OpenShown(t.Context(), here, shown); !errors.Is(err, fault.Missing) {
			t.Errorf("let go of: %v", err)
		}
	})
}
