#!/bin/bash
# Ctrl-C stops after the batch in hand, keeps and writes what was learnt.
set -u
. "$(dirname "$0")/../support/sh_assert.sh"
write_tiny

# A shell starts background work with SIGINT ignored; python gives it the usual meaning back.
"$PYTHON" - "$GLASSNET" >out 2>err <<'PY'
import json, os, signal, subprocess, sys, time
p = subprocess.Popen([sys.argv[1], 'train', 'tiny.net', '--epochs', '1000000', '--json', '--log',
                      'log.csv', '-o', 'stopped.net'], stdout=subprocess.PIPE,
                     stderr=open('progress', 'w'),
                     preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
while 'epoch 3/' not in open('progress').read():
    assert p.poll() is None
    time.sleep(0.05)
p.send_signal(signal.SIGINT)
out, _ = p.communicate(timeout=60)
assert p.returncode == 0, p.returncode
j = json.loads(out)
assert 3 <= j['epochs'] < 1000000, j
print(j['train_loss'])
PY
code=$? # read by expect_code
expect_code 0 "stopping by Ctrl-C"
expect_in progress "what was learnt until then is kept" "stopping is said"
expect "the network was written" test -s stopped.net -a -s stopped.safetensors
expect_in log.csv "epoch,train_loss" "the log was written"
expect "nothing half-written stays" test "$(find . -name '*.tmp*' | wc -l)" = 0
loss=$(cat out)
run evaluate stopped.net --json --data moons:n=100,noise=0.1,seed=3,train
expect_code 0 "what was kept can be used"
expect_json "j['loss'] == $loss" "and is what was learnt"
finish
