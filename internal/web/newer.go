package web

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"

	"footing/internal/web/look"
)

// Two people, or two tabs, can change one thing at once. A form carries what it began from, as a version or
// as From; when something else stands there by the time it comes, nothing is saved, and its page comes once
// more with Newer above the boxes and what was typed in them. Saving once more then goes over what was seen.

// From names the texts a form begins from, for its field "from". Only a form that shows them may carry it.
func From(texts ...string) string {
	var all []byte
	for _, text := range texts {
		all = binary.AppendUvarint(all, uint64(len(text)))
		all = append(all, text...)
	}
	sum := sha256.Sum256(all)
	return base64.RawURLEncoding.EncodeToString(sum[:16])
}

// Newer returns what stands above the boxes of a form that came too late: what there is now, by the names of
// its boxes. What is the same in both is left out by whoever calls it. from is what the form begins from now,
// empty for one that carries a version.
func (q *Request) Newer(from string, now ...look.SummaryRow) look.Newer {
	t := q.Words.T
	for i := range now {
		if now[i].Value == "" {
			now[i].Value = t("web.newer_empty")
		}
	}
	return look.Newer{From: from, Note: look.Note{Title: t("web.newer_title"), Text: t("web.newer_text")}, Now: now}
}
