/**
 * A call that has not answered by then is tried again; three tries fit the function's timeout. Without the flag the SDK only
 * logs that a call takes too long (@smithy/node-http-handler).
 */
export const clientOptions = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
} as const;

/** How a client tries again, and when it gives a call up. */
export interface ClientOptions {
  readonly maxAttempts: number;
  readonly requestHandler: {
    readonly connectionTimeout: number;
    readonly requestTimeout: number;
    readonly throwOnRequestTimeout: boolean;
  };
}
