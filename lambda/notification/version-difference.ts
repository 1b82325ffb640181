import type { FileGroup, FileKind, LayerDifference, LayerInside } from '../detection/context-document';
import { plural, shortLayer } from '../text/format';
import { displayName, escapeForDisplay } from '../text/untrusted-text';

const kindLabels: Readonly<Record<FileKind, string>> = {
  'external-extension': 'external extension',
  wrapper: 'wrapper',
  'shared-object': 'shared object',
  executable: 'executable',
  'runtime-library': 'runtime library file',
  other: 'other file',
};

/**
 * `boto-utils:4 after version 3: 2 files added, 1 changed, 0 removed; external extension added: extensions/boot`, one line for each
 * layer whose files were compared with those of the version before.
 */
export function differenceLines(layers: readonly LayerInside[]): readonly string[] {
  return layers.flatMap(({ arn, difference }) =>
    difference === undefined || difference.files === null
      ? []
      : [`${comparedVersions(arn, difference)}: ${describeDifference(difference)}`],
  );
}

/** Why files could not be compared, one line for each layer. */
export function comparisonProblems(layers: readonly LayerInside[]): readonly string[] {
  return layers.flatMap(({ arn, difference }) =>
    difference === undefined || difference.problem === null
      ? []
      : [
          `what changed in ${comparedVersions(arn, difference)}: not available, ${escapeForDisplay(difference.problem, 120)}`,
        ],
  );
}

function comparedVersions(arn: string, { compared_with }: LayerDifference): string {
  const version = compared_with.split(':').at(-1) ?? '';
  return `${escapeForDisplay(shortLayer(arn), 100)} after version ${escapeForDisplay(version, 20)}`;
}

export function describeDifference({ files, groups, gained, same_archive }: LayerDifference): string {
  if (files === null) return 'not available';
  if (groups.length > 0) {
    const counts = `${plural(files.added, 'file')} added, ${files.changed} changed, ${files.removed} removed`;
    return [counts, ...groups.map(describeGroup), ...describeShadowed(gained?.shadowed ?? [])].join('; ');
  }
  if (same_archive === true) return 'the same archive';
  const unlike = same_archive === false ? ', though the archives do' : '';
  return `no file differs by name, size and CRC-32${unlike}`;
}

/** The end of a path says more than its beginning, so that few are cut. */
const maxNameUnits = 100;

/** `shared objects changed: lib/a.so, lib/b.so and 3 more`. */
function describeGroup({ kind, change, files, names }: FileGroup): string {
  const what = `${kindLabels[kind]}${files === 1 ? '' : 's'} ${change}`;
  if (names.length === 0) return `${files} ${what}`;
  const shown = names.map((name) => escapeForDisplay(displayName(name), maxNameUnits)).join(', ');
  return `${what}: ${shown}${files > names.length ? ` and ${files - names.length} more` : ''}`;
}

function describeShadowed(shadowed: readonly string[]): readonly string[] {
  if (shadowed.length === 0) return [];
  return [
    `now takes the place of ${shadowed.map((name) => escapeForDisplay(displayName(name), maxNameUnits)).join(', ')}`,
  ];
}
