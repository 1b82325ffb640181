import type { FindingDocument } from '../detection/finding-document';
import { ocsfAccount, shown, shownTexts } from './ocsf-text';

/** OCSF `user.type_id` by CloudTrail's type of identity; others are 99, with the type as CloudTrail writes it. */
const userTypes: ReadonlyMap<string, number> = new Map([
  ['IAMUser', 1],
  ['IdentityCenterUser', 1],
  ['SAMLUser', 1],
  ['WebIdentityUser', 1],
  ['Directory', 1],
  ['Root', 2],
  ['AWSService', 4],
]);

/** Who called: the principal as the user, and the session of temporary credentials. */
export function ocsfActor(document: FindingDocument) {
  const { aws, layerwatch } = document;
  const identity = aws.cloudtrail.user_identity;
  const session = sessionOf(document);
  return {
    user: userOf(document),
    ...(session === undefined ? {} : { session }),
    ...shownTexts({ invoked_by: identity?.invoked_by ?? layerwatch.context.actor?.on_behalf_by }, 200),
  };
}

function userOf({ aws, user, cloud, layerwatch }: FindingDocument) {
  const identity = aws.cloudtrail.user_identity;
  const issuer = identity?.session_context?.session_issuer;
  const short = layerwatch.context.actor?.short;
  const type = identity?.type ?? 'Unknown';
  const account = issuer?.account_id ?? cloud.account.id;
  return {
    name: shown(user.name ?? short, 200),
    type: shown(type, 100),
    type_id: userTypes.get(type) ?? 99,
    ...shownTexts({
      display_name: short,
      uid: issuer?.arn ?? identity?.arn,
      uid_alt: user.id,
      credential_uid: identity?.access_key_id,
      email_addr: user.email,
    }),
    ...(account === undefined ? {} : { account: ocsfAccount(account) }),
  };
}

/** The session of a role or of a federated user; a principal with credentials of its own has none. */
function sessionOf({ aws, layerwatch }: FindingDocument) {
  const identity = aws.cloudtrail.user_identity;
  const context = identity?.session_context;
  if (context?.session_issuer === undefined) return undefined;
  const { actor } = layerwatch.context;
  const created = Date.parse(context.creation_date ?? '');
  return {
    ...shownTexts({
      uid: actor?.session,
      uid_alt: identity?.arn,
      issuer: context.session_issuer.arn,
      credential_uid: identity?.access_key_id,
    }),
    ...(Number.isNaN(created) ? {} : { created_time: created }),
    ...(context.mfa_authenticated === undefined ? {} : { is_mfa: context.mfa_authenticated === 'true' }),
  };
}
