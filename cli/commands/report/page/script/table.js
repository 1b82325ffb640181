// All alerts that are shown, as a table: a row opens below itself.

const pageSize = 50;
const columnLabels = {
  severity: 'Severity',
  time: 'Time, UTC',
  target: 'Function or layer',
  layers: 'Layers',
  actor: 'Actor',
  account: 'Account',
  status: 'Status',
};
/** The order of the first click; a second click turns it. */
const firstOrder = { severity: 'descending', time: 'descending' };

/** Alerts whose details are open, by their index. */
const opened = new Set();
let listedAlerts = [];

function drawHeads() {
  const heads = Object.entries(columnLabels).map(([column, label]) => {
    const isSorted = state.sort === column;
    const mark = !isSorted ? '' : state.order === 'ascending' ? ' ▲' : ' ▼';
    const sort = button(
      [label, element('span', { 'aria-hidden': 'true' }, mark)],
      {},
      () => change({ sort: column, order: nextOrder(column) }),
      `sort ${column}`,
    );
    return element(
      'th',
      { scope: 'col', class: column, ...(isSorted ? { 'aria-sort': state.order } : {}) },
      sort,
    );
  });
  replace('heads', ...heads);
}

function nextOrder(column) {
  if (state.sort === column) return state.order === 'ascending' ? 'descending' : 'ascending';
  return firstOrder[column] ?? 'ascending';
}

function drawTable(alerts) {
  listedAlerts = sortedAlerts(alerts);
  replace('rows');
  drawHeads();
  appendRows();
}

function appendRows() {
  const from = byId('rows').querySelectorAll('tr.alert').length;
  byId('rows').append(...listedAlerts.slice(from, from + pageSize).flatMap(rowsOfAlert));
  const rest = listedAlerts.length - from - pageSize;
  byId('more').hidden = rest <= 0;
  byId('listed').textContent =
    rest > 0
      ? `The first ${shown(from + pageSize)} of ${plural(listedAlerts.length, 'alert')} are listed.`
      : '';
  byId('more').textContent = `Show ${Math.min(rest, pageSize)} more of ${shown(rest)}`;
}

function rowsOfAlert(alert) {
  const body = element('td', { colspan: Object.keys(columnLabels).length });
  const details = element('tr', { class: 'opened', id: `alert-${alert.index}` }, body);
  const toggle = button(
    [element('span', { class: 'mark', 'aria-hidden': 'true' }), alert.target],
    { class: 'toggle', 'aria-controls': details.id },
    () => show(!opened.has(alert.index)),
  );
  const row = element(
    'tr',
    { class: 'alert' },
    element('td', { class: 'severity' }, badge(alert)),
    element('td', { class: 'time' }, minuteOf(alert.time)),
    element('th', { scope: 'row', class: 'target' }, toggle),
    element('td', { class: 'layers' }, ...layersOfRow(alert)),
    element('td', { class: 'actor' }, alert.actor),
    element('td', { class: 'account' }, alert.account),
    element(
      'td',
      { class: 'status' },
      alert.what === 'notified' ? alert.status : `${alert.status}, ${alert.what}`,
    ),
  );
  const show = (isOpen) => {
    if (isOpen) opened.add(alert.index);
    else opened.delete(alert.index);
    if (isOpen && body.childElementCount === 0) body.append(detailsElement(alert));
    details.hidden = !isOpen;
    toggle.setAttribute('aria-expanded', String(isOpen));
  };
  row.addEventListener('click', (event) => {
    if (event.target.closest('button') === null && getSelection().isCollapsed) toggle.click();
  });
  show(opened.has(alert.index));
  return [row, details];
}

const layersOfRowShown = 3;

/** Layers that are new on the function; without one, what the call did instead. */
function layersOfRow(alert) {
  const { newLayers } = alert;
  if (newLayers.length === 0) return [element('span', { class: 'muted' }, alert.change)];
  const rest = newLayers.length - layersOfRowShown;
  return [
    ...newLayers
      .slice(0, layersOfRowShown)
      .map(({ label, owner, provenance }) =>
        element(
          'div',
          { class: 'layer', 'data-provenance': provenance },
          element('span', { class: 'label' }, label),
          ` ${owner}`,
        ),
      ),
    ...(rest > 0 ? [element('div', { class: 'muted' }, `and ${rest} more`)] : []),
  ];
}
