# Starts a PostgreSQL cluster in the folder $1 with the programs of $2 and the further options $3,
# says "ready", and stops and removes it when its standard input closes. PostgreSQL refuses to run as root: then the
# account "postgres" that its package made is borrowed.
folder=$1
programs=$2
options=$3
if [ "$(id -u)" = 0 ]; then
    chown -R postgres "$folder"
    as="setpriv --reuid=postgres --regid=postgres --clear-groups"
else
    as=""
fi
cd "$folder" || exit 1
{
    $as "$programs/initdb" -D "$folder/data" -U beffroi -A trust -E UTF8 --locale=C --no-sync --no-instructions &&
    $as "$programs/pg_ctl" -D "$folder/data" -l "$folder/server.log" -w -t 60 start \
        -o "-c listen_addresses='' -c unix_socket_directories='$folder' -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=200 -c shared_buffers=64MB -c autovacuum=off $options"
} >"$folder/log" 2>&1 </dev/null || { echo failed; exit 1; }
echo ready
read -r _
$as "$programs/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1
rm -rf "$folder"
