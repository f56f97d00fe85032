package cli

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"

	"footing/internal/app"
	"footing/internal/demo"
)

type demoCmd struct {
	Addr    string `help:"Address and port to listen on." default:"127.0.0.1:8321"`
	Data    string `help:"Folder for the data. A temporary one by default, gone at the end." type:"path"`
	Verbose bool   `help:"Log each request's route."`
}

// Run fills a server with the made-up partnership, if the folder is new, and serves it.
func (c demoCmd) Run(ctx context.Context, t terminal) (err error) {
	if c.Data == "" {
		dir, err := os.MkdirTemp("", "footing-demo-")
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
		c.Data = dir
	}
	config, err := server{Addr: c.Addr, Data: c.Data, UndoDays: 7, Verbose: c.Verbose}.config(t)
	if err != nil {
		return err
	}
	clock := &demo.Clock{}
	config.Now, config.Components = clock.Now, true
	littleGarbage()
	a, err := app.Open(ctx, config)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	people, err := demo.Fill(ctx, a.Demo(clock))
	if err != nil {
		return fmt.Errorf("filling the demo: %w", err)
	}
	return a.Run(ctx, func(at net.Addr) {
		for _, p := range people {
			t.say("Sign in as %s (%s): %s/in/%s", p.Name, p.What, address(at, false), p.Token)
		}
		t.say("Every piece that pages are made of: %s/components", address(at, false))
		t.say("Each sign-in address works once. Stop with Ctrl-C.")
	})
}
