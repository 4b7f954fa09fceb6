#!/usr/bin/env bash
# Makes the home that UpgradeTests starts: a checkout of a release tells its demo city, delivers, and is killed in
# the midst of a run. Run it once before a release is left behind; what it makes is never made again.
#
#   platform/src/test/upgrade/make-home.sh CHECKOUT OUT.tar.xz
#
# Needs curl, jq, psql, xz. CHECKOUT is a clean checkout of the release. The villages are cut to 40,000, so that the
# package stays small; everything else is as a newcomer's first start leaves it.
set -euo pipefail
shopt -s inherit_errexit
checkout=$(cd "$1" && pwd)
out=$(realpath -m "$2")
work=$(mktemp -d "${TMPDIR:-/tmp}/make-home-XXXXXX")
home=$work/home
say() { echo "make-home: $*" >&2; }

start() {
  "$checkout/shuqiao" start --home "$home" --port 0 >"$work/out" 2>>"$work/err" &
  platform=$!
  until grep -q 'is ready at' "$work/out"; do
    kill -0 "$platform" 2>/dev/null || { tail -n 5 "$work/err" >&2; exit 1; }
    sleep 0.2
  done
}

say "first start"
start
demo=$home/demo.json
export SHUQIAO_DEMO=$demo SHUQIAO_HOME=$home
SHUQIAO_URL=$(jq -r .baseUrl "$demo")
export SHUQIAO_URL
provider=$(jq -r '.databases[0].organization' "$demo")
consumer=$(jq -r '.databases[1].organization' "$demo")
server() { PGPASSWORD=$(cat "$home/keys/postgres.password") psql -X -q -h 127.0.0.1 -p "$(cat "$home/postgres/port")" -U postgres -v ON_ERROR_STOP=1 "$@"; }
database() { jq -r ".databases[$1].jdbcUrl" "$demo" | sed 's|.*/||; s|?.*||'; }
as() { # ORGANIZATION ROLE METHOD PATH [JSON]
  local client
  client=$(jq -er --arg o "$1" --arg r "$2" 'first(.clients[] | select(.organization == $o and (.scopes | index($r)))) | "\(.clientId):\(.clientSecret)"' "$demo")
  local token
  token=$(curl -fsS -K - "$SHUQIAO_URL/oauth2/token" -d "grant_type=client_credentials&scope=$2" <<<"user = \"$client\"" | jq -r .access_token)
  curl -sS -K - -X "$3" "$SHUQIAO_URL/api/v1$4" -H 'Content-Type: application/json' ${5:+-d "$5"} -o "$work/body" -w '%{http_code}' <<<"header = \"Authorization: Bearer $token\"" >"$work/status"
  case $(cat "$work/status") in 2*) cat "$work/body" ;; *) cat "$work/body" >&2; return 1 ;; esac
}
await() { # RUN STATE…
  local run=$1 now
  shift
  for _ in $(seq 300); do
    now=$(as "$consumer" STEWARD GET "/runs/$run" | jq -r .state)
    for wanted; do [ "$now" != "$wanted" ] || return 0; done
    sleep 0.3
  done
  say "run $run is $now"
  exit 1
}

say "fewer villages"
server -d "$(database 0)" -c "create temp table kept as select * from public.village order by code limit 40000" \
  -c "truncate public.village" -c "insert into public.village select * from kept" -c "analyze public.village"

say "a delivery whose receipt is kept aside"
MASKS='{"name":"hash"}' "$checkout/examples/main-job.sh" >"$work/receipt.json"
run=$(jq -r .run "$work/receipt.json")
grant=$(jq -r .grant "$work/receipt.json")
number=$(as "$consumer" STEWARD GET "/runs/$run" | jq .grant)
target=$(as "$consumer" STEWARD GET "/runs/$run" | jq .target)

