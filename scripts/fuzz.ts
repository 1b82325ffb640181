import { plainTable } from '../cli/output/table';
import { properties } from '../test/fuzz/properties';

const cases = Number(process.argv[2] ?? 100_000);

/** Runs every property on its share of the cases and prints how many it took; a case that fails ends it with its seed. */
async function fuzz(): Promise<void> {
  const rows: (string | number)[][] = [];
  for (const { name, share, run } of properties) {
    const runs = Math.ceil(cases * share);
    await run(runs);
    rows.push([name, runs, 0]);
  }
  console.log(plainTable(['property', 'cases', 'failures'], rows));
}

void fuzz();
