# To be sourced: what tests of the build folder $build run with; $log is a folder for what they write.
case $build in
*/san-*)
    export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=1:abort_on_error=0:exitcode=99}
    export LSAN_OPTIONS=${LSAN_OPTIONS:-suppressions=$PWD/tests/support/lsan.supp:print_suppressions=0}
    export UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1:halt_on_error=1}
    # Sanitizers slow the suites down, machines differ: Check's own limit is no finding.
    export CK_TIMEOUT_MULTIPLIER=${CK_TIMEOUT_MULTIPLIER:-20}
    export GLASSNET_SANITIZED=1
    ;;
esac
export CK_TIMEOUT_MULTIPLIER=${CK_TIMEOUT_MULTIPLIER:-5}
export CK_VERBOSITY=${CK_VERBOSITY:-normal}

# Tests never touch the user's own settings.
export XDG_CONFIG_HOME=$log/config XDG_DATA_HOME=$log/data
