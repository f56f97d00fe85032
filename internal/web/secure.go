package web

import (
	"errors"
	"log/slog"
	"net/http"
	"net/netip"
	"time"

	"github.com/klauspost/compress/gzhttp"
)

// guarded wraps the routes in what holds for every answer: forged cross-site posts are refused, nothing
// is kept by browsers or proxies, and the log knows the route and the time it took, never who came.
func (s *Shell) guarded(routes http.Handler) http.Handler {
	compress, err := gzhttp.NewWrapper(gzhttp.MinSize(512), gzhttp.CompressionLevel(5), gzhttp.ContentTypeFilter(compressible))
	if err != nil {
		panic("web: gzhttp options: " + err.Error()) // fixed options: only a new library version could fail here
	}
	protect := http.NewCrossOriginProtection()
	return recovered(s.Log, patient(headers(s.Secure, s.plainRefused(protect.Handler(compress(routes))))))
}

func compressible(kind string) bool {
	return gzhttp.DefaultContentTypeFilter(kind) && kind != "text/event-stream"
}

func headers(secure bool, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Cache-Control", "no-store")
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		h.Set("X-Robots-Tag", "noindex")
		if secure {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		next.ServeHTTP(w, r)
	})
}

// plainRefused refuses plain HTTP from anywhere but this machine. Behind a proxy it believes the
// proxy's word on how the request came, and nobody else's.
func (s *Shell) plainRefused(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		from, err := netip.ParseAddrPort(r.RemoteAddr)
		addr := from.Addr().Unmap()
		safe := r.TLS != nil || (err == nil && len(s.Trusted) == 0 && addr.IsLoopback())
		for _, proxy := range s.Trusted {
			safe = safe || (err == nil && proxy.Contains(addr) && r.Header.Get("X-Forwarded-Proto") == "https")
		}
		if !safe && r.URL.Path != "/healthz" {
			http.Error(w, "This address must be opened with https.", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// recovered answers a panic like any other fault of ours. The panic's value is not logged: it may hold
// what somebody wrote.
func recovered(log *slog.Logger, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		defer func() {
			if p := recover(); p != nil {
				if err, ok := p.(error); ok && errors.Is(err, http.ErrAbortHandler) {
					panic(p)
				}
				log.Error("panic", "route", r.Pattern)
				http.Error(w, "Something went wrong here. What you wrote before is kept.", http.StatusInternalServerError)
			}
		}()
		next.ServeHTTP(w, r)
		if r.Pattern != "" && r.URL.Path != "/away" {
			log.Debug("answered", "route", r.Pattern, "took", time.Since(start))
		}
	})
}
