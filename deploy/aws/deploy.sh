#!/usr/bin/env bash
# Everything in AWS from the templates beside this file, by the AWS CLI alone. To run it again changes what changed.
# Settings come by the environment (docs/deploying.md lists them); those that are not given stay as they were.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/shared.sh"

# Parameter of the templates and the variable that a person sets; what this script finds out itself is added below.
variables=(
  Prefix:NUBANK_BUCKET_PREFIX Database:NUBANK_GLUE_DATABASE KmsKey:NUBANK_KMS_KEY Email:EMAIL ScanLimit:SCAN_LIMIT
  Crawler:CRAWLER Engine:ENGINE LogDays:LOG_DAYS BudgetUsd:BUDGET_USD
  Schedules:SCHEDULES Monthly:MONTHLY Weekly:WEEKLY
  Locale:NUBANK_LOCALE HolderNames:NUBANK_HOLDER_NAMES NotifyAmounts:NUBANK_NOTIFY_AMOUNTS PageUrl:NUBANK_PAGE_URL
  PluggyItems:NUBANK_PLUGGY_ITEMS PluggyUrl:NUBANK_PLUGGY_URL PynubankUrl:NUBANK_PYNUBANK_URL
  Spreadsheet:NUBANK_SPREADSHEET SheetsUrl:NUBANK_SHEETS_URL
  EmrRelease:NUBANK_EMR_RELEASE Release:NUBANK_EMR_RELEASE EmrInstanceType:NUBANK_EMR_INSTANCE_TYPE
  EmrCoreNodes:NUBANK_EMR_CORE_NODES EmrSubnet:NUBANK_EMR_SUBNET
)
given=()

collect_settings() {
  local pair variable
  given=("Name=$STACK")
  [ -n "${NUBANK_GLUE_DATABASE:-}" ] || NUBANK_GLUE_DATABASE="${STACK//-/_}"
  for pair in "${variables[@]}"; do
    variable="${pair#*:}"
    [ -z "${!variable+set}" ] || given+=("${pair%%:*}=${!variable}")
  done
  if [ -n "${NUBANK_SOURCES+set}" ]; then
    given+=("Pluggy=$(contains "$NUBANK_SOURCES" pluggy)" "Pynubank=$(contains "$NUBANK_SOURCES" pynubank)")
  fi
  [ -z "${NUBANK_DESTINATIONS+set}" ] || given+=("Sheets=$(contains "$NUBANK_DESTINATIONS" sheets)")
}

contains() { [[ ",${1//[; ]/,}," == *",$2,"* ]] && echo yes || echo no; }

# One stack, with those of the settings that its template has.
deploy_stack() {
  local name="$1" setting status own=()
  for setting in "${given[@]}"; do
    if grep -q "^  ${setting%%=*}: {Type" "$templates/$name.yaml"; then own+=("$setting"); fi
  done
  say "stack $STACK-$name"
  # One whose first deploy failed holds nothing, and cannot be updated.
  status="$(status_of "$STACK-$name")"
  if [ "$status" = ROLLBACK_COMPLETE ]; then delete_stack "$STACK-$name"; fi
  aws cloudformation deploy --stack-name "$STACK-$name" --template-file "$templates/$name.yaml" \
    --no-fail-on-empty-changeset --capabilities CAPABILITY_IAM CAPABILITY_AUTO_EXPAND \
    --tags application=nubank_assets "stack=$STACK" --parameter-overrides "${own[@]}"
}

digest() { if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi | cut -c1-16; }

# A file in the bucket under a name that changes with its content; what is there is not sent again.
upload() {
  local file="$1" ending="$2" key
  key="deploy/$(digest <"$file").$ending"
  aws s3api head-object --bucket "$bucket" --key "$key" >/dev/null 2>&1 ||
    aws s3 cp --only-show-errors "$file" "s3://$bucket/$key" >&2
  echo "$key"
}

# The code: a package that was given, else the container image, built and pushed if its content is new.
provide_code() {
  if [ -n "${PACKAGE:-}" ]; then
    given+=("Package=$(upload "$PACKAGE" zip)" "Image=none")
    return
  fi
  deploy_stack image
  local repository tag
  repository="$(output_of image Repository)"
  tag="$(image_digest)"
  if ! aws ecr describe-images --repository-name "$STACK" --image-ids "imageTag=$tag" >/dev/null 2>&1; then
    say "image $tag"
    aws ecr get-login-password | docker login --username AWS --password-stdin "${repository%%/*}"
    # Lambda takes plain images alone, without attestations beside them.
    docker build --platform linux/amd64 --provenance=false -f "$templates/Dockerfile" -t "$repository:$tag" "$root"
    docker push "$repository:$tag"
  fi
  given+=("Image=$repository:$tag" "Package=none")
}

image_digest() {
  cd "$root"
  { find nubank_assets -type f -not -path '*/__pycache__/*' && ls deploy/aws/Dockerfile deploy/aws/requirements.lock pyproject.toml; } |
    LC_ALL=C sort | while read -r file; do echo "$file $(digest <"$file")"; done | digest
}

check_docker() {
  command -v docker >/dev/null || fail "Docker is missing: the functions' image is built with it (docs/deploying.md)."
  docker info >/dev/null 2>&1 || fail "Docker does not run: start it, the functions' image is built with it."
}

say_what_next() {
  local prefix="${NUBANK_BUCKET_PREFIX:-nubank}"
  cat <<EOF

Ready. An e-mail of AWS asks to confirm the notices, if you gave an address.
Secrets without a value:$(empty_secrets)
Drop an export:   aws s3 cp Nubank_2026-11-10.csv s3://$bucket/$prefix/inbox/new/
Start a run:      aws lambda invoke --function-name $STACK-start --cli-binary-format raw-in-base64-out --payload '{}' /dev/stdout
EOF
}

empty_secrets() {
  local names
  names="$(aws secretsmanager list-secrets --filters "Key=name,Values=$STACK/" --output text \
    --query 'SecretList[?!SecretVersionsToStages].Name')"
  if [ -n "$names" ]; then echo " $names"; else echo " none"; fi
}

check_aws
known="$(status_of "$STACK-data")"
if [ -z "${EMAIL:-}" ] && [ -z "$known" ]; then
  fail "Who is told of failures? make deploy EMAIL=you@example.com (EMAIL=none for nobody)."
fi
if [ -z "${PACKAGE:-}" ]; then check_docker; elif [ ! -f "$PACKAGE" ]; then fail "PACKAGE=$PACKAGE: there is no such file."; fi
collect_settings
deploy_stack data
given+=("Definition=$(upload "$templates/state_machine.asl.json" asl.json)")
provide_code
case "${ENGINE:-}" in emr | emr-serverless) deploy_stack cluster ;; esac
deploy_stack roles
deploy_stack run
deploy_stack watch
say_what_next
