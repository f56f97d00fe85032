package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"filippo.io/age"

	"footing/internal/app"
	"footing/internal/backup"
	"footing/internal/ledger"
)

type verifyCmd struct {
	server
	Line []string `help:"A line of the log that somebody kept on paper. May be given more than once."`
}

// Run checks the whole log and prints what it found in plain words.
func (c verifyCmd) Run(ctx context.Context, t terminal) error {
	config, err := c.config(t)
	if err != nil {
		return err
	}
	ok, err := app.Verify(ctx, config, c.Line, t.out)
	if err == nil && !ok {
		err = errors.New("the log does not hold")
	}
	return err
}

// keys are what backups are encrypted with: a passphrase from a file, or age keys.
type keys struct {
	PassphraseFile string   `help:"File whose first line is the passphrase of the backups." type:"existingfile"`
	Recipient      []string `help:"age public key that can open the backups."`
	IdentityFile   string   `help:"File with the age identity that opens the backups." type:"existingfile"`
}

// read returns who can open the backups and what opens them.
func (k keys) read() (to []age.Recipient, from []age.Identity, err error) {
	if k.PassphraseFile != "" {
		text, err := os.ReadFile(k.PassphraseFile)
		if err != nil {
			return nil, nil, err
		}
		line, _, _ := bytes.Cut(text, []byte("\n"))
		r, i, err := backup.ByPassphrase(string(bytes.TrimSpace(line)))
		if err != nil {
			return nil, nil, err
		}
		return []age.Recipient{r}, []age.Identity{i}, nil
	}
	for _, r := range k.Recipient {
		parsed, err := age.ParseX25519Recipient(r)
		if err != nil {
			return nil, nil, err
		}
		to = append(to, parsed)
	}
	if k.IdentityFile != "" {
		f, err := os.Open(k.IdentityFile)
		if err != nil {
			return nil, nil, err
		}
		defer f.Close()
		if from, err = age.ParseIdentities(f); err != nil {
			return nil, nil, err
		}
	}
	if len(to)+len(from) == 0 {
		return nil, nil, errors.New("say what the backups are encrypted with: --passphrase-file, or --recipient and --identity-file")
	}
	return to, from, nil
}

type backupCmd struct {
	server
	keys
	To string `help:"Folder for the backups, when it is another than --backups. The two files in it are kept apart later." type:"path"`
}

// Run writes one backup of the data and one of the keys.
func (c backupCmd) Run(ctx context.Context, t terminal) error {
	config, err := c.config(t)
	if err != nil {
		return err
	}
	to, from, err := c.read()
	if err != nil {
		return err
	}
	if c.To == "" {
		c.To = config.Backups
	}
	if c.To == "" {
		return errors.New("say where to write: --to DIR, or --backups DIR, which the server then looks after")
	}
	main, keyStore := config.Stores()
	w, err := backup.Write(ctx, backup.Options{Main: main, Keys: keyStore, To: c.To, Recipients: to, Identities: from,
		Now: time.Now().UTC(), KeepKeys: config.Keep()})
	if err != nil {
		return err
	}
	t.say("The data is in %s", w.Main)
	t.say("The keys are in %s", w.Keys)
	t.say("Keep the two in different places. The root key, %s, is in neither: keep a copy of it in a third.", config.RootKeyFile())
	for _, old := range w.Removed {
		t.say("Removed: %s", old)
	}
	if c.To != config.Backups {
		t.say("Nobody but you removes this key backup after %d days. Start the server with --backups %s, and it does.", c.KeepDays, c.To)
	}
	return nil
}

type restoreCmd struct {
	server
	Main           string   `help:"The backup of the data." type:"existingfile" required:""`
	KeyBackup      string   `help:"The backup of the keys. Without it nobody's words can be read again." type:"existingfile"`
	Tombstones     string   `help:"The tombstone file. Without it everything stays shut until its owner opens it." type:"existingfile"`
	PassphraseFile string   `help:"File whose first line is the passphrase of the backups." type:"existingfile"`
	IdentityFile   string   `help:"File with the age identity that opens the backups." type:"existingfile"`
	Line           []string `help:"A line of the log that somebody kept on paper."`
}

// Run puts a backup back into an empty data folder.
func (c restoreCmd) Run(ctx context.Context, t terminal) error {
	config, err := c.config(t)
	if err != nil {
		return err
	}
	_, from, err := keys{PassphraseFile: c.PassphraseFile, IdentityFile: c.IdentityFile}.read()
	if err != nil {
		return err
	}
	o := backup.RestoreOptions{Main: c.Main, Keys: c.KeyBackup, Tombstones: c.Tombstones, Identities: from}
	for _, line := range c.Line {
		w, err := ledger.ParseCheckpoint(line)
		if err != nil {
			return fmt.Errorf("the line %q cannot be read: look whether it is whole", line)
		}
		o.Witnesses = append(o.Witnesses, w)
	}
	restored, err := app.Restore(ctx, config, o)
	if err != nil {
		return err
	}
	for _, s := range restored.Sentences() {
		t.say("%s", s)
	}
	return nil
}
