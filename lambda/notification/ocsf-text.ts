import { escapeForDisplay } from '../text/untrusted-text';

/** Text of a record as a consumer may show it; `unknown` for none. */
export function shown(text: string | null | undefined, maxUnits = 500): string {
  return escapeForDisplay(text ?? 'unknown', maxUnits);
}

/** A property for each text that is there. */
export function shownTexts<Name extends string>(
  texts: Readonly<Record<Name, string | null | undefined>>,
  maxUnits = 500,
): { readonly [Key in Name]?: string } {
  const there = Object.entries<string | null | undefined>(texts).flatMap(([name, text]) =>
    text === undefined || text === null || text === '' ? [] : [[name, shown(text, maxUnits)] as const],
  );
  // Names are those of `texts`.
  return Object.fromEntries(there) as { readonly [Key in Name]?: string };
}

/** An AWS account with its name in the configuration. */
export function ocsfAccount(uid: string, name?: string | null) {
  return { uid: shown(uid, 100), ...shownTexts({ name }, 100), type_id: awsAccountType };
}

/** OCSF `account.type_id` of an AWS account. */
const awsAccountType = 10;
