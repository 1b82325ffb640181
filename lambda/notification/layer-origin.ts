import type { LayerInside } from '../detection/context-document';
import { displayName, escapeForDisplay } from '../text/untrusted-text';

/** Where a layer's archive is kept and who signed it, as phrases: nothing of an unsigned layer that Lambda has a copy of. */
export function describeOrigin({ stored_in, signed_by }: LayerInside): readonly string[] {
  const shown = (text: string, maxUnits: number) => escapeForDisplay(displayName(text), maxUnits);
  const stored =
    stored_in === undefined
      ? []
      : [
          `code stays in bucket ${shown(stored_in.bucket, 80)}, key ${shown(stored_in.key, 150)}, version ${shown(stored_in.version ?? 'unknown', 80)}, ${describeBucketOwner(stored_in.bucket)}`,
        ];
  return [...stored, ...(signed_by === undefined ? [] : [`signed by ${describeProfile(signed_by)}`])];
}

/**
 * Names that end like this are of the namespace of one account and region, in which that account alone creates buckets
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/gpbucketnamespaces.html).
 */
const regionalNamespace = /-(\d{12})-[a-z]{2,4}(?:-[a-z]{2,10}){1,3}-\d{1,2}-an$/;

function describeBucketOwner(bucket: string): string {
  const account = regionalNamespace.exec(bucket)?.[1];
  return account === undefined ? 'owner of the bucket not known' : `bucket of account ${account}`;
}

/** `profile release of account 111122223333` of `arn:aws:signer:REGION:ACCOUNT:/signing-profiles/NAME/VERSION`. */
function describeProfile(arn: string): string {
  const [, , service, , account, resource] = arn.split(':');
  const [, type, name] = resource?.split('/') ?? [];
  if (service !== 'signer' || type !== 'signing-profiles' || !name || !account)
    return escapeForDisplay(displayName(arn), 200);
  return `profile ${escapeForDisplay(displayName(name), 80)} of account ${escapeForDisplay(displayName(account), 40)}`;
}
