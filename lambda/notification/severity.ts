import type { Band } from '../detection/band';

/** Our bands by the words of the standards. */
export const severityOf: Readonly<
  Record<Band, { readonly asff: 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL'; readonly ocsfId: 2 | 3 | 4 | 5 }>
> = {
  low: { asff: 'LOW', ocsfId: 2 },
  medium: { asff: 'MEDIUM', ocsfId: 3 },
  high: { asff: 'HIGH', ocsfId: 4 },
  critical: { asff: 'CRITICAL', ocsfId: 5 },
};
