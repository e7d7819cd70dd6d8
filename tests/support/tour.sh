#!/bin/sh
# tour.sh PROGRAM FOLDER: draws a tour of Glassnet's screens, as PNG pictures, without a display.
program=${1:?usage: tour.sh PROGRAM FOLDER}
folder=${2:?usage: tour.sh PROGRAM FOLDER}
root=$(cd "$(dirname "$0")/../.." && pwd)
mkdir -p "$folder" || exit 1
networks=$root/data/networks
failed=0

# draw NAME FILE WORDS: the screen after the commands on standard input.
draw() {
    picture=$folder/$1.png
    cat >"$folder/$1.script"
    if "$program" render "$2" -o "$picture" --size 1920x1080 --script "$folder/$1.script" --quiet
    then
        echo "$picture  $3"
    else
        failed=1
    fi
    rm -f "$folder/$1.script"
}

draw 1-home home "the home screen" </dev/null
draw 2-forward "$networks/digits-cnn.net" "forward: a convolution's sum, number by number" <<'SCRIPT'
sample 3
phase forward
select conv1.z[9,14,3]
SCRIPT
draw 3-loss "$networks/digits-cnn.net" "loss: how wrong the network is" <<'SCRIPT'
sample 3
phase loss
select loss
SCRIPT
draw 4-backward "$networks/digits-cnn.net" "backward: the gradient of one weight" <<'SCRIPT'
sample 3
phase backward
select d:out.W[7,120]
SCRIPT
draw 5-update "$networks/digits-cnn.net" "update: one weight takes its step" <<'SCRIPT'
sample 3
phase update
select new:out.W[7,120]
SCRIPT
draw 6-small "$networks/digits8.net" "a small network, every connection drawn" <<'SCRIPT'
sample 0
phase forward
SCRIPT
draw 7-moons "$networks/moons.net" "two moons: the plane as the network sees it" <<'SCRIPT'
sample 0
phase forward
SCRIPT
lesson=$(find "$root/lessons" -maxdepth 1 -name '*.md' ! -name 'README*' | sort | head -n 1)
if [ -n "$lesson" ]; then
    draw 8-lesson "$lesson" "a lesson" </dev/null
fi
exit $failed
