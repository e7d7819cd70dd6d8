#!/bin/sh
# Drives the real window: starts the app on a virtual display with an event log; clicks, types,
# draws, turns the wheel, drops a file, changes the size, closes the second window, and checks what
# the app reports. Waits for lines, never for times.
# usage: test_window.sh [PROGRAM]; without one $GLASSNET, else build/glassnet
program=${1:-${GLASSNET:-build/glassnet}}
cd "$(dirname "$0")/../.." || exit 1
# Libraries that SDL loads at run time (dbus, GL) are unloaded before leaks are looked for, so what
# they keep cannot be told by name; leaks of our own are looked for in the tests without a window.
ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0
export ASAN_OPTIONS
if [ -z "$GLASSNET_GUI_INSIDE" ]; then
    for tool in xvfb-run xdotool; do
        command -v $tool >/dev/null || { echo "test_window: needs $tool"; exit 1; }
    done
    GLASSNET_GUI_INSIDE=1
    export GLASSNET_GUI_INSIDE
    unset SDL_RENDER_DRIVER SDL_VIDEODRIVER WAYLAND_DISPLAY
    exec xvfb-run -a -s "-screen 0 1280x720x24" sh "$0" "$program"
fi

test=test_window
. tests/gui/window.sh
peer=$folder/x_peer

# what file managers and window managers send, which xdotool cannot
${CC:-cc} -std=c11 -D_GNU_SOURCE -o "$peer" tests/gui/x_peer.c -lX11 ||
    { echo "test_window: x_peer does not compile (it needs libx11-dev)"; exit 1; }

begin data/networks/digits-cnn.net

where 'WIDGET transport.step'
click $x $y
wait_line '^COMMAND step$'
wait_line '^DRAWN '

where 'WIDGET phase.forward'
click $x $y
wait_line '^COMMAND phase forward$'

# the cell at the middle of the input: 28 x 28, so row and column 14 begin at the middle
where 'PLATE input[0,0,0]'
click $((x + 1)) $((y + 1))
wait_line '^SELECTED input\[14,14,0\]$'

# the wheel brings it nearer, at the pointer
xdotool click 4
wait_line '^DRAWN '
narrow=$width
where 'PLATE input[0,0,0]'
[ "$width" -gt "$narrow" ] || fail "the wheel did not bring the picture nearer"
xdotool key f
wait_line '^KEY F$'
wait_line '^DRAWN '

xdotool key ctrl+k
wait_line '^KEY Ctrl\+K$'
wait_line '^DRAWN '
xdotool key ctrl+a
wait_line '^KEY Ctrl\+A$'
xdotool type --delay 30 'conv1.b[2]'
xdotool key Return
wait_line '^SELECTED conv1\.b\[2\]$'

where 'WIDGET panel.Draw'
click $x $y
wait_line '^DRAWN '
where 'WIDGET pad'
xdotool mousemove $x $((top + height / 5))
xdotool mousedown 1
wait_line '^COMMAND draw 0\.[45]'
for part in 2 3 4; do
    xdotool mousemove $x $((top + height * part / 5))
    wait_line '^COMMAND draw 0\.[45].* 0\.[45]'
done
xdotool mouseup 1
wait_line '^CLICK '
reads 1

# the teacher's notes: a second window, whose keys are the app's, too
xdotool key F8
wait_line '^COMMAND app notes$'
wait_line '^DRAWN '
notes=$(xdotool search --sync --name 'Glassnet: notes')
xdotool windowfocus "$notes"
xdotool key F8
wait_line '^COMMAND app notes$'
wait_line '^DRAWN '
window=$(xdotool search --sync --name '^Glassnet$')
xdotool windowfocus "$window"
# closed by its own button it is gone, and F8 brings it again
xdotool key F8
wait_line '^COMMAND app notes$'
notes=$(xdotool search --sync --name 'Glassnet: notes')
"$peer" close "$notes"
wait_line '^NOTES CLOSED$'
xdotool search --name 'Glassnet: notes' >/dev/null && fail "the notes' window stayed open"
xdotool windowfocus "$window"
xdotool key F8
wait_line '^COMMAND app notes$'
xdotool search --sync --name 'Glassnet: notes' >/dev/null
xdotool windowfocus "$window"
xdotool key F8
wait_line '^NOTES CLOSED$'
xdotool windowfocus "$window"

