import type { LayerwatchConfiguration } from '../config/configuration';
import { readConfigurationFile, unreadable } from '../config/file';
import { isPlainObject, wrongValue } from '../config/problems';
import { parseSettings, SettingsError } from '../config/schema';
import { factorIds } from '../lambda/detection/risk';
import type { StackSettings } from '../lambda/detection/settings';
import { refuseSlackOutsideAws } from './constructs/slack-channel';

/** Settings that `-c key=value` sets, over the file's. */
const contextKeys = ['email', 'alarmEmail', 'kmsKeyArn'] as const;

export interface StackConfigProps {
  /** Value of a CDK context key, `undefined` where it is not set. */
  readonly context: (key: string) => unknown;

  /** Folder that holds the configuration file, and to which the context key `config` is relative. */
  readonly workingFolder: string;

  /** `YYYY-MM-DD`, UTC. */
  readonly today: string;

  /**
   * Region that the deployment goes to.
   *
   * @default - not known; what depends on the region is not checked
   */
  readonly region?: string | undefined;
}

/**
 * The configuration of the file and of the context, checked. With the context key `strict` an expired exception is refused.
 *
 * @throws {SettingsError} for a configuration that cannot be read or is wrong
 */
export function readStackConfig(props: StackConfigProps): LayerwatchConfiguration {
  const configuration = withContext(readConfiguration(props), props.context);
  const settings = parseSettings(configuration, props.today, {
    knownFactors: factorIds,
    refuseExpired: isStrict(props.context('strict')),
  });
  if (props.region !== undefined) refuseForRegion(settings.stack, props.region);
  return configuration as LayerwatchConfiguration;
}

/** The command line passes `-c strict=true` as text, cdk.json may hold a boolean. */
function isStrict(value: unknown): boolean {
  if (value === undefined) return false;
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw new SettingsError('settings-invalid', [wrongValue(['strict'], value, 'true or false')]);
}

function refuseForRegion({ slack, kmsKeyArn }: StackSettings, region: string): void {
  if (slack !== undefined) refuseSlackOutsideAws(region);
  if (kmsKeyArn === undefined || kmsKeyArn.split(':')[3] === region) return;
  const problem = wrongValue(
    ['kmsKeyArn'],
    kmsKeyArn,
    `a key of region ${region}, which the deployment goes to`,
  );
  throw new SettingsError('settings-invalid', [problem]);
}

function withContext(configuration: unknown, context: StackConfigProps['context']): unknown {
  if (!isPlainObject(configuration)) return configuration;
  const set = contextKeys
    .map((key) => [key, context(key)] as const)
    .filter(([, value]) => value !== undefined);
  return { ...configuration, ...Object.fromEntries(set) };
}

function readConfiguration({ context, workingFolder }: StackConfigProps): unknown {
  const named = context('config');
  if (named === undefined || typeof named === 'string') return readConfigurationFile(workingFolder, named);
  throw unreadable(`config is ${JSON.stringify(named)}; allowed: the path of a JSON file`);
}
