package coding

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
)

//go:embed sets/*.toml
var setFiles embed.FS

// A Set is a published set of principles that a frame can begin with. The names are as published; the
// short descriptions are ours, and every page that shows a set says so and links to where it comes from.
type Set struct {
	ID      string
	Version string
	Name    string
	Note    string
	Sources []string // addresses
	Themes  []SetTheme
}

// A SetTheme is one principle.
type SetTheme struct {
	Name       string
	Definition string
}

// Sets returns the sets that come with the program, by name.
func Sets() []Set { return slices.Clone(sets) }

// sets is read once: the files are part of the program, so a broken one is a broken build, and the tests
// of this package stop it.
var sets = mustReadSets()

func mustReadSets() []Set {
	names, err := fs.Glob(setFiles, "sets/*.toml")
	if err != nil {
		panic(err)
	}
	var list []Set
	for _, name := range names {
		var s Set
		if _, err := toml.DecodeFS(setFiles, name, &s); err != nil {
			panic(fmt.Sprintf("reading %s: %v", name, err))
		}
		list = append(list, s)
	}
	slices.SortFunc(list, func(a, b Set) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// setOf returns a set by its id.
func setOf(id string) (Set, bool) {
	i := slices.IndexFunc(sets, func(s Set) bool { return s.ID == id })
	if i < 0 {
		return Set{}, false
	}
	return sets[i], true
}
