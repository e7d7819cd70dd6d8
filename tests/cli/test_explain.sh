#!/bin/bash
# explain and trace tell the same numbers, and each formula gives its value's bits.
set -u
. "$(dirname "$0")/../support/sh_assert.sh"
write_tiny
count=${GLASSNET_EXPLAIN_CELLS:-150}
[ -n "${GLASSNET_SANITIZED:-}" ] && count=80

cat >conv.net <<'NET'
input   8 8 1
conv1   conv2d  3  3x3  relu padding=same
pool1   maxpool 2x2
drop    dropout 0.25
conv2   conv2d  2  2x2  tanh stride=2
flat    flatten
bn      batchnorm
out     dense   10 softmax
loss    cross-entropy
data    digits8
train   adam rate=0.01 batch=16 seed=7 l2=0.001 clip=1
NET
cat >road.net <<'NET'
input  2
a      dense 4 sigmoid
b      dense 4 leaky_relu
sum    add a b
both   concatenate sum a
out    dense 1 sigmoid
loss   squared-error
data   moons:n=50,seed=2
train  nesterov rate=0.1 l1=0.01
NET
check() {
    asserted=$((asserted + 1))
    "$PYTHON" "$ROOT/tests/cli/explain_check.py" "$GLASSNET" "$@" || fail "explain of $*"
}
check tiny.net moons:n=100,noise=0.1,seed=3 4,17 "$count"
check conv.net digits8:train 3,5 "$count"
check road.net moons:n=50,seed=2 0 "$count"

run explain tiny.net --quiet --sample 3 'out.z[1]'
expect_code 0 "explain as text"
expect_in out "out.z[1] = " "explain tells the value"
run explain tiny.net --quiet --sample 3 --json 'out.z[1]'
expect_json 'list(j) == ["cell","value","symbolic","numeric","op","terms"]' "explain --json has its fields"
# A sum from the bias, then three products.
expect_json 'j["op"] == "sum" and [len(t["factors"]) for t in j["terms"]] == [1, 2, 2, 2]' \
    "a dense sum has its terms in order"
finish
