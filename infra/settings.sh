# Sourced, not run: where one instance lives, its ports, its parts. Two instances differ in MICROBLOG_HOME and
# MICROBLOG_ORIGIN_PORT and in nothing else.

repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
home=$(realpath -m "${MICROBLOG_HOME:-$repository/.local}")
origin_port=${MICROBLOG_ORIGIN_PORT:-8080}
origin=http://127.0.0.1:$origin_port

services=(ingest fan-out timeline follow-graph accounts)
declare -A assembly=(
    [ingest]=Ingest [fan-out]=FanOut [timeline]=Timeline [follow-graph]=FollowGraph [accounts]=Accounts
    # No service, but built and copied with them.
    [admin]=Admin
)
declare -A port=(
    [gateway]=$origin_port
    [ingest]=$((origin_port + 1)) [fan-out]=$((origin_port + 2)) [timeline]=$((origin_port + 3))
    [follow-graph]=$((origin_port + 4)) [accounts]=$((origin_port + 5)) [streaming]=$((origin_port + 6))
    [servers]=$((origin_port + 10))
)
# Ingest and FanOut are not here: they have no role, and so no way to wait for Postgres.
declare -A role=(
    [accounts]=microblog_accounts [follow-graph]=microblog_follow_graph [timeline]=microblog_timeline
    [admin]=microblog_operator
)

# The processes: each service, and once more as NAME-2 what MICROBLOG_TWICE names, now or when the instance was started.
twice=${MICROBLOG_TWICE-$(cat "$home/twice" 2>/dev/null || true)}
processes=("${services[@]}")
for name in ${twice//,/ }; do
    [[ " ${services[*]} " == *" $name "* ]] || { echo "MICROBLOG_TWICE: $name is no service." >&2 && exit 2; }
    processes+=("$name-2")
    assembly[$name-2]=${assembly[$name]} port[$name-2]=$((port[$name] + 14))
    [[ -z ${role[$name]:-} ]] || role[$name-2]=${role[$name]}
done

die() {
    echo "$*" >&2
    exit 1
}

# Only for an instance in a folder that the servers' users cannot enter; see own_folder.
elsewhere=/var/tmp/microblog-$(sha256sum <<<"$home" | cut -c 1-16)

# claim_home: --wipe deletes the whole folder, so it must be ours from the start.
claim_home() {
    if [[ -d $home && ! -e $home/.microblog && -n $(ls -A "$home") ]]; then
        die "$home is not empty and was not made by Microblog. Set MICROBLOG_HOME to another folder."
    fi
    mkdir -p "$home/log" "$home/secrets"
    chmod 700 "$home/secrets"
    touch "$home/.microblog"
}

wipe_home() {
    ! mountpoint -q "$(folder postgres)" || umount "$(folder postgres)"
    [[ ! -e $home/.microblog ]] || rm -rf "$home" "$elsewhere"
}

# secret NAME: a random password, made once and kept where only its owner reads it.
secret() {
    local file=$home/secrets/$1
    [[ -s $file ]] || (umask 077 && od -An -N24 -tx1 /dev/urandom | tr -d ' \n' >"$file")
    cat "$file"
}

# as_prefix USER: root's processes give their rights up. Sets the array prefix, the words to put before a command.
as_prefix() {
    prefix=()
    ((EUID != 0)) || prefix=(setpriv "--reuid=$1" "--regid=$(id -g "$1")" --clear-groups)
}

# folder NAME: where HOME/NAME really is; a server is told this path, because it may not be able to pass through HOME.
folder() {
    realpath "$home/$1"
}

# own_folder NAME USER: HOME/NAME, belonging to USER, closed to others. Where USER cannot come that far, as in a working
# copy below /root, it becomes a link to a folder below /var/tmp.
own_folder() {
    mkdir -p "$home/$1"
    as_prefix "$2"
    if ! "${prefix[@]}" test -x "$home" && [[ ! -L $home/$1 ]]; then
        ((EUID == 0)) || die "$home cannot be entered by $2."
        mkdir -p -m 711 "$elsewhere"
        [[ -O $elsewhere ]] || die "$elsewhere belongs to somebody else. Set MICROBLOG_HOME to another folder."
        mv "$home/$1" "$elsewhere/$1"
        ln -s "$elsewhere/$1" "$home/$1"
    fi
    chmod 700 "$home/$1"
    ((EUID != 0)) || chown "$2:" "$home/$1"
}

require_free_port() {
    local owner
    owner=$(port_owner "$1") || return 0
    die "Port $1, wanted for $2, is in use by $owner." \
        "Stop that process, or choose other ports with MICROBLOG_ORIGIN_PORT."
}
