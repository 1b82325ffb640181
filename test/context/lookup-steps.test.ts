import { zipSync } from 'fflate';
import { lookupSteps, memorySteps } from '../../lambda/context/steps';
import { emailOf } from '../../lambda/notification/email';
import type {
  ArchiveReader,
  FunctionFacts,
  LambdaLookup,
  LambdaLookupAt,
  LayerVersionFacts,
} from '../../lambda/ports';
import { served } from '../fixtures/archives';
import { answering, givenUpdate, layerVersion } from '../fixtures/records';
import { PipelineHarness } from '../harness/pipeline-harness';

const knowsNoFunction = { functionsWith: async () => [] };

const base = layerVersion('base', 4);
const foreignLayer = layerVersion('boto-utils', 3, '999988887777');
const text = new TextEncoder().encode('#!/bin/sh\n');
const archive = zipSync({ 'extensions/boot': text, 'python/boto3/__init__.py': text });

const layerFacts: LayerVersionFacts = {
  sizeBytes: archive.length,
  sha256: 'c2hhMjU2',
  created: '2026-10-06T21:10:05.000+0000',
  description: 'helpers <!channel>',
  location: 'https://example.com/layer?X-Amz-Signature=secret',
};

const functionFacts: FunctionFacts = {
  role: 'arn:aws:iam::123456789012:role/service-role/payments',
  runtime: 'python3.13',
  lastModified: '2026-10-06T21:14:05.000+0000',
  revisionId: '11111111-2222-4333-8444-555555555555',
  lastUpdateStatus: 'Successful',
  environmentNames: ['AWS_LAMBDA_EXEC_WRAPPER', 'PYTHONPATH', 'STAGE', 'DB_PASSWORD', 'apiKey'],
  layers: [base, foreignLayer],
};

const lambda: LambdaLookup = {
  layerVersion: async () => layerFacts,
  functionConfiguration: async () => functionFacts,
  aliases: async () => ['live'],
  invokers: async () => ['apigateway.amazonaws.com'],
};

const archiveReader: ArchiveReader = {
  read: async (_, { first, last }) => ({
    bytes: archive.slice(
      first < 0 ? Math.max(0, archive.length + first) : first,
      last === undefined ? undefined : last + 1,
    ),
    totalBytes: archive.length,
  }),
};

/** The alert of a foreign layer that was added, with these answers of Lambda. */
async function alertWith(answers: Partial<LambdaLookup>, archives: ArchiveReader = archiveReader) {
  const changeSteps = [
    ...memorySteps(knowsNoFunction),
    ...lookupSteps(() => ({ ...lambda, ...answers }), archives),
  ];
  const bench = await PipelineHarness.start({}, { changeSteps });
  try {
    await bench.process(givenUpdate([base], { eventTime: '2026-10-06T20:14:05Z' }));
    const outcome = await bench.process(givenUpdate([base, foreignLayer]));
    if (outcome.kind !== 'alert') throw new Error(outcome.kind);
    const { judgedDocument: document } = outcome.alert;
    return { document, email: emailOf(document, {}), ...document.layerwatch };
  } finally {
    await bench.stop();
  }
}

