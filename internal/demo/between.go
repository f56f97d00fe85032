package demo

import "context"

// fillBetween has Bren and her worker agree on something that it is time to look at again, and somebody else wait
// for an answer.
func (f *filler) fillBetween(ctx context.Context) error {
	f.ago(100)
	id, err := f.Between.Ask(ctx, f.viewer("bren"), f.people["jo"], "In meetings you host, and you are not my support worker. If I need you for that, I ring on a Tuesday.\n\nWhat I tell you then stays there.", 3)
	if err != nil {
		return err
	}
	f.ago(98)
	if err := f.Between.Agree(ctx, f.viewer("jo"), id); err != nil {
		return err
	}
	f.ago(2)
	_, err = f.Between.Ask(ctx, f.viewer("hana"), f.people["tolu"], "When we read together, we both say if one of us would like to stop.", 6)
	return err
}
