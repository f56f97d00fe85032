package web

import (
	"slices"
	"testing"
)

// A page holds what there is room for, and one thing at least, however long it is.
func TestLeaves_EachThingOnOnePage(t *testing.T) {
	for _, x := range []struct {
		sizes []int
		want  []int
	}{
		{nil, nil},
		{[]int{10}, []int{0}},
		{[]int{4, 6, 1}, []int{0, 2}},
		{[]int{5, 6, 10, 1}, []int{0, 1, 2, 3}},
		{[]int{50, 50}, []int{0, 1}},
		{[]int{0, 0, 10, 0}, []int{0}},
	} {
		if got := leaves(x.sizes, 10); !slices.Equal(got, x.want) {
			t.Errorf("pages of %v begin with %v, want %v", x.sizes, got, x.want)
		}
	}
}
