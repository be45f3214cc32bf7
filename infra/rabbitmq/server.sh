# Sourced by infra/servers: a private RabbitMQ node with its own name server (epmd), cookie and data folder.

# Everything that the node and its command line must agree on, as words for env(1).
rabbitmq_environment() {
    # Half of the cores, which it shares with everything else: within the broker a message goes through many processes,
    # and on one scheduler none of them must be woken. It runs wherever there is room (decision 0015).
    local schedulers=$((($(nproc) + 1) / 2))
    # The system's configuration is for the system's node; and without the last two, Erlang listens on every address.
    environment=(
        "HOME=$(folder rabbitmq)"
        RABBITMQ_NODENAME=microblog@localhost
        RABBITMQ_NODE_IP_ADDRESS=127.0.0.1
        "RABBITMQ_NODE_PORT=$rabbitmq_port"
        "RABBITMQ_DIST_PORT=$distribution_port"
        "ERL_EPMD_PORT=$epmd_port"
        ERL_EPMD_ADDRESS=127.0.0.1
        RABBITMQ_CONF_ENV_FILE=/dev/null
        "RABBITMQ_CONFIG_FILE=$(folder rabbitmq)/rabbitmq"
        "RABBITMQ_ADVANCED_CONFIG_FILE=$(folder rabbitmq)/advanced.config"
        "RABBITMQ_ENABLED_PLUGINS_FILE=$(folder rabbitmq)/plugins"
        "RABBITMQ_MNESIA_BASE=$(folder rabbitmq)/data"
        "RABBITMQ_LOG_BASE=$(folder rabbitmq)/log"
        RABBITMQ_SCHEDULER_BIND_TYPE=u
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS=-kernel inet_dist_use_interface {127,0,0,1} +S $schedulers +SDcpu $schedulers"
        "RABBITMQ_CTL_ERL_ARGS=-kernel inet_dist_use_interface {127,0,0,1}"
    )
}

rabbitmq_configuration() {
    local memory_kib memory_max_mib
    memory_kib=$(awk '/^MemTotal:/ { print $2 }' /proc/meminfo)
    # Two fifths of a small machine, and never more than a single-machine world needs.
    memory_max_mib=$((memory_kib * 2 / 5 / 1024))
    ((memory_max_mib < 2048)) || memory_max_mib=2048
    cat <<TEXT
listeners.tcp.1 = 127.0.0.1:$rabbitmq_port
default_user = microblog
default_pass = $(secret rabbitmq)
vm_memory_high_watermark.absolute = ${memory_max_mib}MiB
disk_free_limit.absolute = 200MB
raft.wal_max_size_bytes = 64000000
log.file = false
log.console = true
log.console.use_colors = off
log.console.level = info
log.connection.level = warning
TEXT
}

# The listener opens last, when users and virtual hosts are there; a broker answers this header with "start".
rabbitmq_answers() {
    local frame_type
    exec 3<>"/dev/tcp/127.0.0.1/$rabbitmq_port" || return 1
    printf 'AMQP\x00\x00\x09\x01' >&3
    LC_ALL=C IFS= read -r -t 2 -N 1 -u 3 frame_type
    exec 3>&-
    [[ $frame_type == $'\x01' ]]
}

start_epmd() {
    # Ours alone, so that it ends with the node and binds where we say.
    process_pid "$home/epmd.pid" >/dev/null && return
    require_free_port "$epmd_port" "Erlang's port mapper"
    as_prefix rabbitmq
    process_spawn "$home/epmd.pid" "$home/log/epmd.log" "${prefix[@]}" epmd -port "$epmd_port" -address 127.0.0.1
    until (exec 3<>"/dev/tcp/127.0.0.1/$epmd_port") 2>/dev/null; do
        process_pid "$home/epmd.pid" >/dev/null || die "epmd did not start; see $home/log/epmd.log"
        sleep 0.02
    done
}

start_rabbitmq() {
    if ! running rabbitmq; then
        require_free_port "$rabbitmq_port" RabbitMQ
        require_free_port "$distribution_port" "RabbitMQ's distribution"
        own_folder rabbitmq rabbitmq
        (umask 077 && rabbitmq_configuration >"$(folder rabbitmq)/rabbitmq.conf")
        echo '[].' >"$(folder rabbitmq)/plugins"
        [[ -s $(folder rabbitmq)/.erlang.cookie ]] || (umask 277 && secret cookie >"$(folder rabbitmq)/.erlang.cookie")
        ((EUID != 0)) || chown -R rabbitmq: "$(folder rabbitmq)"
        start_epmd
        rabbitmq_environment
        as_prefix rabbitmq
        # The wrapper in /usr/sbin insists on the system's user and paths.
        process_spawn "$home/rabbitmq.pid" "$home/log/rabbitmq.log" \
            env "${environment[@]}" "${prefix[@]}" /usr/lib/rabbitmq/bin/rabbitmq-server
    fi
    wait_for rabbitmq 60 rabbitmq_answers
}

rabbitmqctl_here() {
    rabbitmq_environment
    as_prefix rabbitmq
    env "${environment[@]}" "${prefix[@]}" /usr/lib/rabbitmq/bin/rabbitmqctl --quiet "$@"
}

virtual_host() {
    ports_from "$(<"$home/ports")"
    case $1 in
        add)
            rabbitmqctl_here add_vhost "$2"
            rabbitmqctl_here set_permissions -p "$2" microblog '.*' '.*' '.*'
            ;;
        delete) rabbitmqctl_here delete_vhost "$2" ;;
        *) usage >&2 && exit 2 ;;
    esac
}
