#!/bin/bash
# Every command on a tiny network: what it prints, and its JSON.
set -u
. "$(dirname "$0")/../support/sh_assert.sh"
write_tiny
cat >conv.net <<'NET'
input   8 8 1
conv1   conv2d  2  3x3  relu
pool1   maxpool 2x2
flat    flatten
out     dense   10 softmax
loss    cross-entropy
data    digits8
train   adam rate=0.01 batch=16 seed=7
NET

run summary conv.net
expect_code 0 "summary"
expect_in out "DATA DIMENSIONS" "summary has its head"
expect_in out "conv1 conv2d 3x3" "summary names the layers"
run summary conv.net --json
expect_code 0 "summary --json"
# conv1: 2 kernels of 3x3x1 and 2 biases; out: 3x3x2 = 18 inputs, 10 units.
expect_json '[l["parameters"] for l in j["layers"]] == [0, 20, 0, 0, 190] and j["parameters"] == 210' \
    "summary counts the weights"
expect_json '[l["output_shape"] for l in j["layers"]] == [[8,8,1],[6,6,2],[3,3,2],[18],[10]]' \
    "summary tells the shapes"
expect_json '[l["kind"] for l in j["layers"]] == ["input","conv2d","maxpool","flatten","dense"]' \
    "summary tells the kinds"

run train tiny.net --json --epochs 3 -o trained.net --log log.csv
expect_code 0 "train"
expect_json 'list(j) == ["epochs","samples","seconds","samples_per_second","threads","engine","train_loss","train_accuracy","test_loss","test_accuracy"]' \
    "train --json has its fields"
expect_json 'j["epochs"] == 3 and j["samples"] == 3 * 80 and j["engine"] == "fast" and j["threads"] >= 1' \
    "train --json tells what was done"
expect_json 'j["train_loss"] > 0 and 0 <= j["test_accuracy"] <= 1' "train --json measures"
train_loss=$("$PYTHON" -c 'import json; print(json.load(open("out"))["train_loss"])')
test_accuracy=$("$PYTHON" -c 'import json; print(json.load(open("out"))["test_accuracy"])')
expect "the log has a head and a line an epoch" test "$(wc -l <log.csv)" = 4
expect_in log.csv "epoch,train_loss,train_accuracy,test_loss,test_accuracy,seconds" "log's head"
expect "the network's text is kept" cmp -s tiny.net trained.net
expect_in err "epoch 3/3" "progress goes to standard error"

run evaluate trained.net --json --data moons:n=100,noise=0.1,seed=3,train
expect_code 0 "evaluate"
expect_json "j['loss'] == $train_loss and j['samples'] == 80" "evaluate agrees with train"
expect_json 'len(j["confusion"]) == 2 and sum(map(sum, j["confusion"])) == 80' \
    "evaluate counts every sample"
expect_json 'abs(sum(j["confusion"][i][i] for i in range(2)) / 80 - j["accuracy"]) < 1e-9' \
    "accuracy is the diagonal's share"
run evaluate trained.net --json --data moons:n=100,noise=0.1,seed=3,test
expect_json "j['accuracy'] == $test_accuracy and j['samples'] == 20" "the test part, too"
run evaluate trained.net
expect_code 0 "evaluate as text"
expect_in out "accuracy" "evaluate tells the accuracy"

# The same bits for each engine and number of threads; --fresh and --seed.
run train tiny.net --quiet --json --engine plain -o plain.net
expect_code 0 "train with the plain engine"
expect "--quiet is quiet" test ! -s err
run train tiny.net --quiet --json --engine fast --threads 2 -o fast.net
expect_code 0 "train with the fast engine"
expect "plain and fast give the same bits" cmp -s plain.safetensors fast.safetensors
run train plain.net --quiet --json --fresh -o again.net
expect "--fresh starts again" cmp -s plain.safetensors again.safetensors
run train plain.net --quiet --json -o onward.net
expect "without it training goes on" test "$(cmp plain.safetensors onward.safetensors | wc -l)" = 1
run train tiny.net --quiet --json --seed 8 -o other.net
expect "another seed, other weights" test "$(cmp plain.safetensors other.safetensors | wc -l)" = 1
run train tiny.net --quiet --json --limit 25 --epochs 2 --batch 10
expect_json 'j["samples"] == 50' "--limit takes the first samples"
run train tiny.net --epochs 1
expect_in err "nothing was saved" "train without -o says so"
run train tiny.net --epochs 0 --json -o untrained.net
expect_code 0 "no epoch at all"
expect_json 'j["epochs"] == 0 and j["samples"] == 0' "nothing trained is said"
for optimizer in sgd momentum nesterov adagrad rmsprop adadelta adam; do
    run train tiny.net --quiet --json --optimizer $optimizer --epochs 1
    expect_code 0 "train --optimizer $optimizer"
