import { bareLayer, parseLayerArn } from '../detection/arn';
import type { LayerChange } from '../detection/change';
import type { LayerDifference, LayerInside } from '../detection/context-document';
import { newLayersOf } from '../detection/layer-labels';
import type { ArchiveReader, LambdaLookupAt, LayerVersionFacts } from '../ports';
import { type ChangeStep, type ChangeSubject, placeOf } from './context-step';
import { contentsOf } from './layer-contents';
import { compareFiles } from './layer-difference';
import { type LayerVersion, readLayerVersion } from './layer-version';
import { storedByCall } from './stored-object';

/** Lambda allows five layers on a function; a hostile record may name any number. */
const maxLayers = 5;

/**
 * Looks at the layers that are new on the function, or were published: what Lambda says of them, what is inside, and what the
 * version before did not have.
 */
export function layersStep(lambdaAt: LambdaLookupAt, archive: ArchiveReader): ChangeStep {
  return {
    name: 'layers',
    run: async (subject) => {
      const layers = newLayers(subject);
      if (layers.length === 0) return {};
      const lambda = lambdaAt(placeOf(subject));
      const read = (arn: string) => readLayerVersion(arn, lambda, archive, subject.signal);
      return { layers: await Promise.all(layers.map((layer) => look(layer, subject, read))) };
    },
  };
}

interface NewLayer {
  readonly arn: string;
  /** ARN of the version that it comes after; `undefined` where there is none or it is not known. */
  readonly predecessor: string | undefined;
}

function newLayers({ change }: ChangeSubject): readonly NewLayer[] {
  return newLayersOf(change.layers)
    .flatMap((layer) => {
      const { arn } = layer;
      if (arn === undefined || parseLayerArn(arn)?.version === undefined) return [];
      return [{ arn, predecessor: predecessorOf(arn, layer) }];
    })
    .slice(0, maxLayers);
}

function predecessorOf(arn: string, { change, version, fromVersion }: LayerChange): string | undefined {
  const before = change === 'published' ? versionBefore(version) : fromVersion;
  return before === undefined ? undefined : `${bareLayer(arn)}:${before}`;
}

/** Lambda counts the versions of a layer from 1, and never gives a number again. */
function versionBefore(version: string | undefined): string | undefined {
  const isLater = /^\d{1,12}$/.test(version ?? '') && Number(version) > 1;
  return isLater ? String(Number(version) - 1) : undefined;
}

/** One layer that cannot be looked at leaves the others as they are. */
async function look(
  { arn, predecessor }: NewLayer,
  subject: ChangeSubject,
  read: (arn: string) => Promise<LayerVersion>,
): Promise<LayerInside> {
  const [version, before] = await Promise.all([
    read(arn),
    predecessor === undefined ? undefined : read(predecessor),
  ]);
  return {
    ...describe(arn, version.facts, subject),
    contents: version.files === undefined ? null : contentsOf(version.files),
    problem: version.problem ?? null,
    ...(version.isRefused ? { archive_refused: true } : {}),
    ...(predecessor === undefined || before === undefined
      ? {}
      : { difference: differenceBetween(predecessor, before, version) }),
  };
}

function differenceBetween(arn: string, before: LayerVersion, now: LayerVersion): LayerDifference {
  const { sha256 } = now.facts;
  const same_archive =
    sha256 === undefined || before.facts.sha256 === undefined ? null : sha256 === before.facts.sha256;
  const compared = { compared_with: arn, same_archive };
  const filesBefore = same_archive === true ? now.files : before.files;
  if (now.files !== undefined && filesBefore !== undefined)
    return { ...compared, ...compareFiles(filesBefore, now.files), problem: null };
  const problem = now.files === undefined ? 'the files of the new version are not known' : before.problem;
  return { ...compared, files: null, groups: [], gained: null, problem: problem ?? null };
}

function describe(
  arn: string,
  facts: LayerVersionFacts,
  subject: ChangeSubject,
): Omit<LayerInside, 'contents' | 'problem'> {
  const time = subject.record.eventTime;
  const storedIn = facts.storedIn ?? storedByCall(subject);
  const created = facts.created === undefined ? Number.NaN : Date.parse(facts.created);
  const known = time !== undefined && !Number.isNaN(created);
  return {
    arn,
    size_bytes: facts.sizeBytes ?? null,
    sha256: facts.sha256 ?? null,
    created: facts.created ?? null,
    minutes_before: known ? Math.max(0, Math.floor((time.getTime() - created) / 60_000)) : null,
    description: facts.description ?? null,
    license: facts.license ?? null,
    ...(storedIn === undefined ? {} : { stored_in: storedIn }),
    ...(facts.signedBy === undefined ? {} : { signed_by: facts.signedBy }),
  };
}
