import { alertIdFor } from './alert-id';
import type { AlertId } from './brands';
import type { Call } from './call';
import type { CloudTrailRecord } from './record';

/**
 * The id that releases 0.1 and 0.2 gave the alert of a record, where it differs: they folded all versions of a layer, all
 * unreadable calls and all equal calls of tampering. A record that is counted there is a repeat. To be dropped in the release
 * after the next.
 */
export function formerAlertIdOf(
  record: CloudTrailRecord,
  call: Call,
  windowMinutes: number,
): AlertId | undefined {
  const asked = formerKey(call);
  return asked === undefined ? undefined : alertIdFor(asked, record, call, windowMinutes);
}

function formerKey({ asked, target }: Call): string | undefined {
  switch (asked.kind) {
    case 'publish':
      return `publish ${target.name}`;
    case 'tampering':
      return `tampering ${asked.action} ${target.name}`;
    case 'unreadable':
      return `unreadable ${JSON.stringify([...asked.layers].sort())}`;
    case 'layers':
    case 'no-layers':
      return undefined;
  }
}
