package look

// A Line is one thing told: what, on which day, and the words that belong to it.
type Line struct {
	When  string
	Text  string
	Words []string // somebody's words, in paragraphs
	More  []string // what else is to be known of it, a line each
	Link  Link     // may be empty
}

// A Held is one part of what is kept of somebody, as her own copy shows it. Every room that keeps
// something of hers makes its parts itself.
type Held struct {
	Heading string
	Lead    string // may be empty
	Lines   []Line
}
