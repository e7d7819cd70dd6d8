#!/bin/sh
# fetch.sh LIST FOLDER: unpacks the Debian packages named in LIST (first word of a line) into a
# folder each. Nothing is installed on the system; packages that are there already are kept.
# Needs apt-get and dpkg-deb (Debian, Ubuntu).
set -e
list=$(realpath "$1")
mkdir -p "$2"
cd "$2"
wanted=
for package in $(sed 's/ .*//' "$list"); do
    [ -d "$package" ] || wanted="$wanted $package"
done
[ -z "$wanted" ] && exit 0
# shellcheck disable=SC2086 # words of a list
apt-get download $wanted
for package in $wanted; do
    mkdir -p "$package.new"
    dpkg-deb -x "$package"_*.deb "$package.new"
    mv "$package.new" "$package"
    rm -f "$package"_*.deb
done
