import type { FindingDocument } from '../detection/finding-document';

/**
 * The commands of a document that may be shown to be pasted, each as it was built: it is never changed, and one that holds anything
 * but printable ASCII without a backtick is left out. Documents of releases before 0.3 may hold such ones.
 */
export function commandsToPaste(
  { layerwatch }: Pick<FindingDocument, 'layerwatch'>,
  maxLength: number,
): { readonly commands: readonly string[]; readonly leftOut: number } {
  const { commands } = layerwatch.undo;
  const kept = commands.filter((command) => command.length <= maxLength && /^[ -_a-~]+$/.test(command));
  return { commands: kept, leftOut: commands.length - kept.length };
}
