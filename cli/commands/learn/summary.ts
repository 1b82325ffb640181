import { dispositionOf, documentOf, type StoredAlert } from '../../../lambda/detection/alert';
import { type Band, bands } from '../../../lambda/detection/band';
import { plural } from '../../../lambda/text/format';
import { escapeForDisplay } from '../../../lambda/text/untrusted-text';
import { bandStyles } from '../../output/style';
import { type Column, tableLines } from '../../output/table';
import type { Knowledge } from './knowledge';
import type { SevereNames } from './severe';

/** What would have been alerted with one severity. */
export interface BandSummary {
  readonly band: Band;
  readonly alerts: number;
  /** Those of them that people would have been notified of. */
  readonly notified: number;
  /** The message of the alert with the highest score. */
  readonly example: string | undefined;
}

/** The highest severity first. */
export function summaryByBand(alerts: readonly StoredAlert[]): readonly BandSummary[] {
  return [...bands].reverse().map((band) => {
    const ofBand = alerts.filter((alert) => documentOf(alert).layerwatch.risk.band === band);
    const worst = [...ofBand].sort((a, b) => scoreOf(b) - scoreOf(a))[0];
    return {
      band,
      alerts: ofBand.length,
      notified: ofBand.filter(isNotified).length,
      example: worst === undefined ? undefined : documentOf(worst).message,
    };
  });
}

function scoreOf(alert: StoredAlert): number {
  return documentOf(alert).layerwatch.risk.score;
}

/** The notification budget withholds nothing here: months of records go through it within seconds. */
function isNotified(alert: StoredAlert): boolean {
  return ['notify', 'withhold'].includes(dispositionOf(alert));
}

const alertColumns: readonly Column[] = [
  { head: 'SEVERITY' },
  { head: 'ALERTS' },
  { head: 'NOTIFIED' },
  { head: 'EXAMPLE', mayShrink: true },
];

export function alertLines(rows: readonly BandSummary[], width: number | undefined): readonly string[] {
  const cells = rows.map(({ band, alerts, notified, example = '' }) => [
    { text: band, styles: bandStyles[band] },
    { text: String(alerts) },
    { text: String(notified) },
    { text: escapeForDisplay(example) },
  ]);
  return tableLines(alertColumns, cells, width);
}

/** Kinds of what is seen, by the beginning of its key. */
const kinds = [
  ['actor#', 'actor'],
  ['publisher#', 'publisher'],
  ['layer#', 'layer'],
  ['country#', 'country'],
] as const;

/** How many of each kind were learned. */
export function countsOf({ sightings, histories }: Knowledge): Readonly<Record<string, number>> {
  const keys = [...sightings.keys()];
  const seen = kinds.map(([prefix, kind]) => [kind, keys.filter((key) => key.startsWith(prefix)).length]);
  return Object.fromEntries([...seen, ['history', histories.size]]) as Record<string, number>;
}

export function learnedLine(counts: Readonly<Record<string, number>>): string {
  const { actor = 0, publisher = 0, layer = 0, country = 0, history = 0 } = counts;
  const countries = country === 1 ? '1 country' : `${country} countries`;
  const parts = [plural(actor, 'actor'), plural(publisher, 'publisher'), plural(layer, 'layer'), countries];
  return `${parts.join(', ')}, and the layers of ${plural(history, 'function')}`;
}

/** One name that is not learned, and the message of the alert that names it. */
export interface Refused {
  readonly kind: 'actor' | 'publisher' | 'layer' | 'function';
  readonly name: string;
  readonly band: Band;
  readonly message: string;
}

export function refusedOf({ actors, publishers, layers, functions }: SevereNames): readonly Refused[] {
  const all = [
    ['actor', actors],
    ['publisher', publishers],
    ['layer', layers],
    ['function', functions],
  ] as const;
  return all.flatMap(([kind, names]) =>
    [...names].map(([name, { message, layerwatch }]) => ({
      kind,
      name,
      band: layerwatch.risk.band,
      message,
    })),
  );
}

const refusedColumns: readonly Column[] = [
  { head: 'WHAT' },
  { head: 'NAME', mayShrink: true },
  { head: 'SEVERITY' },
  { head: 'ALERT', mayShrink: true },
];

/** A person does not read a longer table; `--json` has all. */
const maxRefused = 40;

export function refusedLines(refused: readonly Refused[], width: number | undefined): readonly string[] {
  const cells = refused
    .slice(0, maxRefused)
    .map(({ kind, name, band, message }) => [
      { text: kind },
      { text: escapeForDisplay(name) },
      { text: band, styles: bandStyles[band] },
      { text: escapeForDisplay(message) },
    ]);
  const more = refused.length - cells.length;
  return [
    ...tableLines(refusedColumns, cells, width),
    ...(more > 0 ? [`and ${more} more; --json prints all`] : []),
  ];
}
