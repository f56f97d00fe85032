// Package texts holds the made-up partnership of the demo: its people, its study, what they wrote and
// said, on which terms, and what has been read in it so far.
//
// Everything here is invented by the project: every name, place, practice and word. It is data for the
// package that fills the demo, and knows nothing of rooms or the gate. Days count from the moment the
// demo starts: DaysAgo backwards, InDays and UntilDays forwards.
package texts

import (
	"embed"
	"fmt"
	"path"
	"strings"

	"github.com/BurntSushi/toml"
)

//go:embed *.toml agreement.md sources/*.md
var files embed.FS

// A Corpus is the whole made-up partnership.
type Corpus struct {
	Partnership Partnership
	Study       Study
	Agreement   string // how we work together, in Markdown
	Frame       Frame
	Sources     []Source  // by id: groups, interviews, notes, observations
	Passages    []Passage // what is indexed
	Cells       []Cell    // what is charted
	Shares      []Share   // what members shared themselves
	Asking      Asking    // what is known, and what was asked
	Decisions   []Decision
	Power       Power    // what was said of power, and what was answered
	Words       []Word   // hard ones, and what they mean
	Meetings    Meetings // when they meet, and what about
}

// A Partnership is who takes part and what stands behind them.
type Partnership struct {
	Name          string
	Funder        string
	Organisations []Organisation
	People        []Person
	Outside       []Outsider
}

// An Organisation is a charity, a practice or a university of the partnership.
type Organisation struct {
	ID   string
	Kind string // charity, practice or university
	Name string
}

// A Person is a member of the circle.
type Person struct {
	ID           string
	Name         string // the name she chose
	Standing     string // lived-experience, charity, clinician, practice or researcher
	Organisation string // the id of the employer, if any
	About        string // one or two sentences
	SignIn       bool   `toml:"sign_in"` // one of the five the demo prints a link for
	Supporter    string // the person a member chose to have beside her
	Reminders    string // when she is told on her own pages that something ends: ended or month; empty is never
	AboutMe      string `toml:"about_me"` // her answer to others' words about her: yes, only if nobody could tell, ask me, no; empty is no
}

// An Outsider was interviewed and is not a member.
type Outsider struct {
	ID           string
	Name         string
	About        string
	Organisation string // the id of the employer
}

// A Study is the one study of the demo.
type Study struct {
	Title            string
	Question         string
	QuestionChosenBy []string `toml:"question_chosen_by"` // ids of people
	QuestionNote     string   `toml:"question_note"`
	Status           string   // approved
	Sponsor          string
	EthicsCommittee  string `toml:"ethics_committee"`
	StartedDaysAgo   int    `toml:"started_days_ago"`
	EndsInDays       int    `toml:"ends_in_days"`
	FundingEndsIn    int    `toml:"funding_ends_in_days"`
	RetentionYears   int    `toml:"retention_years"`
	References       []Reference
	Analysts         []Analyst
	Sheets           []Sheet
}

// A Reference is an approval or an amendment.
type Reference struct {
	Reference string
	What      string
	DaysAgo   int `toml:"days_ago"`
}

// An Analyst is somebody named in the study as reading others' words.
type Analyst struct {
	Person       string
	FromDaysAgo  int  `toml:"from_days_ago"`
	FromTheGroup bool `toml:"from_the_group"` // a woman from the group
	Note         string
}

// A Sheet is one version of the information sheet.
type Sheet struct {
	Version        int
	DaysAgo        int    `toml:"days_ago"`
	TakesBackUntil string `toml:"takes_back_until"` // fourteen-days or printed
	Promise        string // what it says about taking back, word for word
	Text           string // the whole sheet; a blank line parts headings and paragraphs
}

// A Frame is the study's set of themes.
type Frame struct {
	Version int
	Title   string
	Themes  []Theme // in the order in which they are shown
}

// A Theme is a top theme, or a sub-theme when it has a parent. The theme "other" holds what fits nowhere.
type Theme struct {
	ID         string
	Parent     string
	Name       string
	Definition string
	UseWhen    string `toml:"use_when"`
	NotWhen    string `toml:"not_when"`
	Example    string // made up for the frame, from no source
	Origin     string
}

// A Source is a note, an observed meeting, an interview or a group reflection.
type Source struct {
	ID          string `toml:"-"` // from the file's name, as in interview-04
	Kind        string // note, observation, interview or group
	Title       string
	ContentNote string `toml:"content_note"`
	DaysAgo     int    `toml:"days_ago"`
	Keeper      string // the person who keeps it and marks who is spoken of
	Setting     string // where an interview was held
	Present     string // who else was there
	Minutes     int    // how long it took
	Speakers    []Speaker
	Mentions    []Mention
	Body        string `toml:"-"` // as it would be imported: paragraphs, each "Label: text" except in notes
	Turns       []Turn `toml:"-"`
}

