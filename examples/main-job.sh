#!/usr/bin/env bash
# The main job as a program, over REST only: a table of one department is described, published, requested by
# another, decided, delivered into that one's database, and proven by a receipt.
#
#   ./shuqiao start &                          # once; writes var/demo.json
#   examples/main-job.sh                       # 620,573 villages, civil affairs -> police
#
# Reads:
#   SHUQIAO_URL        address of the platform            default: baseUrl of demo.json
#   SHUQIAO_DEMO       path of demo.json                  default: var/demo.json beside this repository
#   SOURCE_JDBC_URL SOURCE_USER SOURCE_PASSWORD           default: the first database of demo.json
#   SOURCE_TABLE       schema.table                       default: public.village
#   TARGET_JDBC_URL TARGET_USER TARGET_PASSWORD           default: the second database of demo.json
#   TARGET_TABLE       schema.table; created when absent  default: exchange.<source table>
#   FIELDS             comma list of columns              default: all
#   ROW_FILTER         JSON list of {"field","op","value"} default: none
#   MASKS              JSON object column -> rule         default: none
#   MODE               snapshot                           (incremental is refused by name until it comes)
#   SHUQIAO_PATIENCE   seconds without an answer of the platform until this gives up; default: 60
#
# May be started again at any time, also after a kill at any step: every step looks first for what an earlier
# start has made, and goes on from there. The last line on stdout is the receipt, one line of JSON. On a refusal
# the problem document goes to stderr as one line and the exit code is 1; when the platform has not answered for
# 60 seconds, the exit code is 3.
set -euo pipefail
shopt -s inherit_errexit # a refusal inside $(...) ends the script as well
umask 077

here=$(cd "$(dirname "$0")/.." && pwd)
demo=${SHUQIAO_DEMO:-$here/var/demo.json}
[ -r "$demo" ] || { echo "cannot read $demo: start the platform first, or set SHUQIAO_DEMO" >&2; exit 2; }
for tool in curl jq; do
  command -v "$tool" >/dev/null || { echo "$tool is needed: install it first" >&2; exit 2; }
done

work=$(mktemp -d "${TMPDIR:-/tmp}/main-job-$$-XXXXXX")
trap 'rm -rf "$work"' EXIT
# a start that was killed could not tidy up, and its files hold secrets
for left in "${TMPDIR:-/tmp}"/main-job-[0-9]*; do
  owner=${left##*/main-job-}
  if [ -O "$left" ] && ! kill -0 "${owner%%-*}" 2>/dev/null; then rm -rf "$left" 2>/dev/null || true; fi
done

base=${SHUQIAO_URL:-$(jq -r .baseUrl "$demo")}
base=${base%/}
patience=${SHUQIAO_PATIENCE:-60}
mode=${MODE:-snapshot}
filter=${ROW_FILTER:-[]}
masks=${MASKS:-'{}'}
jq -e 'type == "array"' >/dev/null 2>&1 <<<"$filter" || { echo "ROW_FILTER is no JSON list" >&2; exit 2; }
jq -e 'type == "object"' >/dev/null 2>&1 <<<"$masks" || { echo "MASKS is no JSON object" >&2; exit 2; }

# --- who acts: the first department provides, the second consumes, the data authority reviews -----------------
provider=$(jq -r '.databases[0].organization' "$demo")
consumer=$(jq -r '.databases[1].organization' "$demo")

database() { # NUMBER KEY -> value of demo.json
  jq -r --argjson n "$1" --arg k "$2" '.databases[$n][$k]' "$demo"
}
source_url=${SOURCE_JDBC_URL:-$(database 0 jdbcUrl)}
source_user=${SOURCE_USER:-$(database 0 username)}
source_password=${SOURCE_PASSWORD-$(database 0 password)}
target_url=${TARGET_JDBC_URL:-$(database 1 jdbcUrl)}
target_user=${TARGET_USER:-$(database 1 username)}
target_password=${TARGET_PASSWORD-$(database 1 password)}
source_table=${SOURCE_TABLE:-public.village}
target_table=${TARGET_TABLE:-exchange.${source_table#*.}}
case $source_table in *.*) ;; *) echo "SOURCE_TABLE is schema.table" >&2; exit 2;; esac
case $target_table in *.*) ;; *) echo "TARGET_TABLE is schema.table" >&2; exit 2;; esac

say() { echo "main-job: $*" >&2; }

