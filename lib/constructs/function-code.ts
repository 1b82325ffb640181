import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CfnResource, Stack, Stage } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as nodejs from 'aws-cdk-lib/aws-lambda-nodejs';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { countryDatabaseFileNames, environmentVariable, settingsFileName } from '../../lambda/contract';
import { type DetectionSettings, writtenSettings } from '../../lambda/detection/settings';
import type { AlertTables } from './alert-tables';

interface FunctionCodeProps {
  readonly tables: AlertTables;
  readonly topic: sns.ITopic;
  readonly logGroup: logs.ILogGroup;
  /** Written beside the code as a file. */
  readonly settings: DetectionSettings;
}

const projectRoot = join(__dirname, '..', '..');

/** The file of a handler. */
export function entryOf(handler: 'detector' | 'sweeper' | 'selftester'): string {
  return join(projectRoot, 'lambda', `${handler}.ts`);
}

/** What every function of the stack has in common. */
export function functionCode(scope: Construct, props: FunctionCodeProps) {
  return {
    handler: 'handler',
    runtime: lambda.Runtime.NODEJS_24_X,
    architecture: lambda.Architecture.ARM_64,
    memorySize: 512,
    projectRoot,
    depsLockFilePath: join(projectRoot, 'package-lock.json'),
    bundling: bundlingWith(settingsFile(scope, props.settings)),
    environment: {
      [environmentVariable.alertTable]: props.tables.alerts.tableName,
      [environmentVariable.stateTable]: props.tables.state.tableName,
      [environmentVariable.alertTopic]: props.topic.topicArn,
      [environmentVariable.settingsFile]: settingsFileName,
      [environmentVariable.stackName]: Stack.of(scope).stackName,
    },
    logGroup: props.logGroup,
    loggingFormat: lambda.LoggingFormat.JSON,
    applicationLogLevelV2: lambda.ApplicationLogLevel.INFO,
    systemLogLevelV2: lambda.SystemLogLevel.INFO,
  } satisfies nodejs.NodejsFunctionProps;
}

/** In the assembly's own folder, so that two syntheses at the same time do not share it. */
function settingsFile(scope: Construct, settings: DetectionSettings): string {
  const folder = join(Stage.of(scope)?.outdir ?? projectRoot, `settings.${scope.node.addr}`);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, settingsFileName);
  writeFileSync(file, `${JSON.stringify(writtenSettings(settings), undefined, 2)}\n`);
  return file;
}

/** CDK writes DependsOn of the role beside the reference to it, and cfn-lint calls that superfluous. */
export function acknowledgeDependsOn(detector: lambda.Function): void {
  const { defaultChild } = detector.node;
  if (!CfnResource.isCfnResource(defaultChild)) return;
  defaultChild.addMetadata('cfn-lint', { config: { ignore_checks: ['W3005'] } });
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
  const countries = join('node_modules', '@ip-location-db', 'geo-whois-asn-country-mmdb');
  return {
    ...codeBundling,
    commandHooks: {
      beforeBundling: () => [],
      beforeInstall: () => [],
      afterBundling: (inputFolder, outputFolder) => [
        copyCommand(settings, join(outputFolder, settingsFileName)),
        ...Object.values(countryDatabaseFileNames).map((file) =>
          copyCommand(join(inputFolder, countries, file), join(outputFolder, file)),
        ),
      ],
    },
  };
}

/** By Node, because the commands run in bash here and in cmd there. */
function copyCommand(from: string, to: string): string {
  return `node -e "require('fs').copyFileSync(process.argv[1], process.argv[2])" "${from}" "${to}"`;
}