describe('what Lambda answers of a change', () => {
  test('given its answers, then the alert says what is inside the layer, and counts it', async () => {
    const { context, risk, email } = await alertWith({});
    expect(context.layers).toEqual([
      {
        arn: foreignLayer,
        size_bytes: archive.length,
        sha256: 'c2hhMjU2',
        created: '2026-10-06T21:10:05.000+0000',
        minutes_before: 4,
        description: 'helpers <!channel>',
        license: null,
        contents: { entries: 2, extensions: ['extensions/boot'], wrappers: [], shadowed: ['Python boto3'] },
        problem: null,
      },
    ]);
    expect(risk.factors.map(({ id }) => id)).toEqual([
      'rule',
      'unknown-account-layer',
      'new-publisher',
      'external-extension',
      'shadowed-library',
      'wrapper-variable',
      'published-just-before',
    ]);
    expect(risk.factors.map(({ reason }) => reason)).toEqual(
      expect.arrayContaining([
        'the layer starts the external extension extensions/boot',
        'AWS_LAMBDA_EXEC_WRAPPER is set on the function',
        'the layer was published 4 minutes before',
      ]),
    );
    expect(email).toMatch(
      /\nInside: boto-utils:3, \d+ bytes, created 4 minutes before, external extension extensions\/boot, takes the place of "Python boto3", 2 files, described as "helpers <!channel>", SHA-256 c2hhMjU2\n/,
    );
  });

  test('given the function as it is now, then role, runtime, invokers and wrappers by name are said', async () => {
    const { context, email } = await alertWith({});
    expect(context.function).toMatchObject({
      role: functionFacts.role,
      wrapper_variables: ['AWS_LAMBDA_EXEC_WRAPPER', 'PYTHONPATH'],
      secret_variables: ['DB_PASSWORD', 'apiKey'],
      aliases: ['live'],
      invokers: ['apigateway.amazonaws.com'],
      changed_since: false,
    });
    expect(email).toContain(
      '\nFunction: role service-role/payments; python3.13; environment has AWS_LAMBDA_EXEC_WRAPPER, PYTHONPATH; invoked by apigateway.amazonaws.com; aliases live\n',
    );
  });

  test.each([
    ['DATABASE_URL', true],
    ['STRIPE_SECRET_KEY', true],
    ['githubToken', true],
    ['SENTRY_DSN', true],
    ['PGPASSWORD', true],
    ['TABLE_NAME', false],
    ['LOG_LEVEL', false],
    ['API_URL', false],
    ['KEYBOARD', false],
  ])('given the variable %s, then whether it may hold a secret is %j', async (name, expected) => {
    const { context } = await alertWith({
      functionConfiguration: async () => ({ ...functionFacts, environmentNames: [name] }),
    });
    expect(context.function?.secret_variables).toEqual(expected ? [name] : []);
  });

  test('given a later revision with the same layers, then the undo command is guarded by it', async () => {
    const { undo } = await alertWith({});
    expect(undo.commands).toEqual([
      `aws lambda update-function-configuration --region eu-west-3 --function-name payments --layers ${base} --revision-id 11111111-2222-4333-8444-555555555555`,
    ]);
  });

  test('given an update that is not done, then its revision guards no command, because it changes once more', async () => {
    const { undo } = await alertWith({
      functionConfiguration: async () => ({ ...functionFacts, lastUpdateStatus: 'InProgress' }),
    });
    expect(undo.commands[0]).toContain('--layers');
    expect(undo.commands[0]).not.toContain('--revision-id');
  });

  test('given an environment that Lambda does not say, then it is not available and not without wrappers', async () => {
    const { context, email } = await alertWith({
      functionConfiguration: async () => ({
        ...functionFacts,
        environmentNames: [],
        environmentProblem: 'AccessDeniedException, not authorized to decrypt',
      }),
    });
    expect(context.function?.wrapper_variables).toBeNull();
    expect(email).toContain(
      'environment variables: not available, AccessDeniedException, not authorized to decrypt\n',
    );
  });

  test('given a layer whose archive stays in a bucket, then bucket, key and version are said', async () => {
    const storedIn = { bucket: 'team-layers', key: 'utils <a>.zip', version: 'v7' };
    const { context, email } = await alertWith({
      layerVersion: async () => ({ ...layerFacts, location: undefined, storedIn }),
    });
    expect(context.layers).toMatchObject([{ stored_in: storedIn, contents: null }]);
    expect(email).toContain(
      'code stays in bucket team-layers, key "utils <a>.zip", version v7, owner of the bucket not known',
    );
    expect(email).toContain(
      'its contents could not be read, because the archive stays in bucket team-layers\n',
    );
  });

  test('given a signed layer, then the profile and its account are said', async () => {
    const signedBy = 'arn:aws:signer:eu-west-3:111122223333:/signing-profiles/release/a1b2c3';
    const { context, email } = await alertWith({ layerVersion: async () => ({ ...layerFacts, signedBy }) });
    expect(context.layers).toMatchObject([{ signed_by: signedBy }]);
    expect(email).toContain('signed by profile release of account 111122223333');
  });

  test('given other layers by now, then that is said and no revision guards the command', async () => {
    const { context, undo, email } = await alertWith({
      functionConfiguration: async () => ({ ...functionFacts, layers: [base] }),
    });
    expect(context.function?.changed_since).toBe(true);
    expect(email).toContain('changed again since this call');
    expect(undo.commands[0]).not.toContain('--revision-id');
  });

  test('given an address of the archive, then it is in no document and in no message', async () => {
    const { document, email } = await alertWith({});
    expect(JSON.stringify(document) + email).not.toContain('X-Amz-Signature');
  });
});

