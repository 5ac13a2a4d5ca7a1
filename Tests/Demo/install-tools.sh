#!/usr/bin/env bash
# Installs the missing tools and libraries for building and testing, or names them if that is not possible.
#
#   install-tools.sh           for everything but tests and benchmarks
#   install-tools.sh test      and for tests
#   install-tools.sh bench     and for benchmarks
set -euo pipefail
PATH="$PATH:/usr/sbin:/sbin"

if ! command -v swift >/dev/null; then
    cat >&2 <<'END'
error: no Swift toolchain on the PATH. Steward needs Swift 6.2 or newer.
       Install one from https://www.swift.org/install/linux/ (for Debian 12: swiftly, or the tarball), then run
       this again. If it is installed already, put its usr/bin folder on the PATH.
END
    exit 1
fi
version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1)
if [ "$(printf '%s\n' 6.2 "${version:-0}" | sort -V | head -n 1)" != 6.2 ]; then
    echo "error: Swift ${version:-of an unknown version} is too old: Steward needs 6.2 or newer." >&2
    echo "       https://www.swift.org/install/linux/" >&2
    exit 1
fi

# Checks the files themselves, which also finds those that were not installed by apt-get.
missing=()
have_header() {
    [ -e "/usr/include/$1" ] || [ -e "/usr/local/include/$1" ] || compgen -G "/usr/include/*/$1" >/dev/null
}
command -v nginx >/dev/null || missing+=(nginx)
command -v curl >/dev/null || missing+=(curl)
command -v openssl >/dev/null || missing+=(openssl)
have_header sqlite3.h || missing+=(libsqlite3-dev)
have_header libpq-fe.h || missing+=(libpq-dev)
have_header openssl/evp.h || missing+=(libssl-dev)
have_header zlib.h || missing+=(zlib1g-dev)
[ -e /usr/share/zoneinfo/Europe/Berlin ] || missing+=(tzdata)
[ -e /etc/ssl/certs/ca-certificates.crt ] || missing+=(ca-certificates)
if [ "${1:-}" = test ]; then
    # Only its programs are used: the tests start a server of their own.
    compgen -G "/usr/lib/postgresql/*/bin/initdb" >/dev/null || command -v initdb >/dev/null || missing+=(postgresql)
    command -v psql >/dev/null || missing+=(postgresql-client)
fi
if [ "${1:-}" = bench ]; then
    command -v wrk >/dev/null || missing+=(wrk)
    command -v gcc >/dev/null || missing+=(gcc libc6-dev)
    have_header fcgiapp.h || missing+=(libfcgi-dev)
fi
[ ${#missing[@]} -gt 0 ] || exit 0

give_up() {
    {
        echo "error: missing on this machine: ${missing[*]}"
        echo "       $1"
        echo "       Install them, on Debian as root with: apt-get install ${missing[*]}"
    } >&2
    exit 1
}

command -v apt-get >/dev/null || give_up "There is no apt-get here to install them with."
as_root=()
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || give_up "Installing them takes root, and there is no sudo."
    # Without a terminal sudo could not ask for a password.
    [ -t 0 ] || sudo -n true 2>/dev/null || give_up "Installing them takes root, and sudo asks for a password."
    as_root=(sudo)
fi

echo "Installing ${missing[*]} ..." >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { "${as_root[@]}" apt-get update &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install --yes --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    give_up "apt-get failed, see above."
fi
