# Sourced, not run: the parts of the system that ./infra/up starts besides the servers.

running() {
    process_pid "$home/$1.pid" >/dev/null
}

running_services() {
    local name
    for name in "${processes[@]}"; do
        ! running "$name" || echo "$name"
    done
}

# sources: changes whenever anything changes that the services are built from.
sources() {
    (cd "$repository" && find services shared Directory.* BannedSymbols.txt .editorconfig global.json infra/services.slnf \
        \( -name bin -o -name obj \) -prune -o -type f -printf '%T@ %p\n' | sort | sha256sum)
}

build_stamp=$repository/artifacts/services-built

built() {
    [[ -s $build_stamp && $(sources) == "$(<"$build_stamp")" ]]
}

# Even an up-to-date build takes 10 s to find out that it is.
build() {
    mkdir -p "$repository/artifacts"
    exec 8>"$repository/artifacts/build.lock"
    flock 8
    if built; then return; fi
    local built_from
    built_from=$(sources)
    MSBUILDDISABLENODEREUSE=1 dotnet build "$repository/infra/services.slnf" -c Release --nologo -v q
    echo "$built_from" >"$build_stamp"
}

# service_setting NAME: Npgsql's string with the service's own role in place of the administrator's.
service_postgres() {
    local user=${role[$1]} rest
    rest=$(sed -E 's/(^|;) *(Username|User Id|User|Password) *=[^;]*//Ig; s/^;//' <<<"$MICROBLOG_POSTGRES")
    echo "$rest;Username=$user;Password=$(secret "$user")"
}

# export_settings NAME: the environment of one service.
export_settings() {
    export ASPNETCORE_URLS=http://127.0.0.1:${port[$1]} ASPNETCORE_ENVIRONMENT=Production
    export DOTNET_NOLOGO=1
    export ConnectionStrings__Redis=$MICROBLOG_REDIS ConnectionStrings__RabbitMq=$MICROBLOG_RABBITMQ
    export Microblog__Origin=$origin Microblog__KeyRing=$home/keys
    # Command-line clients, curl among them, log in with a name and a password.
    [[ ${1%-2} != accounts ]] || export Accounts__PasswordGrant=${Accounts__PasswordGrant:-true}
    [[ -z ${role[$1]:-} ]] || export ConnectionStrings__Postgres=$(service_postgres "$1")
    # The administrator's own passwords are none of a service's business.
    unset MICROBLOG_POSTGRES MICROBLOG_REDIS MICROBLOG_RABBITMQ
    export_rate_limits
}

# One person tries everything from one address here; what was set from outside stays.
export_rate_limits() {
    local tier bucket setting
    for tier in Anonymous Person Outlet; do
        for bucket in AppRegistration SignUp Login LoginPerName Posts Deletes Follows; do
            setting=RateLimits__${tier}__${bucket}__Permits
            [[ -v $setting ]] || export "$setting=100000"
        done
    done
}

# service_folder NAME: also where it must be started, because appsettings.json is read from the current folder.
service_folder() {
    echo "$home/services/${1%-2}"
}

deployed() {
    [[ -s $home/services/stamp && $(<"$home/services/stamp") == "$(<"$build_stamp")" ]]
}

# A copy per instance: a later build, for tests or for another instance, would pull the files from under what runs.
# What runs older code is stopped here, and started again with the rest.
deploy() {
    local stamp stale name
    stamp=$(<"$build_stamp")
    if deployed; then return; fi
    mapfile -t stale < <(running_services)
    stop_parts ${stale[@]+"${stale[@]}"}
    rm -rf "$home/services"
    mkdir "$home/services"
    for name in "${services[@]}" admin; do
        cp -r "$repository/artifacts/bin/Microblog.${assembly[$name]}/release" "$(service_folder "$name")"
    done
    echo "$stamp" >"$home/services/stamp"
}

# Given servers come from the environment; the settings of private ones were written when they started.
load_servers() {
    local given_postgres=${MICROBLOG_POSTGRES:-} given_redis=${MICROBLOG_REDIS:-} given_rabbitmq=${MICROBLOG_RABBITMQ:-}
    [[ ! -s $home/servers.env ]] || source "$home/servers.env"
    export MICROBLOG_POSTGRES=${given_postgres:-$MICROBLOG_POSTGRES}
    export MICROBLOG_REDIS=${given_redis:-$MICROBLOG_REDIS}
    export MICROBLOG_RABBITMQ=${given_rabbitmq:-$MICROBLOG_RABBITMQ}
}

create_roles() {
    MICROBLOG_ACCOUNTS_PASSWORD=$(secret microblog_accounts) \
        MICROBLOG_FOLLOW_GRAPH_PASSWORD=$(secret microblog_follow_graph) \
        MICROBLOG_TIMELINE_PASSWORD=$(secret microblog_timeline) \
        MICROBLOG_OPERATOR_PASSWORD=$(secret microblog_operator) \
        "$repository/infra/postgres/create-roles"
}

