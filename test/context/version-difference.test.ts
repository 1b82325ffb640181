import { zipSync } from 'fflate';
import { lookupSteps, memorySteps } from '../../lambda/context/steps';
import { renderNotification } from '../../lambda/notification/message';
import type { ArchiveReader, LambdaLookup } from '../../lambda/ports';
import { executable, served } from '../fixtures/archives';
import { givenPublish, givenUpdate, layerVersion } from '../fixtures/records';
import { PipelineHarness } from '../harness/pipeline-harness';

const text = new TextEncoder().encode('#!/bin/sh\n');
const other = new TextEncoder().encode('#!/bin/sh -e\n');
const [before, after] = [layerVersion('utils', 3), layerVersion('utils', 4)];

const plain = zipSync({ 'python/utils.py': text });
const withExtension = zipSync({ 'python/utils.py': other, 'extensions/boot': [text, executable] });

type Archives = Readonly<Record<string, Uint8Array>>;

const refuse = async () => {
  throw new Error('AccessDeniedException, not authorized');
};

/** Lambda with these archives by the ARN of their layer version; others do not exist. */
function lambdaWith(archives: Archives, answers: Partial<LambdaLookup> = {}): LambdaLookup {
  return {
    async layerVersion(arn) {
      const archive = archives[arn];
      if (archive === undefined) throw new Error('ResourceNotFoundException, no such version');
      return { location: arn, sizeBytes: archive.length, sha256: `hash of ${archive.length} bytes` };
    },
    functionConfiguration: async () => ({ environmentNames: [], layers: [after] }),
    aliases: async () => [],
    invokers: async () => [],
    ...answers,
  };
}

const readerOf = (archives: Archives): ArchiveReader => ({
  read: (address, { first, last }) => served(archives[address] ?? new Uint8Array()).read(first, last),
});

const update = givenUpdate([after]);

/** The alert of version 4 in the place of version 3, or of another record. */
async function alertWith(archives: Archives, { lambda = lambdaWith(archives), record = update } = {}) {
  const changeSteps = [
    ...memorySteps({ functionsWith: async () => [] }),
    ...lookupSteps(() => lambda, readerOf(archives)),
  ];
  const bench = await PipelineHarness.start({}, { changeSteps });
  try {
    await bench.process(givenUpdate([before], { eventTime: '2026-10-06T20:14:05Z' }));
    const outcome = await bench.process(record);
    if (outcome.kind !== 'alert') throw new Error(outcome.kind);
    const { layerwatch } = outcome.alert.judgedDocument;
    const { bodies } = renderNotification(outcome.alert.judgedDocument, {});
    const factors = layerwatch.risk.factors.map(({ id }) => id);
    return { ...layerwatch, factors, bodies, layer: layerwatch.context.layers?.[0] };
  } finally {
    await bench.stop();
  }
}

