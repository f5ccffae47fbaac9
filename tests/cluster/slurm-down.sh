#!/bin/sh
# Ends all that slurm-up.sh started in STATE, jobs first, and waits a bounded time for each.
#   slurm-down.sh STATE
set -u
state=$1
export SLURM_CONF="$state/slurm.conf"

end() { # PID_FILE SIGNAL…: one signal after the other, until the process is gone
    pid=$(cat "$1" 2>/dev/null) || return 0
    shift
    for signal in "$@"; do
        kill "-$signal" "$pid" 2>/dev/null || return 0
        for _ in $(seq 50); do
            kill -0 "$pid" 2>/dev/null || return 0
            sleep 0.2
        done
    done
}

timeout 20 scancel --user="$(id -un)" --signal=KILL --full 2>/dev/null
timeout 20 scancel --user="$(id -un)" 2>/dev/null
end "$state/slurmctld.pid" TERM KILL
end "$state/slurmd.pid" TERM KILL
# Steps, jobs and whoever submitted them outlive the daemons; their environment tells whose they are.
for environment in /proc/[0-9]*/environ; do
    pid=${environment#/proc/} pid=${pid%/environ}
    [ "$pid" = $$ ] || [ "$pid" = $PPID ] || ! grep -qsFz "SLURM_CONF=$SLURM_CONF" "$environment" || kill -KILL "$pid"
done
end "$state/munge/pid" TERM KILL
exit 0
