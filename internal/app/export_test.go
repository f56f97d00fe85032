package app

import (
	"context"
	"net/http"
	"sync"
	"time"
)

// Tidy does what the running program does each minute.
func (a *App) Tidy(ctx context.Context) error { return a.tidy(ctx) }

// Shut stops a server as the program does.
func Shut(server *http.Server, running *sync.WaitGroup, served func(), most time.Duration) error {
	return shut(server, running, served, most)
}

// Counted counts the requests that run.
func Counted(next http.Handler, running *sync.WaitGroup) http.Handler { return counted(next, running) }

// AloudPages are the pages that can be read aloud.
var AloudPages = aloudPages
