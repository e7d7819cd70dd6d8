#!/bin/bash
# Looking inside: look, dream and nearest.
set -u
. "$(dirname "$0")/../support/sh_assert.sh"
write_tiny
net=$ROOT/data/networks/digits8.net
cnn=$ROOT/data/networks/digits-cnn.net

run look "$net" --quiet --sample 5 --saliency --json
expect_code 0 "saliency"
expect_json 'list(j) == ["kind","layer","class","label","score","shape","values","weights"]' "its fields"
expect_json 'j["layer"] is None and len(j["values"]) == 64 and j["weights"] == []' "a number a pixel"
cp out guess.json
run predict "$net" --quiet --sample 5 --json
expect_json 'j["predictions"][0]["class"] == json.load(open("guess.json"))["class"]' \
    "the class is the guess unless said"
run look "$cnn" --quiet --sample 5 --gradcam conv2 --class 2 --json -o cam.npz
expect_code 0 "Grad-CAM"
expect_json 'j["class"] == 2 and min(j["values"]) >= 0 and j["shape"] == [8, 8] and len(j["values"]) == 64' \
    "Grad-CAM is a map that is nowhere below 0"
expect "npz of Grad-CAM" "$PYTHON" -c '
import numpy
f = numpy.load("cam.npz")
assert sorted(f.files) == ["over", "score", "values", "weights"] and f["over"].shape == (28, 28)'
run look "$net" --quiet --sample 5 --guided -o guided.png
expect_code 0 "a picture"
expect "the picture is a PNG" grep -q PNG guided.png
# A file of one's own: a sample's numbers as an array give what the sample gives.
run trace "$net" --quiet --sample 5 -o trace.npz
"$PYTHON" -c '
import numpy
x = numpy.load("trace.npz")["input"][0]
numpy.save("five.npy", x)
numpy.save("flat.npy", x.reshape(8, 8))
numpy.save("wrong.npy", x[:4])
numpy.save("double.npy", x.astype("float64"))'
run look "$net" five.npy --quiet --saliency --json
expect_code 0 "an array"
cp out five.json
run look "$net" --quiet --sample 5 --saliency --json
expect "an array gives what the sample gives" cmp -s out five.json
run look "$net" flat.npy --quiet --saliency --json
expect "axes of 1 may be left out" cmp -s out five.json
run look "$net" wrong.npy --quiet --saliency
expect_code 1 "another shape"
expect_in err "holds 4 x 8 x 1 numbers, but the network takes 8 x 8 x 1" "found and expected"
run look "$net" double.npy --quiet --saliency
expect_in err "not of little-endian float32" "other numbers"
run look "$cnn" guided.png --quiet --gradcam conv2 --json -o own.png
expect_code 0 "a picture of one's own"
cp out own.json
expect "its picture is a PNG" grep -q PNG own.png
run predict "$cnn" guided.png --quiet --json
expect_json 'j["predictions"][0]["class"] == json.load(open("own.json"))["class"]' \
    "the class is what predict says of the picture"
run look "$net" five.npy --sample 5 --saliency
expect_code 2 "a file or a sample"
run look "$net" missing.png --saliency
expect_code 1 "no such picture"
run look "$net" --sample 5
expect_code 2 "look needs to know at what"
expect_in err "--gradcam LAYER" "and says so"
run look "$cnn" --quiet --sample 5 --gradcam out
expect_code 1 "no maps"
expect_in err "out has none, pool2 has" "names one that has"
run look tiny.net --quiet --sample 3 --gradcam hidden
expect_in err "no convolution" "a table has no Grad-CAM"
run look tiny.net --quiet --sample 3 --saliency --json
expect_json 'len(j["values"]) == 2' "but saliency"

run dream "$net" 'out.z[4]' --quiet --steps 30 --json
expect_code 0 "dream"
expect_json 'len(j["values"]) == 31 and j["values"][-1] > j["values"][0] + 1' "a dream climbs"
expect_json 'len(j["input"]) == 64 and 0 <= min(j["input"]) and max(j["input"]) <= 1' "a picture from 0 to 1"
cp out first.json
run dream "$net" 'out.z[4]' --quiet --steps 30 --json
expect "the same seed, the same bits" cmp -s out first.json
run dream "$net" 'out.z[4]' --quiet --steps 30 --seed 2 --json
expect "another seed, another dream" test "$(cmp -s out first.json; echo $?)" = 1
run dream "$net" 'out.W[4,0]' --quiet
expect_code 1 "a weight is no neuron"
run dream "$net" 'out.z[4]' --quiet --rate 0
expect_code 2 "a rate of 0"

run nearest "$net" --quiet --data digits8:train --sample 7 --layer out --count 3 --json
expect_code 0 "nearest"
expect_json 'len(j["nearest"]) == 3 and j["nearest"][0]["sample"] == 7 and j["nearest"][0]["distance"] == 0' \
    "a sample of the set is nearest to itself"
run nearest "$net" --quiet --sample 7 --layer nothing
expect_code 2 "an unknown layer"
finish
