package sound_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"footing/internal/sound"
)

// samples are beginnings of files, as phones and programs write them.
var samples = map[string]struct {
	head string
	want sound.Kind
}{
	"an iPhone's voice memo":       {"\x00\x00\x00\x1cftypM4A \x00\x00\x00\x00", sound.MP4},
	"an Android's m4a":             {"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00", sound.MP4},
	"ffmpeg's mp4":                 {"\x00\x00\x00 ftypisom\x00\x00\x02\x00", sound.MP4},
	"an old phone's 3gp":           {"\x00\x00\x00\x18ftyp3gp4\x00\x00\x02\x00", sound.ThreeGP},
	"3g2":                          {"\x00\x00\x00\x18ftyp3g2a\x00\x00\x02\x00", sound.ThreeGP},
	"ogg":                          {"OggS\x00\x02\x00\x00\x00\x00\x00\x00", sound.Ogg},
	"wav":                          {"RIFF\x24\x08\x00\x00WAVEfmt ", sound.WAV},
	"mp3 with a tag":               {"ID3\x04\x00\x00\x00\x00\x00\x23TSSE", sound.MP3},
	"mp3, MPEG 1, 128 kbit/s":      {"\xff\xfb\x90\x64\x00\x00\x00\x00\x00\x00\x00\x00", sound.MP3},
	"mp3, MPEG 2, 64 kbit/s":       {"\xff\xf3\x80\xc4\x00\x00\x00\x00\x00\x00\x00\x00", sound.MP3},
	"mp3, MPEG 2.5":                {"\xff\xe3\x18\xc4\x00\x00\x00\x00\x00\x00\x00\x00", sound.MP3},
	"AAC in ADTS":                  {"\xff\xf1\x50\x80\x00\x1f\xfc\x00\x00\x00\x00\x00", ""},
	"UTF-16 text":                  {"\xff\xfeH\x00e\x00l\x00l\x00o\x00", ""},
	"a reserved version":           {"\xff\xeb\x90\x64\x00\x00\x00\x00\x00\x00\x00\x00", ""},
	"a reserved sampling rate":     {"\xff\xfb\x9c\x64\x00\x00\x00\x00\x00\x00\x00\x00", ""},
	"all bits set":                 {"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", ""},
	"a picture":                    {"\x89PNG\r\n\x1a\n\x00\x00\x00\r", ""},
	"a page":                       {"<!doctype html>", ""},
	"a pdf":                        {"%PDF-1.7\n%\xe2\xe3", ""},
	"a film from a card, RIFF too": {"RIFF\x24\x08\x00\x00AVI LIST", ""},
	"an mp4 that is cut off":       {"\x00\x00\x00\x1cftypM4", ""},
	"nothing":                      {"", ""},
}

func TestKindOf_ByTheFirstBytesAlone(t *testing.T) {
	for name, c := range samples {
		got, ok := sound.KindOf([]byte(c.head))
		if got != c.want || ok != (c.want != "") {
			t.Errorf("%s is %q, %v, want %q", name, got, ok, c.want)
		}
	}
	if got := sound.Kind("text/html").ContentType(); got != "application/octet-stream" {
		t.Errorf("what is no kind is told as %q", got)
	}
}

func FuzzKindOf(f *testing.F) {
	for _, c := range samples {
		f.Add([]byte(c.head))
	}
	f.Fuzz(func(t *testing.T, head []byte) {
		kind, ok := sound.KindOf(head)
		if short, _ := sound.KindOf(head[:min(len(head), sound.Head)]); short != kind {
			t.Errorf("%q is %q, and %q by its first bytes", head, kind, short)
		}
		if ok != strings.HasPrefix(kind.ContentType(), "audio/") {
			t.Errorf("%q is %q, told as %q", head, kind, kind.ContentType())
		}
	})
}

func TestCopy_EveryByteOrAReason(t *testing.T) {
	voice := samples["ogg"].head + strings.Repeat("la ", 50_000)
	for name, c := range map[string]struct {
		file io.Reader
		size int64
		err  error
	}{
		"a voice":             {strings.NewReader(voice), int64(len(voice)), nil},
		"a byte at a time":    {iotest.OneByteReader(strings.NewReader(voice)), int64(len(voice)), nil},
		"the longest":         {io.MultiReader(strings.NewReader(voice), io.LimitReader(zeros{}, sound.MaxBytes-int64(len(voice)))), sound.MaxBytes, nil},
		"one byte too long":   {io.MultiReader(strings.NewReader(voice), io.LimitReader(zeros{}, sound.MaxBytes-int64(len(voice))+1)), -1, sound.ErrLong},
		"a page":              {strings.NewReader("<!doctype html><p>Hello"), -1, sound.ErrKind},
		"nothing":             {strings.NewReader(""), -1, sound.ErrKind},
		"a line that breaks":  {io.MultiReader(strings.NewReader(voice), iotest.ErrReader(io.ErrClosedPipe)), -1, io.ErrClosedPipe},
		"one that never came": {iotest.ErrReader(io.ErrClosedPipe), -1, io.ErrClosedPipe},
	} {
		var got bytes.Buffer
		began := false
		_, size, err := sound.Copy(c.file, func() (io.Writer, error) { began = true; return &got, nil })
		if !errors.Is(err, c.err) || (c.size >= 0 && (size != c.size || int64(got.Len()) != c.size || !strings.HasPrefix(got.String(), voice))) {
			t.Errorf("%s: %d bytes, %d written, %v", name, size, got.Len(), err)
		}
		if errors.Is(c.err, sound.ErrKind) && began {
			t.Errorf("%s: somewhere to write it was asked for", name)
		}
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }
