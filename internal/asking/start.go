package asking

import (
	"embed"
	"sync"

	"github.com/BurntSushi/toml"
)

// What a group is given to start with is data with its sources, not code. It is nobody's words, so it is
// not sealed; as soon as the group changes or takes off an entry, its own row stands for it.
//
//go:embed start/*.toml
var given embed.FS

// starting returns the entries the shelf holds before anybody has written on it.
var starting = sync.OnceValue(func() []Entry {
	var file struct {
		Entries []struct{ ID, Title, Known, From, Source, Link string }
	}
	decode("start/known.toml", &file)
	var list []Entry
	for _, e := range file.Entries {
		list = append(list, Entry{ID: e.ID, Known: Known{e.Title, e.Known, From(e.From), e.Source, e.Link}})
	}
	return list
})

// firstKinds returns the kinds of thing one can be asked about before the group has its own.
var firstKinds = sync.OnceValue(func() []Kind {
	var file struct{ Kinds []Kind }
	decode("start/kinds.toml", &file)
	return file.Kinds
})

// decode reads one of the embedded files. That it can be read is settled when the program is tested.
func decode(name string, into any) {
	if _, err := toml.DecodeFS(given, name, into); err != nil {
		panic(err)
	}
}
