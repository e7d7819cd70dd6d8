#!/bin/sh
# Lesson 1 in the real window, from its card on the home screen to the end of its check: once with the
# mouse alone (numbers by the keys on the page), once with the keyboard alone. Only F12, which makes
# the app list what is on its screen, is pressed in both.
# usage: test_lesson_window.sh [PROGRAM]; without one $GLASSNET, else build/glassnet
program=${1:-${GLASSNET:-build/glassnet}}
cd "$(dirname "$0")/../.." || exit 1
# see test_window.sh
ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0
export ASAN_OPTIONS
if [ -z "$GLASSNET_GUI_INSIDE" ]; then
    for tool in xvfb-run xdotool; do
        command -v $tool >/dev/null || { echo "test_lesson_window: needs $tool"; exit 1; }
    done
    GLASSNET_GUI_INSIDE=1
    export GLASSNET_GUI_INSIDE
    unset SDL_RENDER_DRIVER SDL_VIDEODRIVER WAYLAND_DISPLAY
    exec xvfb-run -a -s "-screen 0 1280x720x24" sh "$0" "$program"
fi
test=test_lesson_window
. tests/gui/window.sh

lesson=01-one-neuron

# Page and task: what is right there, and in which plate of the picture, how far into it.
answer_to() {
    case $1 in
    1.1) echo cell 'out[0]' 'out[0]' 1/2 ;;
    2.1) echo cell 'out.W[0,1]' 'out.W[0,0]' 3/4 ;;
    3.1) echo number 1.8 ;;
    4.1) echo number 0.7 ;;
    5.1) echo option 0 ;;
    6.1) echo number -1 ;;
    7.1) echo cell 'out.b[0]' 'out.b[0]' 1/2 ;;
    8.1) echo value 0.25 ;;
    9.1) echo number 0.85 ;;
    10.1) echo number 0.2 ;;
    10.2) echo option 0 ;;
    11.1) echo value 0.25 ;;
    11.2) echo option 0 ;;
    *) fail "there is a task $1 that this script does not know" ;;
    esac
}

# list: asks for the screen; the task to do now in $task ("3.0": none is left), the focus in $focus
list() {
    from=$mark
    xdotool key F12
    wait_line '^LISTED$'
    listed=$(tail -n +$((from + 1)) "$log")
    task=$(echo "$listed" | sed -n 's/^TASK //p' | tail -1)
    focus=$(echo "$listed" | sed -n 's/^FOCUS //p' | tail -1)
}

there_is() {
    echo "$listed" | grep -q "^WIDGET $1 "
}

press() {
    where "WIDGET $1"
    click $x $y
    wait_line '^DRAWN '
}

# number_by_mouse 0.85: by the keys on the page, which are shown once
number_by_mouse() {
    list
    there_is lesson.key.1 || press lesson.keys
    for sign in $(echo "$1" | sed 's/./& /g'); do
        [ "$sign" = - ] && sign=minus
        press "lesson.key.$sign"
    done
}

by_mouse() {
    case $1 in
    cell)
        where "PLATE $3"
        click $((left + width * ${4%/*} / ${4#*/})) $y
        wait_line "^SELECTED $(echo "$2" | sed 's/[].[]/\\&/g')\$"
        ;;
    number) number_by_mouse "$2" && press lesson.check ;;
    value) number_by_mouse "$2" && press lesson.set ;;
    option) press "lesson.option.$2" ;;
    next | card | quiz | home) press "$2" ;;
    esac
}

tab_to() {
    tabs=0
    list
    while [ "$focus" != "$1" ]; do
        tabs=$((tabs + 1))
        [ $tabs -gt 60 ] && fail "Tab does not reach $1"
        xdotool key Tab
        wait_line '^KEY Tab$'
        list
    done
}

enter() {
    xdotool key Return
    wait_line '^KEY Enter$'
    wait_line '^DRAWN '
}

by_keys() {
    case $1 in
    cell)
        xdotool key ctrl+g
        wait_line '^KEY Ctrl\+G$'
        wait_line '^DRAWN '
        xdotool key ctrl+a
        wait_line '^KEY Ctrl\+A$'
        xdotool type --delay 30 -- "$2"
        enter
        ;;
    number | value)
        [ "$1" = number ] && tab_to lesson.answer || tab_to lesson.value
        xdotool key ctrl+a
        wait_line '^KEY Ctrl\+A$'
        xdotool type --delay 30 -- "$2"
        enter
        ;;
    option) tab_to "lesson.option.$2" && enter ;;
    next | card | quiz | home) tab_to "$2" && enter ;;
    esac
}

# answer HOW: does the task there is, and it is done
answer() {
    list
    was=$task
    # shellcheck disable=SC2046
    $1 $(answer_to "$task")
    list
    [ "$task" != "$was" ] || fail "$1: task $was is not done"
}

# play HOW: the whole way, home to home
play() {
    XDG_DATA_HOME=$folder/data-$1
    export XDG_DATA_HOME
    begin
    $1 card lesson.$lesson
    page=0
    while :; do
        list
        there_is lesson.quiz && break
        case $task in
        *.0) $1 next lesson.next ;;
        *) answer "$1" ;;
        esac
        page=$((page + 1))
        [ $page -gt 40 ] && fail "$1: the lesson does not come to its end"
    done
    $1 quiz lesson.quiz
    asked=0
    list
    while ! there_is lesson.home; do
        answer "$1"
        asked=$((asked + 1))
        [ $asked -gt 5 ] && fail "$1: the check does not come to its end"
        $1 next lesson.next
        list
    done
    [ $asked -ge 3 ] || fail "$1: the check asked $asked questions"
    $1 home lesson.home
    list
    there_is "lesson.$lesson" || fail "$1: the way does not end at home"
    grep -rq "13 13 finished $lesson" "$XDG_DATA_HOME" ||
        fail "$1: not all tasks were done: $(grep -rh "$lesson" "$XDG_DATA_HOME")"
    end
}

play by_mouse
play by_keys
echo "test_lesson_window: lesson 1 is played with the mouse alone and with the keyboard alone"
