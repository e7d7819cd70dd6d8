#!/bin/bash
# soak.sh BUILD: the tests that take long, each with the time it took; all run, even when one fails.
set -u
cd "$(dirname "$0")/../.." || exit 2
build=${1:?usage: soak.sh BUILD}
failed=0
log=$(mktemp -d) || exit 2
trap 'rm -rf "$log"' EXIT
. tests/support/environment.sh
export GLASSNET_SOAK=1

# part WHAT PROGRAM SUITE
part() {
    local start=$SECONDS word=ok
    "$build/tests/$2" "$3" >"$log/out" 2>&1 || word=FAIL
    [ $word = ok ] || { cat "$log/out"; failed=$((failed + 1)); }
    printf '%-4s  %-9s  %s: %d min %d s\n' $word "$3" "$1" $(((SECONDS - start) / 60)) \
        $(((SECONDS - start) % 60))
}

part "10,000 commands in time" run_lib test_time
part "the whole walk through the views" run_app test_walk
part "100,000 events of the monkey" run_app test_monkey
part "36,000 commands at random" run_app test_script
printf 'soak: %d of 4 parts failed, %d min in all\n' $failed $((SECONDS / 60))
[ $failed = 0 ]
