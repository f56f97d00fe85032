package record

import (
	"bytes"
	"io"

	"footing/internal/ledger"
	"footing/internal/store"
	"footing/internal/web"
)

// file hands out the log as it stood when the running week began, which is what the line on the page
// stands for. A file that grows from one minute to the next would tell when somebody took something back.
func (r *Room) file(q *web.Request) (web.Answer, error) {
	return web.Attach("record.jsonl", "application/jsonl", func(w io.Writer) error {
		return r.DB.Read(q.Context(), func(tx *store.Tx) error {
			page, err := ledger.Recent(q.Context(), tx, q.Partnership(), q.Now(), 0)
			if err != nil {
				return err
			}
			// The first line names the partnership.
			return ledger.Export(q.Context(), tx, q.Partnership(), &head{w, page.Checkpoint.Size + 1})
		})
	}), nil
}

// head passes on the first lines of what is written to it.
type head struct {
	w     io.Writer
	lines int64
}

// Write passes on what belongs to the first lines, and takes all of p.
func (h *head) Write(p []byte) (int, error) {
	rest := p
	for h.lines > 0 && len(rest) > 0 {
		line, after, whole := bytes.Cut(rest, []byte("\n"))
		if whole {
			line, h.lines = rest[:len(line)+1], h.lines-1
		}
		if _, err := h.w.Write(line); err != nil {
			return 0, err
		}
		rest = after
	}
	return len(p), nil
}
