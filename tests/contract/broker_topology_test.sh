#!/bin/sh
# A node made from the committed definitions is what the table says; one with a difference is not, and the check names
# it. Runs beside a node of scripts/with-broker; $1 is xiufuctl.
set -u
xiufuctl=$1

check() {
  "$xiufuctl" topology check --authorities deploy/authorities \
    --management "http://127.0.0.1:$XIUFU_BROKER_MANAGEMENT_PORT" \
    --user monitor --password-file "$XIUFU_CREDENTIALS_DIR/broker/monitor"
}

fail() {
  echo "FAILED: $1"
  exit 1
}

check || fail "a fresh node differs from the table"

"$XIUFU_RABBITMQCTL" -q set_policy -p xiufu --apply-to queues routing '^routing$' '{"delivery-limit":3}' ||
  fail "cannot change a policy"
differences=$(check) && fail "a changed policy was not seen"
echo "$differences"
case $differences in
  "different: policy routing: "*) ;;
  *) fail "the changed policy was not named" ;;
esac

"$xiufuctl" topology check --authorities deploy/authorities --management http://127.0.0.1:1 \
  --user monitor --password-file "$XIUFU_CREDENTIALS_DIR/broker/monitor" 2>/dev/null &&
  fail "a node that does not answer was found equal"
echo "passed"
