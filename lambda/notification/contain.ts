import { awsCommand } from '../detection/aws-command';
import { isPrincipalName } from '../detection/aws-grammar';
import type { FindingDocument } from '../detection/finding-document';
import { forgedAction } from '../detection/forged';
import type { NotificationContext } from '../ports';
import type { TextFormat } from '../text/text-format';
import { layerwatchCommand, undoCommands, undoNote } from './commands';
import { revokeSessionsLink } from './links';
import { callerSessions, roleName } from './sessions';
import { type Step, stepOf } from './step';

/** What stops an attack, in the order in which it should be done; empty where the call put no code anywhere. */
export function containSteps(
  document: FindingDocument,
  context: NotificationContext,
  format: TextFormat,
): readonly Step[] {
  switch (dangerOf(document.layerwatch.change)) {
    case 'none':
      return [];
    case 'call':
      return [...takeBack(document, context, format), ...callerSessions(document, format)];
    case 'claim':
      return takeBack(document, context, format);
    case 'code':
      return [
        ...takeBack(document, context, format),
        ...functionRole(document, format),
        ...callerSessions(document, format),
        ...secrets(document, format),
      ];
  }
}

/** `code`: new code may run with the function's role; `call`: the call alone is to be stopped; `claim`: nobody knows who made it. */
function dangerOf({
  kind,
  action,
}: FindingDocument['layerwatch']['change']): 'code' | 'call' | 'claim' | 'none' {
  if (action === forgedAction) return 'claim';
  switch (kind) {
    case 'added':
    case 'version-changed':
    case 'unseen-change':
    case 'before-unknown':
    case 'unreadable':
      return 'code';
    case 'published':
    case 'tampering':
      return 'call';
    case 'removed':
    case 'reordered':
    case 'unchanged':
    case 'no-layers':
      return 'none';
  }
}

function takeBack(
  document: FindingDocument,
  context: NotificationContext,
  format: TextFormat,
): readonly Step[] {
  const { change, target } = document.layerwatch;
  const [first] = undoCommands(document).commands;
  if (change.kind === 'tampering') return [stepOf(undoNote(document, format), { command: first })];
  if (first === undefined) return [];
  const command = layerwatchCommand('restore', document, context);
  if (target.type === 'layer') return [stepOf('Delete the layer version:', { command })];
  if (change.before !== null) return [stepOf('Restore the layers from before the call:', { command })];
  return change.layers.some(({ provenance }) => provenance === 'unknown-account')
    ? [stepOf('Remove the layers of unknown accounts, and keep the others:', { command: first })]
    : [stepOf('Decide which layers may stay. The commands under Undo show what the function had.')];
}

/** Services and accounts that are named. */
const maxInvokers = 3;

/** What the code of a layer can reach is what the function's role may do. */
function functionRole(document: FindingDocument, format: TextFormat): readonly Step[] {
  const { role: arn, invokers = [] } = document.layerwatch.context.function ?? {};
  const role = roleName(arn);
  if (role === undefined) return [];
  const by =
    invokers.length === 0
      ? ''
      : `, and is invoked by ${invokers.slice(0, maxInvokers).map(format.name).join(', ')}`;
  return [
    stepOf(`The layer's code runs as role ${format.name(role)}${by}. What the role may do:`, {
      command: awsCommand(['iam', 'list-attached-role-policies'], undefined, [
        ['--role-name', role, isPrincipalName],
      ]),
    }),
    stepOf(`Revoke the sessions of role ${format.name(role)}, because the code can copy its credentials.`, {
      url: revokeSessionsLink(role, document),
    }),
  ];
}

/** Names that are shown of the variables. */
const maxVariables = 8;

function secrets({ layerwatch }: FindingDocument, format: TextFormat): readonly Step[] {
  const names = layerwatch.context.function?.secret_variables ?? [];
  if (names.length === 0) return [];
  const shown = names.slice(0, maxVariables).map(format.name).join(', ');
  const more = names.length > maxVariables ? ` and ${names.length - maxVariables} more` : '';
  return [stepOf(`Rotate the secrets in these variables of the function: ${shown}${more}.`)];
}
