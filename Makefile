# make test    the inner loop: under a minute, needs Go alone
# make check   everything, once: set-up, linters, all tests; meant to take under 15 minutes
# make demo    the made-up partnership on http://127.0.0.1:8321

GO       ?= go
PKGS     ?= ./...
GOLANGCI := $(GO) tool -modfile=tools/go.mod golangci-lint
FULL     := FOOTING_FULL=1 FOOTING_REQUIRE_BROWSER=1
FUZZTIME ?= 2m
COUNT    ?= 20
LEAN     := -timeout 40m -vet=off -ldflags=-w

.PHONY: check cover-engines test lint format setup build demo soak fuzz bench clean

# In these the tests' databases, which do not outlive them, are in memory where a machine has room for that.
SHM := $(shell df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 && $$4 > 4000000 {print "/dev/shm"}')
# Collecting memory takes a tenth of the work at Go's usual setting, and tests do not live long.
check cover-engines soak: export GOGC ?= 200
check cover-engines soak: FULL += $(if $(SHM),GOTMPDIR=$${GOTMPDIR:-$${TMPDIR:-/tmp}} TMPDIR=$(SHM))

# All tests on SQLite and on PostgreSQL: what is linked serves for both (scripts/engines.sh). lint has vetted them, and
# no debugger looks at them.
check: setup format lint
	$(FULL) $(GO) test -p 2 -exec $(CURDIR)/scripts/engines.sh $(LEAN) $(PKGS)

# Whether each function that takes a transaction is run on PostgreSQL by some test.
cover-engines: setup
	@mkdir -p bin
	$(FULL) FOOTING_ENGINE=postgres $(GO) test -p 2 -timeout 30m -coverpkg=./internal/... -coverprofile=bin/postgres.cover $(PKGS)
	FOOTING_COVER=$(CURDIR)/bin/postgres.cover $(GO) test -count=1 -run TestEngines_ ./internal/arch/

test:
	$(GO) test -timeout 2m $(PKGS)

# With what go vet finds. The first run builds golangci-lint, in some minutes.
lint:
	$(GOLANGCI) run $(PKGS)

# All of the repository's Go files, whichever build tags they have.
format:
	@out=$$(git ls-files -co --exclude-standard '*.go' | xargs -r gofmt -l); \
	if [ -n "$$out" ]; then echo "gofmt would change:"; echo "$$out"; exit 1; fi

setup:
	@scripts/setup.sh

build:
	CGO_ENABLED=0 $(GO) build -trimpath -o bin/footing ./cmd/footing

demo:
	$(GO) run ./cmd/footing demo

# The repetitions: kills and races many times over on both engines, then each fuzz target.
soak: setup
	FOOTING_SOAK=1 $(FULL) $(GO) test -race -p 1 -count=$(COUNT) -exec $(CURDIR)/scripts/engines.sh -timeout 0 $(PKGS)
	$(MAKE) fuzz

# go test fuzzes one target of one package at a time.
fuzz:
	@set -e; for pkg in $$($(GO) list $(PKGS)); do \
	  for target in $$($(GO) test -list '^Fuzz' $$pkg | grep '^Fuzz' || true); do \
	    echo "$$pkg $$target"; \
	    $(GO) test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) $$pkg; \
	  done; \
	done

# In minutes; the table is what docs/figures.md is made of. Quiet the machine before.
bench: setup
	FOOTING_BENCH=1 $(FULL) $(GO) test -run '^$$' -bench . -benchmem -p 1 -timeout 2h $(PKGS) | $(GO) run ./internal/testing/figures/table

clean:
	rm -rf bin