// A Speaker is one voice of a source: a member, or somebody from outside.
type Speaker struct {
	Label       string
	Person      string
	Outside     string
	Interviewer bool   // asked, or watched and wrote down
	Terms       *Terms // nil while nobody has said: the source is kept and not analysed
}

// Terms are what one speaker, or the sharer of a share, allows.
type Terms struct {
	How         string // screen, paper or spoken
	Sheet       int    // version of the information sheet, 0 for a share outside the study
	By          string // the person who wrote them down, if not the speaker
	Beside      string // whom she chose to have beside her: a role, never a name
	Yes         []Yes
	Not         []string // who is refused whatever a yes says: person:<id> or practice:<id>
	Attribution string   // name, chosen, group or none
	ChosenName  string   `toml:"chosen_name"`
	AskFirst    bool     `toml:"ask_first"` // show me before it is used
	TakenBack   *Back    `toml:"taken_back"`
}

// Ended reports whether every yes has run out.
func (t Terms) Ended() bool {
	for _, y := range t.Yes {
		if y.UntilDays > 0 {
			return false
		}
	}
	return true
}

// A Yes is one thing allowed. A form includes those below it: voice, words, paraphrase, theme, number.
type Yes struct {
	Audience   string // me, person:<id>, supporter, lived-experience, partnership, practice:<id>, analysts or public
	Purpose    string // meeting, decision, improvement, training, analysis, quote or publication
	Form       string
	UntilDays  int    `toml:"until_days"`  // from now; below zero it has ended
	UntilEvent string `toml:"until_event"` // what the group waits for, if she chose that: it follows "when"
}

// A Back says when a speaker took back all her turns of a source, or the ones listed.
type Back struct {
	DaysAgo int `toml:"days_ago"`
	Turns   []int
}

// A Mention is a passage of somebody else's words that speaks of a member.
type Mention struct {
	Person  string
	Turn    int    // counts from 1
	Passage string // an exact part of that turn, found there once
}

// A Turn is what one speaker says at a stretch. In a note each paragraph is one.
type Turn struct {
	Speaker string // the label
	Text    string
}

// A Passage is an indexed part of a turn.
type Passage struct {
	ID      string
	Source  string
	Turn    int    // counts from 1
	Passage string // an exact part of that turn, found there once
	Themes  []string
	By      string
	DaysAgo int `toml:"days_ago"`
}

// A Cell is one charted case, here a source, under one top theme.
type Cell struct {
	Source  string
	Theme   string
	By      string
	DaysAgo int    `toml:"days_ago"`
	Empty   string // "nothing there" or "not asked"; otherwise there are points
	Points  []Point
}

// A Point is one sentence of a summary, or two, with the passages it rests on.
type Point struct {
	Text     string
	Passages []string // ids
}

// A Share is something a member shared herself.
type Share struct {
	ID          string
	Person      string
	Kind        string // idea, opinion, expertise or experience
	Title       string
	ContentNote string   `toml:"content_note"`
	Topics      []string // by the list that sharing begins with
	DaysAgo     int      `toml:"days_ago"`
	Text        string
	Terms       Terms
}

// Asking is the shelf of what is known, what somebody asked, and what the women chose to be asked about.
type Asking struct {
	Known   []Known
	Asks    []Ask
	Choices []Choice
}

// Known is an entry of the shelf.
type Known struct {
	Person  string
	DaysAgo int `toml:"days_ago"`
	Title   string
	Known   string
	From    string // group, study, page or paper
	Source  string
}

// An Ask is a request, with what the women's group said and what was answered.
type Ask struct {
	ID       string
	Person   string
	DaysAgo  int `toml:"days_ago"` // when it was put to the group
	Title    string
	What     string
	Study    bool
	Known    []string // entries that the shelf begins with
	More     string
	Why      string
	Gain     string
	Interest string
	Pay      string // unset, none or amount
	Pence    int64
	Support  string
	Kind     string
	Ways     []string
	Weeks    int
	Said     []Said
	Refused  bool // one of the women said "not this"; which one is not known
	Answers  []Share
	Told     string // what came of it
	ToldAgo  int    `toml:"told_days_ago"`
}

// Said is what one of the women said to a request.
type Said struct {
	Person  string
	Says    string // fine or change
	Words   string // what should change
	DaysAgo int    `toml:"days_ago"`
}

// A Choice is what one of the women chose to be asked about.
type Choice struct {
	Person string
	Kinds  []string
}

// A Decision is something to decide, with what was said to it.
type Decision struct {
	Person    string
	DaysAgo   int `toml:"days_ago"` // when it was put forward
	Title     string
	Question  string
	Matter    string // empty: everyday
	Amount    string // of money, in whole pounds
	Method    string
	Choices   []string
	Fixed     string
	Why       string
	Interest  string
	Rung      int
	Again     int
	OpenedAgo int    `toml:"opened_days_ago"` // 0: it is not open yet
	After     string // what changed
	Said      []DecisionSaid
	Doubts    []DecisionSaid
	Seen      []struct {
		Person string
		Rung   int
	}
}

