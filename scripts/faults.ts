import { plainTable } from '../cli/output/table';
import { type Cell, pipelineMatrix, sweepMatrix } from '../test/faults/crash-matrix';
import { faultMatrix } from '../test/faults/dependency-faults';

/** Prints what becomes of one record for each crash and each fault of DynamoDB and SNS; exits with 1 where a law breaks. */
async function faults(): Promise<void> {
  const cells = [...(await pipelineMatrix()), ...(await sweepMatrix())];
  const faultCells = await faultMatrix();
  printCells('crash', cells);
  printCells('fault', faultCells);
  const all = [...cells, ...faultCells];
  const broken = all.filter(({ lost, isCountExact }) => lost.length > 0 || !isCountExact);
  console.log(`${all.length} cells, ${broken.length} with an alert lost or a wrong count`);
  process.exitCode = broken.length === 0 ? 0 : 1;
}

function printCells(what: string, cells: readonly Cell[]): void {
  const rows: (string | number)[][] = [];
  for (const { crash, recovery, lost, isCountExact, repeated, mayRepeat } of cells) {
    const note = mayRepeat ? `${repeated} (SNS had accepted, not noted)` : String(repeated);
    rows.push([crash, recovery, lost.length, isCountExact ? 'exact' : 'wrong', note]);
  }
  console.log(plainTable([what, 'recovery', 'lost', 'count', 'repeated'], rows));
}

void faults();
