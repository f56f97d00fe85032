package look

func pagePieces() []Piece {
	who := "Only you, until you choose to share it. Then the people you choose."
	audience := []Option{
		{Value: "me", Label: "Only me", Hint: "A private note. Nobody else can read it."},
		{Value: "team", Label: "The project team", Hint: "Asha and Jo. They can read it. They cannot pass it on."},
		{Value: "group", Label: "The team and the women’s group", Hint: "Your name is not shown unless you choose that."},
		{Value: "later", Label: "I would rather not say yet", Hint: "It stays a draft that only you can see."},
	}
	chosen := append([]Option(nil), audience...)
	chosen[1].Chosen = true
	asha, jo := Person{Name: "Asha", What: "Women’s group"}, Person{Name: "Jo", What: "Charity worker, Monday to Thursday", Href: "#jo"}
	return []Piece{
		{Template: "check", State: "One thing to check", Value: Check{Title: "One thing to check", Items: []CheckItem{{"#when", "The day is a number from 1 to 31"}}}},
		{Template: "steps", State: "Steps", Value: Steps{Text: "Part 2 of 4", Now: 2, Of: 4}},
		{Template: "title", State: "Heading of a page", Value: Title{Text: "Share something, if you want to", Lead: "You can stop at any time. What you have written stays here for you."}},
		{Template: "note", State: "Note", Value: Note{Title: "You do not have to share anything.", Text: "You can take part in the group without it."}},
		{Template: "note", State: "Quiet confirmation", Value: Note{Said: true, Title: "Saved.", Text: "Your draft is kept. Only you can see it.", Links: []Link{{Href: "#undo", Text: "Undo"}}}},
		{Template: "sound", State: "A recording, heard when she presses play", Value: Sound{Title: "You left this spoken", Label: "The recording", Src: "/kept/none.ogg", Save: Link{Href: "#save", Text: "Save the recording as a file"}}},
		{Template: "field", State: "A file", Form: true, Value: Field{Name: "sound", Label: "Or leave it spoken", Hint: "A sound file from your phone.", Type: "file", Accept: "audio/*", WhoTitle: "Who can hear this now:", Who: "only you."}},
		{Template: "newer", State: "What somebody else wrote meanwhile", Form: true, Value: Newer{From: "a", Note: Note{Title: "This was changed while you wrote.", Text: "Nothing is lost. Here is what it says now."},
			Now: []SummaryRow{{Term: "What was said", Value: "The bus was early."}}}},
		{Template: "who", State: "Who can see this", Value: Who{Title: "Who can see this:", Text: "you and the project team, until 31 March.", Change: Link{Href: "#change", Text: "Change", About: "who can see this"}}},
		{Template: "choice", State: "Choose one, nothing chosen", Form: true, Value: Choice{Name: "audience", Legend: "Who can see this?", Hint: "You can change this later, on the same page.", Options: audience}},
		{Template: "choice", State: "Choose one, chosen", Form: true, Value: Choice{Name: "audience2", Legend: "Who can see this?", Options: chosen}},
		{Template: "choice", State: "Choose any", Form: true, Value: Choice{Name: "purpose", Legend: "What can it be used for?", Hint: "Tick as many as you like. You can tick none.", Multiple: true, Options: []Option{
			{Value: "meeting", Label: "To be heard in the next meeting", Chosen: true}, {Value: "service", Label: "To make the service better"}, {Value: "study", Label: "For the study “Being listened to”", Hint: "Two people would read it: Mina and Rosa."}}}},
		{Template: "choice", State: "Short answers beside each other", Form: true, Value: Choice{Name: "quote", Legend: "Can your own words be quoted?", Row: true, Options: []Option{{Value: "no", Label: "No"}, {Value: "ask", Label: "Ask me later"}, {Value: "yes", Label: "Yes"}}}},
		{Template: "choice", State: "Choose one, with something to check", Form: true, Value: Choice{Name: "until", Legend: "Until when?", Problem: "Please choose an end. You can change it later.", Options: []Option{{Value: "meeting", Label: "Until the meeting in May"}, {Value: "study", Label: "Until the study ends, at latest 30 September"}}}},
		{Template: "dated", State: "Date", Form: true, Value: Dated{Name: "day", Legend: "When was this? You can leave it empty", Hint: "For example 31 3 2024, or just the year", Labels: [3]string{"Day", "Month", "Year"}, Year: "2024"}},
		{Template: "dated", State: "Date, with something to check", Form: true, Value: Dated{Name: "when", Legend: "When was this? You can leave it empty", Hint: "For example 31 3 2024, or just the year", Problem: "The day is a number from 1 to 31", Labels: [3]string{"Day", "Month", "Year"}, Day: "42", Month: "3", Year: "2024"}},
		{Template: "field", State: "One line", Form: true, Value: Field{Name: "name", Label: "What would you like to be called?", Hint: "It does not have to be your real name.", Autocomplete: "off"}},
		{Template: "field", State: "A few characters, with something to check", Form: true, Value: Field{Name: "code", Label: "Your invitation code", Hint: "It is on the card that Jo gave you.", Value: "plum-rive", Problem: "This code has three words", Short: true, Required: true, Autocomplete: "off"}},
		{Template: "field", State: "Passphrase", Form: true, Value: Field{Name: "passphrase", Label: "Your passphrase", Type: "password", Autocomplete: "current-password", Show: "Show what I type"}},
		{Template: "field", State: "Box with who will see it, and a count", Form: true, Value: Field{Name: "story", Label: "What would you like to say?", Hint: "Please leave out other people’s names.", WhoTitle: "Who will see this:", Who: who, Rows: 5, Max: 4000, Left: "Characters left: {n}", Over: "{n} too many. That is fine for now. You can shorten it later."}},
		{Template: "asks", State: "Questions of a form", Form: true, Value: []Ask{Choose(Choice{Name: "whom", Legend: "Whom would you like to ask?", Options: []Option{{Value: "wren", Label: "Wren"}, {Value: "jo", Label: "Jo"}}}),
			Write(Field{Name: "what", Label: "What for?", Rows: 2}), Carry("over", "1")}},
		{Template: "draft", State: "Draft line", Form: true, Value: Draft{Now: "Saved as a draft. Only you can see it.", Saved: "Saved.", Unsaved: "Not saved yet."}},
		{Template: "acts", State: "Buttons", Form: true, Value: []Button{{Text: "Save and continue"}, {Text: "Skip this", Look: Second, Name: "skip", Value: "1"}, {Text: "Stop here and come back later", Look: Quiet, Action: "#stop"}}},
		{Template: "summary", State: "Answers before they are sent", Value: Summary{Rows: []SummaryRow{
			{Term: "What you said", Value: "The phone queue at eight is hard when I have slept badly. A text to pick a time would help.", Change: Link{Href: "#1", Text: "Change", About: "what you said"}},
			{Term: "Who can see it", Values: []string{"The project team", "The women’s group"}, Change: Link{Href: "#2", Text: "Change", About: "who can see it"}},
			{Term: "Until", Value: "The meeting on 14 May", Change: Link{Href: "#3", Text: "Change", About: "until when"}}}}},
		{Template: "person", State: "Person", Value: jo},
		{Template: "story", State: "Somebody’s words behind a content note", Value: Story{ID: "one", By: asha, About: "About waiting rooms, and a conversation that went well.", Read: "Read it", Paras: []string{"There is a chair by the window that I always look for. If it is free I can breathe.", "Last month the receptionist saw me looking. She said, shall I keep that one for you next time? It was a small thing and it changed the whole visit."}, Skip: Link{Href: "#after-one", Text: "Go past this"}}},
		{Template: "tags", State: "Tags", Value: []Tag{{"Draft", Plain}, {"Only you", Only}, {"Shared", Shared}, {"Waiting for an answer", Wait}, {"Taken back", Closed}}},
		{Template: "cards", State: "List of things", Value: []Card{
			{Title: Link{Href: "#a", Text: "A text instead of the eight o’clock queue"}, Text: "An idea for the practice.", Meta: "Shared on 2 April. Opened by two people.", Tags: []Tag{{"Shared", Shared}}, Links: []Link{{Href: "#seen", Text: "Who has opened this"}, {Href: "#back", Text: "Take back", About: "the idea about texts"}}},
			{Title: Link{Href: "#b", Text: "The chair by the window"}, Text: "A note you have not finished.", Tags: []Tag{{"Only you", Only}}}}},
		{Template: "rows", State: "List of pages", Value: []Card{
			{Title: Link{Href: "#words", Text: "Change my secret words"}, Text: "You are then signed out everywhere else."},
			{Title: Link{Href: "#codes", Text: "My printed codes"}, Text: "You have 8 codes left."},
			{Title: Link{Href: "#where", Text: "Where I am signed in"}}}},
		{Template: "links", State: "Where one can go from here", Value: []Link{{Href: "#invite", Text: "Ask somebody to join"}, {Href: "#next", Text: "Next", About: "case: Juniper"}}},
		{Template: "note", State: "Note with several links", Value: Note{Title: "Two of your points are closed.", Text: "Please write them again from what is left.", Links: []Link{{Href: "#p1", Text: "Bluebell: being listened to"}, {Href: "#p2", Text: "Juniper: choice"}}}},
		{Template: "table", State: "Table", Value: Table{Caption: "Who has opened this", Label: "Who has opened this", Head: []string{"Who", "When", "Why"}, Rows: [][]string{{"Jo, charity worker", "3 April, 2 pm", "To get the meeting ready"}, {"Rosa, researcher", "9 April, 11 am", "For the study"}}}},
		{Template: "lines", State: "What was done, when", Value: []Line{
			{When: "3 April 2027", Text: "Put under the theme “Waiting”, in the study “What helps at the surgery?”", Link: Link{Href: "#theme", Text: "Look at it"}},
			{When: "9 April 2027", Text: "Rosa saved a file.", More: []string{"What for: the analysis day"}, Words: []string{"There is a chair by the window."}}}},
		{Template: "held", State: "A part of somebody’s own copy", Value: Held{Heading: "How we work together", Lead: "What you said to each version.", Lines: []Line{{When: "2 April 2027", Text: "Version 2: yes"}}}},
		{Template: "empty", State: "Nothing yet", Value: Empty{Title: "Nothing here yet", Text: "That is fine. You can start with an idea, and you can stop at any time.", Go: Button{Text: "Write a note", Look: Second, Href: "#write"}}},
		{Template: "status", State: "Status line", Value: Status{ID: "now", Text: "The group is meeting on Tuesday at 2 pm."}},
	}
}
