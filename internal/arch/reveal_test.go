package arch_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"testing"
)

// revealing lists the files in which opened words become text or a room's own values, and for what. A file that shows a page or
// writes a file for the person they were opened for belongs here; anything that stores, logs or counts
// does not.
var revealing = map[string][]string{
	"consent":   {"mask.go", "head.go", "index.go", "mend.go", "reseal.go", "box.go", "front.go", "blob_read.go", "value.go"},                              // blanks, feeds the index in memory, seals again
	"sharing":   {"held.go", "own.go", "openings.go", "read.go", "store.go", "wishes_store.go", "take_part.go", "typed.go", "typed_store.go", "typing.go"}, // pages; store.go reads a draft's answers
	"asking":    {"choice.go", "held.go", "open.go", "page_ask.go", "request.go", "shelf.go"},                                                              // opens what its pages show
	"agreement": {"write.go", "page_stops.go"},                                                                                                             // the draft on its writer's page; how the women meet, on theirs
	"circle":    {"page_leave.go"},                                                                                                                         // her own things on the page of leaving
	"source":    {"lost.go", "mark.go", "mark_turn.go", "mend.go", "note.go", "store.go", "terms.go", "waiting.go"},                                        // pages; store.go reads a source's facts, waiting.go what was found in an upload
	"coding":    {"document.go", "document_view.go", "export.go", "frame_store.go", "index_show.go", "index_turn.go", "passages_compose.go", "release.go"},
	"matrix":    {"export.go", "page_cell.go", "page_check.go", "page_point.go", "page_whole.go", "passages.go", "release.go", "unsaved.go"},
	"rehearsal": {"rehearsal.go"},                                                                                        // the pretend sentence, to whoever wrote it
	"byhand":    {"beside.go"},                                                                                           // what was taken down, for the person beside her and to be carried out
	"find":      {"page_find.go"},                                                                                        // snippets
	"buddy":     {"room.go"},                                                                                             // opens what one asked the other for, for either
	"between":   {"room.go"},                                                                                             // opens what two people agreed, for either
	"unsaved":   {"unsaved.go"},                                                                                          // what she typed, back into her form
	"needs":     {"open.go"},                                                                                             // opens what its pages show
	"decision":  {"held.go", "page_after.go", "page_all.go", "page_one_parts.go", "page_talk.go", "twin.go", "write.go"}, // pages; write.go opens what is written on
	"meeting":   {"open.go"},                                                                                             // opens what its pages show
	"notes":     {"open.go"},                                                                                             // opens what its pages show
	"observe":   {"open.go"},                                                                                             // opens what its pages show, and each answer in the name of her who gave it
	"place":     {"store.go"},                                                                                            // opens what its pages show
	"jargon":    {"store.go"},                                                                                            // opens what its pages show
	"mine":      {"all.go"},                                                                                              // what others said of her, on her own page and in her own file
	"power":     {"open.go", "list.go"},                                                                                  // opens what its pages show
	"checkin":   {"store.go"},                                                                                            // opens what her page shows
	"apart":     {"store.go"},                                                                                            // opens what its pages show
	"facts":     {"line_store.go"},                                                                                       // opens what its page shows
}

func TestReveal_OnlyWherePagesAndFilesAreMade(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range sources(t) {
		file, err := parser.ParseFile(token.NewFileSet(), s.file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok && reveals(sel) {
				seen[s.pkg+"/"+filepath.Base(s.file)] = true
				if !slices.Contains(revealing[s.pkg], filepath.Base(s.file)) {
					t.Errorf("%s reveals words and is not listed as a file that shows them", s.file)
				}
			}
			return true
		})
	}
	for pkg, files := range revealing {
		for _, file := range files {
			if !seen[pkg+"/"+file] {
				t.Errorf("%s/%s is listed as a file that shows words and reveals none", pkg, file)
			}
		}
	}
}

// reveals reports whether something turns what is sealed into text, or into a value that holds text.
func reveals(sel *ast.SelectorExpr) bool {
	of, _ := sel.X.(*ast.Ident)
	switch sel.Sel.Name {
	case "Reveal", "OpenValues":
		return true
	case "Values", "ValueOf":
		return of != nil && of.Name == "consent"
	}
	return false
}
