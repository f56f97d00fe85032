package demo

import (
	"context"

	"footing/internal/apart"
	"footing/internal/person"
)

// fillApart has those who run something in which not everybody is say so, and two of the women write to each
// other.
func (f *filler) fillApart(ctx context.Context) error {
	f.ago(60)
	_, err := f.Apart.Name(ctx, f.viewer("niamh"), "", 0, apart.SpaceText{Name: "Practice meeting on the first Tuesday", Who: []person.Standing{person.Clinician, person.Practice},
		For: "How the front desk runs. The project is one point of six.", Leaves: "Lindsay reads out what was said of the project at our next meeting."})
	if err != nil {
		return err
	}
	f.ago(45)
	list, err := f.Apart.Name(ctx, f.viewer("ruth"), "", 0, apart.SpaceText{Name: "Mailing list of the researchers", Who: []person.Standing{person.Researcher},
		For: "Dates, drafts of the ethics form.", Leaves: "Nothing by itself. Ruth tells whoever asks."})
	if err != nil {
		return err
	}
	f.ago(20)
	if err := f.Apart.End(ctx, f.viewer("ruth"), list); err != nil {
		return err
	}
	f.ago(3)
	if _, err := f.Apart.Write(ctx, f.woman("kez"), "Who comes on the bus on the day? I am at the stop by the baker from ten."); err != nil {
		return err
	}
	f.ago(2)
	_, err = f.Apart.Write(ctx, f.woman("bren"), "I do. I bring the flask.")
	return err
}
