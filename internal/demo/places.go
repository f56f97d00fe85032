package demo

import (
	"context"
	"maps"

	"footing/internal/place"
)

// fillPlaces has members describe where they meet, each adding what she knows.
func (f *filler) fillPlaces(ctx context.Context) error {
	for _, p := range f.corpus.Meetings.Places {
		text := place.Text{Name: p.Name, Parts: map[place.Part]string{}}
		for n, v := range p.Versions {
			f.ago(v.DaysAgo)
			text.Parts = maps.Clone(text.Parts)
			for part, words := range v.Parts {
				text.Parts[place.Part(part)] = words
			}
			id, err := f.Place.Write(ctx, f.viewer(v.Person), f.places[p.ID], int64(n), text)
			if err != nil {
				return err
			}
			f.places[p.ID] = id
		}
	}
	return nil
}
