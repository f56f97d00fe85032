package look

import "slices"

// An Ask is one question of a form or a sheet of paper: to be answered by writing or by choosing, or an
// answer carried over from the page before. One of the three is set.
type Ask struct {
	Field  *Field
	Choice *Choice
	Hidden *[2]string // name and value
}

// Write returns a question answered by writing.
func Write(f Field) Ask { return Ask{Field: &f} }

// Choose returns a question answered by choosing.
func Choose(c Choice) Ask { return Ask{Choice: &c} }

// Carry returns an answer carried over.
func Carry(name, value string) Ask { return Ask{Hidden: &[2]string{name, value}} }

// Wrong puts a problem beside the question of that name, and returns the line for the top of the page that
// leads to it.
func Wrong(asks []Ask, name, say string) CheckItem {
	for _, a := range asks {
		if a.Field != nil && a.Field.Name == name {
			a.Field.Problem = say
		}
		if a.Choice != nil && a.Choice.Name == name {
			a.Choice.Problem = say
		}
	}
	return CheckItem{Href: "#" + name, Text: say}
}

// Name returns the name of the form value.
func (a Ask) Name() string {
	switch {
	case a.Field != nil:
		return a.Field.Name
	case a.Choice != nil:
		return a.Choice.Name
	case a.Hidden != nil:
		return a.Hidden[0]
	}
	return ""
}

// Filled returns the question with answers given before, as when a form comes back.
func (a Ask) Filled(answers map[string][]string) Ask {
	given := answers[a.Name()]
	if a.Field != nil && len(given) > 0 {
		f := *a.Field
		f.Value = given[0]
		return Write(f)
	}
	if a.Choice != nil {
		c := *a.Choice
		c.Options = append([]Option{}, c.Options...)
		for i := range c.Options {
			c.Options[i].Chosen = slices.Contains(given, c.Options[i].Value)
		}
		return Choose(c)
	}
	return a
}

// Said returns the answers given to the question, in the words of its options, for reading back.
func (a Ask) Said(answers map[string][]string) []string {
	var said []string
	for _, value := range answers[a.Name()] {
		switch {
		case a.Choice != nil:
			for _, o := range a.Choice.Options {
				if o.Value == value {
					said = append(said, o.Label)
				}
			}
		case value != "" && a.Field != nil:
			said = append(said, value)
		}
	}
	return said
}

// Lines returns one value for each ruled line of a sheet on which the answer is written.
func (a Ask) Lines() []bool {
	if a.Field == nil {
		return nil
	}
	return make([]bool, max(2, 2*a.Field.Rows))
}
