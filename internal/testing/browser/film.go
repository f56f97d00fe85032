package browser

import (
	"bytes"
	"context"
	"image"
	"image/draw"
	"image/png"
	"slices"
	"sync"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// A Frame is what the screen showed from a moment on, until the next one.
type Frame struct {
	At      time.Time // when it came onto the screen, by the browser
	Picture *image.RGBA
}

// Blank reports whether there is nothing to see: one colour all over.
func (f Frame) Blank() bool {
	p := f.Picture.Pix
	for i := 4; i < len(p); i += 4 {
		if !bytes.Equal(p[i:i+4], p[:4]) {
			return false
		}
	}
	return true
}

// Same reports whether both pictures show the same to the pixel.
func (f Frame) Same(other Frame) bool {
	return f.Picture.Rect == other.Picture.Rect && bytes.Equal(f.Picture.Pix, other.Picture.Pix)
}

// film collects frames while a tab is filmed.
type film struct {
	mu     sync.Mutex
	frames []*page.EventScreencastFrame
}

// Film shows the screen while act runs and for as long as it takes, frame by
// frame: every change that somebody beside her could see.
func (tab *Tab) Film(act func()) []Frame {
	tab.t.Helper()
	film := &film{}
	tab.seen.set(func(s *seen) { s.film = film })
	tab.must("filming", func(ctx context.Context) error {
		_, err := chromedp.Call(ctx, page.StartScreencast, page.StartScreencastParams{Format: page.StartScreencastFormatPng, EveryNthFrame: 1})
		return err
	})
	tab.Until("the film begins", film.begun)
	act()
	tab.must("ending the film", func(ctx context.Context) error {
		_, err := chromedp.Call(ctx, page.StopScreencast, cdp.Empty{})
		return err
	})
	tab.seen.set(func(s *seen) { s.film = nil })
	film.mu.Lock()
	defer film.mu.Unlock()
	var frames []Frame
	for _, e := range film.frames {
		picture, err := png.Decode(bytes.NewReader(e.Data))
		if err != nil {
			tab.t.Fatalf("reading a frame: %v", err)
		}
		f := Frame{time.UnixMicro(int64(float64(e.Metadata.Timestamp) * 1e6)), image.NewRGBA(picture.Bounds())}
		draw.Draw(f.Picture, f.Picture.Rect, picture, picture.Bounds().Min, draw.Src)
		frames = append(frames, f)
	}
	slices.SortStableFunc(frames, func(a, b Frame) int { return a.At.Compare(b.At) })
	return frames
}

// begun reports whether there is a first frame: the screen as it was.
func (f *film) begun() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.frames) > 0
}

// add keeps a frame and asks for the next. The browser sends none until then.
func (f *film) add(ctx context.Context, e *page.EventScreencastFrame) {
	f.mu.Lock()
	f.frames = append(f.frames, e)
	f.mu.Unlock()
	// The answer cannot be waited for on the goroutine that receives it.
	go func() {
		_, _ = chromedp.Call(ctx, page.ScreencastFrameAck, page.ScreencastFrameAckParams{SessionID: e.SessionID}) // the tab may be gone
	}()
}

// ActedAt returns when the last click or key was sent to the page.
func (tab *Tab) ActedAt() time.Time {
	tab.seen.mu.Lock()
	defer tab.seen.mu.Unlock()
	return tab.seen.actedAt
}
