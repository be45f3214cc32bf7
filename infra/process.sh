# Sourced, not run: starting and stopping a background process by a record of its id and start time.
# The start time tells our process from another one that later got the same id.

# process_started_at PID: clock ticks since boot, or nothing when there is no such process (or only its zombie).
process_started_at() {
    local stat
    { stat=$(<"/proc/$1/stat"); } 2>/dev/null || return 1
    # The second field is the program's name and may contain anything, also spaces and parentheses.
    stat=${stat##*) }
    [[ $stat != Z* ]] || return 1
    set -- $stat
    echo "${20}"
}

# process_spawn RECORD LOG COMMAND…: runs COMMAND in a session of its own, so that Ctrl-C in a terminal reaches us only.
process_spawn() {
    local record=$1 log=$2
    shift 2
    # Descriptors above 2 may be our locks: a child must not hold them.
    setsid "$@" </dev/null >>"$log" 2>&1 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&- &
    local pid=$!
    disown "$pid"
    echo "$pid $(process_started_at "$pid" || true)" >"$record"
}

# process_pid RECORD: the id of the recorded process if it is still that process.
process_pid() {
    local pid started_at
    { read -r pid started_at <"$1"; } 2>/dev/null || return 1
    [[ -n $started_at && $(process_started_at "$pid") == "$started_at" ]] || return 1
    echo "$pid"
}

# process_paused PID: whether it was stopped with a signal and does nothing until it is told to go on.
process_paused() {
    local stat
    { stat=$(<"/proc/$1/stat"); } 2>/dev/null || return 1
    [[ ${stat##*) } == T* ]]
}

# process_tree PID: the process and all its descendants, parents first.
process_tree() {
    local child
    echo "$1"
    for child in $(pgrep -P "$1"); do process_tree "$child"; done
}

# process_signal RECORD SIGNAL: to the recorded process and its descendants. Postgres' have groups of their own.
process_signal() {
    local pid
    pid=$(process_pid "$1") || return 1
    kill "-$2" $(process_tree "$pid") 2>/dev/null || true
}

# process_stop RECORD SIGNAL [SECONDS_MAX]: asks, waits, then insists; the whole process group when it insists.
process_stop() {
    local record=$1 signal=$2 seconds_max=${3:-20} pid
    if pid=$(process_pid "$record"); then
        kill "-$signal" "$pid" 2>/dev/null || true
        # Who was paused cannot end.
        process_signal "$record" CONT || true
        local deadline=$((SECONDS + seconds_max))
        while process_pid "$record" >/dev/null && ((SECONDS <= deadline)); do sleep 0.05; done
        kill -KILL -- "-$pid" 2>/dev/null || true
    fi
    rm -f "$record"
}

# process_uptime PID: whole seconds.
process_uptime() {
    local boot
    read -r boot _ </proc/uptime
    echo $((${boot%.*} - $(process_started_at "$1") / $(getconf CLK_TCK)))
}

# port_owner PORT: prints who listens on PORT of this machine; fails when nobody does.
port_owner() {
    local line
    if command -v ss >/dev/null; then
        line=$(ss -ltnpH "sport = :$1" 2>/dev/null | head -n 1)
        [[ -n $line ]] || return 1
        [[ $line =~ \"([^\"]+)\",pid=([0-9]+) ]] && echo "${BASH_REMATCH[1]} (process ${BASH_REMATCH[2]})" && return
        echo "a process of another user"
        return
    fi
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && echo "some process"
}
