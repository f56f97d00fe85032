// Package arch holds the rules of the house that the compiler cannot hold: who may import whom, who may
// open what is sealed, and that every promise on a page has a test. It has tests alone.
package arch
