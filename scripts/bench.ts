import { benchBundle } from './bench/bundle';
import { benchReplay } from './bench/replay-speed';

/** Without arguments all parts; `bundle` or `replay` runs one of them. */
const [part] = process.argv.slice(2);
if (part !== 'replay') benchBundle();
if (part !== 'bundle' && !benchReplay()) process.exitCode = 1;
