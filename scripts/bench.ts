import { benchBundle } from './bench/bundle';
import { benchReplay } from './bench/replay-speed';

benchBundle();
benchReplay();
