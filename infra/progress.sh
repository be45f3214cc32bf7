# Sourced, not run: one line per step, with a tick and seconds; a failed step says why and what to do.

seconds_since() {
    local milliseconds=$(((${EPOCHREALTIME/[.,]/} - ${1/[.,]/}) / 1000))
    echo "$((milliseconds / 1000)).$((milliseconds / 100 % 10)) s"
}

declare -A step_job step_started step_label

# begin NAME LABEL COMMAND…: runs COMMAND beside us, with its output in log/up-NAME.log.
begin() {
    local name=$1 log=$home/log/up-$1.log
    step_label[$name]=$2 step_started[$name]=$EPOCHREALTIME
    shift 2
    # A process group of its own, so that an interrupt can end the step with all it has started.
    set -m
    (
        set +m -e
        exec 9>&-  # the lock ends with the script, whatever a step leaves behind
        trap 'echo "$EPOCHREALTIME" >"$log.end"' EXIT
        "$@"
    ) >"$log" 2>&1 &
    step_job[$name]=$!
    set +m
}

# finish NAME ADVICE: waits for the step; when it failed, shows what it printed and ends the script.
finish() {
    local name=$1 advice=$2 log=$home/log/up-$1.log status=0
    [[ ! -t 1 ]] || printf '… %s\r' "${step_label[$name]}"
    wait "${step_job[$name]}" || status=$?
    unset "step_job[$name]"
    local ended=$EPOCHREALTIME
    ended=$(<"$log.end") 2>/dev/null || true
    rm -f "$log.end"
    local milliseconds=$(((${ended/[.,]/} - ${step_started[$name]/[.,]/}) / 1000)) sign=✓
    ((status == 0)) || sign=✗
    printf '%s %-60s %5d.%d s\n' "$sign" "${step_label[$name]}" $((milliseconds / 1000)) $((milliseconds / 100 % 10))
    ((status != 0)) || return 0
    tail -n 25 "$log" | sed 's/^/    /'
    echo "  What to do: $advice"
    return 1
}

# step NAME LABEL ADVICE COMMAND…
step() {
    begin "$1" "$2" "${@:4}"
    finish "$1" "$3"
}

cancel_steps() {
    local job
    for job in "${step_job[@]}"; do
        kill -TERM -- "-$job" 2>/dev/null || true
    done
}