# --- talking to the platform ----------------------------------------------------------------------------------
# Secrets go by files and standard input, never in the arguments, where everybody on the machine could read them.
# A platform that is being restarted is waited for, up to 60 seconds without an answer; so is a call of ours that
# got through before the restart and is still known to be under way.
send() { # CONFIG-FILE -> body in $work/body, status on stdout
  local deadline=$((SECONDS + patience)) status
  while :; do
    status=$(curl -sS -o "$work/body" -w '%{http_code}' --max-time 120 --config "$1" 2>"$work/curl-error") || status=000
    case $status in
      000 | 502 | 503 | 504) ;;
      409)
        if ! grep -q 'urn:shuqiao:idempotency:in-progress' "$work/body"; then
          echo "$status"
          return
        fi ;;
      *) echo "$status"; return ;;
    esac
    if [ "$status" = 503 ] && jq -e '.type | startswith("urn:shuqiao:engine:")' "$work/body" >/dev/null 2>&1; then
      # the platform is there; a department's database is not: that is an answer
      echo "$status"; return
    fi
    if ((SECONDS >= deadline)); then
      say "no answer from $base for $patience seconds: $(tr '\n' ' ' <"$work/curl-error")"
      exit 3
    fi
    sleep 1
  done
}

token() { # ORGANIZATION ROLE -> file that holds an authorization header for curl
  local file="$work/token-$1-$2" status
  if [ -n "$(find "$file" -mmin -5 2>/dev/null)" ]; then echo "$file"; return; fi
  jq -er --arg o "$1" --arg r "$2" \
    'first(.clients[] | select(.organization == $o and (.scopes | index($r)))) | "user = \"\(.clientId):\(.clientSecret)\""' \
    "$demo" >"$work/login" || { echo "demo.json has no program of $1 with $2" >&2; exit 2; }
  printf 'url = "%s/oauth2/token"\ndata = "grant_type=client_credentials&scope=%s"\n' "$base" "$2" >>"$work/login"
  status=$(send "$work/login") || exit $?
  [ "$status" = 200 ] || { tr '\n' ' ' <"$work/body" >&2; echo >&2; exit 1; }
  jq -r '"header = \"Authorization: Bearer \(.access_token)\""' "$work/body" >"$file"
  echo "$file"
}

call() { # ORGANIZATION ROLE METHOD PATH [BODY-FILE] -> body on stdout; a refusal ends the script
  local login status
  login=$(token "$1" "$2") || exit $?
  {
    cat "$login"
    printf 'request = "%s"\nurl = "%s/api/v1%s"\nheader = "Accept-Language: %s"\n' "$3" "$base" "$4" "${LANG_TAG:-zh-CN}"
    if [ $# -ge 5 ]; then
      printf 'header = "Content-Type: application/json"\ndata-binary = "@%s"\n' "$5"
      if [ "$3" = POST ]; then
        # a call whose answer was lost on the way is not carried out twice
        printf 'header = "Idempotency-Key: %s"\n' "${KEY:-$(random)}"
      fi
    fi
  } >"$work/call"
  status=$(send "$work/call") || exit $?
  case $status in
    2*) cat "$work/body" ;;
    409)
      # a step that a call of a killed start has taken meanwhile
      [ -z "${MAY_BE_DONE:-}" ] || return 0
      jq -c . "$work/body" >&2
      exit 1 ;;
    *) jq -c . "$work/body" >&2 2>/dev/null || { tr '\n' ' ' <"$work/body" >&2; echo >&2; }
       exit 1 ;;
  esac
}

random() { od -An -N16 -tx1 /dev/urandom | tr -d ' \n'; }
urlencode() { jq -rn --arg v "$1" '$v | @uri'; }

all() { # ORGANIZATION ROLE PATH -> items of a list, one JSON a line, through all pages
  local after='' page sep='?'
  case $3 in *\?*) sep='&' ;; esac
  while :; do
    page=$(call "$1" "$2" GET "$3${sep}limit=200${after:+&after=$after}") || exit $?
    jq -c '.items[]' <<<"$page"
    after=$(jq -r '.next // empty' <<<"$page")
    [ -n "$after" ] || break
  done
}

