package person

// A Hand says by whose hand something somebody did reached the program, when she did not do it on a
// screen of her own: she filled in a sheet of paper or said it aloud, and somebody wrote it down with a
// second person of her choice beside her (R49). The zero Hand is her own.
type Hand struct {
	Way    string // Paper or Spoken; empty when she did it herself
	By     ID     // who wrote it down
	Beside ID     // whom she chose to have beside her
}

// The ways something can be given without a screen of one's own.
const (
	Paper  = "paper"
	Spoken = "spoken"
)

// Own reports whether she did it herself.
func (h Hand) Own() bool { return h.Way == "" }
