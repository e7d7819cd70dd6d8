#!/bin/sh
# Draws the pictures of this folder anew: docs/pictures/make.sh [PROGRAM]
program=${1:-build/glassnet}
cd "$(dirname "$0")/../.." || exit 1
script=$(mktemp)
trap 'rm -f "$script"' EXIT

# picture NAME FILE: both sizes, after the commands on standard input
picture() {
    cat >"$script"
    for size in 1920x1080 1280x720; do
        "$program" render "$2" -o "docs/pictures/$1-${size%x*}.png" --size "$size" \
            --script "$script" || exit 1
    done
}

picture forward data/networks/digits-cnn.net <<'SCRIPT'
sample 7
goto conv2[2,3,5]
select conv1.z[9,14,3]
SCRIPT
picture loss data/networks/digits-cnn.net <<'SCRIPT'
sample 210
phase loss
select loss.each
SCRIPT
picture backward data/networks/moons.net <<'SCRIPT'
sample 210
phase backward
select d:hidden2.W[1,2]
SCRIPT
picture update data/networks/digits-cnn.net <<'SCRIPT'
sample 210
phase update
select new:conv1.W[3,2,2,0]
SCRIPT
cp docs/pictures/forward-1920.png docs/pictures/forward.png