# larger and smaller: all that is at the right and at the foot goes along
where 'WIDGET transport.step'
foot=$y
xdotool windowsize "$window" 1000 620
wait_line '^SIZE 1000 620$'
wait_line '^DRAWN '
where 'WIDGET transport.step'
[ "$y" -lt 620 ] && [ "$y" -lt "$foot" ] || fail "the transport is at $y in a window 620 high"
xdotool windowsize "$window" 1280 720
wait_line '^SIZE 1280 720$'
wait_line '^DRAWN '

# a file from a file manager
"$peer" drop "$window" 400 400 "$PWD/data/networks/digits8.net" || fail "the drop was not taken"
wait_line '^COMMAND open .*digits8\.net$'
wait_line '^DRAWN '

# pictures of one's own: dropped on the home screen, looked at, made into a network, tested, tried
for theme in paper board; do
    mkdir -p "$folder/pictures/$theme"
    for i in 1 2 3 4 5 6 7 8; do
        echo "sample $((7 * i))" >"$folder/script"
        "$program" render data/networks/digits8.net --size 320x180 --theme $theme \
            --script "$folder/script" -o "$folder/pictures/$theme/$i.png" ||
            fail "no picture was drawn"
    done
done
xdotool key Escape
wait_line '^COMMAND app leave$'
"$peer" drop "$window" 400 400 "$folder/pictures" || fail "the drop was not taken"
wait_line '^COMMAND show data$'
tries=0
until where 'WIDGET data.step.2' && tail -n 200 "$log" | grep -q '^WIDGET data\.size\.32 '; do
    tries=$((tries + 1))
    [ $tries -gt 100 ] && fail "the pictures were not looked through"
    sleep 0.1
done
where 'WIDGET data.next'
click $x $y
wait_line '^COMMAND make$'
tries=0
until where 'WIDGET data.next' && tail -n 200 "$log" | grep -q '^TESTED '; do
    tries=$((tries + 1))
    [ $tries -gt 600 ] && fail "the network of the pictures was not tested"
    sleep 0.2
done
grep -q '^TESTED 4 of 4$' "$log" || fail "it does not tell dark from light: $(grep TESTED "$log")"
click $x $y
"$peer" drop "$window" 400 400 "$folder/pictures/board/3.png" || fail "the drop was not taken"
wait_line '^COMMAND open .*3\.png$'
wait_line '^DRAWN '
reads board

# the first Escape puts the message away
xdotool key Escape
wait_line '^KEY Escape$'
wait_line '^DRAWN '
xdotool key Escape
wait_line '^COMMAND app leave$'
where 'WIDGET play.2'
click $x $y
wait_line '^COMMAND open .*plane\.net$'
wait_line '^COMMAND show plane$'
wait_line '^DRAWN '

# the plane: a click trains, the picture moves, and soon the held-out points are told apart
where 'WIDGET plane.train'
click $x $y
wait_line '^COMMAND train [0-9]+ at [0-9]+$'
tries=0
while :; do
    from=$mark
    xdotool key F12
    wait_line '^LISTED$'
    tail -n +$((from + 1)) "$log" |
        grep -qE '^WIDGET plane\.share\.test .* (9[5-9]|100)[^0-9.]' && break
    tries=$((tries + 1))
    [ $tries -gt 600 ] && fail "the moons were not learnt: $(grep 'plane.share.test' "$log" | tail -1)"
    sleep 0.1
done
where 'WIDGET plane.train'
click $x $y
wait_line '^COMMAND pause$'

# a point set by hand
where 'WIDGET plane.tool.add.1'
click $x $y
where 'WIDGET plane.map'
click $((left + 20)) $((top + 20))
wait_line '^COMMAND points add -?[0-9.]+ -?[0-9.]+ 1$'

end
echo "test_window: the window does what it is told"
