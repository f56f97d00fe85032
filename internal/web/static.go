package web

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"

	"footing/internal/web/look"
)

// file is something that never changes under its name, which holds its hash.
type file struct {
	path string
	kind string
	body []byte
}

const scriptType = "text/javascript; charset=utf-8"

// The files a page asks for beside itself.
var (
	scriptFile = newFile(".js", scriptType, []byte(look.Script()))
	iconFile   = newFile(".svg", "image/svg+xml", look.Icon())
	// Pages with clearer letters alone ask for these.
	lettersFile = newFile(".woff2", "font/woff2", look.Letters())
	furtherFile = newFile(".woff2", "font/woff2", look.FurtherLetters())
)

func newFile(ending, kind string, body []byte) file {
	sum := sha256.Sum256(body)
	return file{"/kept/" + hex.EncodeToString(sum[:8]) + ending, kind, body}
}

// static serves scripts, styles, letters and the icon. They say nothing about anybody, so browsers may keep
// them: that spares data on every page.
func (s *Shell) static(w http.ResponseWriter, r *http.Request) {
	for _, f := range s.files {
		if f.path == r.URL.Path {
			w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
			w.Header().Set("Content-Type", f.kind)
			_, _ = w.Write(f.body) // an error here means the reader went away
			return
		}
	}
	s.nowhere(w, r)
}
