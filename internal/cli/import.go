package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"footing/internal/source"
)

type importCmd struct {
	acting
	Kind    string            `help:"What the files are: interview, observation, note or group." enum:"interview,observation,note,group" required:""`
	Study   string            `help:"The study, by its id or its question. May be left out when there is one."`
	Speaker map[string]string `help:"Whose voice a label is: LABEL=outside, me, interviewer, member:NAME or interviewer:NAME." mapsep:"none"`
	Own     bool              `help:"Your own part may be analysed in that study."`
	JSON    bool              `name:"json" help:"Print what was found as JSON."`
	Files   []string          `arg:"" name:"file" help:"Transcripts: txt, md, docx, vtt, srt." type:"existingfile"`
}

// Run sends the files to the study and prints what was found in each. It fails when a file could not be
// read; the others are kept.
func (c importCmd) Run(ctx context.Context, t terminal) (err error) {
	server, err := c.open(ctx, t)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.close()) }()
	if err := server.check(ctx, c.As); err != nil {
		return err
	}
	reader, writer := io.Pipe()
	defer context.AfterFunc(ctx, func() { writer.CloseWithError(ctx.Err()) })() // a file that comes slowly is not waited for
	form := multipart.NewWriter(writer)
	go func() { writer.CloseWithError(errors.Join(c.send(form, t), form.Close())) }()
	var answer source.Confirmed
	err = server.call(ctx, http.MethodPost, "/source/add", form.FormDataContentType(), reader, &answer)
	_ = reader.Close() // lets the sender go when the server answered before the end
	if err != nil {
		return err
	}
	return c.print(t, answer)
}

// send writes the choices and then the files, with a bar where somebody is watching.
func (c importCmd) send(form *multipart.Writer, t terminal) error {
	fields := map[string]string{"kind": c.Kind, "study": c.Study}
	if c.Own {
		fields["own"] = "yes"
	}
	for label, who := range c.Speaker {
		fields["speaker."+label] = who
	}
	for name, value := range fields {
		if err := form.WriteField(name, value); err != nil {
			return err
		}
	}
	bar := c.bar(t)
	for _, path := range c.Files {
		if err := sendFile(form, path, bar); err != nil {
			return err
		}
	}
	return bar.Close()
}

func sendFile(form *multipart.Writer, path string, bar io.Writer) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	part, err := form.CreateFormFile("file", filepath.Base(path))
	if err != nil {
		return err
	}
	_, err = io.Copy(io.MultiWriter(part, bar), f)
	return err
}

// bar shows how far the files have gone, on a terminal alone.
func (c importCmd) bar(t terminal) *progressbar.ProgressBar {
	var total int64
	for _, path := range c.Files {
		if info, err := os.Stat(path); err == nil {
			total += info.Size()
		}
	}
	f, ok := t.err.(*os.File)
	visible := ok && !c.JSON && term.IsTerminal(int(f.Fd()))
	return progressbar.NewOptions64(total, progressbar.OptionSetWriter(t.err), progressbar.OptionSetVisibility(visible),
		progressbar.OptionShowBytes(true), progressbar.OptionSetDescription("Sending"), progressbar.OptionClearOnFinish())
}

// print says what was found, file by file.
func (c importCmd) print(t terminal, answer source.Confirmed) error {
	if c.JSON {
		out := json.NewEncoder(t.out)
		out.SetIndent("", "  ")
		return out.Encode(answer)
	}
	failed := 0
	for _, f := range answer.Files {
		if f.Problem != "" {
			failed++
			t.say("%s: %s", f.Name, f.Problem)
			continue
		}
		t.say("%s: %d turns by %d speakers, %d characters", f.Name, f.Turns, len(f.Speakers), f.Characters)
		for _, w := range f.Warnings {
			t.say("  %s", w)
		}
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d files could not be kept", failed, len(answer.Files))
	}
	return nil
}
