package demo

import "context"

// fillBuddies has one of the women be there for another, and somebody wait for an answer of Bren's.
func (f *filler) fillBuddies(ctx context.Context) error {
	f.ago(60)
	id, err := f.Buddy.Ask(ctx, f.viewer("bren"), f.people["kez"], "Would you ring me the evening before a meeting?")
	if err != nil {
		return err
	}
	f.ago(59)
	if err := f.Buddy.Yes(ctx, f.viewer("kez"), id); err != nil {
		return err
	}
	f.ago(3)
	_, err = f.Buddy.Ask(ctx, f.viewer("tolu"), f.people["bren"], "I would like somebody to walk in with.")
	return err
}
