#!/bin/sh
# Runs a package's tests, as go test -exec hands them over: on SQLite and then, when they were linked with the
# package that starts one, on PostgreSQL. So each package is linked once for both, and linking takes as long as
# most packages' tests. A test and its server wait for each other in turn: on one core they do that with a fifth
# less work. The longest package, the whole house, does so on another core than the rest.
set -eu
unset GOTMPDIR # where go test links is on a disk, and the tests' own folders would follow it there
"$@"
grep -qF footing/internal/testing/pg. "$1" || exit 0
export FOOTING_ENGINE=postgres
if [ "${FOOTING_SOAK-}" = 1 ]; then exec "$@"; fi # the soak looks for what happens side by side
case $1 in
*/app.test) core=0 ;;
*) core=$(($(nproc 2>/dev/null || echo 1) - 1)) ;;
esac
stay="taskset -c $core"
$stay true 2>/dev/null || stay=
GOMAXPROCS=1 exec $stay "$@"
