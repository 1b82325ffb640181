// Runs in the page. Alerts are hostile text: they become text nodes and never markup, addresses or code.

const data = JSON.parse(document.getElementById('data').textContent);
const svgSpace = 'http://www.w3.org/2000/svg';
const worstShown = 10;
const pageSize = 200;
let shown = pageSize;

/** An element with attributes and children; text is always a text node. */
function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function svgElement(name, attributes, ...children) {
  const made = document.createElementNS(svgSpace, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.append(...children);
  return made;
}

function byId(id) {
  return document.getElementById(id);
}

function replace(id, ...children) {
  byId(id).replaceChildren(...children);
}

const filters = ['band', 'what', 'status', 'change', 'account'];

function wanted(alert) {
  const search = byId('search').value.trim().toLowerCase();
  const text = [alert.headline, alert.target, alert.actor, alert.id, alert.account, alert.region, alert.from]
    .concat(
      alert.layers.map((layer) => layer.label),
      alert.provenances,
    )
    .join(' ')
    .toLowerCase();
  return (
    search.split(/\s+/).every((word) => text.includes(word)) &&
    filters.every((filter) => byId(filter).value === '' || alert[filter] === byId(filter).value)
  );
}

/** Numbers by value, the most frequent first. */
function counts(alerts, valuesOf) {
  const found = new Map();
  for (const alert of alerts)
    for (const value of valuesOf(alert)) found.set(value, (found.get(value) ?? 0) + 1);
  return [...found].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

function tiles(alerts) {
  const number = (isCounted) => alerts.filter(isCounted).length;
  return [
    ['Alerts', alerts.length],
    ['Critical', number((alert) => alert.band === 'critical')],
    ['High', number((alert) => alert.band === 'high')],
    ['Notified', number((alert) => alert.what === 'notified')],
    ['Open', number((alert) => alert.status === 'open')],
  ].map(([name, value]) =>
    element('div', { class: 'tile' }, element('dt', {}, name), element('dd', {}, String(value))),
  );
}

const hour = 3_600_000;
const day = 24 * hour;

/** Bars of an hour, a day or a week, by how long a time is shown. */
function spans(alerts) {
  const times = alerts.map((alert) => Date.parse(alert.time)).filter((time) => !Number.isNaN(time));
  if (times.length === 0) return { length: day, starts: [] };
  const first = times.reduce((a, b) => Math.min(a, b));
  const last = times.reduce((a, b) => Math.max(a, b));
  const length = last - first <= 3 * day ? hour : last - first <= 120 * day ? day : 7 * day;
  const starts = [];
  for (let start = Math.floor(first / length) * length; start <= last && starts.length < 400; start += length)
    starts.push(start);
  return { length, starts };
}

function spanName(start, length) {
  const text = new Date(start).toISOString();
  return length < day ? `${text.slice(0, 10)} ${text.slice(11, 16)}` : text.slice(0, 10);
}

function chart(alerts) {
  const { length, starts } = spans(alerts);
  const rows = starts.map((start) => ({ start, byBand: data.bands.map(() => 0), total: 0 }));
  for (const alert of alerts) {
    const row = rows[Math.floor((Date.parse(alert.time) - starts[0]) / length)];
    if (row === undefined) continue;
    row.byBand[data.bands.indexOf(alert.band)]++;
    row.total++;
  }
  byId('chart-title').textContent =
    `Alerts by ${length === hour ? 'hour' : length === day ? 'day' : 'week'}, UTC`;
  replace('chart', ...(rows.length === 0 ? [] : [bars(rows, length)]));
  const used = rows.filter((row) => row.total > 0);
  replace(
    'numbers',
    element('tr', {}, ...['From', ...data.bands].map((name) => element('th', { scope: 'col' }, name))),
    ...used.map((row) =>
      element(
        'tr',
        {},
        element('th', { scope: 'row' }, spanName(row.start, length)),
        ...row.byBand.map((count) => element('td', {}, String(count))),
      ),
    ),
  );
}

function bars(rows, length) {
  const width = Math.max(280, byId('chart').clientWidth);
  const [height, bottom, left] = [200, 24, 32];
  const most = rows.reduce((highest, row) => Math.max(highest, row.total), 1);
  const step = (width - left) / rows.length;
  const scale = (height - bottom - 10) / most;
  const parts = rows.flatMap((row, index) => {
    let base = height - bottom;
    return row.byBand.flatMap((count, band) => {
      if (count === 0) return [];
      base -= count * scale;
      const title = `${spanName(row.start, length)}: ${count} ${data.bands[band]}`;
      return svgElement(
        'rect',
        {
          class: data.bands[band],
          x: left + index * step,
          y: base,
          width: Math.max(1, Math.min(48, step - 1)),
          height: count * scale,
        },
        svgElement('title', {}, title),
      );
    });
  });
  const label = `${rows.length} bars, ${most} alerts at most; the numbers are below`;
  return svgElement(
    'svg',
    { class: 'chart', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': label },
    svgElement('line', { class: 'axis', x1: left, x2: width, y1: height - bottom, y2: height - bottom }),
    svgElement('text', { x: 0, y: 20 }, String(most)),
    svgElement('text', { x: left, y: height - 6 }, spanName(rows[0].start, length)),
    svgElement(
      'text',
      { x: width, y: height - 6, 'text-anchor': 'end' },
      spanName(rows[rows.length - 1].start, length),
    ),
    ...parts,
  );
}

const entriesShown = 8;

function group(id, alerts, valuesOf) {
  const all = counts(alerts, valuesOf);
  const most = all.length === 0 ? 1 : all[0][1];
  const items = all.slice(0, entriesShown).map(([name, count]) => {
    const meter = svgElement(
      'svg',
      { class: 'meter', viewBox: '0 0 100 4', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
      svgElement('rect', { width: (100 * count) / most, height: 4 }),
    );
    const button = element(
      'button',
      { type: 'button', class: 'entry', title: 'Search for it' },
      element('span', { class: 'name' }, name),
      element('span', {}, String(count)),
      meter,
    );
    button.addEventListener('click', () => {
      byId('search').value = name;
      update();
      byId('search').focus();
    });
    return element('li', {}, button);
  });
  const rest = all.length - entriesShown;
  if (rest > 0) items.push(element('li', { class: 'muted' }, `and ${rest} more`));
  replace(id, ...items);
}

function layerLines(alert) {
  if (alert.layers.length === 0) return ['no layers in the call\n'];
  return alert.layers.map((layer) => {
    const kind = layer.sign === '+' || layer.sign === '?' ? 'plus' : layer.sign === '-' ? 'minus' : '';
    return element('span', { class: kind }, `${layer.sign} ${layer.label}  (${layer.words})\n`);
  });
}

function fact(name, text) {
  return [element('dt', {}, name), element('dd', {}, text)];
}

/** A list of what to do; commands and addresses are text to copy. */
function section({ title, items }) {
  return element(
    'section',
    { class: 'steps' },
    element('h3', {}, title),
    element(
      items.length > 1 ? 'ol' : 'div',
      {},
      ...items.map(([text, ...lines]) =>
        element(
          items.length > 1 ? 'li' : 'div',
          {},
          text,
          ...lines.map((line) => element('pre', { 'aria-label': 'To copy' }, line)),
        ),
      ),
    ),
  );
}

function alertItem(alert, isOpen) {
  const details = element(
    'details',
    isOpen ? { open: '' } : {},
    element(
      'summary',
      {},
      element('span', { class: `badge ${alert.band}` }, `${alert.band} ${alert.score}`),
      element('span', { class: 'muted' }, alert.time.replace('T', ' ').slice(0, 16)),
      element('span', { class: 'headline' }, alert.headline),
    ),
    element(
      'div',
      { class: 'details' },
      element('pre', { 'aria-label': 'Layers' }, ...layerLines(alert)),
      element(
        'dl',
        { class: 'facts' },
        ...fact('Change', `${alert.change}, ${alert.what}, ${alert.status}`),
        ...alert.fields.flatMap(([label, value]) => fact(label, value)),
        ...fact('Events', String(alert.events)),
        ...fact('Alert', alert.id),
      ),
      section(alert.why),
      ...alert.sections.map(section),
    ),
  );
  return element('li', {}, details);
}

function worst(alerts) {
  return [...alerts].sort((a, b) => b.score - a.score || (a.time < b.time ? 1 : -1)).slice(0, worstShown);
}

function update() {
  const alerts = data.alerts.filter(wanted);
  replace('tiles', ...tiles(alerts));
  chart(alerts);
  group('by-target', alerts, (alert) => [alert.target]);
  group('by-actor', alerts, (alert) => [alert.actor]);
  group('by-provenance', alerts, (alert) => alert.provenances);
  group('by-account', alerts, (alert) => [alert.account]);
  replace('worst', ...worst(alerts).map((alert, index) => alertItem(alert, index < 3)));
  replace('all', ...alerts.slice(0, shown).map((alert) => alertItem(alert, false)));
  byId('more').hidden = alerts.length <= shown;
  byId('count').textContent = `${alerts.length} of ${data.alerts.length} alerts`;
}

function choices(filter) {
  const select = byId(filter);
  const values = [...new Set(data.alerts.map((alert) => alert[filter]))];
  const ordered = filter === 'band' ? data.bands.filter((band) => values.includes(band)) : values.sort();
  select.append(...ordered.map((value) => element('option', { value }, value)));
}

byId('made').textContent = `${data.source}; made at ${data.madeAt.replace('T', ' ').slice(0, 16)} UTC`;
replace('legend', ...data.bands.map((band) => element('span', { class: `key ${band}` }, band)));
for (const filter of filters) {
  choices(filter);
  byId(filter).addEventListener('change', update);
}
byId('search').addEventListener('input', update);
addEventListener('resize', () => chart(data.alerts.filter(wanted)));
byId('clear').addEventListener('click', () => {
  byId('filters').reset();
  update();
});
byId('filters').addEventListener('submit', (event) => event.preventDefault());
byId('more').addEventListener('click', () => {
  shown += pageSize;
  update();
});
update();
