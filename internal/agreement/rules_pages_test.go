package agreement_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"footing/internal/agreement"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/fixture"
)

// simple is a rule as its page sends it.
var simple = []string{"lived.way", "majority", "lived.enough", "2", "others.way", "unopposed", "others.enough", "1", "days", "7", "opens", "any", "apart", "again"}

// inForce returns the rules that count.
func inForce(g *fixture.Ground, r *agreement.Room) (rules agreement.Rules) {
	g.Read(func(ctx context.Context, tx *store.Tx) (err error) {
		rules, err = r.RulesInForce(ctx, tx, g.P)
		return err
	})
	return rules
}

// R12: a version has rules, which are agreed with its text and not before, by everybody at first and then by the
// rule that they have for changes.
func TestRules_AreAgreedWithTheText(t *testing.T) {
	g := fixture.New(t)
	r := room(g)
	s := g.Serve(r.Web())
	bren, kez, jo := s.As(g.Person("Bren", person.LivedExperience)), s.As(g.Person("Kez", person.LivedExperience)), s.As(g.Person("Jo", person.Charity))
	bren.Get("/agreement").HasText("These rules are borrowed.")
	if rules := inForce(g, r); rules.Own() && rules.Rule(agreement.Money) != nil {
		t.Errorf("a group that agreed on nothing has rules of its own: %+v", rules)
	}
	page := bren.Post("/agreement/new", "text", "Tea first.", "over", "0", "rule", "changes").Is(http.StatusOK, g)
	page.One("form[action='/agreement/new/rule/changes']")
	bren.Post("/agreement/new/rule/changes", simple...).Is(http.StatusOK, g).One("textarea").HasText("Tea first.")
	bren.Post("/agreement/new/rule/money", simple...)
	bren.Post("/agreement/new/rule/closed", "what", "Who is a patient", "why", "A practice decides that.")
	jo.Get("/agreement").LacksText("A practice decides that.")
	bren.Post("/agreement/new", "text", "Tea first.", "over", "0").HasText("A practice decides that.")
	page = jo.Get("/agreement")
	page.HasText("more than half of the answers are yes")
	page.HasText("Everybody says yes, with somebody from each group.")
	page.LacksText("These rules are borrowed.")
	bren.Post("/agreement/1/answer", "answer", "yes")
	kez.Post("/agreement/1/answer", "answer", "yes")
	if inForce(g, r).Rule(agreement.Money) != nil {
		t.Error("rules count before everybody has said yes to them")
	}
	jo.Post("/agreement/1/answer", "answer", "yes").HasText("This is what we agreed.")
	if inForce(g, r).Rule(agreement.Money) == nil || inForce(g, r).Rule(agreement.Everyday) == nil {
		t.Errorf("what was agreed does not count: %+v", inForce(g, r))
	}

	jo.Post("/agreement/new", "text", "Cake first.", "over", "1").HasText("This is not agreed yet.")
	for _, who := range []*fixture.Browser{bren, kez} {
		who.Post("/agreement/2/answer", "answer", "yes")
	}
	g.Pass(8 * 24 * time.Hour)
	s.As(g.Named("Jo")).Get("/agreement").HasText("This is not agreed yet.")
	s.As(g.Named("Jo")).Post("/agreement/2/answer", "answer", "yes").HasText("Both groups agreed to it, by the rule we had.")
	s.As(g.Named("Kez")).Post("/agreement/2/answer", "answer", "not-yet").HasText("This is what we agreed.")
	if inForce(g, r).Rule(agreement.Money) == nil {
		t.Error("a change of the text takes the rules away")
	}
}

// The rule for changes of the version that counted when another was written is the one it is agreed by.
func TestRules_WhatIsOpenKeepsTheRuleItWasOpenedUnder(t *testing.T) {
	g := fixture.New(t)
	r := room(g)
	s := g.Serve(r.Web())
	bren, kez, jo := s.As(g.Person("Bren", person.LivedExperience)), s.As(g.Person("Kez", person.LivedExperience)), s.As(g.Person("Jo", person.Charity))
	s.As(g.Person("Ann", person.Clinician))
	loose := append([]string{}, simple...)
	bren.Post("/agreement/new/rule/changes", loose...)
	bren.Post("/agreement/new", "text", "First.", "over", "0")
	jo.Post("/agreement/new", "text", "Second.", "over", "1")
	for _, who := range []*fixture.Browser{bren, kez, jo} {
		who.Post("/agreement/2/answer", "answer", "yes")
	}
	g.Pass(30 * 24 * time.Hour)
	g.Must(r.Tidy(t.Context(), g.P))
	s.As(g.Named("Bren")).Get("/agreement").HasText("Not everybody has answered yet.")
	if inForce(g, r).Own() && inForce(g, r).Rule(agreement.Changes) != nil {
		t.Error("a version is agreed by a rule that was not agreed itself")
	}
	s.As(g.Named("Ann")).Post("/agreement/2/answer", "answer", "yes").HasText("This is what we agreed.")
}

