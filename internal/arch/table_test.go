package arch_test

// A level is a height in the house. Imports go down, or sideways where the table says so.
type level int

const (
	tool level = iota // pure functions; nothing of ours imported
	base              // vocabulary that everything speaks
	ground
	front // front rooms, which other rooms may import
	room
	demo
	app
	cli
	test
)

// A place is a package: on which level it is, and what of ours it imports beside what its level may
// import anyway, each with the reason. A new package gets a line here; a new import gets its reason or
// is left out.
type place struct {
	on   level
	uses map[string]string
}

// always is what every package of a level may import without saying why.
var always = map[level]map[string]string{
	front: rooms,
	room: merge(rooms, map[string]string{
		"circle": "who is in the group, as whom",
		"study":  "which study, who is named in it, until when",
	}),
}

var rooms = map[string]string{
	"person":   "who somebody is",
	"fault":    "what a person is told when something cannot be done",
	"store":    "its own tables, in the action's transaction",
	"consent":  "words, through the gate alone",
	"ledger":   "acts that must not be rewritten unseen",
	"event":    "open pages that follow what changes",
	"unsaved":  "what is typed and not sent",
	"web":      "routes and answers",
	"web/look": "the pieces its pages are made of",
}

// places lists every package under internal/ but those for tests, by its path there.
var places = map[string]place{
	"intake":     {tool, nil},
	"sound":      {tool, nil},
	"refi":       {tool, nil},
	"sheet":      {tool, nil},
	"disclosure": {tool, nil},
	"chart":      {tool, nil},

	"person": {base, nil},
	"fault":  {base, nil},

	"store": {ground, map[string]string{"fault": "errors with a kind"}},
	"event": {ground, map[string]string{"fault": "errors with a kind", "person": "partnerships", "store": "events are rows"}},
	"ledger": {ground, map[string]string{"fault": "errors with a kind", "person": "partnerships",
		"store": "entries are rows of the transaction that makes the change"}},
	"lang":               {ground, nil},
	"lang/plain":         {ground, map[string]string{"lang": "it measures the catalogue's sentences"}},
	"vault":              {ground, map[string]string{"person": "a sealed value is bound to its partnership", "vault/internal/box": "its inside"}},
	"vault/internal/box": {ground, nil},
	"vault/unseal":       {ground, map[string]string{"vault": "places and words", "vault/internal/box": "the cipher"}},
	"vault/keyring": {ground, map[string]string{"fault": "a missing row", "store": "keys are rows of a store of their own",
		"vault": "keys", "vault/internal/box": "a key's bytes"}},
	"search": {ground, map[string]string{"fault": "errors with a kind", "person": "partnerships"}},
	"consent": {ground, map[string]string{"fault": "errors with a kind", "person": "readers and owners", "store": "its own tables",
		"vault": "sealing", "vault/unseal": "it is the gate, and nobody else may", "event": "what was taken back, to open pages",
		"ledger": "terms and withdrawals are logged", "search": "it feeds the index"}},
	"unsaved": {ground, map[string]string{"fault": "a missing row", "person": "whose words", "store": "rows of the room's table", "consent": "words, through the gate alone"}},
	"account": {ground, map[string]string{"fault": "errors with a kind", "person": "whose account", "store": "its own tables"}},
	"backup": {ground, map[string]string{"account": "ways in that ended since", "consent": "tombstones, and destroying again", "event": "a gate publishes", "ledger": "a restore is logged",
		"person": "partnerships", "store": "it copies both stores", "vault/keyring": "it opens the key store that was put back"}},
	"web":      {ground, map[string]string{"fault": "errors become pages", "lang": "words on pages", "person": "who asks", "web/look": "the page's frame"}},
	"web/look": {ground, nil},

	"circle": {front, nil},
	"study":  {front, map[string]string{"circle": "analysts are members"}},
	"entry": {front, map[string]string{"circle": "the first page makes it", "study": "analysts give a second factor",
		"account": "signing in"}},
	"agreement": {front, map[string]string{"circle": "who is asked"}},

	"byhand":    {room, nil},
	"language":  {room, map[string]string{"lang": "the languages there are, and who has read them"}},
	"letters":   {room, nil},
	"table":     {room, map[string]string{"account": "a picture and a PIN open a session there"}},
	"rehearsal": {room, nil},
	"rescue":    {room, map[string]string{"account": "freezing an account, and a code to get back in"}},
	"aboutme":   {room, nil},
	"aloud":     {room, map[string]string{"sound": "takes recordings in"}},
	"care":      {room, nil},
	"mine":      {room, map[string]string{"account": "words made for her, and what makes a passphrase weak"}},
	"sharing":   {room, map[string]string{"sound": "takes recordings in"}},
	"asking":    {room, nil},
	"checkin":   {room, nil},
	"apart":     {room, nil},
	"meeting":   {room, nil},
	"notes":     {room, nil},
	"observe":   {room, nil},
	"place":     {room, nil},
	"jargon":    {room, nil},
	"needs":     {room, nil},
	"between":   {room, nil},
	"buddy":     {room, nil},
	"decision":  {room, map[string]string{"agreement": "the rules it decides by"}},
	"power":     {room, nil},
	"facts":     {room, map[string]string{"disclosure": "what a count may show", "chart": "counts as bars"}},
	"record":    {room, map[string]string{"lang": "the same sentences at the terminal"}},
	"interview": {room, map[string]string{"agreement": "what is told before one"}},
	"source":    {room, map[string]string{"intake": "reads recordings"}},
	"coding": {room, map[string]string{"source": "codes stand on sources (source <- coding <- matrix)", "refi": "codebooks for other programs",
		"sheet": "exports"}},
	"matrix": {room, map[string]string{"source": "cases are made of sources", "coding": "a point rests on codings (source <- coding <- matrix)",
		"sheet": "exports", "vault": "words on their way to a page"}},
	"find": {room, map[string]string{"search": "the index"}},
	"desk": {room, map[string]string{"source": "the first page of an analyst lists what waits"}},

	"demo/texts": {tool, nil},
	"demo": {demo, map[string]string{
		"account":    "its people sign in",
		"agreement":  "how they work together",
		"apart":      "where only some of them are",
		"asking":     "what they ask each other",
		"between":    "what two of them agreed",
		"buddy":      "who is there for whom",
		"checkin":    "how they arrive and go",
		"circle":     "its people",
		"coding":     "its frame",
		"consent":    "what they share",
		"decision":   "what they decide",
		"demo/texts": "what is said",
		"facts":      "what is counted of them",
		"interview":  "what they are told before an interview",
		"jargon":     "which words are hard",
		"matrix":     "its charts",
		"meeting":    "when they meet, and what about",
		"notes":      "what was said and agreed",
		"observe":    "watching meetings",
		"person":     "who they are",
		"place":      "where they meet",
		"power":      "what they notice",
		"refi":       "frames as data",
		"sharing":    "how they answer",
		"source":     "its recordings",
		"store":      "one transaction each",
		"study":      "its study",
		"web":        "the pages of components",
		"web/look":   "the components",
	}},

	"app": {app, nil}, // the composition root imports what it puts together
	"cli": {cli, map[string]string{"app": "commands run the program", "backup": "options of backup and restore", "demo": "the demo command",
		"ledger": "printed lines that a witness types in", "source": "import shows what it found"}},
	"arch": {test, nil},
}

func merge(maps ...map[string]string) map[string]string {
	all := map[string]string{}
	for _, m := range maps {
		for k, v := range m {
			all[k] = v
		}
	}
	return all
}
