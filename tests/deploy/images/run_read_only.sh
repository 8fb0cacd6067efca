#!/bin/sh
# Runs a command in an image's file tree as a container engine would with a read-only root:
#   unshare --mount run_read_only.sh ROOT UID:GID COMMAND...
# All mounts belong to the namespace that `unshare` made: they end with the process.
set -eu
root=$1
user=$2
shift 2
mount --bind "$root" "$root"
mount -o remount,bind,ro "$root"
mount -t tmpfs -o size=256m,mode=1777 tmpfs "$root/tmp"
mount --rbind /dev "$root/dev"
mount -t proc proc "$root/proc"
exec setpriv --no-new-privs chroot --userspec="$user" --groups= "$root" "$@"
