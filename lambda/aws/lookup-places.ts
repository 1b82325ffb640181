import { isRegion } from '../detection/aws-grammar';
import type { Clock, LambdaLookup, LambdaLookupAt } from '../ports';
import { LambdaApiLookup } from './lambda-lookup';
import type { MemberCredentials } from './member-credentials';
import { rememberingLookup } from './remembering-lookup';
import type { SignedClientProps } from './signed-client';

export interface LookupPlaces {
  readonly own: SignedClientProps;
  readonly ownAccount: string;
  /** Absent where the member accounts do not let themselves be read. */
  readonly members: MemberCredentials | undefined;
  readonly clock: Clock;
}

/** Places whose clients are kept. */
const maxPlaces = 500;

/** AssumeRole takes a tenth of a second, and all context has two seconds. */
const assumeMilliseconds = 1_500;

const accountForm = /^\d{12}$/;

/**
 * Asks about a call of a member account under the role of that account, in the region of the call. The account of the record decides and never
 * the account of an ARN in it: the caller chooses the ARN, and would so learn the external id of the role.
 */
export function lookupPlaces({ own, ownAccount, members, clock }: LookupPlaces): LambdaLookupAt {
  const remembering = (props: SignedClientProps) =>
    rememberingLookup(new LambdaApiLookup(props), () => clock.now().getTime());
  const ownLookup = remembering(own);
  const kept = new Map<string, LambdaLookup>();
  return ({ account, region }) => {
    if (members === undefined || account === undefined || region === undefined) return ownLookup;
    if (account === ownAccount || !accountForm.test(account) || !isRegion(region)) return ownLookup;
    const place = `${account} ${region}`;
    const known = kept.get(place);
    if (known !== undefined) return known;
    if (kept.size >= maxPlaces) kept.clear();
    const credentials = () => members.of(account, AbortSignal.timeout(assumeMilliseconds));
    const lookup = remembering({ ...own, region, credentials });
    kept.set(place, lookup);
    return lookup;
  };
}