// Days that pass can make a version count, and the ledger then says so without anybody's doing.
func TestRules_CountOnceTheDaysAreOver(t *testing.T) {
	g := fixture.New(t)
	r := room(g)
	s := g.Serve(r.Web())
	names := []string{"Bren", "Kez", "Ivy", "Jo"}
	for i, name := range names {
		standing := person.LivedExperience
		if i == 3 {
			standing = person.Charity
		}
		g.Person(name, standing)
	}
	as := func(name string) *fixture.Browser { return s.As(g.Named(name)) }
	as("Bren").Post("/agreement/new/rule/changes", simple...)
	as("Bren").Post("/agreement/new", "text", "First.", "over", "0")
	for _, name := range names {
		as(name).Post("/agreement/1/answer", "answer", "yes")
	}
	as("Bren").Post("/agreement/new", "text", "Second.", "over", "1")
	for _, name := range []string{"Bren", "Kez", "Jo"} {
		as(name).Post("/agreement/2/answer", "answer", "yes")
	}
	as("Jo").Get("/agreement").HasText("This is not agreed yet.")
	g.Pass(7 * 24 * time.Hour)
	as("Jo").Get("/agreement").HasText("This is what we agreed.")
	g.Must(r.Tidy(t.Context(), g.P))
	if n := g.Sum("1", "agreement_version", "agreed > 0"); n != 2 {
		t.Errorf("%d versions are kept as agreed, want 2", n)
	}
	as("Ivy").Post("/agreement/2/answer", "answer", "not-yet").HasText("This is what we agreed.")
}

func TestRules_TheWomenAloneBeginWhereTheRuleSaysSo(t *testing.T) {
	g := fixture.New(t)
	s := g.Serve(room(g).Web())
	bren, jo := s.As(g.Person("Bren", person.LivedExperience)), s.As(g.Person("Jo", person.Charity))
	theirs := append([]string{}, simple...)
	theirs[len(theirs)-3] = "lived"
	bren.Post("/agreement/new/rule/changes", theirs...)
	bren.Post("/agreement/new", "text", "First.", "over", "0")
	for _, who := range []*fixture.Browser{bren, jo} {
		who.Post("/agreement/1/answer", "answer", "yes")
	}
	page := jo.Post("/agreement/new", "text", "Second.", "over", "1").Is(http.StatusUnprocessableEntity, g)
	page.HasText("only the women’s group can begin a change")
	page.One("textarea").HasText("Second.")
	bren.Post("/agreement/new", "text", "Second.", "over", "1").HasText("Second.")
}

// Nothing that was typed is lost: neither by a rule that cannot be, nor by somebody who was quicker, nor by
// throwing the draft away.
func TestRules_NothingIsLostInADraft(t *testing.T) {
	g := fixture.New(t)
	s := g.Serve(room(g).Web())
	bren, jo := s.As(g.Person("Bren", person.LivedExperience)), s.As(g.Person("Jo", person.Charity))
	bad := append([]string{}, simple...)
	bad[9] = "two weeks"
	page := bren.Post("/agreement/new/rule/money", bad...).Is(http.StatusUnprocessableEntity, g)
	page.One("#check a[href='#days']")
	if value, _ := page.One("#days").Attr("value"); value != "two weeks" {
		t.Errorf("what she typed is %q by now", value)
	}
	bren.Get("/agreement/new/rule/tea").Is(http.StatusNotFound, g)
	bren.Post("/agreement/new/rule/limits", "clinician", "persimmon, if a child is not safe")
	jo.Post("/agreement/new/rule/money", simple...)
	jo.Post("/agreement/new", "text", "Tea first.", "over", "0")
	page = bren.Post("/agreement/new", "text", "Cake first.", "over", "0").Is(http.StatusUnprocessableEntity, g)
	page.HasText("Tea first.")
	page.HasText("more than half of the answers are yes")
	page.HasText("persimmon, if a child is not safe")
	bren.Post("/agreement/new/drop")
	bren.Get("/agreement/new").LacksText("persimmon")
	bren.Post("/agreement/new/return").HasText("persimmon, if a child is not safe")
	for _, found := range g.Holding("agreement_draft", "persimmon") {
		t.Errorf("what she would change lies in the clear: %s", found)
	}
	page = bren.Post("/agreement/new", "text", "Cake first.", "over", "1").Is(http.StatusOK, g)
	page.HasText("persimmon, if a child is not safe")
	page.HasText("more than half of the answers are yes")
	bren.Post("/agreement/new/rule/money", "undo", "1").One("textarea").HasText("Cake first.")
}

