# Runs a command that writes to a folder on a separate disk, which breaks as soon as a file says so.
#   sh brokenDisk.sh FOLDER full|read-only FILE COMMAND…
# To be run by `unshare --map-root-user --mount`: nobody else sees the disk. What is on it in the end is kept.
set -eu
folder=$1 defect=$2 signal=$3
shift 3

cp -a "$folder" "$folder.kept"
mount -t tmpfs -o size=4m tmpfs "$folder"
cp -a "$folder.kept/." "$folder"

# With a second name for each file, what the command deletes makes no room again.
fill_disk() {
  cp -al "$folder/.pulumi" "$folder/.filler"
  cat /dev/zero >"$folder/.filler/zeros" 2>/dev/null || true
}

break_disk() {
  until [ -e "$signal" ]; do sleep 0.02; done
  case $defect in
    full) fill_disk ;;
    read-only) mount -o remount,ro "$folder" ;;
  esac
  : >"$signal.done"
}
break_disk &
trap 'kill $! 2>/dev/null || true' EXIT

status=0
"$@" || status=$?

rm -rf "$folder.kept"
cp -a "$folder" "$folder.kept"
umount "$folder"
rm -rf "$folder.kept/.filler"
cp -a "$folder.kept/." "$folder"
rm -rf "$folder.kept"
exit "$status"
