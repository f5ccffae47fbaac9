#!/bin/sh
# Starts a SLURM of one node with a GPU that only counts, on the loopback device, as root and without systemd.
#   slurm-up.sh STATE FIRST_PORT
# Everything lies in STATE; slurm-down.sh STATE ends it. Callers set SLURM_CONF=STATE/slurm.conf, and put STATE/bin first
# in their PATH: Snakemake's executor takes SLURM_CONF from the srun inside of a job, and the wrapper there gives it back.
set -eu
state=$1 port=$2
export SLURM_CONF="$state/slurm.conf"
host=$(hostname -s)
mkdir -p "$state/bin" "$state/ctld" "$state/node" "$state/munge"

# A key and a socket of its own, beside a munge that the machine may have.
(umask 077 && head -c 1024 /dev/urandom > "$state/munge/key")

[ -e "$state/gpu0" ] || mknod -m 666 "$state/gpu0" c 1 3

cat > "$state/slurm.conf" <<END
ClusterName=folklore
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$state/munge/socket
SlurmctldPort=$port
SlurmdPort=$((port + 1))
SlurmctldPidFile=$state/slurmctld.pid
SlurmdPidFile=$state/slurmd.pid
SlurmctldLogFile=$state/slurmctld.log
SlurmdLogFile=$state/slurmd.log
StateSaveLocation=$state/ctld
SlurmdSpoolDir=$state/node
MailProg=/bin/true
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
ReturnToService=2
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SwitchType=switch/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU_Memory
SchedulerParameters=bf_interval=2,sched_interval=2
SlurmdParameters=config_overrides
MinJobAge=600
KillWait=10
SlurmdTimeout=600
AccountingStorageType=accounting_storage/none
GresTypes=gpu
NodeName=$host NodeAddr=127.0.0.1 CPUs=4 RealMemory=20000 Gres=gpu:1 State=UNKNOWN
PartitionName=test Nodes=$host Default=YES MaxTime=INFINITE State=UP
END
printf 'AutoDetect=off\nNodeName=%s Name=gpu File=%s/gpu0\n' "$host" "$state" > "$state/gres.conf"
printf 'CgroupPlugin=cgroup/v1\nCgroupAutomount=no\n' > "$state/cgroup.conf"
printf '#!/bin/sh\nSLURM_CONF=%s exec %s "$@"\n' "$SLURM_CONF" "$(command -v srun)" > "$state/bin/srun"
chmod 755 "$state/bin/srun"

until_true() { # SECONDS COMMAND…
    left=$(($1 * 5))
    shift
    until "$@" > /dev/null 2>&1; do
        left=$((left - 1))
        [ $left -gt 0 ] || { echo "slurm-up: waited in vain for: $*" >&2; exit 1; }
        sleep 0.2
    done
}
answers() { munge -n -S "$state/munge/socket" | unmunge -S "$state/munge/socket"; }
idle() { sinfo -h -o %t | grep -qx idle; }

munged --force --key-file="$state/munge/key" --socket="$state/munge/socket" \
    --pid-file="$state/munge/pid" --log-file="$state/munge/log" --seed-file="$state/munge/seed" 2> "$state/munge/said"
until_true 60 answers
slurmctld
until_true 60 scontrol ping
slurmd
until_true 60 idle
