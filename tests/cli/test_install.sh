#!/bin/bash
# An installed Glassnet finds its files wherever it was put, also by a link, and from any folder.
set -u
. "$(dirname "$0")/../support/sh_assert.sh"
unset GLASSNET_HOME
target=$PWD/there

mkdir -p "$target/bin" "$target/share/glassnet"
cp "$GLASSNET" "$target/bin/glassnet"
cp -r "$ROOT/data" "$ROOT/lessons" "$ROOT/fonts" "$target/share/glassnet/"
ln -s "$target/bin/glassnet" linked
GLASSNET=$target/bin/glassnet
run data digits
expect_code 0 "an installed program finds its data"
expect_in out "samples   5000" "and describes it"
run render home -o home.png --size 640x360
expect_code 0 "an installed program finds its fonts"
GLASSNET=$PWD/linked
run data digits
expect_code 0 "a link to the program does, too"
finish
