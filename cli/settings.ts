import { readConfigurationFile } from '../config/file';
import { parseSettings } from '../config/schema';
import { factorIds } from '../lambda/detection/risk';
import type { DetectionSettings } from '../lambda/detection/settings';

/** The settings of the given file, else of `layerwatch.config.json` in the working folder, else the defaults. */
export function readDetectionSettings(file: string | undefined): DetectionSettings {
  const configuration = readConfigurationFile(process.cwd(), file);
  const today = new Date().toISOString().slice(0, 10);
  return parseSettings(configuration, today, { knownFactors: factorIds, refuseExpired: true }).detection;
}
