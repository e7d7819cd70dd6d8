#!/bin/bash
# run-all.sh BUILD: every test there is, a line for each, totals on the last line.
# The C suites run through Check; then each script of tests/cli and tests/gui with the program.
# Two lanes run side by side, each with folders of its own: the suites of the app, and those of the
# library with the scripts that need no screen. Tests in a real window come last, alone.
set -u
cd "$(dirname "$0")/../.." || exit 2
build=${1:?usage: run-all.sh BUILD}
all=$(mktemp -d) || exit 2
trap 'rm -rf "$all"' EXIT
trap 'trap - TERM; kill 0' INT TERM

export GLASSNET
GLASSNET=$(realpath -m "$build/glassnet")

# lane NAME COMMAND...: runs it with its own $log; adds what it counted to the totals.
lane() {
    local passed=0 failed=0
    log=$all/$1
    mkdir "$log"
    . tests/support/environment.sh
    shift
    "$@"
    echo "$passed $failed" >>"$all/counts"
}

# Check counts its own: "97%: Checks: 312, Failures: 2, Errors: 1".
run_suites() {
    local name=$1 program=$2 code line checks bad
    if [ ! -x "$program" ]; then
        echo "FAIL  $name: $program was not built"
        failed=$((failed + 1))
        return
    fi
    "$program" >"$log/out" 2>&1
    code=$?
    line=$(grep -E '^[0-9]+%: Checks: ' "$log/out" | tail -n 1)
    checks=$(sed -n 's/.*Checks: \([0-9]*\).*/\1/p' <<<"$line")
    bad=$(sed -n 's/.*Failures: \([0-9]*\), Errors: \([0-9]*\).*/\1 + \2/p' <<<"$line")
    checks=${checks:-0}
    bad=$((${bad:-0}))
    if [ $code != 0 ] && [ $bad = 0 ]; then
        bad=1
        [ "$checks" -gt 0 ] || checks=1
    fi
    passed=$((passed + checks - bad))
    failed=$((failed + bad))
    if [ $bad = 0 ]; then
        echo "ok    $name: $checks checks"
    else
        cat "$log/out"
        echo "FAIL  $name: $bad of $checks checks (exit code $code)"
    fi
}

run_script() {
    local script=$1 start=$SECONDS code
    timeout --kill-after=10 "${GLASSNET_TEST_TIMEOUT:-900}" bash "$script" >"$log/out" 2>&1
    code=$?
    if [ $code = 0 ]; then
        passed=$((passed + 1))
        echo "ok    $script ($((SECONDS - start)) s)"
    else
        failed=$((failed + 1))
        cat "$log/out"
        [ $code = 124 ] && echo "timed out after ${GLASSNET_TEST_TIMEOUT:-900} s"
        echo "FAIL  $script (exit code $code)"
    fi
}

run_scripts() {
    local script
    for script in "$@"; do
        [ -f "$script" ] && run_script "$script"
    done
}

without_screen() {
    run_suites run_lib "$build/tests/run_lib"
    run_scripts tests/cli/test_*.sh
}

(lane app run_suites run_app "$build/tests/run_app") &
(lane lib without_screen) &
wait
(lane gui run_scripts tests/gui/test_*.sh)

passed=0
failed=0
lanes=0
while read -r good bad; do
    passed=$((passed + good))
    failed=$((failed + bad))
    lanes=$((lanes + 1))
done <"$all/counts"
if [ $lanes != 3 ]; then
    echo "FAIL  only $lanes of 3 lanes came to their end"
    failed=$((failed + 1))
fi
echo "$passed passed, $failed failed"
[ $failed = 0 ]
