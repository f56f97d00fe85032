// Package sound tells what sort of sound a file holds, by its first bytes. It reads nothing else of it: what
// a file is called and what a phone says of it are no proof, and are kept nowhere.
package sound

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

// A Kind is a sort of sound, as a word of ours.
type Kind string

// The kinds that are taken.
const (
	MP4     Kind = "m4a"
	MP3     Kind = "mp3"
	Ogg     Kind = "ogg"
	WAV     Kind = "wav"
	ThreeGP Kind = "3gp"
)

// MaxBytes is the most that a recording may hold.
const MaxBytes = 50 << 20

// Head is how many bytes from the beginning of a file KindOf looks at.
const Head = 12

var contentTypes = map[Kind]string{MP4: "audio/mp4", MP3: "audio/mpeg", Ogg: "audio/ogg", WAV: "audio/wav", ThreeGP: "audio/3gpp"}

// ContentType returns what a browser is told of a kind, and never what a phone said.
func (k Kind) ContentType() string {
	if t, ok := contentTypes[k]; ok {
		return t
	}
	return "application/octet-stream"
}

// KindOf returns the kind of sound that begins with those bytes, and false for anything else. It knows
//
//   - m4a and 3gp by the box "ftyp" of ISO/IEC 14496-12, at the fourth byte, and its brand: 3GPP TS 26.244
//     gives all of its brands as "3g" and two more;
//   - ogg by "OggS" (RFC 3533), and wav by "RIFF", a length, and "WAVE";
//   - mp3 by the tag "ID3", or by the head of a frame (ISO/IEC 11172-3): eleven bits set, a version that is
//     used, layer III, and a bit rate and sampling rate that are not reserved. The head of AAC in ADTS looks
//     alike but for its layer, which is none.
func KindOf(head []byte) (Kind, bool) {
	switch at := func(i, j int) string { return string(head[min(i, len(head)):min(j, len(head))]) }; {
	case at(4, 8) == "ftyp" && len(head) >= Head:
		if at(8, 10) == "3g" {
			return ThreeGP, true
		}
		return MP4, true
	case at(0, 4) == "OggS":
		return Ogg, true
	case at(0, 4) == "RIFF" && at(8, 12) == "WAVE":
		return WAV, true
	case at(0, 3) == "ID3", isFrame(head):
		return MP3, true
	}
	return "", false
}

// isFrame reports whether a frame of MPEG audio, layer III, begins here.
func isFrame(head []byte) bool {
	if len(head) < 4 || head[0] != 0xff || head[1]&0xe0 != 0xe0 {
		return false
	}
	version, layer, rate, sampling := head[1]>>3&3, head[1]>>1&3, head[2]>>4, head[2]>>2&3
	return version != 1 && layer == 1 && rate != 15 && sampling != 3
}

// Why a file is not taken.
var (
	ErrKind = errors.New("no sound of a kind that is taken")
	ErrLong = errors.New("a recording that is too long")
)

// Copy reads a file and writes it to what begin returns, which is asked for once the first bytes are those of a
// sound. It returns what it is and how long. A file that holds something else, or nothing, is ErrKind, and one
// over MaxBytes is ErrLong: then something of it may be written. It holds a few thousand bytes at a time.
func Copy(file io.Reader, begin func() (io.Writer, error)) (Kind, int64, error) {
	head := make([]byte, Head)
	n, err := io.ReadFull(file, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return "", 0, fmt.Errorf("reading a sound: %w", err)
	}
	kind, ok := KindOf(head[:n])
	if !ok {
		return "", 0, ErrKind
	}
	to, err := begin()
	if err != nil {
		return kind, 0, err
	}
	size, err := io.Copy(to, io.LimitReader(io.MultiReader(bytes.NewReader(head[:n]), file), MaxBytes+1))
	if err == nil && size > MaxBytes {
		err = ErrLong
	}
	return kind, size, err
}
