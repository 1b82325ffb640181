// What is shown and in which order. All of it is in the address, so that a link shows the same.

/** The values of an alert that a filter of this name compares. */
const facets = {
  severity: (alert) => [alert.band],
  outcome: (alert) => [alert.what],
  status: (alert) => [alert.status],
  change: (alert) => [alert.change],
  account: (alert) => [alert.account],
  target: (alert) => [alert.target],
  actor: (alert) => [alert.actor],
  layer: (alert) => alert.newLayers.map(({ label }) => label),
  provenance: (alert) => alert.provenances,
};

/** Filters with a list of choices in the form; the others are set by a click. */
const listed = ['severity', 'outcome', 'status', 'change', 'account'];

/** Columns by what they are sorted by. */
const columns = {
  severity: (alert) => alert.score,
  time: (alert) => alert.time,
  target: (alert) => alert.target,
  layers: (alert) => notableLayer(alert)?.label ?? '',
  actor: (alert) => alert.actor,
  account: (alert) => alert.account,
  status: (alert) => alert.status,
};

const noFilter = { q: '', since: '', until: '', sort: 'severity', order: 'descending' };
for (const name of Object.keys(facets)) noFilter[name] = '';

const valuesOf = {};
for (const [name, of] of Object.entries(facets)) valuesOf[name] = new Set(data.alerts.flatMap(of));

const state = { ...noFilter };

/** What the address asks for; what it cannot mean is left out, so that more is shown and not less. */
function stateOfAddress() {
  const asked = new URLSearchParams(location.hash.slice(1));
  const read = { ...noFilter };
  for (const name of Object.keys(noFilter)) {
    const value = asked.get(name);
    if (value !== null && isValid(name, value)) read[name] = value;
  }
  return read;
}

function isValid(name, value) {
  if (name === 'q') return true;
  if (name === 'sort') return Object.hasOwn(columns, value);
  if (name === 'order') return value === 'ascending' || value === 'descending';
  if (name === 'since' || name === 'until') return !Number.isNaN(minuteToTime(value));
  return valuesOf[name].has(value);
}

/** `2026-10-06T21:14`, as a field for a time has it, read as UTC. */
function minuteToTime(text) {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text) ? Date.parse(`${text}Z`) : Number.NaN;
}

function timeToMinute(time) {
  return new Date(time).toISOString().slice(0, 16);
}

function writeAddress() {
  const set = Object.entries(state).filter(([name, value]) => value !== noFilter[name]);
  const hash = set.length === 0 ? '' : `#${new URLSearchParams(set)}`;
  if (hash !== location.hash) history.replaceState(null, '', hash === '' ? location.pathname : hash);
}

function filteredAlerts() {
  const words = state.q.trim().toLowerCase().split(/\s+/);
  const used = Object.entries(facets).filter(([name]) => state[name] !== '');
  const [since, until] = [minuteToTime(state.since), minuteToTime(state.until)];
  return data.alerts.filter(
    (alert) =>
      used.every(([name, of]) => of(alert).includes(state[name])) &&
      // A time that cannot be read is in every range.
      !(alert.at < since) &&
      !(alert.at >= until) &&
      words.every((word) => alert.text.includes(word)),
  );
}

function sortedAlerts(alerts) {
  const of = columns[state.sort];
  const sign = state.order === 'ascending' ? 1 : -1;
  return [...alerts].sort(
    (a, b) => sign * compare(of(a), of(b)) || b.score - a.score || compare(b.time, a.time),
  );
}

function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}
