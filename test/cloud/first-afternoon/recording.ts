import { stripVTControlCharacters } from 'node:util';
import { Terminal } from '../../harness/terminal';

/** A question of a command, and what is typed. */
export type Answer = readonly [question: string, reply: string];

/** As wide as the blocks of a page. */
const columns = 110;

/** The sequences by which readline and the progress bar return to the beginning of a line (ECMA-48, CHA). */
const toFirstColumn = ['\u001b[G', '\u001b[0G', '\u001b[1G'];

/** Runs commands one after the other on a terminal, and writes down what it shows. */
export class Recording {
  constructor(
    private readonly folder: string,
    private readonly environment: Readonly<Record<string, string>>,
  ) {}

  /** The command with all that the terminal shows, and the code that it ends with. */
  async run(
    args: readonly string[],
    answers: readonly Answer[] = [],
  ): Promise<{ readonly exitCode: number | null; readonly text: string }> {
    const env = { ...this.environment, NO_COLOR: '1' };
    const terminal = Terminal.start(args, env, { columns, folder: this.folder });
    for (const [question, reply] of answers) await terminal.answer(question, reply);
    const { exitCode, shown } = await terminal.end();
    return { exitCode, text: `$ ${commandOf(args)}\n${asLines(shown)}` };
  }
}

function commandOf(args: readonly string[]): string {
  const words = args.map((word) => (/^[\w./:=@-]+$/.test(word) ? word : `"${word}"`));
  return ['npx layerwatch', ...words].join(' ');
}

/** What a person sees in the end: of a line that was written again the last writing. */
export function asLines(shown: string): string {
  const returned = toFirstColumn.reduce((text, sequence) => text.replaceAll(sequence, '\r'), shown);
  return stripVTControlCharacters(returned)
    .split('\n')
    .map((line) => line.replace(/\r+$/, ''))
    .map((line) => line.slice(line.lastIndexOf('\r') + 1).trimEnd())
    .join('\n')
    .trim();
}
