# Sourced, not run: what must be installed, and installing it where that is allowed.

# program or file:Debian package; Debian keeps some programs out of the search path of ordinary users.
needed=(
    initdb:postgresql psql:postgresql-client redis-server:redis-server redis-cli:redis-tools
    rabbitmqctl:rabbitmq-server nginx:nginx-light curl:curl ss:iproute2 pgrep:procps
)

program_installed() {
    [[ $1 == /* ]] && { [[ -e $1 ]]; return; }
    PATH=$PATH:/usr/sbin:/usr/lib/rabbitmq/bin command -v "$1" >/dev/null || compgen -G "/usr/lib/postgresql/*/bin/$1" >/dev/null
}

missing_packages() {
    local pair
    for pair in "${needed[@]}"; do
        program_installed "${pair%:*}" || echo "${pair#*:}"
    done
}

# as_root COMMAND…: only where no password would be asked for.
as_root() {
    if ((EUID == 0)); then "$@"; else sudo -n "$@"; fi
}

# The packages start servers of their own on the well-known ports. This policy, the one Debian defines for that,
# forbids it while we install; and what we installed does not start with the machine either.
install_packages() {
    local policy=/usr/sbin/policy-rc.d ours=
    if [[ ! -e $policy ]]; then
        ours=1
        printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
        as_root chmod 755 "$policy"
    fi
    local failed=0
    {
        as_root apt-get update -q &&
            as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@"
    } || failed=1
    [[ -z $ours ]] || as_root rm -f "$policy"
    if [[ -d /run/systemd/system ]]; then
        local package
        for package in "$@"; do
            case $package in
                postgresql | redis-server | rabbitmq-server) as_root systemctl disable --now "$package" || failed=1 ;;
                nginx-light) as_root systemctl disable --now nginx || failed=1 ;;
            esac
        done
    fi
    return $failed
}

require_packages() {
    local missing
    mapfile -t missing < <(missing_packages)
    if ((${#missing[@]})); then
        if command -v apt-get >/dev/null && { ((EUID == 0)) || sudo -n true 2>/dev/null; }; then
            install_packages "${missing[@]}" || die "Installing failed: ${missing[*]}"
        else
            die "Not installed, and this user may not install: ${missing[*]}" $'\n' \
                "On Debian or Ubuntu: sudo apt-get install --no-install-recommends ${missing[*]}" $'\n' \
                "Elsewhere: PostgreSQL 14 or newer with contrib, Redis 7, RabbitMQ 3.10 or newer, nginx 1.18 or" \
                "newer, curl and iproute2; or name servers that run already in MICROBLOG_POSTGRES," \
                "MICROBLOG_REDIS and MICROBLOG_RABBITMQ."
        fi
    fi
    require_sdk
}

require_sdk() {
    if ! command -v dotnet >/dev/null || ! (cd "$repository" && dotnet --version) >/dev/null 2>&1; then
        die "The .NET SDK 10 is not installed (or not in PATH): https://dotnet.microsoft.com/download/dotnet/10.0," \
            "on Ubuntu 24.04 or newer also: sudo apt-get install dotnet-sdk-10.0"
    fi
}