// DecisionSaid is what somebody said to a decision, or asked about its words.
type DecisionSaid struct {
	Person  string
	Says    string // a word, or marks
	Marks   []int
	Words   string
	DaysAgo int `toml:"days_ago"`
}

// Load reads the embedded files. An error means that one of them is malformed.
func Load() (*Corpus, error) {
	var c Corpus
	var indexing struct{ Passages []Passage }
	var charts struct{ Cells []Cell }
	var shares struct{ Shares []Share }
	var decisions struct{ Decisions []Decision }
	var hard struct{ Words []Word }
	for name, into := range map[string]any{
		"people.toml": &c.Partnership, "study.toml": &c.Study, "frame.toml": &c.Frame,
		"indexing.toml": &indexing, "charts.toml": &charts, "shares.toml": &shares, "asks.toml": &c.Asking,
		"decisions.toml": &decisions, "power.toml": &c.Power, "meetings.toml": &c.Meetings,
		"words.toml": &hard,
	} {
		text, err := files.ReadFile(name)
		if err != nil {
			return nil, err
		}
		if err := decode(string(text), into); err != nil {
			return nil, fmt.Errorf("reading %s: %w", name, err)
		}
	}
	c.Passages, c.Cells, c.Shares, c.Decisions, c.Words = indexing.Passages, charts.Cells, shares.Shares, decisions.Decisions, hard.Words
	text, err := files.ReadFile("agreement.md")
	if err != nil {
		return nil, err
	}
	c.Agreement = string(text)
	c.Sources, err = loadSources()
	if err != nil {
		return nil, err
	}
	return &c, nil
}

func loadSources() ([]Source, error) {
	entries, err := files.ReadDir("sources")
	if err != nil {
		return nil, err
	}
	var list []Source
	for _, e := range entries {
		text, err := files.ReadFile(path.Join("sources", e.Name()))
		if err != nil {
			return nil, err
		}
		s, err := parseSource(strings.TrimSuffix(e.Name(), ".md"), string(text))
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", e.Name(), err)
		}
		list = append(list, s)
	}
	return list, nil
}

// parseSource splits the front matter between two lines of +++ from the words below it.
func parseSource(id, text string) (Source, error) {
	s := Source{ID: id}
	head, body, found := strings.Cut(strings.TrimPrefix(text, "+++\n"), "\n+++\n")
	if !found {
		return s, fmt.Errorf("front matter does not end")
	}
	if err := decode(head, &s); err != nil {
		return s, err
	}
	s.Body = strings.TrimSpace(body) + "\n"
	for n, paragraph := range strings.Split(strings.TrimSpace(body), "\n\n") {
		turn, err := s.turn(paragraph)
		if err != nil {
			return s, fmt.Errorf("paragraph %d: %w", n+1, err)
		}
		s.Turns = append(s.Turns, turn)
	}
	return s, nil
}

// turn reads a paragraph. A note has one author and no labels.
func (s Source) turn(paragraph string) (Turn, error) {
	if s.Kind == "note" && len(s.Speakers) == 1 {
		return Turn{Speaker: s.Speakers[0].Label, Text: paragraph}, nil
	}
	label, text, _ := strings.Cut(paragraph, ": ")
	if _, known := s.Speaker(label); !known {
		return Turn{}, fmt.Errorf("no listed speaker opens it")
	}
	return Turn{Speaker: label, Text: text}, nil
}

// Speaker returns the speaker with a label, and whether there is one.
func (s Source) Speaker(label string) (Speaker, bool) {
	for _, sp := range s.Speakers {
		if sp.Label == label {
			return sp, true
		}
	}
	return Speaker{}, false
}

// decode reads TOML and refuses keys that mean nothing, so that a misspelt one is not silently a no.
func decode(text string, into any) error {
	meta, err := toml.Decode(text, into)
	if err != nil {
		return err
	}
	if extra := meta.Undecoded(); len(extra) > 0 {
		return fmt.Errorf("unknown key %s", extra[0])
	}
	return nil
}

// Power is what was said of power, with a name or without, and what was answered to it, and what was written of who
// holds what.
type Power struct {
	Noticed []Noticed
	Holds   []Holds
}

// A Holds is what somebody wrote of who holds something.
type Holds struct {
	Person, Kind, What, Who string
	DaysAgo                 int `toml:"days_ago"`
}

// A Noticed is one thing that was said of power. Answer is empty while it waits for one.
type Noticed struct {
	Person                       string
	DaysAgo                      int `toml:"days_ago"`
	Unsigned                     bool
	Kind, Form, What, Who, Asked string
	After, Answer                string
	AnsweredBy                   string `toml:"answered_by"`
	AnsweredAgo                  int    `toml:"answered_ago"`
}

// A Word is one that was marked as hard, with what was said of it, oldest first.
type Word struct {
	Text  string
	Marks int
	Said  []Meaning
}

// A Meaning is what somebody says that a word means.
type Meaning struct {
	Person  string
	DaysAgo int `toml:"days_ago"`
	Text    string
}