say "a table that its department keeps, and a standing order for it"
columns=$(server -d "$(database 0)" -At -c "select json_object_agg(column_name, case when column_name in ('code','name') then 'k_' || column_name else '' end) from information_schema.columns where table_schema = 'public' and table_name = 'village'")
server -d "$(database 1)" -c "create table exchange.kept_village (k_code char(12) primary key, k_name text, remark text); alter table exchange.kept_village owner to $(jq -r '.databases[1].username' "$demo"); insert into exchange.kept_village values ('ours', 'ours', 'a row of our own')"
as "$consumer" STEWARD PUT /mappings "{\"grant\": $number, \"target\": $target, \"schema\": \"exchange\", \"table\": \"kept_village\", \"columns\": $columns, \"key\": [\"k_code\"], \"absent\": \"KEEP\"}" >/dev/null
kept=$(as "$consumer" STEWARD POST /runs "{\"grant\": $number, \"target\": $target, \"schema\": \"exchange\", \"table\": \"kept_village\", \"mode\": \"snapshot\"}" | jq -r .id)
await "$kept" DELIVERED
as "$consumer" STEWARD POST /schedules "{\"grant\": $number, \"target\": $target, \"schema\": \"exchange\", \"table\": \"kept_village\", \"rhythm\": \"WORKING_DAYS\", \"time\": \"02:30\"}" >"$work/schedule.json"

say "smaller departments"
for each in $(server -d postgres -At -c "select datname from pg_database where datname like 'yz%'"); do
  for table in $(server -d "$each" -At -c "select oid::regclass from pg_class where relkind = 'r' and reltuples > 2000 and relname not like '%village' and relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)"); do
    server -d "$each" -c "delete from $table where ctid not in (select ctid from $table limit 1000)" 2>/dev/null || true
  done
  server -d "$each" -c 'vacuum full'
done

say "a run that is killed"
source=$(as "$provider" STEWARD GET "/sources?limit=200" | jq -r 'first(.items[] | select(.name | startswith("main-job"))) | .id')
wish=$(as "$provider" STEWARD GET "/sources/$source" | jq -c 'del(.id, .organization, .createdAt, .changedAt) | .maxMegabytesPerSecond = 0.05')
as "$provider" STEWARD PUT "/sources/$source" "$wish" >/dev/null
interrupted=$(as "$consumer" STEWARD POST /runs "{\"grant\": $number, \"target\": $target, \"schema\": \"exchange\", \"table\": \"village\", \"mode\": \"snapshot\"}" | jq -r .id)
await "$interrupted" RUNNING
until [ "$(as "$consumer" STEWARD GET "/runs/$interrupted" | jq -r '.progress.bytes // .bytes // 0')" != 0 ]; do sleep 0.2; done
# the limit goes again, so that the run is not slow for ever
as "$provider" STEWARD PUT "/sources/$source" "$(jq -c 'del(.maxMegabytesPerSecond)' <<<"$wish")" >/dev/null

jq -n --arg release "$(git -C "$checkout" rev-parse --short HEAD)" --arg delivered "$run" --arg kept "$kept" --arg interrupted "$interrupted" \
  --arg provider "$provider" --arg consumer "$consumer" --slurpfile schedule "$work/schedule.json" \
  --argjson entries "$(server -d shuqiao -At -c 'select count(*) from ledger.entry')" \
  --argjson grants "$(server -d shuqiao -At -c 'select count(*) from sharing."grant"')" \
  --argjson resources "$(server -d shuqiao -At -c 'select count(*) from catalog.resource')" \
  --argjson receipts "$(server -d shuqiao -At -c "select json_agg(id) from exchange.run where state = 'DELIVERED'")" \
  '{release: $release, villages: 40000, delivered: $delivered, kept: $kept, interrupted: $interrupted, provider: $provider, consumer: $consumer,
    schedule: $schedule[0].id, ledgerEntries: $entries, grants: $grants, resources: $resources, deliveredRuns: $receipts}' >"$home/expected.json"
cp "$work/receipt.json" "$home/receipt.json"

say "kill -9 of everything"
server -d postgres -c checkpoint -c 'select pg_switch_wal()' -c checkpoint >/dev/null
await "$interrupted" RUNNING
wal=$(server -d postgres -At -c 'select pg_walfile_name(pg_current_wal_lsn())')
postmaster=$(head -n 1 "$home/postgres/data/postmaster.pid")
children=$(pgrep -P "$postmaster" || true)
kill -9 "$platform" "$postmaster" $children 2>/dev/null
wait "$platform" 2>/dev/null || true

say "packing"
# segments that wait to be written anew hold old bytes only
for segment in "$home"/postgres/data/pg_wal/0*; do
  [[ ! $(basename "$segment") > $wal ]] || rm -f "$segment"
done
tar -C "$home" --exclude='./postgres/bin-*' --exclude=./logs --exclude=./lock --exclude=./pid --sort=name -cf - . | xz -9 -T1 >"$out"
rm -rf "$work"
ls -l "$out" >&2
