package texts

// Meetings are the meetings there are, with what is on their lists, what was said to them, and how people take
// part.
type Meetings struct {
	Enough    string // what experience is enough to host
	EnoughBy  string `toml:"enough_by"`
	EnoughAgo int    `toml:"enough_ago"`
	Hosts     []Learned
	Meetings  []Meeting
	Items     []AgendaItem
	Said      []SaidTo
	Ways      []Taking
	Watched   []Watched
	Places    []Place
	Notes     []Notes
	Todos     []Todo
}

// A Watched is a meeting that somebody asks to watch, who said yes to that, and whether it was looked on the day.
type Watched struct {
	Meeting  string
	By       string
	AskedAgo int `toml:"asked_ago"`
	Down     string
	Not      string
	Yes      []string
	Looked   bool
}

// A Place is where they meet, in the versions that members wrote.
type Place struct {
	ID       string
	Name     string
	Versions []PlaceText
}

// A PlaceText is what somebody wrote of it; what it does not say stays as the version before says it.
type PlaceText struct {
	Person  string
	DaysAgo int `toml:"days_ago"`
	Parts   map[string]string
}

// Learned is what somebody told everybody that she learned for hosting.
type Learned struct {
	Person  string
	Learned string // training or experience
	Words   string
	DaysAgo int `toml:"days_ago"`
}

// A Meeting is planned by Jo, who hosts it.
type Meeting struct {
	ID         string
	PlannedAgo int `toml:"planned_ago"`
	DaysAgo    int `toml:"days_ago"` // below zero for one to come
	Start      string
	Women      bool
	With       []string
	Place      string // one of the places
	Lines      map[string]string
	Open       []OpenLine
	Draft      bool // not known to others yet
	Begun      bool // it happens while the demo is looked at
}

// An OpenLine is what is not settled.
type OpenLine struct {
	Field     string
	Words     string
	By        string
	UntilDays int `toml:"until_days"`
}

// An AgendaItem is something that somebody put on a list, and what became of it.
type AgendaItem struct {
	Person  string
	Meeting string // empty: none yet
	DaysAgo int    `toml:"days_ago"`
	Title   string
	More    string
	Fates   []Fate
}

// A Fate is what became of an item.
type Fate struct {
	Person  string
	What    string // taken, moved or dropped
	To      string
	Why     string
	DaysAgo int `toml:"days_ago"`
}

// SaidTo is what somebody said to a meeting, or to one thing on its list.
type SaidTo struct {
	Person  string
	Meeting string
	Item    *int // which of the items, from 0; none is the meeting as a whole
	DaysAgo int  `toml:"days_ago"`
	May     string
	For     bool
	Words   string
}

// A Taking is how somebody takes part.
type Taking struct {
	Person  string
	Meeting string
	Ways    []string
	Words   string
	DaysAgo int `toml:"days_ago"`
}

// Notes are what was said and agreed at a meeting, as far as they are.
type Notes struct {
	Meeting    string
	WrittenAgo int `toml:"written_ago"`
	Lines      []string
	Keeper     string
	OpenedAgo  int `toml:"opened_ago"` // 0: they are still being written
	Rights     []Right
	Out        *Out
	FinalAgo   int `toml:"final_ago"` // 0: they are not
}

// A Right is what somebody put beside a line, or beside the whole.
type Right struct {
	Person  string
	Line    *int // from 0
	Words   string
	Signed  bool
	DaysAgo int `toml:"days_ago"`
}

// An Out is a line that somebody had taken out.
type Out struct {
	Person  string
	Line    int
	DaysAgo int `toml:"days_ago"`
}

// A Todo is something that somebody took on, or nobody yet, and what became of it.
type Todo struct {
	Person      string // who wrote it down, and does it
	Nobody      bool   // she does not: nobody has taken it on yet
	Meeting     string
	DaysAgo     int `toml:"days_ago"`
	DueDays     int `toml:"due_days"` // from now; below zero for a day that has passed
	What        string
	Became      string // done or not; empty while it is to be done
	Why         string
	AnsweredAgo int `toml:"answered_ago"`
}
