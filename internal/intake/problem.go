package intake

import "fmt"

// Kind says what is wrong with a file.
type Kind string

// The kinds of problem.
const (
	UnknownFormat Kind = "unknown format" // not a transcript in a format Read knows
	Broken        Kind = "broken"         // a known format, damaged
	TooLarge      Kind = "too large"      // over MaxBytes or MaxTurns
	Unsafe        Kind = "unsafe"         // built so that opening it could do harm
	Encoding      Kind = "encoding"       // letters that cannot be read
	Empty         Kind = "empty"          // no words in it
)

// Problem is why a file could not be read. Sentence is for the person who chose
// the file; it holds nothing from inside the file.
type Problem struct {
	Kind     Kind
	Sentence string
}

// Error returns the sentence.
func (p *Problem) Error() string { return p.Sentence }

func problemEmpty() *Problem {
	return &Problem{Empty, "There are no words in this file. Nothing was saved."}
}

func problemTooLarge() *Problem {
	return &Problem{TooLarge, "This file is larger than 100 MB. Please save it in parts and bring them in one by one. Nothing was saved."}
}

func problemTooManyTurns() *Problem {
	return &Problem{TooLarge, "This file has more than a million turns. Please save it in parts and bring them in one by one. Nothing was saved."}
}

func problemNotText() *Problem {
	return &Problem{UnknownFormat, "This does not look like a transcript. Footing reads text, Markdown, Word (.docx) and caption files (.vtt, .srt). Nothing was saved."}
}

func problemOldWord() *Problem {
	return &Problem{UnknownFormat, "This is an older Word file, or one locked with a password. Please open it in Word, save it as .docx without a password, and try again. Nothing was saved."}
}

func problemSaveAs(what string) *Problem {
	return &Problem{UnknownFormat, fmt.Sprintf("This is %s, which Footing cannot read yet. Please save it as Word (.docx) or as plain text and try again. Nothing was saved.", what)}
}

func problemNotWord() *Problem {
	return &Problem{Broken, "This file says it is a Word file, but it cannot be opened as one. Nothing was saved."}
}

func problemDamagedWord() *Problem {
	return &Problem{Broken, "Part of this Word file is damaged, so not all of its words can be read. Please open it in Word, save it again and try once more. Nothing was saved."}
}

func problemUnsafeWord(why string) *Problem {
	return &Problem{Unsafe, fmt.Sprintf("This Word file was not opened because %s, which can do harm. Please open it in Word, save it as a new .docx file and try again. Nothing was saved.", why)}
}

func problemBigWord() *Problem {
	return &Problem{TooLarge, "The text in this Word file is too long to read in one go. Please save it in parts and bring them in one by one. Nothing was saved."}
}

func problemBrokenText(encoding string, line int) *Problem {
	return &Problem{Encoding, fmt.Sprintf("Some letters around line %d of this file cannot be read as %s. Please open it where it was made, save it as UTF-8 text and try again. Nothing was saved.", line, encoding)}
}

// Warning is something a person should look at before keeping a transcript.
// Like a Problem it holds nothing from inside the file.
type Warning struct {
	Kind     WarningKind
	Line     int // the line of the text it is about, from 1; 0 when it is about the whole file
	Sentence string
}

// WarningKind says what a warning is about.
type WarningKind string

// The kinds of warning.
const (
	GuessedEncoding WarningKind = "guessed encoding"
	NoSpeakers      WarningKind = "no speakers"
	BeforeSpeakers  WarningKind = "before speakers"
	SpokeOnce       WarningKind = "spoke once"
	NotASpeaker     WarningKind = "not a speaker"
	NoVoice         WarningKind = "no voice"
	NotCaptions     WarningKind = "not captions"
	CaptionNotes    WarningKind = "caption notes"
	DeletedText     WarningKind = "deleted text"
	SideNotes       WarningKind = "side notes"
)

var warningSentences = map[WarningKind]string{
	GuessedEncoding: "This file does not say how its letters are stored. It was read as Windows-1252. Please look at accents and quotation marks.",
	NoSpeakers:      "No speakers were found, so each paragraph is kept on its own.",
	BeforeSpeakers:  "There is text before the first speaker. It is kept as a turn without a speaker.",
	SpokeOnce:       "A name that comes up only once was taken as a speaker. Please check it.",
	NotASpeaker:     "A line that begins like a speaker's name was kept as part of the turn before it. Please check it.",
	NoVoice:         "Some captions do not say who is speaking. They are kept as turns without a speaker.",
	NotCaptions:     "This file is named as captions but has no times in it, so it was read as text.",
	CaptionNotes:    "This caption file has notes or style settings for its player. They were left out.",
	DeletedText:     "This Word file holds deleted text that is still marked as a change. It was left out.",
	SideNotes:       "This Word file has comments, footnotes or endnotes. They were left out.",
}

// maxWarnings of one kind are kept: the first tell a person what to look for.
const maxWarnings = 20

func (t *Transcript) warn(kind WarningKind, line int) {
	same := 0
	for _, w := range t.Warnings {
		if w.Kind == kind {
			same++
		}
	}
	if same < maxWarnings {
		t.Warnings = append(t.Warnings, Warning{Kind: kind, Line: line, Sentence: warningSentences[kind]})
	}
}
