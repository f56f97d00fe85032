package interview

import (
	"footing/internal/fault"
	"footing/internal/store"
	"footing/internal/web"
)

// begin says that the interview begins. It is refused until she was shown what people here cannot keep private as it
// stands that day (R55).
func (r *Room) begin(q *web.Request) (web.Answer, error) {
	t, err := r.talk(q, q.Path("talk"))
	if err != nil {
		return nil, err
	}
	if t.Asker != q.Viewer.ID {
		return nil, fault.Missing
	}
	i, err := t.Begin(t.now.Version, q.Now())
	if err == nil {
		err = r.DB.Write(q.Context(), func(tx *store.Tx) error { return saveInterview(q.Context(), tx, q.Partnership(), i) })
	}
	if err != nil {
		return r.againTalk(q, err)
	}
	return web.GoSaying("/talks/"+t.ID, "interview.begin_said"), nil
}
