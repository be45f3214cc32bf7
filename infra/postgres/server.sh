# Sourced by infra/servers: a private Postgres cluster.

# postgres_program NAME: the newest installed version's; Debian keeps them out of the search path.
postgres_program() {
    local found
    found=$(ls -d /usr/lib/postgresql/*/bin/"$1" 2>/dev/null | sort -V | tail -n 1)
    [[ -n $found ]] || found=$(command -v "$1") || die "Postgres' $1 is not installed: apt-get install postgresql"
    echo "$found"
}

postgres_answers() {
    "$(postgres_program pg_isready)" -q -h 127.0.0.1 -p "$postgres_port"
}

# Terse, because the details of a violated constraint are people's names and addresses.
postgres_configuration() {
    cat <<TEXT
listen_addresses = '127.0.0.1'
port = $postgres_port
unix_socket_directories = ''
max_connections = 200
shared_buffers = 256MB
synchronous_commit = on
log_checkpoints = off
log_error_verbosity = terse
TEXT
    # Or the log alone would fill it.
    ! small_disk || printf '%s\n' 'max_wal_size = 96MB' 'min_wal_size = 32MB'
    [[ -z ${MICROBLOG_SERVERS_FAST:-} ]] || printf '%s = off\n' fsync synchronous_commit full_page_writes
}

# small_disk: whether Postgres has a file system of its own, which infra/fault may fill.
small_disk() {
    mountpoint -q "$(folder postgres)"
}

# With MICROBLOG_SMALL_DISK, and where this process may mount; else Postgres shares its disk with everybody.
mount_small_disk() {
    [[ -n ${MICROBLOG_SMALL_DISK:-} ]] && ((EUID == 0)) && ! small_disk || return 0
    mount -t tmpfs -o "size=$MICROBLOG_SMALL_DISK,mode=700" tmpfs "$(folder postgres)" ||
        echo "Nobody may mount here: Postgres' disk cannot be filled." >&2
    chown postgres: "$(folder postgres)"
}

# as_postgres_admin: runs the SQL on standard input, also while a fault keeps others from writing.
as_postgres_admin() {
    PGOPTIONS='-c default_transaction_read_only=off' PGPASSWORD=$(secret postgres) "$(postgres_program psql)" -qXAt \
        -h 127.0.0.1 -p "$postgres_port" -U microblog_admin -d postgres -v ON_ERROR_STOP=1
}

start_postgres() {
    if ! running postgres; then
        require_free_port "$postgres_port" Postgres
        own_folder postgres postgres
        mount_small_disk
        local data password
        data=$(folder postgres)/data password=$(folder postgres)/password
        if [[ ! -s $data/PG_VERSION ]]; then
            rm -rf "$data"
            (umask 077 && secret postgres >"$password")
            ((EUID != 0)) || chown postgres: "$password"
            # C.UTF-8 knows letters beyond ASCII, which lower() and searching names need, and is the same everywhere.
            as_prefix postgres
            "${prefix[@]}" "$(postgres_program initdb)" -D "$data" -U microblog_admin -E UTF8 --locale=C.UTF-8 --no-sync \
                -A scram-sha-256 --pwfile="$password" >>"$home/log/postgres.log" 2>&1 ||
                die "initdb failed; see $home/log/postgres.log"
            rm "$password"
            echo "include_if_exists = 'microblog.conf'" >>"$data/postgresql.conf"
        fi
        postgres_configuration >"$data/microblog.conf"
        ((EUID != 0)) || chown postgres: "$data/microblog.conf"
        as_prefix postgres
        process_spawn "$home/postgres.pid" "$home/log/postgres.log" \
            "${prefix[@]}" "$(postgres_program postgres)" -D "$data"
    fi
    wait_for postgres 60 postgres_answers
    as_postgres_admin <<'SQL'
-- The services' roles have no business in any database but the one create-roles lets them into.
REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC;
SELECT 'CREATE DATABASE microblog' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'microblog') \gexec
SQL
}
