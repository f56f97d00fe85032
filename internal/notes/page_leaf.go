package notes

import (
	"footing/internal/web"
	"footing/internal/web/look"
)

// Long notes are on several pages, so that each comes to any phone.
const (
	room  = 18000 // bytes of words on one page
	aLine = 80    // bytes of a line beside its words
)

// leaf leaves on the page what stands on the one that is asked for: lines, what is missing, what was said in writing and
// what is to be done are gone through in this order.
func (p *page) leaf(q *web.Request, at string) {
	var sizes []int
	for _, list := range [][]shownLine{p.Lines, p.Missing} {
		for _, l := range list {
			sizes = append(sizes, l.size())
		}
	}
	for _, s := range p.Said {
		sizes = append(sizes, aLine+length(s.Paras))
	}
	for _, c := range p.Todo {
		sizes = append(sizes, aLine+len(c.Title.Text)+len(c.Text)+len(c.Meta))
	}
	from, to, pages := q.Leaves(at, "notes", q.Words.T("notes.leaves"), sizes, room)
	p.Lines, from, to = cut(p.Lines, from, to)
	p.Missing, from, to = cut(p.Missing, from, to)
	p.Said, from, to = cut(p.Said, from, to)
	p.Todo, _, _ = cut(p.Todo, from, to)
	p.Pages = pages
}

// cut returns what stands between two places of a list, and where they are in the list that follows it.
func cut[T any](list []T, from, to int) (part []T, nextFrom, nextTo int) {
	n := len(list)
	return list[min(from, n):min(to, n)], max(from-n, 0), max(to-n, 0)
}

func (l shownLine) size() int {
	n := aLine + len(l.Text)
	for _, b := range l.Beside {
		n += aLine + length(b.Paras)
	}
	return n
}

func length(paras []string) (n int) {
	for _, one := range paras {
		n += len(one)
	}
	return n
}

// todoLeaf leaves on the page of what is to be done, and was, what stands on the one that is asked for.
func (p *todoPage) leaf(q *web.Request) {
	var sizes []int
	for _, list := range [][]look.Card{p.ToDo, p.Was} {
		for _, c := range list {
			sizes = append(sizes, aLine+len(c.Title.Text)+len(c.Text)+len(c.Meta))
		}
	}
	from, to, pages := q.Leaves("/todo", "todo", q.Words.T("notes.todo_leaves"), sizes, room)
	p.ToDo, from, to = cut(p.ToDo, from, to)
	p.Was, _, _ = cut(p.Was, from, to)
	p.Pages = pages
}
