import { plainTable } from '../cli/output/table';
import { type Cell, pipelineMatrix, sweepMatrix } from '../test/faults/crash-matrix';
import { neighbourMatrix } from '../test/faults/dependency-faults';

/** Prints what becomes of one record for each crash and each fault of a neighbour; exits with 1 where a law breaks. */
async function faults(): Promise<void> {
  const cells = [...(await pipelineMatrix()), ...(await sweepMatrix())];
  const neighbours = await neighbourMatrix();
  printCells('crash', cells);
  printCells('fault', neighbours);
  const broken = [...cells, ...neighbours].filter(({ lost, countExact }) => lost > 0 || !countExact);
  console.log(
    `${cells.length + neighbours.length} cells, ${broken.length} with an alert lost or a wrong count`,
  );
  process.exitCode = broken.length === 0 ? 0 : 1;
}

function printCells(what: string, cells: readonly Cell[]): void {
  const rows: (string | number)[][] = [];
  for (const { crash, recovery, lost, countExact, notifications, mayRepeat } of cells) {
    const told = mayRepeat ? `${notifications} (SNS had accepted, not noted)` : String(notifications);
    rows.push([crash, recovery, lost, countExact ? 'exact' : 'wrong', told]);
  }
  console.log(plainTable([what, 'goes on', 'lost', 'count', 'notifications'], rows));
}

void faults();
