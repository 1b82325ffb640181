// Numbers of the alerts that are shown: in all, and by who, what and whose.

const entriesShown = 8;

/** Numbers by value, the most frequent first. */
function countsOf(alerts, of) {
  const found = new Map();
  for (const alert of alerts) for (const value of of(alert)) found.set(value, (found.get(value) ?? 0) + 1);
  return [...found].sort((a, b) => b[1] - a[1] || compare(a[0], b[0]));
}

function drawTiles(alerts) {
  const number = (isCounted) => alerts.filter(isCounted).length;
  const tiles = [
    ['Alerts', alerts.length],
    ['Critical', number(({ band }) => band === 'critical')],
    ['High', number(({ band }) => band === 'high')],
    ['Notified', number(({ what }) => what === 'notified')],
    ['Open', number(({ status }) => status === 'open')],
  ];
  replace(
    'tiles',
    ...tiles.map(([name, value]) =>
      element('div', { class: 'tile' }, element('dt', {}, name), element('dd', {}, shown(value))),
    ),
  );
}

function drawBreakdown(alerts) {
  for (const facet of ['target', 'actor', 'layer', 'provenance', 'account']) drawGroup(facet, alerts);
}

function drawGroup(facet, alerts) {
  const counts = countsOf(alerts, facets[facet]);
  const highest = counts[0]?.[1] ?? 1;
  const entries = counts.slice(0, entriesShown).map(([value, count]) => {
    const isChosen = state[facet] === value;
    const entry = button(
      [
        element('span', { class: 'name' }, labelOf(facet, value)),
        element('span', {}, shown(count)),
        meter(count / highest),
      ],
      { class: 'entry', 'aria-pressed': isChosen },
      () => change({ [facet]: isChosen ? '' : value }),
      `${facet} ${value}`,
    );
    return element('li', {}, entry);
  });
  const rest = counts.length - entriesShown;
  if (rest > 0) entries.push(element('li', { class: 'muted' }, `and ${rest} more`));
  replace(`by-${facet}`, ...entries);
}

/** `unknown account` for `unknown-account`: the words of ours, never those of an alert. */
function labelOf(facet, value) {
  return facet === 'provenance' ? value.replaceAll('-', ' ') : value;
}

function meter(share) {
  return svgElement(
    'svg',
    { class: 'meter', viewBox: '0 0 100 4', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    svgElement('rect', { width: 100 * share, height: 4 }),
  );
}
