/** Ctrl-C while a command works. The second one ends the process at once. */
export interface Interruption {
  readonly signal: AbortSignal;
  /** Gives SIGINT back to its default handling. */
  readonly stop: () => void;
}

/** Takes the place of the default handling of SIGINT until it is stopped. */
export function listenForInterruption(): Interruption {
  const controller = new AbortController();
  const onInterrupt = () => controller.abort();
  process.once('SIGINT', onInterrupt);
  return { signal: controller.signal, stop: () => void process.off('SIGINT', onInterrupt) };
}
