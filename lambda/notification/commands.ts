import { isRegion } from '../detection/aws-grammar';
import type { FindingDocument } from '../detection/finding-document';
import type { NotificationContext } from '../ports';
import type { TextFormat } from '../text/text-format';

type Layerwatch = Pick<FindingDocument, 'layerwatch'>;

/** A command that is cut does something else than it says, so a longer one is left out. In UTF-16 units. */
const maxCommandLength = 2_000;

/**
 * Whether a command may be shown to be pasted: as it was built, in printable ASCII without a backtick. Documents of releases before
 * 0.3 may hold others.
 */
function isPasteable(command: string, maxLength: number): boolean {
  return command.length <= maxLength && /^[ -_a-~]+$/.test(command);
}

/** The commands of the document that undo the call, as far as they may be pasted. */
export function undoCommands(
  { layerwatch }: Layerwatch,
  maxLength = maxCommandLength,
): { readonly commands: readonly string[]; readonly leftOut: number } {
  const { commands } = layerwatch.undo;
  const kept = commands.filter((command) => isPasteable(command, maxLength));
  return { commands: kept, leftOut: commands.length - kept.length };
}

/** Enough digits of an alert id to name it on the command line. */
const shownDigits = 12;

/** `npx layerwatch restore b779bd22633d --region eu-west-3`, with the region of the stack where it is known. */
export function layerwatchCommand(
  name: 'show' | 'ack' | 'restore',
  { layerwatch }: Layerwatch,
  { alertTable }: NotificationContext,
): string | undefined {
  if (!/^[0-9a-f]{64}$/.test(layerwatch.alert_id)) return undefined;
  const id = layerwatch.alert_id.slice(0, shownDigits);
  const region =
    alertTable !== undefined && isRegion(alertTable.region) ? ` --region ${alertTable.region}` : '';
  return `npx layerwatch ${name} ${id}${region}`;
}

/** What the commands that undo the call do, or why there are none, as a sentence. */
export function undoNote({ layerwatch }: Layerwatch, format: TextFormat): string {
  const { note } = layerwatch.undo;
  return `${format.phrase(note.charAt(0).toUpperCase() + note.slice(1))}.`;
}
