import {
  externalExtension,
  newInVersion,
  refusedArchive,
  shadowedLibrary,
  wrapperVariable,
} from '../../lambda/detection/content-factors';
import type { FindingContext, LayerInside, NotableFiles } from '../../lambda/detection/context-document';
import type { LayerVerdict } from '../../lambda/detection/finding-document';
import type { RiskFacts } from '../../lambda/detection/risk-facts';
import { layerVersion } from '../fixtures/records';

const arn = layerVersion('boto-utils', 3);
const bare = arn.slice(0, -2);
const none: NotableFiles = { extensions: [], wrappers: [], shadowed: [] };

function layer(fields: Partial<LayerVerdict> = {}): LayerVerdict {
  return {
    arn,
    name: 'boto-utils',
    version: '3',
    account: '1',
    change: 'added',
    provenance: 'unknown-account',
    publisher: null,
    ...fields,
  };
}

function inside(fields: Partial<LayerInside>): FindingContext {
  return { layers: [{ arn, ...fields } as LayerInside] };
}

const holding = (files: Partial<NotableFiles>) => inside({ contents: { entries: 1, ...none, ...files } });
const gaining = (files: Partial<NotableFiles>, variables: readonly string[] = []): FindingContext => ({
  ...inside({ difference: { gained: { ...none, ...files } } as NonNullable<LayerInside['difference']> }),
  function: { wrapper_variables: variables } as NonNullable<FindingContext['function']>,
});
const running = (variables: readonly string[] | null): FindingContext => ({
  function: { wrapper_variables: variables } as NonNullable<FindingContext['function']>,
});

function facts(context: FindingContext, fields: Partial<RiskFacts> = {}): RiskFacts {
  return {
    changeKind: 'added',
    layers: [layer()],
    context,
    newLayersHere: new Set(),
    deployer: undefined,
    targetsLayerwatch: false,
    ...fields,
  };
}

const watcher = holding({ extensions: ['watcher'] });
const shadow = holding({ shadowed: ['boto3'] });
const own = [layer({ provenance: 'own-account' })];
const seenHere = { newLayersHere: new Set([bare]) };

describe.each<
  [
    string,
    (given: RiskFacts) => string | undefined,
    readonly (readonly [string, RiskFacts, string | undefined])[],
  ]
>([
  [
    'an external extension',
    externalExtension,
    [
      ['one in the layer', facts(watcher), 'the layer starts the external extension watcher'],
      [
        'one in an own layer',
        facts(watcher, { layers: own }),
        'the layer starts the external extension watcher',
      ],
      ['none in the layer', facts(holding({})), undefined],
      ['contents that are not known', facts(inside({ contents: null })), undefined],
      ['no context', facts({}), undefined],
      ['one of AWS', facts(watcher, { layers: [layer({ provenance: 'aws' })] }), undefined],
      ['one of a vendor', facts(watcher, { layers: [layer({ provenance: 'vendor' })] }), undefined],
      ['one in a layer that was kept', facts(watcher, { layers: [layer({ change: 'kept' })] }), undefined],
      ['one in another layer', facts(watcher, { layers: [layer({ arn: 'other' })] }), undefined],
    ],
  ],
  [
    'a library whose place is taken',
    shadowedLibrary,
    [
      ['one in a layer of an unknown account', facts(shadow), 'the layer takes the place of boto3'],
      ['none', facts(holding({})), undefined],
      ['contents that are not known', facts(inside({ contents: null })), undefined],
      ['one in an own layer that was seen', facts(shadow, { layers: own }), undefined],
      [
        'one in an own layer that is new here',
        facts(shadow, { layers: own, ...seenHere }),
        'the layer takes the place of boto3',
      ],
      [
        'one in a layer of AWS that is new here',
        facts(shadow, { layers: [layer({ provenance: 'aws' })], ...seenHere }),
        undefined,
      ],
      [
        'one beside another layer that is new',
        facts(shadow, { layers: [...own, layer({ arn: 'other' })] }),
        undefined,
      ],
    ],
  ],
  [
    'an archive that cannot be trusted',
    refusedArchive,
    [
      [
        'one',
        facts(inside({ archive_refused: true })),
        "the layer's archive cannot be trusted, so its contents are not known",
      ],
      ['none', facts(inside({})), undefined],
    ],
  ],
  [
    'what a version gains',
    newInVersion,
    [
      [
        'an extension',
        facts(gaining({ extensions: ['watcher'], shadowed: ['boto3'] })),
        'the version before had no external extension watcher',
      ],
      [
        'a wrapper that the function starts',
        facts(gaining({ wrappers: ['wrap'], shadowed: ['boto3'] }, ['AWS_LAMBDA_EXEC_WRAPPER'])),
        'the version before had no wrapper wrap',
      ],
      ['a wrapper that nothing starts', facts(gaining({ wrappers: ['wrap'] })), undefined],
      [
        'a wrapper beside another variable',
        facts(gaining({ wrappers: ['wrap'] }, ['NODE_OPTIONS'])),
        undefined,
      ],
      [
        'no wrapper, on a function that starts one',
        facts(gaining({}, ['AWS_LAMBDA_EXEC_WRAPPER'])),
        undefined,
      ],
      [
        'a library',
        facts(gaining({ shadowed: ['boto3'] })),
        'the version before did not take the place of boto3',
      ],
      ['nothing', facts(gaining({})), undefined],
      [
        'a difference that is not known',
        facts(inside({ difference: { gained: null } as NonNullable<LayerInside['difference']> })),
        undefined,
      ],
      ['no version before', facts(inside({})), undefined],
    ],
  ],
  [
    'a variable that starts a wrapper',
    wrapperVariable,
    [
      ...[
        'AWS_LAMBDA_EXEC_WRAPPER',
        'DOTNET_STARTUP_HOOKS',
        'JAVA_TOOL_OPTIONS',
        'LD_PRELOAD',
        'NODE_OPTIONS',
        'RUBYOPT',
      ].map((name) => [name, facts(running([name])), `${name} is set on the function`] as const),
      [
        'a search path before it',
        facts(running(['LD_LIBRARY_PATH', 'RUBYOPT'])),
        'RUBYOPT is set on the function',
      ],
      ['a search path', facts(running(['PYTHONPATH'])), undefined],
      ['variables that are not known', facts(running(null)), undefined],
      ['no function', facts({}), undefined],
      ['one and an own layer that was seen', facts(running(['RUBYOPT']), { layers: own }), undefined],
      [
        'one and an own layer that is new here',
        facts(running(['RUBYOPT']), { layers: own, ...seenHere }),
        'RUBYOPT is set on the function',
      ],
      [
        'one and a layer of AWS that is new here',
        facts(running(['RUBYOPT']), { layers: [layer({ provenance: 'aws' })], ...seenHere }),
        undefined,
      ],
      [
        'one and a layer without an ARN',
        facts(running(['RUBYOPT']), { layers: [layer({ provenance: 'trusted', arn: null })], ...seenHere }),
        undefined,
      ],
    ],
  ],
])('%s', (_, factor, cases) => {
  test.each(cases)('given %s, then the reason is right', (__, given, reason) => {
    expect(factor(given)).toBe(reason);
  });
});
