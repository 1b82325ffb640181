import { Annotations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { Exception, StackSettings } from '../lambda/detection/settings';

export function warnIfNobodySubscribed(scope: IConstruct, { email, slack }: StackSettings): void {
  if (email !== undefined || slack !== undefined) return;
  Annotations.of(scope).addWarningV2(
    'layerwatch:nobody-subscribed',
    'neither email nor slack is set, so alerts are stored and nobody is notified; set one, for example -c email=security@example.com, or subscribe to the topic yourself',
  );
}

/**
 * An expired exception does not stop a synthesis, because an emergency deployment must not wait for it.
 *
 * @param today `YYYY-MM-DD`, UTC
 */
export function warnOfExpiredExceptions(
  scope: IConstruct,
  exceptions: readonly Exception[],
  today: string,
): void {
  for (const { name, owner, expires } of exceptions.filter((exception) => exception.expires < today))
    Annotations.of(scope).addWarningV2(
      'layerwatch:expired-exception',
      `exception ${JSON.stringify(name)} of ${owner} expired on ${expires}, so what it covered alerts again; remove it, or set a later day`,
    );
}
