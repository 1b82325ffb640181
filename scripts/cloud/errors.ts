import { LayerwatchError } from '../../lambda/errors';

/** The emulated cloud cannot be installed or started, or has ended; says what to do. */
export class CloudError extends LayerwatchError {
  override readonly name = 'CloudError';
  readonly code = 'Cloud';
}