# --- 1. sources: the provider's and the consumer's database connections -----------------------------------------
connection() { # ORGANIZATION NAME URL USER PASSWORD -> id
  local id
  jq -n --arg n "$2" --arg u "$3" --arg w "$4" --rawfile p <(printf %s "$5") \
    '{name: $n, jdbcUrl: $u, username: $w, password: $p}' >"$work/source.json"
  id=$(all "$1" STEWARD /sources | jq -rs --arg n "$2" 'map(select(.name == $n))[0].id // empty')
  if [ -z "$id" ]; then
    id=$(call "$1" STEWARD POST /sources "$work/source.json" | jq -r .id)
    say "registered connection $id of $1"
  else
    # the password may have changed since
    call "$1" STEWARD PUT "/sources/$id" "$work/source.json" >/dev/null
  fi
  echo "$id"
}
fingerprint() { printf %s "$1" | sha256sum | cut -c1-12; }

source_id=$(connection "$provider" "main-job 来源 $(fingerprint "$source_url $source_user")" "$source_url" "$source_user" "$source_password")
target_id=$(connection "$consumer" "main-job 目标 $(fingerprint "$target_url $target_user")" "$target_url" "$target_user" "$target_password")
call "$provider" STEWARD POST "/sources/$source_id/test" /dev/null >/dev/null
call "$consumer" STEWARD POST "/sources/$target_id/test" /dev/null >/dev/null

# --- 2. resource: drafted from the live table, completed, reviewed twice, published -------------------------------
authority=$(jq -r 'first(.clients[] | select(.scopes | index("AUTHORITY")) | .organization)' "$demo")
schema=${source_table%%.*}
table=${source_table#*.}
# one resource for each table of each connection, found again by its name
name="$table $(fingerprint "$source_url $source_table")"

resource=$(all "$provider" STEWARD "/resources?q=$(urlencode "$name")&provider=$provider" |
  jq -rs --arg n "$name" 'map(select(.name == $n and .state != "WITHDRAWN"))[0].id // empty')
if [ -z "$resource" ]; then
  class=$(all "$authority" AUTHORITY "/classification?parent=307" | jq -rs '.[0].fullCode // empty')
  if [ -z "$class" ]; then
    jq -n '{parentFullCode: "307", nodeCode: "990", name: "市级政务部门", nameEn: "Departments of the city"}' >"$work/node.json"
    class=$(call "$authority" AUTHORITY POST /classification "$work/node.json" | jq -r .fullCode)
  fi
  jq -n --argjson s "$source_id" --arg schema "$schema" --arg table "$table" --arg name "$name" --arg class "$class" '
    {source: $s, schema: $schema, table: $table, description: {
      name: $name, classification: $class, summary: "由 examples/main-job.sh 按现有数据表编目",
      formatKind: "DATABASE", formatType: "PostgreSQL",
      sharingKind: "CONDITIONAL", sharingCondition: "依法履职需要，按申请用途使用",
      sharingMethodKind: "PLATFORM", sharingMethodType: "DATABASE",
      open: false, updateCycle: "IRREGULAR"}}' >"$work/resource.json"
  resource=$(call "$provider" STEWARD POST /resources "$work/resource.json" | jq -r .id)
  say "drafted resource $resource from $source_table"
fi

# Takes a step; a conflict means that a call of a killed start took it meanwhile, unless the state stays as it was.
stood=''
step() { # STATE ORGANIZATION ROLE PATH [BODY-FILE]
  if [ "$1 $4" != "$stood" ]; then
    stood="$1 $4"
    MAY_BE_DONE=yes call "$2" "$3" POST "$4" ${5:+"$5"} >/dev/null
  else
    call "$2" "$3" POST "$4" ${5:+"$5"} >/dev/null
  fi
}
echo '{"approve": true, "opinion": "同意"}' >"$work/approve.json"
while :; do
  now=$(call "$provider" STEWARD GET "/resources/$resource" | jq -r .state)
  case $now in
    DRAFT | RETURNED) step "$now" "$provider" STEWARD "/resources/$resource/submission" ;;
    SUBMITTED) step "$now" "$provider" REVIEWER "/resources/$resource/department-review" "$work/approve.json" ;;
    DEPARTMENT_APPROVED) step "$now" "$authority" AUTHORITY "/resources/$resource/authority-review" "$work/approve.json" ;;
    APPROVED) step "$now" "$authority" AUTHORITY "/resources/$resource/publication" ;;
    PUBLISHED) break ;;
    *) say "resource $resource is in no state that can be published"; exit 1 ;;
  esac
done
say "resource $resource is published"

