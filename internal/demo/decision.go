package demo

import (
	"cmp"
	"context"
	"fmt"

	"footing/internal/agreement"
	"footing/internal/decision"
	"footing/internal/demo/texts"
	"footing/internal/person"
)

// fillDecisions has what is to be decided written, opened, answered and closed, each on the day it was.
func (f *filler) fillDecisions(ctx context.Context) error {
	for _, d := range f.corpus.Decisions {
		if err := f.decide(ctx, d); err != nil {
			return fmt.Errorf("%s: %w", d.Title, err)
		}
	}
	return nil
}

func (f *filler) decide(ctx context.Context, d texts.Decision) error {
	f.ago(d.DaysAgo)
	writer, matter := f.viewer(d.Person), cmp.Or(agreement.Matter(d.Matter), agreement.Everyday)
	id, err := f.Decision.Begin(ctx, writer, "", decision.Text{Title: d.Title, Question: d.Question, Choices: d.Choices, Fixed: d.Fixed, Why: d.Why, Interest: d.Interest,
		Matter: matter, Amount: d.Amount, Method: decision.Method(d.Method), Rung: decision.Rung(d.Rung), Again: d.Again})
	if err != nil {
		return err
	}
	if err := f.Decision.Put(ctx, writer, id); err != nil {
		return err
	}
	for _, s := range d.Doubts {
		f.ago(s.DaysAgo)
		if err := f.Decision.Question(ctx, f.viewer(s.Person), id, s.Words); err != nil {
			return err
		}
	}
	for _, s := range d.Seen {
		if err := f.Decision.See(ctx, f.viewer(s.Person), id, decision.Rung(s.Rung)); err != nil {
			return err
		}
	}
	if d.OpenedAgo == 0 {
		return nil
	}
	return f.answer(ctx, d, writer, id, theirRules().By[matter])
}

// answer opens a decision, has it answered, and lets its time run out where it has. What the women alone open Bren
// opens.
func (f *filler) answer(ctx context.Context, d texts.Decision, writer person.Viewer, id string, rule agreement.Rule) error {
	f.ago(d.OpenedAgo)
	opens := writer
	if rule.Opens == agreement.LivedOpens {
		opens = f.woman("bren")
	}
	if err := f.Decision.Open(ctx, opens, id); err != nil {
		return err
	}
	for _, s := range d.Said {
		f.ago(s.DaysAgo)
		says := decision.Said{Word: decision.Answer(s.Says)}
		if s.Says == "marks" {
			says = decision.Said{Marks: s.Marks}
		}
		if err := f.Decision.Say(ctx, f.viewer(s.Person), id, says, s.Words, false); err != nil {
			return err
		}
	}
	f.ago(max(0, d.OpenedAgo-rule.Days))
	if err := f.Decision.Tidy(ctx, f.p); err != nil {
		return err
	}
	if d.After == "" {
		return nil
	}
	return f.Decision.Tell(ctx, writer, id, d.After)
}
