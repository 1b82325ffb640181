#!/usr/bin/env bash
# Deploys Layerwatch with the AWS CLI, or upgrades it. Region and credentials are those of the AWS CLI.
set -euo pipefail

if [ "$#" -ne 2 ]; then
  cat >&2 <<USAGE
usage: deploy.sh CODE_BUCKET EMAIL
  CODE_BUCKET  S3 bucket in the region of the deployment; the code and the template go below layerwatch/
  EMAIL        address that receives the alerts; "" for none
USAGE
  exit 2
fi

bucket="$1"
email="$2"
cd "$(dirname "$0")"

aws s3 cp code "s3://$bucket/layerwatch/" --recursive --only-show-errors
aws cloudformation deploy \
  --stack-name Layerwatch \
  --template-file Layerwatch.template.json \
  --s3-bucket "$bucket" \
  --s3-prefix layerwatch \
  --capabilities CAPABILITY_IAM \
  --no-fail-on-empty-changeset \
  --parameter-overrides "CodeBucket=$bucket" "AlertEmail=$email"

echo "Layerwatch is deployed. Follow the link that SNS sends to the address, then run: npx layerwatch doctor"
