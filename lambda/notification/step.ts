/** Something to do or to find out. */
export interface Step {
  /** A sentence that the medium's format was applied to. */
  readonly text: string;
  /** Each can be pasted into a shell as it is. */
  readonly commands: readonly string[];
  /** A page in the AWS console. */
  readonly url: string | undefined;
}

/** A step, with what is known of it. */
export function stepOf(
  text: string,
  { command, url }: { readonly command?: string | undefined; readonly url?: string | undefined } = {},
): Step {
  return { text, commands: command === undefined ? [] : [command], url };
}
