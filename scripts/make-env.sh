#!/usr/bin/env bash
# Writes .env for docker compose with the simulated cloud: keys made on this machine, the simulator's published credentials.
# An existing .env is kept.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
if [ -e .env ]; then
  echo '.env exists and is kept.'
  exit 0
fi
random_key() { head -c 32 /dev/urandom | base64; }
umask 077
cat > .env <<END
COMPOSE_PROFILES=simulator
RESTORE_ENABLED=true
RESTORE_DRY_RUN=false
RESTORE_CLEANUP_VOLUMES=false
RESTORE_JWT_SECRET=$(random_key)
RESTORE_ENCRYPTION_KEY=$(random_key)
RESTORE_DB_PASSWORD=$(random_key)
OS_AUTH_URL=http://simulator:5000/identity/v3
OS_USERNAME=admin
OS_PASSWORD=demo-admin
OS_PROJECT_NAME=service
SNAPSHOT_SERVICE_USER_EMAIL=snapshot-svc@company.com
SNAPSHOT_SERVICE_USER_PASSWORD=demo-service
SNAPSHOT_SERVICE_USER_DOMAIN=default
END
echo 'Wrote .env. Next: docker compose up -d --build'
