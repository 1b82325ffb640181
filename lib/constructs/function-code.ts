import { copyFileSync, cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Stack, Stage } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as nodejs from 'aws-cdk-lib/aws-lambda-nodejs';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { countryDatabaseFileNames, environmentVariable, settingsFileName } from '../../lambda/contract';
import { type DetectionSettings, writtenSettings } from '../../lambda/detection/settings';
import { acknowledgeDependsOn } from './cfn-lint';
import type { ExportSettings, LoggedFunctionProps } from './function-props';
import { ownLogicalIds } from './own-logical-ids';

const projectRoot = join(__dirname, '..', '..');

export type Handler = 'detector' | 'log-reader' | 'sweeper' | 'selftester';

/** The file of a handler. */
function entryOf(handler: Handler): string {
  return join(projectRoot, 'lambda', 'handlers', `${handler}.ts`);
}

/** Where the package that is published holds the bundle of a handler; a checkout has none and bundles at synthesis. */
function publishedBundle(handler: Handler): string {
  return join(projectRoot, 'bundles', handler);
}

/** What is a function's own. */
type OwnProps = Omit<lambda.FunctionProps, 'code' | 'handler' | 'runtime'>;

/** Logs of a function, kept as long as CloudTrail's are in most organizations. */
export function functionLogs(scope: Construct, encryptionKey: kms.IKey | undefined): logs.LogGroup {
  return new logs.LogGroup(scope, 'Logs', {
    retention: logs.RetentionDays.ONE_YEAR,
    ...(encryptionKey !== undefined && { encryptionKey }),
  });
}

/** A function of the stack: its code, its settings beside it, and what all of them have in common. */
export function layerwatchFunction(
  scope: Construct,
  handler: Handler,
  props: LoggedFunctionProps,
  own: OwnProps,
): lambda.Function {
  const common = { ...commonProps(scope, props), ...own };
  const settings = handler === 'selftester' ? undefined : settingsFile(scope, props.settings);
  const bundle = publishedBundle(handler);
  const made = existsSync(bundle)
    ? new lambda.Function(scope, 'Function', {
        ...common,
        handler: 'index.handler',
        code: lambda.Code.fromAsset(settings === undefined ? bundle : withSettings(bundle, settings)),
      })
    : new nodejs.NodejsFunction(scope, 'Function', {
        ...common,
        handler: 'handler',
        entry: entryOf(handler),
        projectRoot,
        depsLockFilePath: join(projectRoot, 'package-lock.json'),
        bundling: settings === undefined ? codeBundling : bundlingWith(settings),
      });
  acknowledgeDependsOn(made);
  return made;
}

/** A copy of a bundle with the settings and the address database in it, beside the settings. */
function withSettings(bundle: string, settings: string): string {
  const folder = join(dirname(settings), 'bundle');
  cpSync(bundle, folder, { recursive: true });
  copyFileSync(settings, join(folder, settingsFileName));
  for (const file of countryDatabaseFiles()) copyFileSync(file, join(folder, basename(file)));
  return folder;
}

/** The address database comes with its own package, so that the published one does not hold it once for each function. */
function countryDatabaseFiles(): readonly string[] {
  const folder = dirname(require.resolve('@ip-location-db/geo-whois-asn-country-mmdb/package.json'));
  return Object.values(countryDatabaseFileNames).map((file) => join(folder, file));
}

function commonProps(scope: Construct, props: LoggedFunctionProps) {
  return {
    runtime: lambda.Runtime.NODEJS_24_X,
    architecture: lambda.Architecture.ARM_64,
    memorySize: 512,
    environment: {
      [environmentVariable.alertTable]: props.tables.alerts.tableName,
      [environmentVariable.stateTable]: props.tables.state.tableName,
      [environmentVariable.alertTopic]: props.topic.topicArn,
      [environmentVariable.settingsFile]: settingsFileName,
      [environmentVariable.stackName]: Stack.of(scope).stackName,
      [environmentVariable.ownLogicalIds]: ownLogicalIds(scope.node.scope ?? scope),
      ...(props.encryptionKey !== undefined && {
        [environmentVariable.ownKey]: props.encryptionKey.keyArn,
      }),
      ...routeTopicsVariable(scope, props.routeTopics),
      ...exportVariables(props.exports),
    },
    logGroup: props.logGroup,
    loggingFormat: lambda.LoggingFormat.JSON,
    applicationLogLevelV2: lambda.ApplicationLogLevel.INFO,
    systemLogLevelV2: lambda.SystemLogLevel.INFO,
  } satisfies Omit<OwnProps, 'description'> & { readonly runtime: lambda.Runtime };
}

function exportVariables({
  securityHub,
  findingsBusArn,
}: ExportSettings = {}): Readonly<Record<string, string>> {
  return {
    ...(securityHub === true ? { [environmentVariable.securityHub]: 'true' } : {}),
    ...(findingsBusArn === undefined ? {} : { [environmentVariable.findingsBus]: findingsBusArn }),
  };
}

function routeTopicsVariable(
  scope: Construct,
  topics: LoggedFunctionProps['routeTopics'],
): Readonly<Record<string, string>> {
  if (topics === undefined || topics.size === 0) return {};
  const arns = Object.fromEntries([...topics].map(([name, { topicArn }]) => [name, topicArn]));
  return { [environmentVariable.routeTopics]: Stack.of(scope).toJsonString(arns) };
}

/** In the assembly's own folder, so that two syntheses at the same time do not share it. */
function settingsFile(scope: Construct, settings: DetectionSettings): string {
  const folder = join(Stage.of(scope)?.outdir ?? projectRoot, `settings.${scope.node.addr}`);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, settingsFileName);
  writeFileSync(file, `${JSON.stringify(writtenSettings(settings), undefined, 2)}\n`);
  return file;
}

/** Dependencies that are CommonJS call require, and the handler asks for its folder: an ES module has neither. */
const banner = [
  "import { createRequire } from 'node:module'",
  'const require = createRequire(import.meta.url)',
  'const __dirname = import.meta.dirname;',
].join(';');

/** How code becomes one file. */
export const codeBundling: nodejs.BundlingOptions = {
  format: nodejs.OutputFormat.ESM,
  banner,
  target: 'node24',
  mainFields: ['module', 'main'],
  minify: true,
  // What was tested is what runs, not the runtime's own version of the SDK.
  bundleAwsSDK: true,
  esbuildArgs: {
    '--alias:@aws-sdk/credential-provider-node': join(projectRoot, 'lambda', 'aws', 'lambda-credentials.ts'),
  },
  sourceMap: false,
};

function bundlingWith(settings: string): nodejs.BundlingOptions {
  return {
    ...codeBundling,
    commandHooks: {
      beforeBundling: () => [],
      beforeInstall: () => [],
      afterBundling: (_inputFolder, outputFolder) => [
        copyCommand(settings, join(outputFolder, settingsFileName)),
        ...countryDatabaseFiles().map((file) => copyCommand(file, join(outputFolder, basename(file)))),
      ],
    },
  };
}

/** By Node, because the commands run in bash here and in cmd there. */
function copyCommand(from: string, to: string): string {
  return `node -e "require('fs').copyFileSync(process.argv[1], process.argv[2])" "${from}" "${to}"`;
}
