package decision

import "footing/internal/unsaved"

// unsaved is where this room keeps what somebody has typed and not sent.
func (r *Room) unsaved() unsaved.Shelf {
	return unsaved.Shelf{DB: r.DB, Gate: r.Gate, Table: "decision_unsaved"}
}
