# Shared by the scripts beside it: where the checkout is, and how to get what the machine lacks. Sourced, not run.
set -euo pipefail

repo=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# A bare machine has no ICU, and nobody here needs the SDK's own cultures, greetings or reports.
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en
export DOTNET_GENERATE_ASPNET_CERTIFICATE=false
# The first command of a user who may not write into the SDK's folder would warn of workloads, and there are none here.
export DOTNET_SKIP_WORKLOAD_INTEGRITY_CHECK=1
# No build server outlives a script: it would hold memory, and the pipe of whoever called us.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 UseSharedCompilation=false

say() { printf '%s\n' "$*"; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

# The comment at the top of a script is its help.
print_help() { sed -n '2,/^[^#]/{/^#/s/^# \{0,1\}//p;}' "$1"; }

# Runs a command as root: as ourselves, or through sudo (which may ask only where somebody can answer).
as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif [ -t 0 ]; then sudo "$@"
    else sudo -n "$@"
    fi
}

can_install() {
    command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || command -v sudo >/dev/null; }
}

# apt_install PACKAGE: with the package lists refreshed, because a bare machine has none.
apt_install() {
    say "Installing $1 ..."
    local log; log=$(mktemp)
    if { as_root apt-get update -qq || true; } >"$log" 2>&1 \
        && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1" >>"$log" 2>&1 </dev/null; then
        rm -f "$log"
    else
        tail -n 5 "$log" >&2; rm -f "$log"; return 1
    fi
}

find_dotnet() {
    local candidate
    for candidate in "$(command -v dotnet || true)" "${DOTNET_ROOT:-}/dotnet" "$HOME/.dotnet/dotnet" \
        /usr/share/dotnet/dotnet /usr/lib/dotnet/dotnet /usr/local/share/dotnet/dotnet; do
        [ -x "$candidate" ] || continue
        case $'\n'"$("$candidate" --list-sdks)" in
            *$'\n10.'*)
                DOTNET_ROOT=$(dirname "$(readlink -f "$candidate")")
                export DOTNET_ROOT PATH="$DOTNET_ROOT:$PATH"
                return 0 ;;
        esac
    done
    return 1
}

need_dotnet() {
    find_dotnet && return
    # Ubuntu has the package; Debian has it where Microsoft's package feed is set up.
    if can_install && apt_install dotnet-sdk-10.0 && find_dotnet; then return; fi
    fail "CrisisOps needs the .NET 10 SDK and found none (looked on PATH, in ~/.dotnet, /usr/share/dotnet and /usr/lib/dotnet).
Install it, then try again: the package dotnet-sdk-10.0 (Ubuntu has it, Debian gets it from Microsoft's package feed),
or, without root, Microsoft's script into ~/.dotnet: dotnet-install.sh --channel 10.0"
}

find_postgres() {
    local folder IFS=:
    for folder in $PATH /usr/lib/postgresql/*/bin /opt/homebrew/opt/postgresql*/bin /usr/local/opt/postgresql*/bin; do
        if [ -x "$folder/postgres" ] && [ -x "$folder/initdb" ]; then return 0; fi
    done
    return 1
}

need_postgres() {
    find_postgres && return
    if can_install && without_main_cluster && apt_install postgresql && find_postgres; then return; fi
    local command="the server package of your package manager (macOS: brew install postgresql@17)"
    if command -v apt-get >/dev/null; then
        command="su -c '$repo/ops/install'"
        if command -v sudo >/dev/null; then command="sudo '$repo/ops/install'"; fi
    fi
    fail "CrisisOps needs PostgreSQL 13 or newer and found none. Install it, then try again:  $command"
}

# The system's own Python has the system's packages; another one may come first on PATH.
find_mail_server() { /usr/bin/python3 -c 'import aiosmtpd' 2>/dev/null || python3 -c 'import aiosmtpd' 2>/dev/null; }

# Only the tests want one: mail is sent to a real server there.
need_mail_server() {
    find_mail_server && return
    if can_install && apt_install python3-aiosmtpd && find_mail_server; then return; fi
    fail "The tests need a mail server that does what it is told, aiosmtpd for Python 3, and found none. Install it, then try again:
the package python3-aiosmtpd (Debian, Ubuntu), or pip install aiosmtpd where python3 is yours."
}

find_alertmanager() { command -v prometheus-alertmanager >/dev/null; }

# Only the tests want one: an Alertmanager that notifies us. Where the package system has none, the tests with it are skipped, and counted so.
need_alertmanager() {
    find_alertmanager && return
    if can_install && install_idle prometheus-alertmanager prometheus-alertmanager && find_alertmanager; then return; fi
    say "There is no prometheus-alertmanager to be had: the tests with a real one are skipped."
    export CRISISOPS_WITHOUT_ALERTMANAGER=1
}

# install_idle PACKAGE SERVICE: of a package that would start a service of its own; it is not started, now or at the next boot.
install_idle() {
    local policy=/usr/sbin/policy-rc.d ours='' code=0
    as_root mkdir -p /etc/systemd/system && as_root ln -sf /dev/null "/etc/systemd/system/$2.service"
    if [ ! -e "$policy" ]; then
        ours=1
        printf '%s\n' '#!/bin/sh' 'exit 101' | as_root tee "$policy" >/dev/null && as_root chmod +x "$policy"
    fi
    apt_install "$1" || code=1
    [ -z "$ours" ] || as_root rm -f "$policy"
    return "$code"
}

find_imap_server() { [ -x /usr/sbin/dovecot ] && [ -x /usr/lib/dovecot/imap ]; }

# Only the tests want one: mail is fetched from a real server there.
need_imap_server() {
    find_imap_server && return
    # A Dovecot that was there before is somebody's, and stays as it is.
    if can_install && if [ -x /usr/sbin/dovecot ]; then apt_install dovecot-imapd; else install_idle dovecot-imapd dovecot; fi && find_imap_server; then return; fi
    fail "The tests need an IMAP server of their own, Dovecot, and found none. Install it, then try again: the package dovecot-imapd (Debian, Ubuntu).
Its service need not run: the tests start one with a configuration of their own."
}

# Debian's package starts a cluster of its own as soon as it is installed. CrisisOps makes its own, so there is no need.
without_main_cluster() {
    as_root mkdir -p /etc/postgresql-common/createcluster.d
    printf '%s\n' '# Written by CrisisOps, which only needs the programs. Delete this file to get main clusters again.' \
        'create_main_cluster = false' | as_root tee /etc/postgresql-common/createcluster.d/crisisops.conf >/dev/null
}

# Builds and prints nothing but errors and warnings ("dotnet build" adds a summary that cannot be switched off).
compile() { dotnet msbuild -nologo -verbosity:quiet -tl:off "$@"; }

# generate_handlers FOLDER: writes the handlers that Wolverine otherwise compiles while the server runs. FOLDER holds a server that was
# built without them; the next build takes them in with -p:Pregenerated=true.
generate_handlers() {
    local server=$repo/src/CrisisOps.Server
    rm -rf "$server/Internal/Generated"
    (cd "$server" && ASPNETCORE_ENVIRONMENT=Development dotnet "$1/CrisisOps.Server.dll" codegen write >obj/codegen.log 2>&1) \
        || { cat "$server/obj/codegen.log" >&2; fail "The handlers could not be generated."; }
    [ -d "$server/Internal/Generated/WolverineHandlers" ] || fail "The handlers were generated somewhere else: see $server/obj/codegen.log."
}
