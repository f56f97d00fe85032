package account

import (
	"crypto/rand"
	_ "embed"
	"math/big"
	"strings"
)

// easyText is our own list: 2048 short, everyday English words that are easy to spell and to say on the
// phone. No two differ by one letter only, none has a common homophone, none is sad, medical, violent,
// religious or about bodies and families.
//
//go:embed easywords.txt
var easyText string

var easyWords = strings.Fields(easyText)

const (
	wordsInPassphrase = 4 // 44 bits, behind argon2id
	wordsInCode       = 6 // 66 bits, so that one fast hash of a code cannot be reversed
)

// EasyWords returns four words drawn at random, for somebody who would rather not think one up: 2048⁴
// possibilities, 44 bits.
func EasyWords() string { return draw(wordsInPassphrase) }

func draw(n int) string {
	size := big.NewInt(int64(len(easyWords)))
	list := make([]string, n)
	for i := range list {
		at, _ := rand.Int(rand.Reader, size) // crypto/rand never returns an error
		list[i] = easyWords[at.Int64()]
	}
	return strings.Join(list, " ")
}