describe('law 5, context never blocks', () => {
  const refuse = async () => {
    throw new Error('AccessDeniedException, not authorized');
  };

  test('given a function that nobody may read, then the alert says so and holds the rest', async () => {
    const { unavailable, context, email } = await alertWith({ functionConfiguration: refuse });
    expect(unavailable).toEqual([{ step: 'function', reason: 'AccessDeniedException, not authorized' }]);
    expect(context.layers).toHaveLength(1);
    expect(email).toContain('Not known: function: AccessDeniedException, not authorized');
  });

  test('given a layer that nobody may read, then the alert says which', async () => {
    const { context, email } = await alertWith({ layerVersion: refuse });
    expect(context.layers).toMatchObject([
      { arn: foreignLayer, problem: 'AccessDeniedException, not authorized' },
    ]);
    expect(email).toContain('layer boto-utils:3: AccessDeniedException, not authorized');
  });

  test('given aliases that cannot be listed, then the rest of the function is said', async () => {
    const { context } = await alertWith({ aliases: refuse });
    expect(context.function).toMatchObject({
      invokers: ['apigateway.amazonaws.com'],
      problems: ['aliases: AccessDeniedException, not authorized'],
    });
  });

  test('given an archive of another size than Lambda says, then it is refused and the rest stands', async () => {
    const { context } = await alertWith({ layerVersion: async () => ({ ...layerFacts, sizeBytes: 7 }) });
    expect(context.layers).toMatchObject([
      { sha256: 'c2hhMjU2', contents: null, problem: `the archive has ${archive.length} bytes and not 7` },
    ]);
  });

  test('given an archive that contradicts itself, then that counts, because it may hide what would', async () => {
    const cut = archive.slice(0, -1);
    const { context, risk } = await alertWith(
      { layerVersion: async () => ({ ...layerFacts, sizeBytes: cut.length }) },
      { read: (_, { first, last }) => served(cut).read(first, last) },
    );
    expect(context.layers).toMatchObject([{ archive_refused: true, contents: null }]);
    expect(risk.factors.map(({ id }) => id)).toContain('refused-archive');
  });

  test('given an archive that cannot be fetched, then nothing is held against the layer', async () => {
    const { context, risk } = await alertWith({}, { read: refuse });
    expect(context.layers?.[0]).not.toHaveProperty('archive_refused');
    expect(risk.factors.map(({ id }) => id)).not.toContain('refused-archive');
  });

  test('given answers that never come, then the alert goes out after the time for context', async () => {
    const never = () => new Promise<never>(() => {});
    const { unavailable } = await alertWith({ layerVersion: never, functionConfiguration: never });
    expect(unavailable.map(({ step }) => step)).toEqual(['layers', 'function']);
    expect(unavailable[0]?.reason).toMatch(/^no answer within \d+ ms$/);
  });

  test('given a call, then Lambda is asked under its account and in its region', async () => {
    const places: unknown[] = [];
    const lambdaAt: LambdaLookupAt = (place) => {
      places.push(place);
      return lambda;
    };
    const changeSteps = [...memorySteps(knowsNoFunction), ...lookupSteps(lambdaAt, archiveReader)];
    const bench = await PipelineHarness.start({}, { changeSteps });
    await bench.process(givenUpdate([base], { recipientAccountId: '210987654321', awsRegion: 'us-east-1' }));
    const place = { account: '210987654321', region: 'us-east-1' };
    expect(places).toEqual([place, place]);
    await bench.stop();
  });

  test('given a change that is only recorded, then Lambda is not asked', async () => {
    let asked = 0;
    const counting = async () => {
      asked++;
      return functionFacts;
    };
    const bench = await PipelineHarness.start(
      {},
      {
        changeSteps: [
          ...memorySteps(knowsNoFunction),
          ...lookupSteps(() => ({ ...lambda, functionConfiguration: counting }), archiveReader),
        ],
      },
    );
    await bench.process(givenUpdate([base], { eventTime: '2026-10-06T20:14:05Z' }));
    expect(asked).toBe(1);
    await bench.process(givenUpdate([base], { eventTime: '2026-10-06T21:14:05Z' }));
    await bench.process(givenUpdate(undefined, { ...answering([base]), eventTime: '2026-10-06T21:15:05Z' }));
    expect(asked).toBe(1);
    await bench.stop();
  });
});
