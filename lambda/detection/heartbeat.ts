import { isRegion } from './aws-grammar';
import { heartbeatDetailType, heartbeatRule } from './forwarded-pattern';
import { property, text } from './json';

/** The forwarder of an account and region works. */
export interface Heartbeat {
  readonly account: string;
  readonly region: string;
}

/**
 * Reads the scheduled event of a forwarder (EventBridge, "Scheduled events"). EventBridge sets its account and region, and nobody else can
 * put an event of source `aws.events`. `undefined` for any other value.
 */
export function readHeartbeat(value: unknown): Heartbeat | undefined {
  if (text(property(value, 'source')) !== 'aws.events') return undefined;
  if (text(property(value, 'detail-type')) !== heartbeatDetailType) return undefined;
  const [resource] = [property(value, 'resources')].flat();
  if (text(resource)?.endsWith(`:rule/${heartbeatRule.name}`) !== true) return undefined;
  const account = text(property(value, 'account')) ?? '';
  const region = text(property(value, 'region')) ?? '';
  return /^\d{12}$/.test(account) && isRegion(region) ? { account, region } : undefined;
}
