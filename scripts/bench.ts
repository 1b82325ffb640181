import { benchBundle } from './bench/bundle';

benchBundle();
