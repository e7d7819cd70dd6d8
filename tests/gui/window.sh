# What the scripts beside it share: a folder of their own, the app with its event log, and waiting for
# what it reports. Sourced, with the script's name in $test.
folder=$(mktemp -d)
log=$folder/log
XDG_DATA_HOME=$folder/data
export XDG_DATA_HOME
app=

finish() {
    [ -n "$app" ] && kill "$app" 2>/dev/null
    rm -rf "$folder"
}
trap finish EXIT

fail() {
    echo "$test: $1"
    tail -30 "$log"
    exit 1
}

# wait_line PATTERN: until a line after the mark matches; the mark moves behind it.
mark=0
wait_line() {
    tries=0
    while :; do
        at=$(tail -n +$((mark + 1)) "$log" | grep -n -m1 -E "$1" | cut -d: -f1)
        if [ -n "$at" ]; then
            line=$(tail -n +$((mark + 1)) "$log" | sed -n "${at}p")
            mark=$((mark + at))
            return 0
        fi
        kill -0 "$app" 2>/dev/null || fail "the app ended while \"$1\" was awaited"
        tries=$((tries + 1))
        [ $tries -gt 600 ] && fail "no line \"$1\" came"
        sleep 0.1
    done
}

# where ID: asks the app for its widgets; the middle of the one called ID in $x $y, its box in
# $left $top $width $height.
where() {
    from=$mark
    xdotool key F12
    wait_line '^LISTED$'
    line=$(tail -n +$((from + 1)) "$log" | grep -m1 -F "$1 ") || fail "there is no \"$1\""
    # shellcheck disable=SC2086
    set -- $line
    left=${3%.*} top=${4%.*} width=${5%.*} height=${6%.*}
    x=$((left + width / 2)) y=$((top + height / 2))
}

# reads NAME: the network reads that in the sample shown
reads() {
    from=$mark
    xdotool key F12
    wait_line '^LISTED$'
    tail -n +$((from + 1)) "$log" | grep -qx "READS $1" || fail "it does not read a $1"
}

click() {
    xdotool mousemove "$1" "$2"
    xdotool mousedown 1
    xdotool mouseup 1
    wait_line '^CLICK '
}

# begin [FILE]: the app in a window of 1280x720
begin() {
    : >"$log"
    "$program" --log-events --size 1280x720 "$@" >"$log" 2>"$folder/err" &
    app=$!
    mark=0
    wait_line '^READY 1280 720$'
}

# Ctrl+Q ends it, without an error and without a word
end() {
    xdotool key ctrl+q
    tries=0
    while kill -0 "$app" 2>/dev/null; do
        tries=$((tries + 1))
        [ $tries -gt 600 ] && fail "Ctrl+Q did not end the app"
        sleep 0.1
    done
    wait "$app" || fail "the app ended with an error: $(cat "$folder/err")"
    app=
    [ -s "$folder/err" ] && fail "it printed: $(cat "$folder/err")"
}
