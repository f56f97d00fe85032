package arch_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"testing"
)

// No messages are sent: no mail, no text messages, nothing to a phone (P8). The program speaks when it is spoken
// to. What would have to reach out for that is used in one file alone, where a command talks to its own server.
func TestMessages_NoneAreSent(t *testing.T) {
	reaches := map[string][]string{
		"net":  {"Dial", "DialTimeout", "DialTCP", "DialUDP", "DialIP", "DialUnix", "Dialer", "LookupMX"},
		"tls":  {"Dial", "DialWithDialer", "Dialer"},
		"http": {"Client", "DefaultClient", "DefaultTransport", "Transport", "Get", "Head", "Post", "PostForm"},
	}
	seen := false
	for _, s := range sources(t) {
		for _, to := range imports(t, s) {
			if slices.Contains([]string{"net/smtp", "net/mail", "net/textproto", "net/rpc"}, to) {
				t.Errorf("%s imports %s: what writes or sends messages has no place here", s.file, to)
			}
		}
		syntax, err := parser.ParseFile(token.NewFileSet(), s.file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(syntax, func(n ast.Node) bool {
			use, is := n.(*ast.SelectorExpr)
			if !is {
				return true
			}
			from, is := use.X.(*ast.Ident)
			if !is || from.Obj != nil || !slices.Contains(reaches[from.Name], use.Sel.Name) {
				return true
			}
			if filepath.ToSlash(s.file) != "../../internal/cli/wire.go" {
				t.Errorf("%s uses %s.%s: only a command reaches out, to its own server", s.file, from.Name, use.Sel.Name)
			}
			seen = true
			return true
		})
	}
	if !seen {
		t.Error("nothing reaches out, not even a command: this test does not see the program")
	}
}
