package vault_test

import (
	"bytes"
	"encoding/base64"
	"encoding/gob"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"html/template"
	"log/slog"
	"strings"
	"testing"

	"footing/internal/vault"
	"footing/internal/vault/internal/box"
)

const canary = "heron over the reeds"

// A holder has secrets as exported and as unexported fields; package fmt asks no methods of the latter.
type holder struct {
	Key   vault.Key
	Words vault.Words
	key   vault.Key
	words vault.Words
	list  []vault.Words
	by    map[string]vault.Key
}

// shapes returns a key and words in every shape they may be printed in.
func shapes() (key vault.Key, all map[string]any) {
	key, words := vault.NewKey(), vault.Hold(canary)
	h := holder{key, words, key, words, []vault.Words{words}, map[string]vault.Key{"k": key}}
	return key, map[string]any{
		"key": key, "words": words, "key pointer": &key, "words pointer": &words, "struct": h, "struct pointer": &h,
		"slice": []any{key, words}, "map": map[string]any{"k": key, "w": words}, "array of structs": [1]holder{h},
		"error": fmt.Errorf("reading %v with %s", words, key),
	}
}

// leaks returns the form in which text shows the key or the words, or "".
func leaks(text string, key vault.Key) string {
	raw := box.Raw(key)
	forms := map[string]string{
		"words": canary, "words in hex": hex.EncodeToString([]byte(canary)), "words as numbers": "104 101 114 111 110",
		"words in base64": base64.StdEncoding.EncodeToString([]byte(canary))[:24],
		"raw key":         string(raw), "key in hex": hex.EncodeToString(raw), "key as numbers": strings.Trim(fmt.Sprint(raw), "[]"),
		"key in base64": base64.StdEncoding.EncodeToString(raw)[:40], "key as Go": strings.Trim(fmt.Sprintf("%#v", raw)[7:], "{}"),
	}
	for form, needle := range forms {
		if strings.Contains(strings.ToLower(text), strings.ToLower(needle)) {
			return form
		}
	}
	return ""
}

func TestLeaks_FindsWhatItLooksFor(t *testing.T) {
	key := vault.NewKey()
	raw := box.Raw(key)
	for _, text := range []string{canary, fmt.Sprintf("%x", canary), fmt.Sprint([]byte(canary)), fmt.Sprintf("%X", raw),
		fmt.Sprint(raw), fmt.Sprintf("%#v", raw), string(raw), base64.StdEncoding.EncodeToString(raw)} {
		if leaks(text, key) == "" {
			t.Errorf("%q is not seen as a leak", text)
		}
	}
}

func TestPrint_ShowsNeitherKeyNorWords(t *testing.T) {
	key, all := shapes()
	for name, v := range all {
		for _, verb := range strings.Split("v +v #v s q x X d o O b c U e f g t p T", " ") {
			if form := leaks(fmt.Sprintf("%"+verb, v), key); form != "" {
				t.Errorf("%%%s of %s shows %s", verb, name, form)
			}
		}
		if form := leaks(fmt.Sprint(v)+fmt.Sprintln(v), key); form != "" {
			t.Errorf("printing %s shows %s", name, form)
		}
	}
}

func TestLog_ShowsNeitherKeyNorWords(t *testing.T) {
	key, all := shapes()
	var out bytes.Buffer
	options := &slog.HandlerOptions{Level: slog.LevelDebug}
	for _, log := range []*slog.Logger{slog.New(slog.NewTextHandler(&out, options)), slog.New(slog.NewJSONHandler(&out, options))} {
		for name, v := range all {
			out.Reset()
			log.Info("opening", "value", v, slog.Group("in", "side", v))
			if form := leaks(out.String(), key); form != "" {
				t.Errorf("logging %s shows %s", name, form)
			}
		}
		out.Reset()
		log.Info("opening", "key", key, "words", vault.Hold(canary))
		if got := out.String(); !strings.Contains(got, "[key]") || !strings.Contains(got, "[words]") {
			t.Errorf("logged %q, want placeholders", got)
		}
	}
}

func TestEncode_RefusesKeysAndWords(t *testing.T) {
	_, all := shapes()
	delete(all, "error")
	encoders := map[string]func(any) error{
		"json": func(v any) error { _, err := json.Marshal(v); return err },
		"gob":  func(v any) error { return gob.NewEncoder(new(bytes.Buffer)).Encode(v) },
	}
	for _, v := range []string{"key", "words", "struct", "struct pointer"} {
		for name, encode := range encoders {
			if encode(all[v]) == nil {
				t.Errorf("%s encoded %s", name, v)
			}
		}
	}
	for _, v := range []any{all["key"], all["words"]} {
		if _, err := xml.Marshal(v); err == nil {
			t.Errorf("xml encoded %v", v)
		}
	}
}

func TestTemplate_ShowsNoWordsUnrevealed(t *testing.T) {
	key, _ := shapes()
	var out strings.Builder
	page := template.Must(template.New("").Parse(`{{.Words}} {{.Key}} <a title="{{.Words}}">{{printf "%s" .Words}}</a>`))
	if err := page.Execute(&out, holder{Key: key, Words: vault.Hold(canary)}); err != nil {
		t.Fatal(err)
	}
	if form := leaks(out.String(), key); form != "" {
		t.Errorf("the page shows %s", form)
	}
}

func TestReveal_GivesTheText(t *testing.T) {
	if got := vault.Hold(canary).Reveal(); got != canary {
		t.Errorf("revealed %q", got)
	}
	if got := (vault.Words{}).Reveal(); got != "" {
		t.Errorf("no words revealed %q", got)
	}
}
