import { plainTable } from '../cli/output/table';
import { LayerwatchError } from '../lambda/errors';
import { standardChecks } from './standards/checks';
import { allDocuments } from './standards/documents';

/** Mutated records; a run takes two minutes at most on two shared cores. */
const defaultCases = 1_000;

const cases = Number(process.argv[2] ?? defaultCases);

/** Validates every finding in every standard, and prints how many were valid; a problem ends it with exit code 1. */
async function main(): Promise<void> {
  const sources = await allDocuments(cases);
  const rows: (string | number)[][] = [];
  const problems = new Map<string, number>();
  for (const { standard, artefact, render, validate } of standardChecks())
    for (const { source, documents } of sources) {
      const rendered = documents.flatMap(render);
      const found = await validate(rendered);
      for (const problem of found.flat()) count(problems, `${standard}: ${problem}`);
      rows.push([
        standard,
        artefact,
        source,
        rendered.length,
        found.filter((each) => each.length > 0).length,
      ]);
    }
  console.log(plainTable(['standard', 'validated by', 'findings of', 'documents', 'failures'], rows));
  for (const [problem, times] of problems) console.error(`${times} times ${problem.slice(0, 300)}`);
  if (problems.size > 0) process.exitCode = 1;
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

main().catch((error: unknown) => {
  console.error(error instanceof LayerwatchError ? error.message : error);
  process.exitCode = 1;
});
