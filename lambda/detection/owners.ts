import type { Target } from './call';
import type { DetectionSettings } from './settings';

/** Who answers for a target: of the longest beginning of the function's name that `owners` has, else of the account. */
export function ownerOf(
  { type, name, account }: Target,
  { owners }: Pick<DetectionSettings, 'owners'>,
): string | undefined {
  const prefixes = [...owners.keys()].filter(
    (key) => type === 'function' && !isAccount(key) && name?.startsWith(key) === true,
  );
  const longest = prefixes.sort((a, b) => b.length - a.length)[0];
  return owners.get(longest ?? account ?? '');
}

/** Twelve digits are always an account, also where a function's name begins with them. */
function isAccount(key: string): boolean {
  return /^\d{12}$/.test(key);
}
