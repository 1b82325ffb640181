import { checkoutCommand, compiledCommand } from './compiled';
import { check, type Limit } from './limit';
import { median } from './median';
import { type RunOptions, runNode } from './node-process';

const runs = 21;

/** Nothing listens there: the command has loaded all that it needs when it finds that out. */
const nobody: RunOptions = {
  env: {
    ...process.env,
    AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
    AWS_MAX_ATTEMPTS: '1',
    AWS_ACCESS_KEY_ID: 'example',
    AWS_SECRET_ACCESS_KEY: 'example',
    AWS_REGION: 'eu-west-3',
  },
  exitCodes: [3],
};

interface Start {
  readonly limit: Limit;
  readonly args: readonly string[];
  readonly options?: RunOptions;
}

const starts: readonly Start[] = [
  { limit: { name: 'packed layerwatch --help / node -e 0', atMost: 3 }, args: [compiledCommand, '--help'] },
  {
    limit: { name: 'packed layerwatch alerts / node -e 0', atMost: 3 },
    args: [compiledCommand, 'alerts'],
    options: nobody,
  },
  {
    limit: { name: 'layerwatch --help of a checkout / node -e 0', atMost: 6 },
    args: [checkoutCommand, '--help'],
  },
];

/** Compares processor time of starts with that of Node.js alone, in pairs; answers whether all limits held. */
export function benchStarts(): boolean {
  console.log(`\nstarts: processor time, medians of ${runs} pairs`);
  return starts.map(benchStart).every(Boolean);
}

function benchStart({ limit, args, options }: Start): boolean {
  const ratios = Array.from({ length: runs }, () => {
    const own = runNode(args, options).cpuMilliseconds;
    return own / runNode(['-e', '0']).cpuMilliseconds;
  });
  return check(limit, median(ratios));
}
