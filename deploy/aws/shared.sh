# What deploy.sh and destroy.sh share: where everything is, and failures in one sentence. Sourced, never run.

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
templates="$root/deploy/aws"
STACK="${STACK:-nubank}"

fail() {
  echo "$1" >&2
  exit 2
}

say() { echo "== $1"; }

# The AWS CLI with a region, credentials that work, and a name that buckets can have; sets `account` and `bucket`.
check_aws() {
  command -v aws >/dev/null || fail "The AWS CLI is missing: https://aws.amazon.com/cli says how to install it."
  [[ "$STACK" =~ ^[a-z][a-z0-9-]{1,19}$ ]] ||
    fail "STACK=$STACK: 2 to 20 lower-case letters, digits and hyphens, a letter first."
  region="${REGION:-${AWS_REGION:-${AWS_DEFAULT_REGION:-$(aws configure get region || true)}}}"
  [ -n "$region" ] || fail "No region: make ... REGION=sa-east-1 (or AWS_REGION, or aws configure)."
  export AWS_REGION="$region" AWS_DEFAULT_REGION="$region" AWS_PAGER=""
  account="$(aws sts get-caller-identity --query Account --output text 2>/dev/null)" ||
    fail "AWS does not know you: aws configure, aws sso login or AWS_PROFILE=... first (aws sts get-caller-identity tells more)."
  bucket="$STACK-$account-$region"
}

# The status of a stack; nothing if there is none.
status_of() {
  local answer
  if answer="$(aws cloudformation describe-stacks --stack-name "$1" --query 'Stacks[0].StackStatus' --output text 2>&1)"; then
    echo "$answer"
  elif [[ "$answer" != *"does not exist"* ]]; then
    fail "$answer"
  fi
}

# A stack that is gone when this returns. The AWS CLI's own waiting looks every 30 seconds alone.
delete_stack() {
  local tries=400 status
  status="$(status_of "$1")"
  [ -n "$status" ] || return 0
  say "delete stack $1"
  aws cloudformation delete-stack --stack-name "$1"
  while [ "$tries" -gt 0 ]; do
    status="$(status_of "$1")"
    case "$status" in
      "" | None | DELETE_COMPLETE) return 0 ;;
      *FAILED) fail "$1 could not be deleted: aws cloudformation describe-stack-events --stack-name $1 says why." ;;
    esac
    tries=$((tries - 1))
    sleep 2
  done
  fail "$1 is still $status; make destroy again later."
}

output_of() {
  aws cloudformation describe-stacks --stack-name "$STACK-$1" --output text \
    --query "Stacks[0].Outputs[?OutputKey=='$2'].OutputValue"
}
