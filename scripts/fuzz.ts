import Table from 'cli-table3';
import { properties } from '../test/fuzz/properties';

const cases = Number(process.argv[2] ?? 100_000);

/** Runs every property on its share of the cases and prints how many it took; a case that fails ends it with its seed. */
async function fuzz(): Promise<void> {
  const table = new Table({
    head: ['property', 'cases', 'failures'],
    style: { head: [], border: [], compact: true },
  });
  for (const { name, share, run } of properties) {
    const runs = Math.ceil(cases * share);
    await run(runs);
    table.push([name, runs, 0]);
  }
  console.log(table.toString());
}

void fuzz();
