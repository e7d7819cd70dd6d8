#!/bin/sh
# deps.sh run [test] [parity]: names what building (testing, comparing with PyTorch) needs and this
# machine lacks, and installs it on Debian and Ubuntu. Says nothing when all is there.
# GLASSNET_NO_INSTALL=1 only says.

missing=""
why=""

# lacks PACKAGE WHAT: PACKAGE brings WHAT, which is missing.
lacks() {
    case " $missing " in
    *" $1 "*) ;;
    *) missing="$missing $1" ;;
    esac
    why="$why
  $2 (Debian package $1)"
}

has() { command -v "$1" >/dev/null 2>&1; }

# need_library PKG_CONFIG_NAME PACKAGE
need_library() { pkg-config --exists "$1" 2>/dev/null || lacks "$2" "library $1"; }

need_run() {
    if ! has cc && ! has gcc && ! has clang; then
        lacks gcc "a C compiler"
        lacks libc6-dev "headers of the C library"
    fi
    has make || lacks make "make"
    has pkg-config || lacks pkg-config "program pkg-config"
    has msgfmt || lacks gettext "program msgfmt"
    # All at once first: that is the usual case, and quick.
    if ! pkg-config --exists sdl2 SDL2_ttf cairo-pdf libcjson md4c libzip zlib 2>/dev/null; then
        need_library sdl2 libsdl2-dev
        need_library SDL2_ttf libsdl2-ttf-dev
        need_library cairo-pdf libcairo2-dev
        need_library libcjson libcjson-dev
        need_library md4c libmd4c-dev
        need_library libzip libzip-dev
        need_library zlib zlib1g-dev
    fi
    for folder in /usr/include /usr/local/include; do
        [ -f $folder/stb/stb_image.h ] && return
    done
    lacks libstb-dev "header stb/stb_image.h"
}

# Debian's own numpy is looked for by its folder: starting Python takes longer than all the rest.
has_numpy() {
    [ -x /usr/bin/python3 ] && [ -d /usr/lib/python3/dist-packages/numpy ] && return
    python3 -c 'import numpy' >/dev/null 2>&1
}

need_test() {
    pkg-config --exists check 2>/dev/null || lacks check "library check"
    has xvfb-run || lacks xvfb "program xvfb-run"
    # xvfb-run needs it and does not always bring it.
    has xauth || lacks xauth "program xauth"
    has xdotool || lacks xdotool "program xdotool"
    pkg-config --exists x11 2>/dev/null || lacks libx11-dev "library x11"
    has import || lacks imagemagick "program import"
    has python3 || lacks python3 "program python3"
    has_numpy || lacks python3-numpy "numpy for python3"
    has clang-format || lacks clang-format "program clang-format"
}

need_parity() {
    has_numpy || lacks python3-numpy "numpy for python3"
    [ -d /usr/lib/python3/dist-packages/torch ] || python3 -c 'import torch' >/dev/null 2>&1 ||
        lacks python3-torch "PyTorch for python3"
}

install_missing() {
    as_root=""
    if [ "$(id -u)" != 0 ]; then
        if ! has sudo; then
            echo "glassnet: installing needs root, and there is no sudo. As root: apt-get install$missing" >&2
            return 1
        fi
        as_root="sudo"
    fi
    get="env DEBIAN_FRONTEND=noninteractive apt-get -q -y"
    # shellcheck disable=SC2086 # words on purpose
    # Fresh machines have no package lists; old lists name packages that are gone.
    ls /var/lib/apt/lists/*Packages* >/dev/null 2>&1 || $as_root $get update || return 1
    # shellcheck disable=SC2086
    $as_root $get install --no-install-recommends $missing && return 0
    # shellcheck disable=SC2086
    $as_root $get update && $as_root $get install --no-install-recommends $missing
}

check_all() {
    missing=""
    why=""
    for kind in "$@"; do
        case $kind in
        run) need_run ;;
        test) need_test ;;
        parity) need_parity ;;
        *)
            echo "usage: deps.sh run [test] [parity]" >&2
            exit 2
            ;;
        esac
    done
    [ -z "$missing" ]
}

check_all "${@:-run}" && exit 0
echo "glassnet: this machine lacks$why" >&2
if [ "${GLASSNET_NO_INSTALL:-0}" = 1 ]; then
    echo "glassnet: nothing is installed (GLASSNET_NO_INSTALL=1). On Debian and Ubuntu: sudo apt-get install$missing" >&2
    exit 1
fi
if ! has apt-get; then
    echo "glassnet: this system has no apt-get; please install the above with its own package manager, then run make again" >&2
    exit 1
fi
echo "glassnet: installing$missing" >&2
if ! install_missing >&2; then
    echo "glassnet: the packages could not be installed (see above); by hand: sudo apt-get install$missing" >&2
    exit 1
fi
if ! check_all "${@:-run}"; then
    echo "glassnet: after installing, this is still missing:$why" >&2
    exit 1
fi
