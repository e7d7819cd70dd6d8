#!/bin/bash
# Measures of a trained network, early stopping, what changes the rate, and the bench.
set -u
. "$(dirname "$0")/../support/sh_assert.sh"
write_tiny

run train tiny.net --quiet --epochs 3 -o trained.net
run evaluate trained.net --json --data moons:n=100,noise=0.4,seed=3
expect_code 0 "evaluate two classes"
expect_json 'list(j)[:4] == ["samples", "loss", "accuracy", "confusion"]' "the first keys stay"
expect_json 'all(abs(j["precision"][c] - j["confusion"][c][c] / sum(r[c] for r in j["confusion"])) < 1e-8 for c in (0, 1))' \
    "precision is the diagonal's share of its column"
expect_json 'all(abs(j["recall"][c] - j["confusion"][c][c] / sum(j["confusion"][c])) < 1e-8 for c in (0, 1))' \
    "recall is its share of its row"
expect_json 'all(abs(f - 2 * p * r / (p + r)) < 1e-8 for f, p, r in zip(j["f1"], j["precision"], j["recall"]))' \
    "F1 is their harmonic mean"
expect_json '0.5 < j["auc"] <= 1 and math.isnan(j["r2"])' "AUC of two classes"
auc=$("$PYTHON" -c 'import json; print(json.load(open("out"))["auc"])')
run predict trained.net --json --data moons:n=100,noise=0.4,seed=3 --sample "$(seq -s, 0 99)"
cp out predicted
run data moons:n=100,noise=0.4,seed=3 --json
"$PYTHON" - "$auc" <<'PY' || fail "AUC is the share of pairs in the right order"
import json, subprocess, sys, os
scores = [p["probabilities"][1] for p in json.load(open("predicted"))["predictions"]]
def label(s):
    out = subprocess.run([os.environ["GLASSNET"], "explain", "trained.net", "--data",
                          "moons:n=100,noise=0.4,seed=3", "--sample", str(s), "label", "--json"],
                         stdout=subprocess.PIPE, check=True).stdout
    return json.loads(out)["value"]
labels = [label(s) for s in range(100)]
pairs = [(a > b) + (a == b) / 2 for a, i in zip(scores, labels) if i == 1
         for b, k in zip(scores, labels) if k == 0]
assert abs(sum(pairs) / len(pairs) - float(sys.argv[1])) < 1e-8, (sum(pairs) / len(pairs), sys.argv)
PY
run evaluate trained.net
expect_in out "precision" "precision for people"
expect_in out "AUC" "AUC for people"

printf 'input 1\nhidden dense 4 tanh\nout dense 1\nloss squared-error\ntrain sgd rate=0.05 batch=10 epochs=5\n' >line.net
run train line.net --data sine:n=100 --quiet -o line2.net
run evaluate line2.net --data sine:n=100 --json
expect_json 'abs(j["rmse"] ** 2 - j["loss"]) < 1e-6 and j["mae"] <= j["rmse"] and j["r2"] < 1' \
    "the loss of one output is the squared RMSE"
expect_json 'math.isnan(j["auc"]) and j["precision"] == [] and j["recall"] == [] and j["f1"] == []' \
    "no classes, no shares"
run evaluate line2.net --data sine:n=100
expect_in out "RMSE" "RMSE for people"

# Early stopping: the best test loss of the log is that of what is kept.
write_noisy() {
    printf 'input 2\nh dense 16 tanh\nout dense 2 softmax\nloss cross-entropy\ndata %s\ntrain %s\n' \
        moons:n=60,noise=0.6,seed=2 "$1" >noisy.net
}
write_noisy 'adam rate=0.3 batch=8 epochs=300 patience=3 seed=1'
run train noisy.net --json --log log.csv -o kept.net
expect_code 0 "train with patience"
cp out kept.json
expect_in err "no better test loss for 3 epochs" "patience is said"
expect_in err "the best on the test set, are kept" "what is kept is said"
"$PYTHON" - <<'PY' || fail "patience stops three epochs after the best and keeps it"
import csv, json
losses = [float(r["test_loss"]) for r in csv.DictReader(open("log.csv"))]
best = losses.index(min(losses))
assert len(losses) == best + 1 + 3, (len(losses), best)
j = json.load(open("kept.json"))
assert j["epochs"] == len(losses) and abs(j["test_loss"] - losses[best]) < 1e-7, (j, losses[best])
PY

