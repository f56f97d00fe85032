package web

import "footing/internal/web/look"

// Draft returns what a form says that keeps what is typed in it while it is typed.
func (q *Request) Draft() look.Draft {
	t := q.Words.T
	return look.Draft{Now: t("web.draft_now"), Saved: t("web.draft_saved"), Unsaved: t("web.draft_unsaved")}
}
