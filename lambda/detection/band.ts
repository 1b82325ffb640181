/**
 * Risk bands, lowest first, with their highest score: low 0-21, medium 22-47, high 48-73, critical 74-99.
 * The limits are Elastic's (https://www.elastic.co/docs/solutions/security/detect-and-alert/create-detection-rule).
 */
export const bands = ['low', 'medium', 'high', 'critical'] as const;

export type Band = (typeof bands)[number];

/** Highest score of each band; also the number that `event.severity` carries. */
export const highestScore: Readonly<Record<Band, number>> = { low: 21, medium: 47, high: 73, critical: 99 };

/** The band of a score between 0 and 99. */
export function bandOf(score: number): Band {
  return bands.find((band) => score <= highestScore[band]) ?? 'critical';
}

export function isAtLeast(band: Band, minimum: Band): boolean {
  return bands.indexOf(band) >= bands.indexOf(minimum);
}

/** The lowest score of a band. */
export function lowestScore(band: Band): number {
  const below = bands[bands.indexOf(band) - 1];
  return below === undefined ? 0 : highestScore[below] + 1;
}
