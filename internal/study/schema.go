package study

import (
	"embed"
	"io/fs"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations holds the tables of this package.
var Migrations, _ = fs.Sub(migrations, "migrations")
