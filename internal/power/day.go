package power

import (
	"strconv"
	"time"

	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// showDay asks whoever hosts for the group's day.
func (r *Room) showDay(q *web.Request) (web.Answer, error) {
	var now time.Weekday
	err := r.DB.Read(q.Context(), func(tx *store.Tx) (err error) {
		now, err = day(q.Context(), tx, q.Partnership())
		return err
	})
	t := q.Words.T
	c := look.Choice{Name: "day", Legend: t("power.day"), Hint: t("power.day_hint")}
	for d := range 7 {
		weekday := (d + 1) % 7 // Monday first
		c.Options = append(c.Options, look.Option{Value: strconv.Itoa(weekday), Label: t("lang.weekday_" + strconv.Itoa(weekday)), Chosen: time.Weekday(weekday) == now})
	}
	return q.Show("form", form{Title: look.Title{Text: t("power.to_day")}, Action: "/decides/day", Asks: []look.Ask{look.Choose(c)}, Acts: []look.Button{{Text: t("power.save_day")}},
		Back: look.Link{Href: "/decides", Text: t("power.back")}}), err
}

type dayForm struct {
	Day string `form:"day"`
}

// saveDay keeps the group's day, for what is said from now on.
func (r *Room) saveDay(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[dayForm](q)
	if err != nil {
		return nil, err
	}
	d, err := strconv.Atoi(f.Day)
	if err != nil || d < 0 || d > 6 {
		return r.showDay(q)
	}
	return web.GoSaying("/decides", "power.saved"), r.DB.Write(q.Context(), func(tx *store.Tx) error {
		return setDay(q.Context(), tx, q.Partnership(), time.Weekday(d))
	})
}
