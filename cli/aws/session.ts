import { escapeForDisplay } from '../../lambda/text/untrusted-text';
import { AwsFailureError } from '../errors';
import type { AwsOptions } from '../options';

const credentialVariables = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'];

/**
 * Makes every client of this process use the profile and the region that were given. Like the AWS CLI, `--profile` wins over
 * credentials in the environment.
 *
 * @throws {AwsFailureError} where there is no such profile
 */
export async function useAwsOptions({ profile, region }: Omit<AwsOptions, 'stack'>): Promise<void> {
  // Until when AWS supports a Node version does not concern the person who asks for alerts.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  if (region !== undefined) process.env['AWS_REGION'] = region;
  if (profile === undefined) return;
  await refuseUnknownProfile(profile);
  process.env['AWS_PROFILE'] = profile;
  for (const name of credentialVariables) delete process.env[name];
}

/** @throws {AwsFailureError} where there is no such profile */
export async function refuseUnknownProfile(profile: string): Promise<void> {
  const { loadSharedConfigFiles } = await import('@smithy/core/config');
  const { configFile, credentialsFile } = await loadSharedConfigFiles();
  if (Object.hasOwn(configFile, profile) || Object.hasOwn(credentialsFile, profile)) return;
  const files = [
    process.env['AWS_CONFIG_FILE'] ?? '~/.aws/config',
    process.env['AWS_SHARED_CREDENTIALS_FILE'] ?? '~/.aws/credentials',
  ];
  throw new AwsFailureError(
    `profile "${escapeForDisplay(profile)}" not found in ${files.join(' or ')}; aws configure list-profiles shows those that exist`,
  );
}
