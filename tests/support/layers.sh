#!/bin/sh
# Includes go one way only (docs/architecture.md): fails naming every include that does not. One
# awk for all files, so that it takes no time.
cd "$(dirname "$0")/../.." || exit 1
set -- src/*/*.[ch] include/glassnet/*/*.h
[ -f "$1" ] || { echo "layers: no source files found"; exit 1; }
awk '
BEGIN {
    order = "base nn data step io session lesson"
    split(order, lib, " ")
    below = " "
    for (k = 1; k in lib; k++)
        may[lib[k]] = below = below lib[k] " "
    may["ui"] = " base ui "
    may["view"] = below "ui view "
    may["app"] = below "ui view app "
}
function bad(what) {
    print "layers: " FILENAME ":" FNR ": " what
    failed = 1
}
FNR == 1 {
    parts = split(FILENAME, part, "/")
    folder = part[parts - 1]
    shows = folder == "ui" || folder == "view" || folder == "app"
}
/^# *include *"/ {
    to = $0
    sub(/^# *include *"/, "", to)
    sub(/^glassnet\//, "", to)
    if (sub(/\/.*/, "", to) && to in may && index(may[folder], " " to " ") == 0)
        bad(folder " may not include from " to)
}
/include *<SDL/ && !shows { bad(folder " may not include SDL") }
/SDL_Render[A-Z]/ && FILENAME != "src/ui/render_sdl.c" { bad("only ui/render_sdl.c calls SDL_Render*") }
/TTF_[A-Z]/ && FILENAME != "src/ui/font.c" { bad("only ui/font.c calls TTF_*") }
END {
    if (!failed)
        print "layers: includes go one way"
    exit failed
}' "$@"
