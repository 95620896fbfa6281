#!/usr/bin/env bash
# Deletes what deploy.sh made. Bucket, secrets, catalog and topic stay, unless DATA=delete.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/shared.sh"

confirm() {
  local answer="${CONFIRM:-}"
  if [ -z "$answer" ] && [ -t 0 ]; then
    read -r -p "All documents, tables and secrets in $bucket will be gone for ever. Type its name: " answer
  fi
  [ "$answer" = "$bucket" ] || fail "Nothing was deleted: DATA=delete needs CONFIRM=$bucket."
}

# Every version of every object, a thousand at a time.
empty_bucket() {
  local found='[Versions || `[]`, DeleteMarkers || `[]`][].{Key: Key, VersionId: VersionId}' batch
  batch="$(mktemp)"
  while true; do
    aws s3api list-object-versions --bucket "$bucket" --max-keys 1000 --no-paginate --output json \
      --query "{Quiet: \`true\`, Objects: $found}" >"$batch"
    grep -q '"Key"' "$batch" || break
    aws s3api delete-objects --bucket "$bucket" --delete "file://$batch" >/dev/null
  done
  rm -f "$batch"
}

delete_data() {
  local secret
  delete_stack "$STACK-data"
  if aws s3api head-bucket --bucket "$bucket" >/dev/null 2>&1; then
    say "delete bucket $bucket"
    empty_bucket
    aws s3api delete-bucket --bucket "$bucket"
  fi
  for secret in $(aws secretsmanager list-secrets --filters "Key=name,Values=$STACK/" --output text --query 'SecretList[].Name'); do
    say "delete secret $secret"
    aws secretsmanager delete-secret --secret-id "$secret" --force-delete-without-recovery >/dev/null
  done
}

check_aws
case "${DATA:-keep}" in
  keep) ;;
  delete) confirm ;;
  *) fail "DATA=$DATA: keep or delete." ;;
esac
for name in watch run roles cluster image; do delete_stack "$STACK-$name"; done
if [ "${DATA:-keep}" = delete ]; then
  delete_data
elif [ -n "$(status_of "$STACK-data")" ]; then
  echo "Bucket $bucket, secrets, catalog and topic are kept: make deploy goes on with them, make destroy DATA=delete deletes them."
fi
