#!/bin/bash
# What commands print stays English whatever the language of the system is; the screen's texts are
# found from any folder, and follow a switch.
set -u
cd "$(dirname "$0")/../.." || exit 2
glassnet=${GLASSNET:-$PWD/build/glassnet}
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
failed=0

fail() {
    echo "language: $*"
    failed=1
}

english=$(LANG=C "$glassnet" summary data/networks/moons.net)
polish=$(LC_ALL=pl_PL.UTF-8 LANGUAGE=pl "$glassnet" summary data/networks/moons.net)
[ "$english" = "$polish" ] || fail "summary does not print the same in every language"
LC_ALL=pl_PL.UTF-8 LANGUAGE=pl "$glassnet" summary no-such.net 2>"$work/said" && fail "no-such.net was read"
LANG=C "$glassnet" summary no-such.net 2>"$work/expected"
cmp -s "$work/said" "$work/expected" || fail "a fault is told as: $(cat "$work/said")"

# Found from any folder, and in the middle of a script.
printf 'setting language pl\nsetting language en\nsetting language pl\n' >"$work/script"
(cd "$work" && "$glassnet" render home --dump - --script script) >"$work/home" ||
    fail "render in Polish"
grep -q 'Otwórz' "$work/home" || fail "the home screen is not in Polish: $(head -n 12 "$work/home")"
"$glassnet" render home --dump - --language en | grep -q 'Open…' || fail "the home screen is not in English"
# Without the texts of a language no picture is drawn in another one.
mkdir "$work/alone"
cp "$glassnet" "$work/alone/" && cp -r fonts lessons data "$work/alone/" || fail "copying the program"
(cd "$work/alone" && ./glassnet render home --language pl -o x.png 2>"$work/said")
[ $? = 1 ] && [ ! -e "$work/alone/x.png" ] && grep -q 'locale/pl' "$work/said" ||
    fail "missing texts are told as: $(cat "$work/said")"
exit $failed
