import { LogObserver } from '../aws/log-observer';
import { processRecord } from '../pipeline/process-record';
import { optionsFrom, portsFrom, systemClock } from './composition';

/** Builds the detector from its environment and the files beside it. Throws where a name is missing. */
export function composeDetector(
  environment: NodeJS.ProcessEnv,
  directory: string,
): (event: unknown) => Promise<void> {
  const observer = new LogObserver(systemClock, (line) => process.stdout.write(`${line}\n`));
  const options = optionsFrom(environment, directory);
  const ports = portsFrom(environment, directory, options, observer);
  return async (event) => {
    try {
      await processRecord(event, ports, options);
    } finally {
      observer.flush();
    }
  };
}
