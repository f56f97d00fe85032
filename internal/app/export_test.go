package app

import "context"

// Tidy does what the running program does each minute.
func (a *App) Tidy(ctx context.Context) error { return a.tidy(ctx) }
