import { styleText } from 'node:util';
import type { Band } from '../../lambda/detection/band';

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow';

/**
 * The text with colours where stdout is a terminal that shows them and NO_COLOR does not forbid them. One style at a time, because
 * Node 20 does not look at the stream where it is given a list.
 */
export function styled(text: string, styles: readonly Style[]): string {
  return styles.reduce((inner, style) => styleText(style, inner, { stream: process.stdout }), text);
}

export const bandStyles: Readonly<Record<Band, readonly Style[]>> = {
  low: [],
  medium: ['yellow'],
  high: ['red'],
  critical: ['bold', 'red'],
};
