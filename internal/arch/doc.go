// Package arch holds tests of how the house is built: which package may import which and why, where
// database drivers may be, and where opened words may be turned into text. It has no code of its own.
package arch