done

run predict trained.net --json --sample 0,5
expect_code 0 "predict"
expect_json 'len(j["predictions"]) == 2 and all(abs(sum(p["probabilities"]) - 1) < 1e-5 for p in j["predictions"])' \
    "probabilities sum to 1"
expect_json 'all(p["probabilities"][p["class"]] == max(p["probabilities"]) and p["label"] == str(p["class"]) for p in j["predictions"])' \
    "the class is the likeliest"
run predict trained.net --sample 0
expect_code 0 "predict as text"
expect_in out "sample 0" "predict names the sample"

# A picture, dark on bright paper and bright on dark, is the same drawing.
"$PYTHON" - <<'PY'
import struct, zlib
def png(name, rows):
    h, w = len(rows), len(rows[0])
    raw = b''.join(b'\0' + bytes(r) for r in rows)
    def chunk(kind, data):
        return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))
    open(name, 'wb').write(b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', w, h, 8, 0, 0, 0, 0))
                           + chunk(b'IDAT', zlib.compress(raw)) + chunk(b'IEND', b''))
dark = [[255 if 18 <= x < 22 and 5 <= y < 35 else 0 for x in range(40)] for y in range(40)]
png('dark.png', dark)
png('bright.png', [[255 - v for v in row] for row in dark])
PY
run train conv.net --quiet --epochs 2 --limit 500 -o conv2.net
expect_code 0 "train a convolution"
run predict conv2.net --json dark.png bright.png
expect_code 0 "predict pictures"
expect_json 'j["predictions"][0] == j["predictions"][1]' "paper may be bright or dark"
expect_json 'len(j["predictions"][0]["probabilities"]) == 10' "ten classes"

run check tiny.net --json
expect_code 0 "check"
expect_json 'j["ok"] is True and [l["name"] for l in j["layers"]] == ["hidden", "out"]' "check --json"
expect_json 'all(l["max_relative_error"] < 1e-5 and l["checked"] == l["parameters"] - l["skipped"] for l in j["layers"])' \
    "every gradient is right"
run check conv2.net --samples 2
expect_code 0 "check of a convolution"
expect_in out "largest relative error" "check as text"

run data --json
expect_code 0 "data"
expect_json 'any(s["name"] == "digits" for s in j["sets"])' "data lists digits"
run data
expect_in out "moons" "data lists generated sets"
run data digits8 --json
expect_json 'j["shape"] == [8,8,1] and len(j["classes"]) == 10 and sum(j["counts"]) == j["samples"]' \
    "data describes a set"
run data digits8
expect_in out "licence" "data tells the licence"

run lesson list --json
expect_code 0 "lesson list"
expect_json 'isinstance(j["lessons"], list)' "lesson list --json"

mkdir class
printf 'glassnet progress 1\n2 8 3 9 begun 01-one-neuron\nquiz 2 3 20000 01-one-neuron\n' >class/Ada.progress
printf 'glassnet progress 1\n7 8 9 9 finished 01-one-neuron\n' >class/Ben.progress
run lesson progress --all --folder class -o class.csv
expect_code 0 "lesson progress"
printf '%s\n' 'learner,lesson,page,pages,tasks done,tasks,finished,quiz right,quiz of,quiz day' \
    '"Ada","01-one-neuron",3,8,3,9,no,2,3,2024-10-04' '"Ben","01-one-neuron",8,8,9,9,yes,,,' >wanted.csv
expect "one table of the whole class" cmp -s class.csv wanted.csv
run lesson progress Ben --folder class --json
expect_json '[l["learner"] for l in j["learners"]] == ["Ben"] and j["learners"][0]["lessons"][0]["finished"] is True' \
    "one learner's progress"
run lesson progress Cem --folder class
expect_sentence 2 "nobody called Cem"

# Regression: targets instead of classes.
printf 'input 1\nhidden dense 4 tanh\nout dense 1\nloss squared-error\ntrain sgd rate=0.05 batch=10\n' >line.net
run train line.net --data sine:n=100 --json --quiet -o line2.net
expect_code 0 "train on numbers"
expect_json 'math.isnan(j["train_accuracy"]) and j["train_loss"] >= 0' "no accuracy without classes"
run evaluate line2.net --data sine:n=100 --json
expect_json 'math.isnan(j["accuracy"]) and j["confusion"] == []' "evaluate on numbers"
run predict line2.net --data sine:n=100 --sample 3 --json
expect_json 'j["predictions"][0]["class"] is None and len(j["predictions"][0]["probabilities"]) == 1' \
    "predict numbers"
finish
