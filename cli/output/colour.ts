import type { Band } from '../../lambda/detection/band';

const codes = { bold: '1', dim: '2', red: '31', green: '32', yellow: '33', boldRed: '1;31' } as const;

export type Colour = keyof typeof codes;

/** Colours are for terminals, and for people who did not ask for none (https://no-color.org). */
export function wantsColour(stream: NodeJS.WriteStream = process.stdout): boolean {
  return stream.isTTY === true && (process.env['NO_COLOR'] ?? '') === '';
}

export function inColour(text: string, colour: Colour | undefined, stream?: NodeJS.WriteStream): string {
  if (colour === undefined || !wantsColour(stream)) return text;
  return `\u001b[${codes[colour]}m${text}\u001b[0m`;
}

export const colourOfBand: Readonly<Record<Band, Colour | undefined>> = {
  low: undefined,
  medium: 'yellow',
  high: 'red',
  critical: 'boldRed',
};
