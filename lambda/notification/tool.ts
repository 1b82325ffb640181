import { quotedWithoutLinks } from '../text/untrusted-text';

/** Longest text that is shown of a tool, in UTF-16 units. */
const maxToolLength = 120;

/**
 * Parts of a user agent that say on what the tool runs and not which tool it is: platform, language, settings and metadata of the SDKs
 * (https://docs.aws.amazon.com/sdkref/latest/guide/feature-appid.html), and comments in brackets.
 */
const noise =
  /^(?:ua\/|os\/|lang\/|api\/|m\/|cfg\/|vendor\/|md\/(?!command#)|Linux\/|Darwin\/|Windows\/|java\/|OpenJDK|APN\/|HashiCorp\/|HashiCorp-terraform-exec\/|aws-sdk-)/;

/**
 * The parts of a user agent that identify a tool, in quotes: its name and version, `md/command#`, `exec-env/`, `app/`, and what somebody
 * added, such as `stratus-red-team_...`.
 */
export function describeTool(userAgent: string): string {
  const parts = userAgent
    .replaceAll(/\([^()]*\)/g, ' ')
    .split(/,?\s+/)
    .filter((part) => part !== '');
  const kept = parts.filter((part) => !noise.test(part));
  const shown = kept.length === 0 ? parts : commandLast(kept);
  return quotedWithoutLinks(shown.length === 0 ? userAgent : shown.join(' '), maxToolLength);
}

/** The command names the same call as the event does, so it is the first to be cut. */
function commandLast(parts: readonly string[]): readonly string[] {
  const isCommand = (part: string) => part.startsWith('md/command#');
  return [...parts.filter((part) => !isCommand(part)), ...parts.filter(isCommand)];
}
