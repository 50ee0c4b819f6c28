#!/bin/sh
# What the system must have. `python` names a fitting Python; `demo` and `test` install what is missing with apt,
# or say in one sentence what to install where that is not allowed.
set -eu

fitting() {
    for name in python3.13 python3.12 python3.11 python3; do
        if command -v "$name" >/dev/null 2>&1 &&
            "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
    echo python3
}

lacking() {
    python=$(fitting)
    "$python" -c 'import ensurepip, venv' 2>/dev/null || echo python3-venv
    [ "$1" = test ] || return 0
    command -v pdftotext >/dev/null 2>&1 || echo poppler-utils
    command -v strace >/dev/null 2>&1 || echo strace
    command -v unzip >/dev/null 2>&1 || echo unzip
    command -v openssl >/dev/null 2>&1 || echo openssl
    command -v git >/dev/null 2>&1 || echo git
    command -v soffice >/dev/null 2>&1 || echo libreoffice-calc-nogui
    for pair in libEGL.so.1=libegl1 libGL.so.1=libgl1 libxkbcommon.so.0=libxkbcommon0 libdbus-1.so.3=libdbus-1-3 \
        libfontconfig.so.1=libfontconfig1 libglib-2.0.so.0=libglib2.0-0; do
        "$python" -c "import ctypes; ctypes.CDLL('${pair%=*}')" 2>/dev/null || echo "${pair#*=}"
    done
}

install() {
    wanted=$(lacking "$1" | tr '\n' ' ')
    [ -n "$wanted" ] || return 0
    if [ "$(id -u)" = 0 ]; then
        as=""
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        as="sudo"
    else
        echo "缺少系统软件包；请运行：sudo apt-get install $wanted" >&2
        exit 1
    fi
    if ! command -v apt-get >/dev/null 2>&1; then
        echo "缺少系统软件包，这台机器又没有 apt；请安装：$wanted" >&2
        exit 1
    fi
    $as apt-get update -qq
    # shellcheck disable=SC2086 — one word a package
    DEBIAN_FRONTEND=noninteractive $as apt-get install -y -qq --no-install-recommends $wanted >/dev/null
}

case "${1:-}" in
    python) fitting ;;
    demo | test) install "$1" ;;
    *) echo "用法：system.sh python|demo|test" >&2; exit 2 ;;
esac
