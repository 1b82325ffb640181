import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CfnResource, Duration, Stage } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as nodejs from 'aws-cdk-lib/aws-lambda-nodejs';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import {
  countryDatabaseFileNames,
  detectorTimeoutSeconds,
  environmentVariable,
  settingsFileName,
} from '../../lambda/contract';
import { type DetectionSettings, writtenSettings } from '../../lambda/detection/settings';
import type { AlertTables } from './alert-tables';
import { detectorRole } from './detector-role';

export interface DetectorFunctionProps {
  /** Where alerts and state are kept. */
  readonly tables: AlertTables;

  /** Topic that alerts are published to. */
  readonly topic: sns.ITopic;

  /** Where Lambda leaves an event on which the detector failed each time. */
  readonly failureQueue: sqs.IQueue;

  /** Written beside the code as a file. */
  readonly settings: DetectionSettings;

  /**
   * Key that encrypts the log group, and with which tables, topic and queue are encrypted.
   *
   * @default - keys that AWS owns
   */
  readonly encryptionKey?: kms.IKey | undefined;

  /**
   * File of the handler.
   *
   * @default - lambda/detector.ts
   */
  readonly entry?: string | undefined;
}

export const projectRoot = join(__dirname, '..', '..');

/** The function that reads each event, with its role and its log group. */
export class DetectorFunction extends Construct {
  readonly function: nodejs.NodejsFunction;
  readonly logGroup: logs.LogGroup;

  constructor(scope: Construct, id: string, props: DetectorFunctionProps) {
    super(scope, id);
    this.logGroup = new logs.LogGroup(this, 'Logs', {
      retention: logs.RetentionDays.ONE_YEAR,
      ...(props.encryptionKey !== undefined && { encryptionKey: props.encryptionKey }),
    });
    this.function = new nodejs.NodejsFunction(this, 'Function', {
      description: 'Layerwatch detector: decides on each layer change, stores the alert, notifies',
      entry: props.entry ?? join(projectRoot, 'lambda', 'detector.ts'),
      handler: 'handler',
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      memorySize: 512,
      timeout: Duration.seconds(detectorTimeoutSeconds),
      projectRoot,
      depsLockFilePath: join(projectRoot, 'package-lock.json'),
      bundling: bundling(this.settingsFile(props.settings)),
      environment: environment(props),
      role: detectorRole(this, { ...props, logGroup: this.logGroup }),
      logGroup: this.logGroup,
      loggingFormat: lambda.LoggingFormat.JSON,
      applicationLogLevelV2: lambda.ApplicationLogLevel.INFO,
      systemLogLevelV2: lambda.SystemLogLevel.INFO,
      // Lambda's own limits, set so that nobody lowers them by accident: six hours of throttling lose nothing, and
      // the retries outlast the lease of a notification that another invocation holds.
      maxEventAge: Duration.hours(6),
      retryAttempts: 2,
      onFailure: new FailureQueue(props.failureQueue),
    });
    acknowledgeDependsOn(this.function);
  }

  /** In the assembly's own folder, so that two syntheses at the same time do not share it. */
  private settingsFile(settings: DetectionSettings): string {
    const folder = join(Stage.of(this)?.outdir ?? projectRoot, `settings.${this.node.addr}`);
    mkdirSync(folder, { recursive: true });
    const file = join(folder, settingsFileName);
    writeFileSync(file, `${JSON.stringify(writtenSettings(settings), undefined, 2)}\n`);
    return file;
  }
}

/** CDK writes DependsOn of the role beside the reference to it, and cfn-lint calls that superfluous. */
export function acknowledgeDependsOn(detector: lambda.Function): void {
  const { defaultChild } = detector.node;
  if (!CfnResource.isCfnResource(defaultChild)) return;
  defaultChild.addMetadata('cfn-lint', { config: { ignore_checks: ['W3005'] } });
}

/** A destination to which the role already may send: CDK's own adds actions that Lambda does not use. */
class FailureQueue implements lambda.IDestination {
  constructor(private readonly queue: sqs.IQueue) {}

  bind(): lambda.DestinationConfig {
    return { destination: this.queue.queueArn };
  }
}

function environment({ tables, topic }: DetectorFunctionProps): Record<string, string> {
  return {
    [environmentVariable.alertTable]: tables.alerts.tableName,
    [environmentVariable.stateTable]: tables.state.tableName,
    [environmentVariable.alertTopic]: topic.topicArn,
    [environmentVariable.settingsFile]: settingsFileName,
  };
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

function bundling(settingsFile: string): nodejs.BundlingOptions {
  const countries = join('node_modules', '@ip-location-db', 'geo-whois-asn-country-mmdb');
  return {
    ...codeBundling,
    commandHooks: {
      beforeBundling: () => [],
      beforeInstall: () => [],
      afterBundling: (inputFolder, outputFolder) => [
        copyCommand(settingsFile, join(outputFolder, settingsFileName)),
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
