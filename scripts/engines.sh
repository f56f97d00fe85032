#!/bin/sh
# Runs a package's tests, as go test -exec hands them over: on SQLite and then, when they were linked with the
# package that starts one, on PostgreSQL. So each package is linked once for both, and linking takes as long as
# most packages' tests. A test and its server wait for each other in turn: on one core they do that with a fifth
# less work.
set -eu
"$@"
grep -qF footing/internal/testing/pg. "$1" || exit 0
stay="taskset -c $(($$ % $(nproc 2>/dev/null || echo 1)))"
$stay true 2>/dev/null || stay=
FOOTING_ENGINE=postgres GOMAXPROCS=1 exec $stay "$@"
