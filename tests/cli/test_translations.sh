#!/bin/bash
# Every text that is marked in the source is in each catalogue, translated.
set -u
cd "$(dirname "$0")/../.." || exit 2
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
bad=0
# SAN: a build with sanitizers, in which these tests run too, has its own folder within BUILD.
make -s pot BUILD="$folder" SAN= || exit 1
for po in src/po/*.po; do
    merged=$folder/$(basename "$po")
    msgmerge --quiet --no-fuzzy-matching --no-location -o "$merged" "$po" "$folder/glassnet.pot" || exit 1
    for kind in untranslated only-fuzzy; do
        # Entries are parted by empty lines; the first is the head.
        msgattrib --$kind --no-location --no-wrap "$merged" |
            awk 'BEGIN { RS = ""; ORS = "\n\n" } !/"Project-Id-Version:/' >"$folder/left"
        if [ -s "$folder/left" ]; then
            echo "$po has texts that are ${kind#only-} (make po, then see docs/translation.md):"
            head -20 "$folder/left"
            bad=1
        fi
    done
    plain=$(msgattrib --translated --no-obsolete "$merged" | grep -c '^msgid ')
    if [ "$plain" -lt 1000 ]; then
        echo "$po: only $plain texts were found; expected more than a thousand"
        bad=1
    fi
done
exit $bad
