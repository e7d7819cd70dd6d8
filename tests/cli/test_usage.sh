#!/bin/bash
# Wrong usage and bad input: one sentence, the right exit code, nothing left behind.
set -u
. "$(dirname "$0")/../support/sh_assert.sh"
write_tiny

run --version
expect_code 0 "--version"
expect_in out "glassnet " "--version names the program"
run --help
expect_code 0 "--help"
expect "--help starts with an example" test "$(head -n 1 out)" = "Example:"
for command in summary train evaluate predict trace explain check data lesson bench; do
    run $command --help
    expect_code 0 "$command --help"
    expect_in out "glassnet $command" "$command --help shows how it is called"
    expect "$command --help shows an example first" test "$(head -n 1 out)" = "Example:"
done

run sumary tiny.net
expect_sentence 2 "unknown command"
expect_in err 'did you mean "summary"?' "unknown command gets a hint"
run train tiny.net --epoch 3
expect_sentence 2 "unknown option"
expect_in err "did you mean --epochs?" "unknown option gets a hint"
run train tiny.net --epochs
expect_sentence 2 "option without value"
run train tiny.net --epochs three
expect_sentence 2 "option with a wrong value"
run train tiny.net --epochs 1 --epochs 2
expect_sentence 2 "option given twice"
run train tiny.net --engine quick
expect_sentence 2 "unknown engine"
run train tiny.net --optimizer adamm
expect_sentence 2 "unknown optimizer"
expect_in err "did you mean adam?" "unknown optimizer gets a hint"
run train tiny.net -o tiny.txt
expect_sentence 2 "-o with another ending"
run train
expect_sentence 2 "argument missing"
run summary tiny.net other.net
expect_sentence 2 "argument too many"
run trace tiny.net -o t.npz
expect_sentence 2 "trace without a sample"
run trace tiny.net --sample 0
expect_sentence 2 "trace without an output"
run explain tiny.net --sample 0
expect_sentence 2 "explain without a cell"
run predict tiny.net
expect_sentence 2 "predict of nothing"
run lesson play
expect_sentence 2 "unknown lesson command"

run summary missing.net
expect_sentence 1 "missing network"
expect_in err "missing.net" "the missing file is named"
printf 'input 2\nout dens 2\n' >wrong.net
run summary wrong.net
expect_sentence 1 "faulty network"
expect_in err "wrong.net:2:" "the faulty line is named"
head -c 4096 /dev/urandom >garbage.net
for command in "summary garbage.net" "train garbage.net --data moons" "evaluate garbage.net" \
    "check garbage.net" "explain garbage.net --sample 0 loss"; do
    run $command
    expect_sentence 1 "$command"
done

run explain tiny.net --quiet --sample 0 'hidden[3]'
expect_sentence 1 "cell out of range"
run explain tiny.net --quiet --sample 0 'hiden[0]'
expect_sentence 1 "unknown tensor"
run explain tiny.net --quiet --sample 80,100 loss
expect_sentence 1 "sample that is not there"
expect_in err "0 to 99" "the samples there are are named"
run explain tiny.net --quiet --sample 0,x loss
expect_sentence 2 "sample that is no number"
run evaluate tiny.net --quiet --data digits
expect_sentence 1 "data of another shape"
run evaluate tiny.net --quiet --data nowhere.csv
expect_sentence 1 "missing data"
run data mooons
expect_sentence 1 "unknown set"

run trace tiny.net --quiet --sample 0 -o nowhere/t.npz
expect_sentence 1 "-o into a folder that is not there"
expect "nothing is left behind" test ! -e nowhere
run train tiny.net --quiet -o nowhere/out.net
expect_sentence 1 "train -o into a folder that is not there"
expect "train leaves nothing behind" test ! -e nowhere
mkdir folder.net
run train tiny.net --quiet -o folder.net
expect_sentence 1 "-o is a folder"
if [ "$(id -u)" != 0 ]; then
    mkdir locked
    chmod 555 locked
    run train tiny.net --quiet -o locked/out.net
    expect_sentence 1 "-o into a locked folder"
fi
cp tiny.net spoilt.net
head -c 300 /dev/urandom >spoilt.safetensors
run evaluate spoilt.net --quiet
expect_sentence 1 "garbage for weights"
head -c 300 /dev/urandom >garbage.csv
run evaluate tiny.net --quiet --data garbage.csv
expect_sentence 1 "garbage for data"
printf '\211PNG\r\n\032\n garbage' >garbage.png
cat >picture.net <<'NET'
input 8 8 1
flat  flatten
out   dense 2 softmax
NET
run predict picture.net --quiet garbage.png
expect_sentence 1 "garbage for a picture"
run predict tiny.net --quiet garbage.png
expect_sentence 1 "a picture for a network without one"
if [ -e /dev/full ]; then
    "$GLASSNET" summary tiny.net >/dev/full 2>err
    code=$?
    expect_code 1 "a full disk behind standard output"
    for command in "summary tiny.net" "evaluate tiny.net" "data"; do
        "$GLASSNET" $command --json >/dev/full 2>err
        code=$?
        expect_code 1 "a full disk behind the JSON of $command"
    done
    "$GLASSNET" --help >/dev/full 2>err
    code=$?
    expect_code 1 "a full disk behind the help"
fi
"$GLASSNET" evaluate tiny.net --json --quiet >&- 2>err
code=$?
expect_code 1 "standard output that is closed"
expect_in err "standard output could not be written" "it is told"

# What is said goes nowhere, not into the file being written; a file that may not grow is told of.
"$GLASSNET" train tiny.net --epochs 1 -o quiet.net >&- 2>&-
expect "the network is as it was" cmp -s tiny.net quiet.net
(
    ulimit -f 1
    "$GLASSNET" render tiny.net --quiet -o grown.png 2>err
    echo $? >code
)
code=$(cat code)
expect_code 1 "a file that may not grow"
expect_in err "File too large" "the reason is told"
expect "nothing half-written is left" test "$(echo grown*)" = "grown*"
finish
