#!/bin/sh
# Includes go one way only (docs/architecture.md): fails naming every include that does not.
cd "$(dirname "$0")/../.." || exit 1
may() {
    case $1 in
    base) echo "base" ;;
    nn) echo "base nn" ;;
    data) echo "base nn data" ;;
    step) echo "base nn data step" ;;
    io) echo "base nn data step io" ;;
    session) echo "base nn data step io session" ;;
    lesson) echo "base nn data step io session lesson" ;;
    ui) echo "base ui" ;;
    view) echo "base nn data step io session lesson ui view" ;;
    app) echo "base nn data step io session lesson ui view app" ;;
    esac
}
bad=0
for folder in base nn data step io session lesson ui view app; do
    for file in src/$folder/*.[ch] include/glassnet/$folder/*.h; do
        [ -f "$file" ] || continue
        for to in $(sed -n 's/^# *include *"\(glassnet\/\)\{0,1\}\([a-z]*\)\/.*/\2/p' "$file" | sort -u); do
            case " $(may "$folder") " in
            *" $to "*) ;;
            *) echo "layers: $file includes from $to, which $folder may not"; bad=1 ;;
            esac
        done
        case $folder in
        ui | view | app) ;;
        *) grep -n 'include *<SDL' "$file" /dev/null && { echo "layers: $file includes SDL"; bad=1; } ;;
        esac
        case $file in
        src/ui/render_sdl.c) ;;
        *) grep -n 'SDL_Render[A-Z]' "$file" /dev/null && { echo "layers: $file calls SDL_Render*"; bad=1; } ;;
        esac
        case $file in
        src/ui/font.c) ;;
        *) grep -n 'TTF_[A-Z]' "$file" /dev/null && { echo "layers: $file calls TTF_*"; bad=1; } ;;
        esac
    done
done
[ $bad = 0 ] && echo "layers: includes go one way"
exit $bad
