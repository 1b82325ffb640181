/**
 * A recording without what differs from run to run: times, ids, random ends of names, ages, and blanks that follow their widths; and
 * whether the update had ended when the detector looked, without which the function has no revision to guard the undo, and in which order
 * CloudFormation named what stays.
 */
export function steady(text: string): string {
  return sortRuns(text, /DELETE_SKIPPED/)
    .replace(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, 'TIME')
    .replace(/\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2}(?::\d{2})?)?/g, 'TIME')
    .replace(/[A-Z][a-z]{2} \d{1,2} [A-Z][a-z]{2} \d{4} [\d:]{8} [A-Z][A-Za-z/]+/g, 'TIME')
    .replace(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, 'UUID')
    .replace(/\b[0-9a-f]{64}\b/g, 'HASH')
    .replace(/\b(?=[0-9a-f]*[a-f])[0-9a-f]{12}\b/g, 'ID')
    .replace(/\bA[KS]IA\w{12,20}\b/g, 'KEY')
    .replace(/Layerwatch-[A-Za-z]+[0-9A-F]{8}-\w+/g, 'NAME')
    .replace(/\b\d+[mhd]\b/g, 'AGE')
    .replace(/(?:less than a|\d+) (?:minutes?|hours?)/g, 'AGO')
    .replace(/SHA-256 [\w+/=]{44}/g, 'HASH')
    .replace(/\d+ alerts/g, 'ALERTS')
    .replace(/\| +\d+ \| +\d+:\d{2}:\d{2} [AP]M/g, '| TIME')
    .replace(/ --revision-id UUID/g, '')
    .replace(/(?:check first that|refused where) the function was (?:not )?changed since/g, 'GUARD')
    .replace(/ +$/gm, '')
    .replace(/ {2,}/g, '  ');
}

/** Sorts lines that follow one another and fit. */
function sortRuns(text: string, fits: RegExp): string {
  const runs: string[][] = [];
  for (const line of text.split('\n')) {
    const last = runs.at(-1);
    if (last?.[0] !== undefined && fits.test(last[0]) && fits.test(line)) last.push(line);
    else runs.push([line]);
  }
  return runs.flatMap((run) => run.sort((a, b) => (resourceOf(a) < resourceOf(b) ? -1 : 1))).join('\n');
}

function resourceOf(line: string): string {
  return line.split('|').at(-1) ?? line;
}