# test_losses TRAIN-LINE: the log's test losses into the file `losses`.
test_losses() {
    write_noisy "$1"
    run train noisy.net --quiet --json --log log.csv
    expect_code 0 "train $1"
    cut -d, -f4 log.csv | tail -n +2 >losses
}
all_same() { test "$(sort -u losses | wc -l)" = 1; }
test_losses 'sgd rate=0.1 batch=8 epochs=4 seed=1'
expect "a constant rate goes on learning" test "$(sort -u losses | wc -l)" = 4
test_losses 'sgd rate=0.1 batch=8 epochs=4 seed=1 schedule=step:1:1e-30'
expect "a schedule by steps takes effect after its first epoch" all_same
test_losses 'sgd rate=0.1 batch=8 epochs=4 seed=1 decay=1e30'
expect "decay takes effect" all_same
test_losses 'sgd rate=0.1 batch=8 epochs=4 seed=1 clip=1e-30'
expect "clip takes effect" all_same
test_losses 'sgd rate=0.001 batch=60 epochs=20 seed=1 schedule=cosine'
expect "the cosine ends at nothing" "$PYTHON" -c '
l = [float(x) for x in open("losses")]
assert 0 < abs(l[-1] - l[-2]) < 0.1 * abs(l[1] - l[0]), l'

run bench --quick --rounds 1 --only W4 --json --csv bench.csv
expect_code 0 "bench"
expect_json '{(r["workload"], r["program"]) for r in j["results"]} == {("W4", "plain"), ("W4", "fast")}' \
    "bench times plain and fast"
expect_json 'all(r["samples_per_second"] > 0 and r["turns"] == 1 for r in j["results"])' "bench measures"
expect_in bench.csv "workload,program,threads,samples_per_second" "bench writes its table"
run bench --quick --rounds 1 --only W1 --threads 1
expect_code 0 "bench for people"
expect_in out "of peak" "bench compares with the machine"
run bench --kernels --quick --rounds 1 --only W2 --threads 1 --json --csv kernels.csv
expect_code 0 "bench by kernel"
expect_json 'sorted(r["part"] for r in j["kernels"]) == ["forward"] * 3 + ["to-data"] * 2 + ["to-weights"] * 3' \
    "every product has its row; no gradient goes to pictures"
expect_json 'all(r["gflops"] > 0 and r["peak_share"] > 0 for r in j["kernels"])' "kernels are measured"
expect_in kernels.csv "workload,layer,part,threads,gflops,peak_share" "kernels write their table"
run bench --kernels --only W4
expect_sentence 2 "a workload without kernels to count"
run bench --only W9
expect_sentence 2 "an unknown workload"

# A peer is asked a line for each turn and answers with its rate; one that cannot run is left out.
mkdir peers
cat >peers/peer_steady <<'PEER'
#!/bin/bash
echo steady
while read -r workload threads seconds; do [ "$workload" = W4 ] && echo 1234.5 || echo 0; done
PEER
printf '#!/bin/bash\nexit 1\n' >peers/peer_broken
cp peers/peer_steady peers/peer_twin
chmod +x peers/peer_steady peers/peer_broken peers/peer_twin
run bench --quick --rounds 2 --only W4 --threads 1 --json --peers peers
expect_code 0 "bench with peers"
expect_json '[r["samples_per_second"] for r in j["results"] if r["program"] == "steady"] == [1234.5] * 2' \
    "peers' rates stand beside ours"
expect_in err "peer_broken does not run here" "a broken peer is said"
finish
