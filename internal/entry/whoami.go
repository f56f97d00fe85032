package entry

import "footing/internal/web"

// whoAmI tells a command for whom its token acts, so that nobody acts as somebody else by mistake.
func (r *Room) whoAmI(q *web.Request) (web.Answer, error) {
	return web.Data(struct{ Name string }{q.Viewer.Name}), nil
}
