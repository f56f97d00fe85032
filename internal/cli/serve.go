package cli

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"os"
	"runtime/debug"

	"footing/internal/app"
)

type serveCmd struct{ server }

// Run serves until it is stopped. A server without a partnership prints the code that makes one.
func (c serveCmd) Run(ctx context.Context, t terminal) (err error) {
	config, err := c.config(t)
	if err != nil {
		return err
	}
	littleGarbage()
	a, err := app.Open(ctx, config)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	code, err := a.SetUpCode(ctx)
	if err != nil {
		return err
	}
	return a.Run(ctx, func(at net.Addr) {
		t.say("Footing answers at %s", address(at, c.TLSCert != ""))
		if code != "" {
			t.say("There is nobody here yet. Open the address and type this code: %s", code)
		}
	})
}

func address(at net.Addr, tls bool) string {
	if tls {
		return "https://" + at.String()
	}
	return "http://" + at.String()
}

func parsePrefix(s string) (netip.Prefix, error) {
	if a, err := netip.ParseAddr(s); err == nil {
		return netip.PrefixFrom(a, a.BitLen()), nil
	}
	return netip.ParsePrefix(s)
}

type configCmd struct{ server }

// Run prints the settings in force.
func (c configCmd) Run(t terminal) error {
	config, err := c.config(t)
	if err != nil {
		return err
	}
	for _, line := range config.Masked() {
		t.say("%s", line)
	}
	return nil
}

// littleGarbage has a server collect what is not used any more when it is half of what is, instead of as much
// again: a recording that is heard is a stream of chunks, each used once. Whoever sets GOGC has chosen already.
func littleGarbage() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(50)
	}
}
