// Alerts by time. A bar is a button that shows its time alone, in finer bars.

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const maxBars = 400;

/** Lengths of a bar, each with the longest time that it is used for, and how many bars may lie between two ticks. */
const scales = [
  { length: 5 * minute, name: 'five minutes', upTo: 6 * hour, strides: [1, 3, 6, 12] },
  { length: hour, name: 'hour', upTo: 3 * day, strides: [1, 2, 3, 6, 12, 24] },
  { length: day, name: 'day', upTo: 120 * day, strides: [1, 2, 7, 14, 28] },
  { length: 7 * day, name: 'week', upTo: maxBars * 7 * day, strides: [1, 2, 4, 13, 26, 52] },
];

function scaleOf(range) {
  const weeks = Math.ceil(range / (maxBars * 7 * day));
  return (
    scales.find(({ upTo }) => range < upTo) ?? {
      length: weeks * 7 * day,
      name: plural(weeks, 'week'),
      strides: [1, 10, 50, 100, 200],
    }
  );
}

function rowsOf(alerts) {
  const timed = alerts.filter(({ at }) => !Number.isNaN(at));
  const first = timed.reduce((least, { at }) => Math.min(least, at), Number.POSITIVE_INFINITY);
  const last = timed.reduce((greatest, { at }) => Math.max(greatest, at), Number.NEGATIVE_INFINITY);
  if (timed.length === 0) return { rows: [], scale: scaleOf(0) };
  const scale = scaleOf(last - first);
  const begin = Math.floor(first / scale.length) * scale.length;
  const rows = Array.from({ length: Math.floor((last - begin) / scale.length) + 1 }, (_, index) => ({
    start: begin + index * scale.length,
    bySeverity: data.bands.map(() => 0),
    total: 0,
  }));
  for (const { at, band } of timed) {
    const row = rows[Math.floor((at - begin) / scale.length)];
    row.bySeverity[data.bands.indexOf(band)]++;
    row.total++;
  }
  return { rows, scale };
}

function nameOfStart(start) {
  return minuteOf(new Date(start).toISOString()).replace(' 00:00', '');
}

function drawChart(alerts) {
  const { rows, scale } = rowsOf(alerts);
  byId('chart-title').textContent = `Alerts by ${scale.name}, UTC`;
  replace('chart', ...(rows.length === 0 ? [] : [chartOf(rows, scale)]));
  const heads = ['From', ...data.bands].map((name) => element('th', { scope: 'col' }, name));
  replace(
    'numbers',
    element('thead', {}, element('tr', {}, ...heads)),
    element('tbody', {}, ...rows.filter(({ total }) => total > 0).map(numbersOf)),
  );
}

function numbersOf({ start, bySeverity }) {
  const counts = bySeverity.map((count) => element('td', {}, String(count)));
  return element('tr', {}, element('th', { scope: 'row' }, nameOfStart(start)), ...counts);
}

function chartOf(rows, scale) {
  const [width, height] = [Math.max(280, byId('chart').clientWidth), 200];
  const frame = { left: 40, right: width - 8, top: 12, bottom: height - 24 };
  const highest = rows.reduce((most, { total }) => Math.max(most, total), 1);
  const place = {
    frame,
    step: (frame.right - frame.left) / rows.length,
    heightOf: (count) => (count * (frame.bottom - frame.top)) / highest,
  };
  const filled = rows.map((row, index) => ({ row, index })).filter(({ row }) => row.total > 0);
  const chart = svgElement(
    'svg',
    {
      class: 'chart',
      viewBox: `0 0 ${width} ${height}`,
      role: 'group',
      'aria-label': `${plural(filled.length, 'bar')}; arrow keys move between them, Enter shows one alone`,
    },
    ...countTicks(highest, place),
    ...timeTicks(rows, scale, place),
    ...filled.map(({ row, index }, order) => barOf(row, index, order === 0, scale, place)),
  );
  chart.addEventListener('keydown', moveBetweenBars);
  return chart;
}