describe('what a version of a layer changes', () => {
  test('given a version with a new extension, then the finding counts the files and names it first', async () => {
    const { layer } = await alertWith({ [before]: plain, [after]: withExtension });
    expect(layer?.difference).toEqual({
      compared_with: before,
      same_archive: false,
      files: { added: 1, changed: 1, removed: 0, unchanged: 0 },
      groups: [
        { kind: 'external-extension', change: 'added', files: 1, names: ['extensions/boot'] },
        { kind: 'other', change: 'changed', files: 1, names: ['python/utils.py'] },
      ],
      gained: { extensions: ['extensions/boot'], wrappers: [], shadowed: [] },
      problem: null,
    });
  });

  test('given a version with a new extension, then the email and Slack have a line of it', async () => {
    const { bodies } = await alertWith({ [before]: plain, [after]: withExtension });
    const line =
      'utils:4 after version 3: 1 file added, 1 changed, 0 removed; external extension added: extensions/boot; other file changed: python/utils.py';
    expect(bodies['email']).toContain(`\nChanged: ${line}\n`);
    expect(bodies['https']).toContain(`*Changed:* \`${line.slice(0, 150)}`);
  });

  test('given an extension that the version before had too, then it weighs less than a new one', async () => {
    const isNew = await alertWith({ [before]: plain, [after]: withExtension });
    expect(isNew.factors).toEqual(['rule', 'external-extension', 'new-in-version']);
    const both = await alertWith({ [before]: withExtension, [after]: withExtension });
    expect(both.factors).toEqual(['rule', 'external-extension']);
    expect(both.risk.score).toBe(isNew.risk.score - 15);
  });

  test.each([
    ['the SDK of the runtime', { 'python/boto3/a.py': text }, [], true],
    ['a wrapper that the function starts', { wrap: [text, executable] }, ['AWS_LAMBDA_EXEC_WRAPPER'], true],
    ['a wrapper that nothing starts', { wrap: [text, executable] }, [], false],
    ['a module', { 'python/more.py': text }, [], false],
  ] as const)(
    'given a version that gains %s, then it counts where it runs by itself',
    async (_, files, environmentNames, counts) => {
      const archives = { [before]: plain, [after]: zipSync({ ...files } as Parameters<typeof zipSync>[0]) };
      const lambda = lambdaWith(archives, {
        functionConfiguration: async () => ({ environmentNames, layers: [after] }),
      });
      const { factors } = await alertWith(archives, { lambda });
      expect(factors.includes('new-in-version')).toBe(counts);
    },
  );

  test('given two versions with one archive, then that is said and the earlier one is not needed', async () => {
    const lambda = lambdaWith({ [before]: plain, [after]: plain });
    const { bodies } = await alertWith({ [after]: plain }, { lambda });
    expect(bodies['email']).toContain('\nChanged: utils:4 after version 3: the same archive\n');
  });

  test('given a publish after another version, then it is compared with that one', async () => {
    const archives = { [before]: plain, [after]: withExtension };
    const { layer } = await alertWith(archives, { record: givenPublish('utils', 4) });
    expect(layer?.difference).toMatchObject({ compared_with: before, files: { added: 1 } });
  });

  test.each([
    ['a first version', givenPublish('utils', 1)],
    ['a layer that was not there before', givenUpdate([before, layerVersion('more', 2)])],
  ])('given %s, then nothing is compared', async (_, record) => {
    const archives = { [layerVersion('utils', 1)]: plain, [layerVersion('more', 2)]: plain };
    const { layer } = await alertWith(archives, { record });
    expect(layer).not.toHaveProperty('difference');
  });
});

test('given a publish of code that stays in a bucket, when Lambda says nothing of it, then the call does', async () => {
  const content = { s3ObjectStorageMode: 'REFERENCE', s3Bucket: 'team-layers', s3Key: 'utils.zip' };
  const record = givenPublish('utils', 4, { requestParameters: { layerName: 'utils', content } });
  const { layer } = await alertWith({}, { record });
  expect(layer?.stored_in).toEqual({ bucket: 'team-layers', key: 'utils.zip', version: null });
});

describe('law 5, a comparison that fails leaves the rest', () => {
  const archives = { [before]: plain, [after]: withExtension };

  test.each<[string, Archives, string]>([
    [
      'a version before that was deleted',
      { [after]: withExtension },
      'ResourceNotFoundException, no such version',
    ],
    [
      'an archive before that lies',
      { ...archives, [before]: plain.slice(0, -1) },
      'archive refused: it has no end record',
    ],
    [
      'a new archive that lies',
      { ...archives, [after]: plain.slice(0, -1) },
      'the files of the new version are not known',
    ],
  ])('given %s, then the alert says why', async (_, given, reason) => {
    const { layer, bodies } = await alertWith(given);
    expect(layer?.difference).toMatchObject({ files: null, gained: null, groups: [], problem: reason });
    expect(bodies['email']).toContain(`what changed in utils:4 after version 3: not available, ${reason}\n`);
  });

  test('given a version before that nobody may read, then the contents of the new one are said', async () => {
    const { layerVersion: answer } = lambdaWith(archives);
    const lambda = lambdaWith(archives, {
      layerVersion: (arn, signal) => (arn === before ? refuse() : answer(arn, signal)),
    });
    const { layer } = await alertWith(archives, { lambda });
    expect(layer).toMatchObject({
      problem: null,
      contents: { extensions: ['extensions/boot'] },
      difference: { problem: 'AccessDeniedException, not authorized' },
    });
  });

  test('given an answer about the version before that does not come in time, then the contents of the new one are said', async () => {
    const { layerVersion: answer } = lambdaWith(archives);
    const untilAborted = (signal: AbortSignal) =>
      new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    const lambda = lambdaWith(archives, {
      layerVersion: (arn, signal) => (arn === before ? untilAborted(signal) : answer(arn, signal)),
    });
    const { layer, unavailable } = await alertWith(archives, { lambda });
    expect(unavailable).toEqual([]);
    expect(layer).toMatchObject({
      contents: { extensions: ['extensions/boot'] },
      difference: { problem: 'no answer within the time for context' },
    });
  });
});
