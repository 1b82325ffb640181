import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { closeAfterwards } from './open-resources';

export interface LoopbackServer {
  /** `http://<host>:<port>` */
  readonly endpoint: string;
  readonly stop: () => Promise<void>;
}

/** Starts an HTTP server on a free port of this machine's loopback; it is stopped when the test is over. */
export async function startLoopbackServer(
  listener: RequestListener,
  host = '127.0.0.1',
): Promise<LoopbackServer> {
  const server = createServer(listener);
  server.listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const stop = closeAfterwards(async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  });
  return { endpoint: `http://${host}:${port}`, stop };
}
