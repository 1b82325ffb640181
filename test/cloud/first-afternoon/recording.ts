import { stripVTControlCharacters } from 'node:util';
import { Terminal } from '../../harness/terminal';

/** A question of a command, and what is typed. */
export type Answer = readonly [question: string, reply: string];

/** As wide as the blocks of a page. */
const columns = 110;

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

/** What a person sees in the end: a line that was written again is there once. */
function asLines(shown: string): string {
  return stripVTControlCharacters(shown)
    .split('\n')
    .map((line) => line.slice(line.lastIndexOf('\r') + 1).trimEnd())
    .join('\n')
    .trim();
}