// U12: nothing is chosen for her. What the rules say now stands beside each question, and what she leaves empty
// stays as it is.
func TestRules_WhatIsLeftEmptyStays(t *testing.T) {
	g := fixture.New(t)
	s := g.Serve(room(g).Web())
	bren := s.As(g.Person("Bren", person.LivedExperience))
	bren.Post("/agreement/new/rule/money", simple...)
	bren.Post("/agreement/new", "text", "Tea first.", "over", "0")
	page := bren.Get("/agreement/new/rule/money")
	page.None("input[checked]")
	page.HasText("Now: When more than half of the answers are yes.")
	bren.Post("/agreement/new/rule/money", "days", "30")
	page = bren.Get("/agreement/new/rule/money")
	if value, _ := page.One("#days").Attr("value"); value != "30" {
		t.Errorf("what she would change is %q on its page", value)
	}
	page = bren.Post("/agreement/new", "text", "Tea first.", "over", "1")
	page.HasText("It is open for 30 days.")
	page.HasText("more than half of the answers are yes")
}

// A number that is larger than the group is said where rules are written, beside that rule and on its page, and nothing
// is refused: the group may grow.
func TestRules_MoreThanThereAreIsSaid(t *testing.T) {
	g := fixture.New(t)
	s := g.Serve(room(g).Web())
	bren := s.As(g.Person("Bren", person.LivedExperience))
	g.Person("Kez", person.LivedExperience)
	g.Person("Jo", person.Charity)
	bren.Post("/agreement/new/rule/money", simple...)
	bren.Get("/agreement/new").LacksText("only 2 can decide today")
	most := append([]string{}, simple...)
	most[3], most[7] = "3", "2"
	page := bren.Post("/agreement/new/rule/money", most...).Is(http.StatusOK, g)
	page.HasText("It asks for 3 of the women’s group, and only 2 can decide today. So nothing could be decided.")
	page.HasText("It asks for 2 of everyone else, and only 1 can decide today.")
	bren.Get("/agreement/new/rule/money").HasText("Please look once more: It asks for 3 of the women’s group")
	bren.Get("/agreement/new/rule/closed").LacksText("Please look once more")
	g.Person("Mo", person.LivedExperience)
	bren.Get("/agreement/new/rule/money").LacksText("of the women’s group, and only")
}

// Under borrowed rules nothing was ever agreed; the first text that everybody says yes to is an agreement of one's own.
func TestAgreed_OnceEverybodySaidYes(t *testing.T) {
	g := fixture.New(t)
	r := room(g)
	s := g.Serve(r.Web())
	agreed := func() (is bool) {
		g.Read(func(ctx context.Context, tx *store.Tx) (err error) {
			is, err = r.Agreed(ctx, tx, g.P)
			return err
		})
		return is
	}
	bren, jo := s.As(g.Person("Bren", person.LivedExperience)), s.As(g.Person("Jo", person.Charity))
	if agreed() {
		t.Error("nothing was written, and something is agreed")
	}
	bren.Post("/agreement/new", "text", "Tea first.", "over", "0")
	bren.Post("/agreement/1/answer", "answer", "yes")
	if agreed() {
		t.Error("one yes of two is an agreement")
	}
	jo.Post("/agreement/1/answer", "answer", "yes")
	if !agreed() {
		t.Error("everybody said yes, and nothing is agreed")
	}
}