/** Whole numbers, at steps of 1, 2 or 5 times a power of ten. */
function countTicks(highest, { frame, heightOf }) {
  const power = 10 ** Math.floor(Math.log10(highest));
  const step = Math.max(
    1,
    [0.2, 0.5, 1].map((each) => each * power).find((each) => highest / each <= 5) ?? power,
  );
  const ticks = [];
  for (let count = 0; count <= highest; count += step) {
    const y = frame.bottom - heightOf(count);
    ticks.push(
      svgElement('line', { class: 'axis', x1: frame.left, x2: frame.right, y1: y, y2: y }),
      svgElement('text', { x: frame.left - 6, y: y + 4, 'text-anchor': 'end' }, String(count)),
    );
  }
  return ticks;
}

const pixelsOfTick = 84;

function timeTicks(rows, { length, strides }, { frame, step }) {
  const stride = strides.find((each) => each * step >= pixelsOfTick) ?? rows.length;
  const isTick = ({ start }, index) =>
    (start / length) % stride === 0 || (stride >= rows.length && index === 0);
  return rows.flatMap((row, index) => {
    if (!isTick(row, index)) return [];
    const x = frame.left + index * step;
    const hasRoom = x + pixelsOfTick <= frame.right;
    return [
      svgElement('line', { class: 'tick', x1: x, x2: x, y1: frame.bottom, y2: frame.bottom + 5 }),
      ...(hasRoom ? [svgElement('text', { x, y: frame.bottom + 19 }, tickLabel(row.start, length))] : []),
    ];
  });
}

/** The hour within a day, else the day. */
function tickLabel(start, length) {
  const name = nameOfStart(start);
  return length < day && name.length > 10 ? name.slice(11) : name.slice(0, 10);
}

/** One tab stop for all bars: the first has it, and the arrow keys pass it on. */
function barOf({ start, bySeverity, total }, index, hasTabStop, { length }, { frame, step, heightOf }) {
  const x = frame.left + index * step;
  let y = frame.bottom;
  const parts = bySeverity.flatMap((count, severity) => {
    if (count === 0) return [];
    y -= heightOf(count);
    const width = Math.max(1, Math.min(48, step - 1));
    return svgElement('rect', { class: data.bands[severity], x, y, width, height: heightOf(count) });
  });
  const counts = data.bands
    .map((band, severity) => [bySeverity[severity], band])
    .filter(([count]) => count > 0)
    .map(([count, band]) => `${count} ${band}`);
  const title = `${nameOfStart(start)}: ${plural(total, 'alert')} (${counts.join(', ')})`;
  const bar = svgElement(
    'g',
    { class: 'bar', role: 'button', tabindex: hasTabStop ? 0 : -1, 'aria-label': title },
    svgElement('title', {}, title),
    svgElement('rect', {
      class: 'target',
      x,
      y: frame.top,
      width: Math.max(1, step),
      height: frame.bottom - frame.top,
    }),
    ...parts,
  );
  bar.dataset.key = `bar ${start}`;
  bar.addEventListener('click', () =>
    change({ since: timeToMinute(start), until: timeToMinute(start + length) }),
  );
  return bar;
}

function moveBetweenBars(event) {
  const bar = event.target.closest('.bar');
  if (event.key === 'Enter' || event.key === ' ') {
    event.preventDefault();
    bar.dispatchEvent(new MouseEvent('click'));
    return;
  }
  const bars = [...this.querySelectorAll('.bar')];
  const places = {
    ArrowLeft: bars.indexOf(bar) - 1,
    ArrowRight: bars.indexOf(bar) + 1,
    Home: 0,
    End: bars.length - 1,
  };
  const next = bars[places[event.key]];
  if (next === undefined) return;
  event.preventDefault();
  bar.setAttribute('tabindex', '-1');
  next.setAttribute('tabindex', '0');
  next.focus();
}
