// Command footing runs a partnership's own server. "footing demo" shows a made-up one.
package main

import (
	"os"

	"footing/internal/cli"
)

func main() { os.Exit(cli.Main(os.Args[1:], os.Stdout, os.Stderr)) }