# --- 3. request: the same fields, filter, masks and mode lead to the same request --------------------------------
fields=$(jq -cn --arg f "${FIELDS:-}" '$f | if . == "" then [] else split(",") | map(gsub("^\\s+|\\s+$"; "")) end')
wanted=$(printf '%s|%s|%s|%s' "$(jq -cS 'sort' <<<"$fields")" "$(jq -cS . <<<"$filter")" "$(jq -cS . <<<"$masks")" "$mode")
mark="main-job $(fingerprint "$wanted")"

# an ended request (refused, withdrawn, grant revoked or over) is asked for anew
all "$consumer" STEWARD "/requests?resource=$resource" >"$work/requests"
today=$(TZ=Asia/Shanghai date +%F)
request=''
grant=''
while read -r line; do
  [ -n "$line" ] || continue
  case $(jq -r .state <<<"$line") in
    REFUSED | WITHDRAWN) continue ;;
    GRANTED | GRANTED_IN_PART)
      grant=$(jq -r .grant <<<"$line")
      standing=$(call "$consumer" STEWARD GET "/grants/$grant" | jq -r .standing)
      if [ "$standing" != EFFECTIVE ]; then
        grant=''
        continue
      fi ;;
  esac
  request=$(jq -r .id <<<"$line")
  break
done < <(jq -c --arg m "$mark" --arg c "$consumer" \
  'select(.consumer == $c and (.purposeText | contains($m)))' "$work/requests")

if [ -z "$request" ]; then
  jq -n --argjson r "$resource" --argjson fields "$fields" --argjson filter "$filter" --argjson masks "$masks" \
    --arg mode "$mode" --arg mark "$mark" --arg from "$today" --arg until "$(date -d "$today + 1 year" +%F)" '
    {resource: $r, fields: $fields, filter: $filter, masks: $masks,
     purpose: "BUSINESS_COOPERATION", purposeText: "业务协同（\($mark)）",
     basis: "《政务信息资源共享管理暂行办法》（国发〔2016〕51号）第十二条",
     mode: $mode, from: $from, until: $until}' >"$work/request.json"
  request=$(call "$consumer" STEWARD POST /requests "$work/request.json" | jq -r .id)
  say "wrote request $request"
fi

# --- 4. decision: sent, accepted by the authority, prepared and decided by the provider --------------------------
echo '{"proposal": "符合共享条件，拟同意"}' >"$work/proposal.json"
echo '{"outcome": "GRANT", "opinion": "同意"}' >"$work/decision.json"
while :; do
  line=$(call "$consumer" STEWARD GET "/requests/$request")
  now=$(jq -r '.request.state // .state' <<<"$line")
  case $now in
    DRAFT | RETURNED) step "$now" "$consumer" REVIEWER "/requests/$request/sending" ;;
    SENT) step "$now" "$authority" AUTHORITY "/requests/$request/acceptance" ;;
    ACCEPTED) step "$now" "$provider" STEWARD "/requests/$request/preparation" "$work/proposal.json" ;;
    PREPARED) step "$now" "$provider" REVIEWER "/requests/$request/decision" "$work/decision.json" ;;
    GRANTED | GRANTED_IN_PART) grant=$(jq -r '.request.grant // .grant' <<<"$line"); break ;;
    *) say "request $request was not granted"; jq -c . <<<"$line" >&2; exit 1 ;;
  esac
done
say "grant $grant"

# --- 5. run: each start of this script asks for a new one ---------------------------------------------------------
jq -n --argjson g "$grant" --argjson t "$target_id" --arg schema "${target_table%%.*}" --arg table "${target_table#*.}" --arg mode "$mode" \
  '{grant: $g, target: $t, schema: $schema, table: $table, mode: $mode}' >"$work/run.json"
run=$(call "$consumer" STEWARD POST /runs "$work/run.json" | jq -r .id)
say "run $run"
pause=0.2
while :; do
  line=$(call "$consumer" STEWARD GET "/runs/$run")
  case $(jq -r .state <<<"$line") in
    DELIVERED) break ;;
    QUEUED | RUNNING) sleep "$pause"; pause=0.5 ;;
    *) jq -c '.problem // .' <<<"$line" >&2; exit 1 ;;
  esac
done
say "delivered $(jq -r .rows <<<"$line") rows"

# --- 6. receipt ---------------------------------------------------------------------------------------------------
call "$consumer" STEWARD GET "/runs/$run/receipt" | jq -c .
