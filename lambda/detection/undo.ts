import type { Argument } from './aws-command';
import { isFunctionName, isLayerName, isLayerVersionArn, isRevisionId } from './aws-grammar';
import type { Call } from './call';
import type { Change } from './change';
import type { FunctionContext } from './context-document';
import type { LayerVerdict } from './finding-document';
import { sameList } from './history';
import { commandOf, type Undo } from './undo-command';
import { undoTampering } from './undo-tampering';

/** The commands that take the change back, as far as they are known and can be written safely. */
export function undoOf(
  call: Call,
  change: Change,
  layers: readonly LayerVerdict[],
  found?: FunctionContext,
): Undo {
  const { asked, target } = call;
  if (asked.kind === 'publish') return undoPublish(call);
  if (asked.kind === 'tampering') return undoTampering(target, asked);
  if (target.name === undefined) return { commands: [], note: 'the record does not name the function' };
  const revision = settledRevision(change, found);
  switch (change.kind) {
    case 'no-layers':
    case 'unchanged':
      return { commands: [], note: 'the call changed no layers' };
    case 'unreadable':
      return change.before === undefined ? lookUps(call) : restore(call, change.before, revision);
    case 'published':
    case 'tampering':
    case 'added':
    case 'version-changed':
    case 'unseen-change':
    case 'before-unknown':
    case 'removed':
    case 'reordered':
      return change.before === undefined
        ? undoWithoutBefore(call, layers, revision)
        : restore(call, change.before, revision);
  }
}

/**
 * The revision that Lambda shows now, as long as the layers are still those of the call and the update is complete: until then
 * neither this one nor the one in the record's response lasts (https://github.com/aws/aws-sdk/issues/377).
 */
function settledRevision(change: Change, found: FunctionContext | undefined): string | undefined {
  const revision = found?.update_status === 'Successful' ? (found.revision_id ?? '') : '';
  return sameList(change.after, found?.layers_now) && isRevisionId(revision) ? revision : undefined;
}

function undoPublish({ asked, target }: Call): Undo {
  if (asked.kind !== 'publish' || asked.version === undefined || target.name === undefined) {
    return { commands: [], note: 'the record does not say which version was published' };
  }
  return commandOf(
    'deletes the version; functions that already use it keep running with it',
    ['lambda', 'delete-layer-version'],
    target.region,
    [
      ['--layer-name', target.name, isLayerName],
      ['--version-number', asked.version, isVersion],
    ],
  );
}

function isVersion(text: string): boolean {
  return /^\d{1,12}$/.test(text);
}

function restore(call: Call, before: readonly string[], revision: string | undefined): Undo {
  const guard =
    revision === undefined
      ? 'restores the layers from before; check first that the function was not changed since'
      : 'restores the layers from before; refused where the function was changed since';
  return setLayers(guard, call, before, revision);
}

/** Without the list before, layers of unknown accounts can still be removed; the rest of the call's list stays. */
function undoWithoutBefore(call: Call, layers: readonly LayerVerdict[], revision: string | undefined): Undo {
  const isForeign = (layer: LayerVerdict) => layer.provenance === 'unknown-account';
  const shown = lookUps(call);
  if (!layers.some(isForeign))
    return {
      ...shown,
      note: 'the layers before are not known; the commands show what the function has now, and what its published versions had',
    };
  const rest = layers.filter((layer) => !isForeign(layer)).flatMap((layer) => layer.arn ?? []);
  const first = setLayers(
    'removes the layers of unknown accounts and keeps the others',
    call,
    rest,
    revision,
  );
  if (first.commands.length === 0) return first;
  return {
    commands: [...first.commands, ...shown.commands],
    note: `the layers before are not known; the first command ${first.note}, the others show what it has now, and what its published versions had`,
  };
}

function setLayers(note: string, call: Call, layers: readonly string[], revision: string | undefined): Undo {
  const list =
    layers.length === 0
      ? ([[`'[]'`, isEmptyList]] as const)
      : layers.map((arn) => [arn, isLayerVersionArn] as const);
  const guard = revision === undefined ? [] : ([['--revision-id', revision, isRevisionId]] as const);
  return commandOf(note, ['lambda', 'update-function-configuration'], call.target.region, [
    functionName(call),
    ['--layers', ...(list[0] ?? [`'[]'`, isEmptyList])],
    ...list.slice(1).map(([arn, fits]) => ['', arn, fits] as const),
    ...guard,
  ]);
}

function isEmptyList(text: string): boolean {
  return text === `'[]'`;
}

/** What the function has now, and what its published versions had. */
function lookUps(call: Call): Undo {
  const note = 'shows what the function has now and what its published versions had';
  const now = commandOf(
    note,
    ['lambda', 'get-function-configuration'],
    call.target.region,
    [functionName(call)],
    `--query '{Layers:Layers[].Arn,RevisionId:RevisionId}'`,
  );
  const versions = commandOf(
    note,
    ['lambda', 'list-versions-by-function'],
    call.target.region,
    [functionName(call)],
    `--query 'Versions[].[Version,LastModified,Layers[].Arn]'`,
  );
  return { commands: [...now.commands, ...versions.commands], note: now.note };
}

function functionName({ target }: Call): Argument {
  return ['--function-name', target.name ?? '', isFunctionName];
}