migrate_all() {
    mkdir -p "$home/keys" && chmod 700 "$home/keys"
    local name jobs=() failed=()
    for name in "${services[@]}"; do
        (
            export_settings "$name"
            cd "$(service_folder "$name")"
            exec timeout --foreground 120 dotnet "Microblog.${assembly[$name]}.dll" migrate
        ) >"$home/log/migrate-$name.log" 2>&1 &
        jobs+=("$!")
    done
    for name in "${!jobs[@]}"; do
        wait "${jobs[$name]}" || failed+=("${services[$name]}")
    done
    for name in ${failed[@]+"${failed[@]}"}; do
        echo "$name migrate failed:"
        tail -n 12 "$home/log/migrate-$name.log"
    done
    ((${#failed[@]} == 0))
}

start_service() {
    require_free_port "${port[$1]}" "$1"
    export_settings "$1"
    cd "$(service_folder "$1")"
    process_spawn "$home/$1.pid" "$home/log/$1.log" dotnet "Microblog.${assembly[$1]}.dll"
}

answers_ready() {
    curl -fs -o /dev/null --max-time 3 "http://127.0.0.1:${port[$1]}/health/ready"
}

wait_until_ready() {
    local deadline=$((SECONDS + 60)) name
    for name in "${processes[@]}"; do
        until answers_ready "$name"; do
            if ! running "$name"; then
                echo "$name ended. The last lines of $home/log/$name.log:"
            elif ((SECONDS > deadline)); then
                echo "$name is not ready after 60 s: $(curl -s --max-time 3 "http://127.0.0.1:${port[$name]}/health/ready")"
                echo "The last lines of $home/log/$name.log:"
            else
                sleep 0.1
                continue
            fi
            tail -n 12 "$home/log/$name.log"
            return 1
        done
    done
}

start_services() {
    local name
    for name in "${processes[@]}"; do
        running "$name" || (start_service "$name")
    done
    wait_until_ready
}

gateway_configuration() {
    local text name
    text=$(<"$(folder gateway)/nginx.conf.template")
    local -A value=(
        [GATEWAY]=$(folder gateway) [GATEWAY_DATA]=$(folder gateway)/data
        [GATEWAY_LOG]=$(folder gateway)/data/access.log
        [GATEWAY_LISTEN]=127.0.0.1:$origin_port
    )
    for name in accounts follow-graph ingest timeline streaming; do
        local variable=${name^^}
        value[${variable//-/_}]=127.0.0.1:${port[$name]}
        [[ -z ${port[$name-2]:-} ]] || value[${variable//-/_}]+=" max_conns=256; server 127.0.0.1:${port[$name-2]}"
    done
    for name in "${!value[@]}"; do text=${text//"\${$name}"/${value[$name]}}; done
    echo "$text"
}

# A copy, because nginx, which gives root's rights up, may not be able to read the working copy of root.
start_gateway() {
    own_folder gateway www-data
    mkdir -p "$home/gateway/data"
    local before after
    before=$(cd "$home/gateway" && find . -path ./data -prune -o -type f -print0 | sort -z | xargs -0 -r sha256sum)
    cp -r "$repository/infra/gateway/." "$home/gateway/"
    gateway_configuration >"$home/gateway/nginx.conf"
    ((EUID != 0)) || chown -R www-data: "$(folder gateway)"
    after=$(cd "$home/gateway" && find . -path ./data -prune -o -type f -print0 | sort -z | xargs -0 -r sha256sum)
    if running gateway; then
        [[ $before == "$after" ]] || kill -HUP "$(process_pid "$home/gateway.pid")"
    else
        require_free_port "$origin_port" "the gateway"
        as_prefix www-data
        cd /
        PATH=$PATH:/usr/sbin process_spawn "$home/gateway.pid" "$home/log/gateway.log" \
            "${prefix[@]}" nginx -p "$(folder gateway)/data" -c "$(folder gateway)/nginx.conf"
    fi
    local deadline=$((SECONDS + 15))
    until curl -fs -o /dev/null --max-time 2 "$origin/health"; do
        if ! running gateway || ((SECONDS > deadline)); then
            tail -n 12 "$home/log/gateway.log"
            return 1
        fi
        sleep 0.05
    done
}

# Logs are appended to; past this size one older part is kept and the rest forgotten.
start_log_keeper() {
    running log-keeper || process_spawn "$home/log-keeper.pid" /dev/null bash -c '
        while sleep 20; do
            for log in "$1"/log/*.log "$1"/gateway/data/*.log; do
                (($(stat -c %s "$log" 2>/dev/null || echo 0) < 16 * 1024 * 1024)) || { cp "$log" "$log.1" && : >"$log"; }
            done
        done' log-keeper "$home"
}

stop_parts() {
    local name
    for name in "$@"; do
        process_stop "$home/$name.pid" TERM 35 &
    done
    wait
}
