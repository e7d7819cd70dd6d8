#!/bin/bash
# glassnet data: the sets with a name, what loading did to a table, contact sheets.
set -u
. "$(dirname "$0")/../support/sh_assert.sh"

run data --json
expect_code 0 "data --json"
expect_json '[s["installed"] for s in j["sets"] if s["name"] in ("digits", "letters", "iris", "wine", "breast-cancer")] == [True] * 5' \
    "the shipped sets are there"

printf 'a;b;label\n1,5;x;0\n' >words.csv
run data words.csv
expect_code 1 "a word among numbers"
expect_in err 'words.csv:2: has "x" in column "b"' "the cell is named"
printf 'a;b;label\n1,5;2;0\n;3;1\n2,5;4;1\n' >holes.csv
run data holes.csv
expect_code 1 "a missing value"
expect_in err 'missing=drop leaves such rows out, missing=mean puts the column' "the way out is named"
run data holes.csv:missing=mean,standardize=1
expect_code 0 "missing=mean"
expect_in out "missing   1 values replaced by their column's mean" "what was filled is said"
expect_in out "a: mean 2, deviation 0.408248" "the scale is said" # 1.5, 2, 2.5: sqrt(0.5 / 3)

# The rows of a sheet: width of 16 cells of 56 pixels and a gap of 2, height of 6 and a third.
size() {
    "$PYTHON" -c 'import struct, sys; print(*struct.unpack(">II", open(sys.argv[1], "rb").read()[16:24]))' "$1"
}
run data digits8:augment=shift1+rotate15,test --sheet one.png
expect_code 0 "data --sheet"
expect_in out "augment   shift 1 px, rotate 15°, in training alone; seed 1" "augmentation is said"
expect "the sheet has its size" test "$(size one.png)" = "928 367"
run data digits8:augment=shift1+rotate15,test --sheet two.png
expect "the same text gives the same sheet" cmp -s one.png two.png
run data digits8:augment=shift1+rotate15,test,seed=2 --sheet two.png
expect "another seed gives another" test "$(cmp one.png two.png)"
run data digits8 --sheet plain.png
expect "a plain sheet has no gap" test "$(size plain.png)" = "928 348"
run data iris --sheet iris.png
expect_code 2 "a sheet of a table"
expect_in err "is for sets of pictures" "a table has no sheet"
expect "nothing is written" test ! -e iris.png
run data --sheet none.png
expect_code 2 "a sheet of nothing"
run data digits8 --sheet nowhere/sheet.png
expect_code 1 "a sheet in no folder"
expect_in err "no folder nowhere" "the folder is named"

# Training takes the augmented samples, the same ones each time; testing takes none.
cat >small.net <<'NET'
input 8 8 1
flat flatten
out dense 10 softmax
loss cross-entropy
train sgd rate=0.1 batch=16 seed=3
NET
for i in 1 2; do
    run train small.net --epochs 2 --threads $i --data digits8:augment=shift1+elastic -o "aug$i.net"
    expect_code 0 "train on augmented digits"
done
expect "two runs give the same bits" cmp -s aug1.safetensors aug2.safetensors
run train small.net --epochs 2 --data digits8 -o plain.net
expect "and others than without" test "$(cmp plain.safetensors aug1.safetensors)"
run evaluate plain.net --data digits8:test --json
cp out plain.json
run evaluate plain.net --data digits8:test,augment=shift1+elastic --json
expect "evaluation sees no augmentation" cmp -s plain.json out
finish
