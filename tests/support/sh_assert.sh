# shellcheck shell=bash
# What the shell tests share. A test sources this file, works in a temporary folder of its own,
# and ends with `finish`.
: "${GLASSNET:?set GLASSNET to the program to test}"
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
cd "$WORK" || exit 2
export GLASSNET_HOME=${GLASSNET_HOME:-$ROOT}
failures=0
asserted=0

# A python3 that has numpy: the first on the path may be another installation.
PYTHON=""
for candidate in python3 /usr/bin/python3; do
    if "$candidate" -c 'import numpy' 2>/dev/null; then
        PYTHON=$candidate
        break
    fi
done
: "${PYTHON:?these tests need python3 with numpy}"

fail() {
    echo "failed: $*"
    failures=$((failures + 1))
}

# run ARGUMENTS: the program; its exit code in $code, its outputs in the files out and err.
run() {
    "$GLASSNET" "$@" >out 2>err </dev/null
    code=$?
    case $code in
    99 | 13[0-9]) echo "crashed: glassnet $*"; cat err ;;
    esac
}

# expect_code CODE WHAT
expect_code() {
    asserted=$((asserted + 1))
    if [ "$code" != "$1" ]; then
        fail "$2: exit code $code, expected $1"
        cat err
    fi
}

# expect_in FILE TEXT WHAT
expect_in() {
    asserted=$((asserted + 1))
    if ! grep -qF -- "$2" "$1"; then
        fail "$3: \"$2\" is not in"
        cat "$1"
    fi
}

# expect WHAT COMMAND...: the command succeeds.
expect() {
    local what=$1
    shift
    asserted=$((asserted + 1))
    "$@" || fail "$what"
}

# expect_json EXPRESSION WHAT: standard output is one JSON object j, of which EXPRESSION holds.
expect_json() {
    asserted=$((asserted + 1))
    "$PYTHON" - "$1" <<'PY' || fail "$2"
import json, math, sys
text = open('out').read()
j = json.loads(text)
assert isinstance(j, dict)
if not eval(sys.argv[1]):
    print('not true:', sys.argv[1], '\nof', text[:2000])
    sys.exit(1)
PY
}

# expect_sentence CODE WHAT: refused with that code, one line on standard error, nothing else.
expect_sentence() {
    expect_code "$1" "$2"
    asserted=$((asserted + 1))
    if [ "$(grep -c '^glassnet: ' err)" != 1 ] || [ "$(wc -l <err)" != 1 ]; then
        fail "$2: expected one sentence on standard error, found"
        cat err
    fi
    [ ! -s out ] || fail "$2: wrote on standard output"
}

finish() {
    if [ $failures != 0 ]; then
        echo "$failures of $asserted failed"
        exit 1
    fi
    [ $asserted -gt 0 ] || { echo "nothing was asserted"; exit 1; }
    exit 0
}

# A tiny network and what it learns from.
write_tiny() {
    cat >tiny.net <<'NET'
# tiny.net: two numbers, three hidden neurons
input  2
hidden dense 3 tanh
out    dense 2 softmax
loss   cross-entropy
data   moons:n=100,noise=0.1,seed=3
train  momentum rate=0.1 mu=0.9 batch=10 epochs=2 seed=7
NET
}
