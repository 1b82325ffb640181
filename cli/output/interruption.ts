/** Ctrl-C while a command works. The second one ends the process at once. */
export interface Interruption {
  readonly signal: AbortSignal;
  /** Gives SIGINT back to its default handling. */
  readonly stop: () => void;
}

/** Takes the place of the default handling of SIGINT until it is stopped; `notify` is called at once. */
export function listenForInterruption(notify: () => void = () => {}): Interruption {
  const controller = new AbortController();
  const onInterrupt = () => {
    controller.abort();
    notify();
  };
  process.once('SIGINT', onInterrupt);
  return { signal: controller.signal, stop: () => void process.off('SIGINT', onInterrupt) };
}
