package web

import (
	"net/http"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"

	"footing/internal/fault"
)

// formLimit is the most a form may hold beside its files.
const formLimit = 4 << 20

// ErrUnreadable is what Parse returns for a form that did not arrive whole. Nothing of it is there then, and
// nothing may be kept in the place of what was.
var ErrUnreadable = fault.New(fault.Invalid, "web.form_unreadable")

// Parse reads the posted form into a T, a struct whose string, []string, int and bool fields are named
// by a `form` tag. Text comes with its line ends as the browser sent them turned into "\n". A `max` tag
// limits a field's characters: over it, Parse returns what was typed together with a fault that says so.
func Parse[T any](q *Request) (T, error) {
	var v T
	if err := q.readForm(); err != nil {
		return v, err
	}
	return fill[T](q.HTTP.PostForm)
}

// readForm reads the posted form, once. Asked again it says the same: what did not arrive whole must not
// look like a form with nothing in it. Files in it are passed over; ParseWithFile takes them.
func (q *Request) readForm() error { return q.readFormWith(nil) }

func (q *Request) readFormWith(take TakeFile) error {
	if q.read {
		return q.unread
	}
	q.read = true
	if q.isMultipart() {
		q.unread = q.readParts(take)
		return q.unread
	}
	q.HTTP.Body = http.MaxBytesReader(q.w, q.HTTP.Body, formLimit)
	if err := q.HTTP.ParseForm(); err != nil {
		q.unread = ErrUnreadable.Wrap(err)
	}
	return q.unread
}

func fill[T any](form map[string][]string) (T, error) {
	var v T
	var problem error
	rv := reflect.ValueOf(&v).Elem()
	for i := range rv.NumField() {
		field := rv.Type().Field(i)
		name := field.Tag.Get("form")
		if name == "" {
			continue
		}
		values := form[name]
		if err := setField(rv.Field(i), values); err != nil {
			problem = fault.New(fault.Invalid, "web.number")
		}
		if limit, _ := strconv.Atoi(field.Tag.Get("max")); limit > 0 && len(values) > 0 && utf8.RuneCountInString(values[0]) > limit {
			problem = fault.New(fault.Invalid, "web.too_long").With("max", limit)
		}
	}
	return v, problem
}

func setField(f reflect.Value, values []string) error {
	first := ""
	if len(values) > 0 {
		first = strings.ReplaceAll(values[0], "\r\n", "\n")
	}
	switch f.Kind() {
	case reflect.String:
		f.SetString(first)
	case reflect.Slice:
		f.Set(reflect.ValueOf(append([]string{}, values...)).Convert(f.Type()))
	case reflect.Bool:
		f.SetBool(first != "")
	case reflect.Int, reflect.Int64:
		n, err := strconv.ParseInt(strings.TrimSpace(first), 10, 64)
		if err != nil && strings.TrimSpace(first) != "" {
			return err
		}
		f.SetInt(n)
	default:
		panic("web: a form field can be string, []string, int or bool, not " + f.Kind().String())
	}
	return nil
}
