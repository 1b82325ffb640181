import { quoteForShell } from '../text/shell';
import { sameList } from './baseline';
import type { Call } from './call';
import type { Change } from './change';
import type { FunctionContext } from './context-document';
import type { LayerVerdict } from './finding-document';
import { forgedAction } from './forged';
import { at, text } from './json';
import type { CloudTrailRecord } from './record';

export interface Undo {
  /** Each can be pasted into a shell. */
  readonly commands: readonly string[];
  /** What the commands do, and what is not known. */
  readonly note: string;
}

/** The commands that take the change back, as far as they are known. */
export function undoOf(
  record: CloudTrailRecord,
  call: Call,
  change: Change,
  layers: readonly LayerVerdict[],
  found?: FunctionContext,
): Undo {
  if (call.asked.kind === 'publish') return undoPublish(call);
  if (call.asked.kind === 'tampering') return undoTampering(call, call.asked.action);
  if (call.target.name === undefined) return { commands: [], note: 'the record does not name the function' };
  switch (change.kind) {
    case 'no-layers':
    case 'unchanged':
      return { commands: [], note: 'the call changed no layers' };
    case 'unreadable':
      return change.before === undefined
        ? {
            commands: lookUps(call),
            note: 'shows what the function has now and what its published versions had',
          }
        : restore(call, change.before, revisionOf(record, change, found));
    default:
      return change.before === undefined
        ? undoWithoutBefore(call, layers, revisionOf(record, change, found))
        : restore(call, change.before, revisionOf(record, change, found));
  }
}

/** Lambda gives a new revision when an update has settled: the later one guards better, as long as the layers are the same. */
function revisionOf(
  record: CloudTrailRecord,
  change: Change,
  found: FunctionContext | undefined,
): string | undefined {
  const isSame =
    found !== undefined && change.after !== undefined && sameList(change.after, found.layers_now);
  if (isSame && found.revision_id !== null) return found.revision_id;
  return text(at(record.responseElements, 'revisionId'));
}

/** The two that are undone by one command; the rest is put right by deploying the stack again. */
function undoTampering({ target }: Call, action: string): Undo {
  if (action === forgedAction)
    return {
      commands: [],
      note: 'nothing of the event was believed; find what in that account puts events on the bus of the hub, and who may',
    };
  const region = target.region === undefined ? [] : ['--region', target.region];
  const name = ['--name', target.name ?? ''];
  const command = (words: readonly string[]) =>
    ['aws', ...[...words, ...region, ...name].map(quoteForShell)].join(' ');
  if (action === 'StopLogging')
    return { commands: [command(['cloudtrail', 'start-logging'])], note: 'starts the trail again' };
  if (action === 'DisableRule')
    return { commands: [command(['events', 'enable-rule'])], note: 'enables the rule again' };
  return {
    commands: ['npx cdk deploy'],
    note: 'in the folder of Layerwatch: puts its own resources right; a trail has to be put right by its owner',
  };
}

function undoPublish(call: Call): Undo {
  const { asked, target } = call;
  if (asked.kind !== 'publish' || asked.version === undefined || target.name === undefined) {
    return { commands: [], note: 'the record does not tell which version was published' };
  }
  const version = ['--layer-name', nameOf(call), '--version-number', asked.version];
  return {
    commands: [lambdaCommand('delete-layer-version', call, version)],
    note: 'deletes the version; functions that already use it keep running with it',
  };
}

function restore(call: Call, before: readonly string[], revision: string | undefined): Undo {
  return {
    commands: [setLayers(call, before, revision)],
    note: 'puts back the layers from before; refused where the function was changed since',
  };
}

/** Without the list before, layers of unknown accounts can still be taken off; the rest of the call's list stays. */
function undoWithoutBefore(call: Call, layers: readonly LayerVerdict[], revision: string | undefined): Undo {
  const isForeign = (layer: LayerVerdict) => layer.provenance === 'unknown-account';
  if (!layers.some(isForeign)) {
    return {
      commands: lookUps(call),
      note: 'the layers before are not known; these show what it has now and what its published versions had',
    };
  }
  const rest = layers.filter((layer) => !isForeign(layer)).flatMap((layer) => layer.arn ?? []);
  return {
    commands: [setLayers(call, rest, revision), ...lookUps(call)],
    note: 'the layers before are not known; the first command takes off the layers of unknown accounts and keeps the others, the rest show what the function has now and what its published versions had',
  };
}

function setLayers(call: Call, layers: readonly string[], revision: string | undefined): string {
  const list = layers.length === 0 ? ['[]'] : layers;
  const guard = revision === undefined ? [] : ['--revision-id', revision];
  return lambdaCommand('update-function-configuration', call, [
    '--function-name',
    nameOf(call),
    '--layers',
    ...list,
    ...guard,
  ]);
}

function lookUps(call: Call): readonly string[] {
  const name = ['--function-name', nameOf(call)];
  const query = (what: string) => ['--query', what];
  return [
    lambdaCommand('get-function-configuration', call, [
      ...name,
      ...query('{Layers:Layers[].Arn,RevisionId:RevisionId}'),
    ]),
    lambdaCommand('list-versions-by-function', call, [
      ...name,
      ...query('Versions[].[Version,LastModified,Layers[].Arn]'),
    ]),
  ];
}

/** A name that begins with a hyphen would be read as an option; the ARN never does. */
function nameOf({ target }: Call): string {
  const name = target.name ?? '';
  return name.startsWith('-') ? (target.arn ?? name) : name;
}

function lambdaCommand(operation: string, call: Call, rest: readonly string[]): string {
  const region = call.target.region === undefined ? [] : ['--region', call.target.region];
  return ['aws', 'lambda', operation, ...[...region, ...rest].map(quoteForShell)].join(' ');
}
