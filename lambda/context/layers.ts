import { parseLayerArn } from '../detection/arn';
import type { LayerInside } from '../detection/context-document';
import type { ArchiveReader, LambdaLookup, LayerVersionFacts } from '../ports';
import { errorMessage } from '../text/format';
import type { ChangeStep, ChangeSubject } from './context-step';
import { inspectArchive } from './layer-contents';

/** Lambda allows five layers on a function; a hostile record may name any number. */
const maxLayers = 5;

/** Looks at the layers that are new on the function, or were published: what Lambda says of them, and what is inside. */
export function layersStep(lambda: LambdaLookup, archive: ArchiveReader): ChangeStep {
  return {
    name: 'layers',
    run: async (subject) => {
      const arns = newLayers(subject);
      if (arns.length === 0) return {};
      return { layers: await Promise.all(arns.map((arn) => look(arn, subject, lambda, archive))) };
    },
  };
}

function newLayers({ change }: ChangeSubject): readonly string[] {
  const isNew = (kind: string) => kind !== 'kept' && kind !== 'removed';
  const arns = change.layers.flatMap(({ arn, change: kind }) =>
    arn !== undefined && isNew(kind) ? [arn] : [],
  );
  return arns.filter((arn) => parseLayerArn(arn)?.version !== undefined).slice(0, maxLayers);
}

/** One layer that cannot be looked at leaves the others as they are. */
async function look(
  arn: string,
  { record, signal }: ChangeSubject,
  lambda: LambdaLookup,
  archive: ArchiveReader,
): Promise<LayerInside> {
  try {
    const facts = await lambda.layerVersion(arn, signal);
    const described = describe(arn, facts, record.eventTime);
    return { ...described, ...(await inside(facts, archive, signal)) };
  } catch (error) {
    return { ...describe(arn, {}, undefined), contents: null, problem: errorMessage(error) };
  }
}

function describe(
  arn: string,
  facts: Partial<LayerVersionFacts>,
  time: Date | undefined,
): Omit<LayerInside, 'contents' | 'problem'> {
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
  };
}

async function inside(
  { location, sizeBytes }: LayerVersionFacts,
  archive: ArchiveReader,
  signal: AbortSignal,
): Promise<Pick<LayerInside, 'contents' | 'problem'>> {
  try {
    if (location === undefined) throw new Error('Lambda gives no address of the archive');
    const contents = await inspectArchive(async (first, last) => {
      const read = await archive.read(location, { first, last }, signal);
      if (sizeBytes !== undefined && read.totalBytes !== sizeBytes)
        throw new Error(`the archive has ${read.totalBytes} bytes and not ${sizeBytes}`);
      return read;
    });
    return { contents, problem: null };
  } catch (error) {
    return { contents: null, problem: errorMessage(error) };
  }
}
