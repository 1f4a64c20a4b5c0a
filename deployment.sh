#!/usr/bin/env bash
# Asks how the system shall be set up and writes .env for docker compose. An existing .env is kept.
#   ./deployment.sh              asks; what an openrc file has set is offered as default
#   ./deployment.sh --simulator  asks nothing: the simulated cloud with its published credentials
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

env_file=.env
if [ -e "$env_file" ]; then
  echo "$env_file exists and is kept. Move it away to be asked again."
  exit 0
fi

umask 077
draft=$(mktemp "$env_file.XXXXXX")
tidy() {
  rm -f "$draft"
  if [ -t 0 ]; then stty echo; fi
}
trap tidy EXIT
trap 'echo; echo "Stopped; nothing was written." >&2; exit 130' INT TERM

random_key() { head -c 32 /dev/urandom | base64 | tr -d '\n'; }

# Quoted so that docker compose and a shell both read the value as it is.
set_value() {
  local value=$2
  case $value in
    *\'*)
      value=${value//\\/\\\\}
      value=${value//\"/\\\"}
      value=${value//\$/\\\$}
      value=${value//\`/\\\`}
      printf '%s="%s"\n' "$1" "$value" >> "$draft"
      ;;
    *) printf "%s='%s'\n" "$1" "$value" >> "$draft" ;;
  esac
}

read_line() {
  if ! IFS= read -r answer; then
    echo >&2
    echo 'The answers ended too early; nothing was written.' >&2
    exit 1
  fi
}

# ask VARIABLE QUESTION DEFAULT: the answer is in $answer.
ask() {
  printf '%s%s: ' "$2" "${3:+ [$3]}" >&2
  read_line
  answer=${answer:-$3}
}

ask_required() {
  while :; do
    ask "$1" "$2" "$3"
    [ -n "$answer" ] && return
    echo "An answer is needed ($1)." >&2
  done
}

ask_yes_no() {
  while :; do
    ask "$1" "$2 (true/false)" "$3"
    case $answer in
      true | false) set_value "$1" "$answer"; return ;;
      *) echo "Answer true or false, not '$answer'." >&2 ;;
    esac
  done
}

# Not echoed; an answer from the environment is kept when the line is empty.
ask_secret() {
  while :; do
    if [ -t 0 ]; then stty -echo; fi
    printf '%s%s: ' "$2" "${3:+ [from the environment]}" >&2
    read_line
    if [ -t 0 ]; then stty echo; echo >&2; fi
    answer=${answer:-$3}
    [ -n "$answer" ] && break
    echo "An answer is needed ($1)." >&2
  done
  set_value "$1" "$answer"
}

ask_auth_url() {
  while :; do
    ask_required OS_AUTH_URL 'Keystone URL (OS_AUTH_URL)' "${OS_AUTH_URL:-}"
    case $answer in
      http://?* | https://?*) set_value OS_AUTH_URL "$answer"; return ;;
      *) echo "The URL begins with http:// or https://, not '$answer'." >&2 ;;
    esac
  done
}

ask_cloud() {
  printf '\n── The cloud, as in an openrc file ──\n' >&2
  ask_auth_url
  ask_required OS_USERNAME 'Administrator (OS_USERNAME)' "${OS_USERNAME:-}"; set_value OS_USERNAME "$answer"
  ask_secret OS_PASSWORD 'Password (OS_PASSWORD)' "${OS_PASSWORD:-}"
  ask_required OS_PROJECT_NAME 'Project of the administrator (OS_PROJECT_NAME)' "${OS_PROJECT_NAME:-}"
  set_value OS_PROJECT_NAME "$answer"
  ask OS_USER_DOMAIN_NAME 'Domain of the administrator' "${OS_USER_DOMAIN_NAME:-Default}"
  set_value OS_USER_DOMAIN_NAME "$answer"
  ask OS_PROJECT_DOMAIN_NAME 'Domain of the project' "${OS_PROJECT_DOMAIN_NAME:-Default}"
  set_value OS_PROJECT_DOMAIN_NAME "$answer"
  ask OS_REGION_NAME 'Region' "${OS_REGION_NAME:-RegionOne}"; set_value OS_REGION_NAME "$answer"
  # Seldom needed, so taken over from the openrc file without a question.
  local name
  for name in OS_CACERT OS_INSECURE OS_CERT OS_KEY; do
    if [ -n "${!name:-}" ]; then set_value "$name" "${!name}"; fi
  done
}

ask_service_user() {
  printf '\n── Service user, for the VMs of every tenant (empty: only the project above) ──\n' >&2
  ask SNAPSHOT_SERVICE_USER_EMAIL 'Service user' "${SNAPSHOT_SERVICE_USER_EMAIL:-}"
  [ -n "$answer" ] || return 0
  set_value SNAPSHOT_SERVICE_USER_EMAIL "$answer"
  ask_secret SNAPSHOT_SERVICE_USER_PASSWORD 'Its password' "${SNAPSHOT_SERVICE_USER_PASSWORD:-}"
  ask SNAPSHOT_SERVICE_USER_DOMAIN 'Its domain' "${SNAPSHOT_SERVICE_USER_DOMAIN:-default}"
  set_value SNAPSHOT_SERVICE_USER_DOMAIN "$answer"
}

if [ "${1:-}" = --simulator ]; then
  set_value COMPOSE_PROFILES simulator
  set_value RESTORE_ENABLED true
  set_value RESTORE_DRY_RUN false
  set_value RESTORE_CLEANUP_VOLUMES false
  set_value OS_AUTH_URL http://simulator:5000/identity/v3
  set_value OS_USERNAME admin
  set_value OS_PASSWORD demo-admin
  set_value OS_PROJECT_NAME service
  set_value SNAPSHOT_SERVICE_USER_EMAIL snapshot-svc@company.com
  set_value SNAPSHOT_SERVICE_USER_PASSWORD demo-service
  set_value SNAPSHOT_SERVICE_USER_DOMAIN default
elif [ $# -gt 0 ]; then
  echo "Unknown option '$1'; there is only --simulator." >&2
  exit 2
else
  printf '── Snapshot Restore Configuration ──\n' >&2
  ask_yes_no RESTORE_ENABLED 'Enable Snapshot Restore feature?' false
  ask_yes_no RESTORE_DRY_RUN 'Enable Dry-Run mode? (plans only, no execution)' false
  ask_yes_no RESTORE_CLEANUP_VOLUMES 'Enable Volume Cleanup on failed restores?' false
  ask_cloud
  ask_service_user
fi
set_value RESTORE_JWT_SECRET "$(random_key)"
set_value RESTORE_ENCRYPTION_KEY "$(random_key)"
set_value RESTORE_DB_PASSWORD "$(random_key)"

# Another run may have been quicker; its file is kept.
if ! ln "$draft" "$env_file" 2>/dev/null; then
  echo "$env_file exists by now and is kept." >&2
  exit 1
fi
echo "Wrote $env_file. Next: docker compose up -d --build"
