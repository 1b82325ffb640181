// Puts the page together, and draws it again whenever a filter changes.

const narrow = matchMedia('screen and (max-width: 56rem)');

/** Changes filters or the order, in the page and in its address. */
function change(some) {
  Object.assign(state, some);
  writeAddress();
  draw();
}

function draw() {
  keepingFocus(() => {
    const alerts = filteredAlerts();
    fillForm();
    drawChips();
    byId('count').textContent = countLine(alerts.length);
    drawTiles(alerts);
    drawChart(alerts);
    drawBreakdown(alerts);
    drawTop(alerts);
    drawTable(alerts);
  });
}

function countLine(count) {
  const isBackwards = minuteToTime(state.until) <= minuteToTime(state.since);
  const line = `${shown(count)} of ${plural(data.alerts.length, 'alert')}`;
  return isBackwards ? `${line}: the time range ends before it begins` : line;
}

const fields = ['q', 'since', 'until', ...listed];

function fillForm() {
  for (const name of fields) if (byId(name).value !== state[name]) byId(name).value = state[name];
  byId('order').value = `${state.sort} ${state.order}`;
  byId('clear').disabled = JSON.stringify(state) === JSON.stringify(noFilter);
}

/** Filters that have no field in the form, each with a button that takes it away. */
function drawChips() {
  const chips = Object.keys(facets)
    .filter((name) => !listed.includes(name) && state[name] !== '')
    .map((name) =>
      button(
        `${name}: ${labelOf(name, state[name])} ×`,
        { class: 'chip', 'aria-label': `Remove the filter ${name}: ${state[name]}` },
        () => change({ [name]: '' }),
        `chip ${name}`,
      ),
    );
  replace('chips', ...chips);
}

function fillChoices(name) {
  const values = [...valuesOf[name]];
  const ordered =
    name === 'severity' ? data.bands.filter((band) => values.includes(band)) : values.sort(compare);
  byId(name).append(...ordered.map((value) => element('option', { value }, value)));
}

/** A phone shows the alerts first, and the filters on demand. */
function arrange() {
  byId('filter-box').open = !narrow.matches;
  if (narrow.matches) byId('overview').before(byId('alerts'));
  else byId('alerts').before(byId('overview'));
}

function listen() {
  for (const name of fields) byId(name).addEventListener('input', () => change({ [name]: byId(name).value }));
  byId('order').addEventListener('change', () => {
    const [sort, order] = byId('order').value.split(' ');
    change({ sort, order });
  });
  byId('clear').addEventListener('click', () => change(noFilter));
  byId('filters').addEventListener('submit', (event) => event.preventDefault());
  byId('more').addEventListener('click', appendRows);
  addEventListener('hashchange', () => {
    Object.assign(state, stateOfAddress());
    draw();
  });
  addEventListener('resize', () => keepingFocus(() => drawChart(filteredAlerts())));
  narrow.addEventListener('change', arrange);
}

function start() {
  byId('made').textContent = `${data.source}; generated ${minuteOf(data.madeAt)} UTC`;
  replace('legend', ...data.bands.map((band) => element('span', { class: `key ${band}` }, band)));
  listed.forEach(fillChoices);
  for (const [column, label] of Object.entries(columnLabels))
    for (const order of ['descending', 'ascending'])
      byId('order').append(element('option', { value: `${column} ${order}` }, `${label}, ${order}`));
  Object.assign(state, stateOfAddress());
  if (!narrow.matches && data.alerts.length > 0) opened.add(worstOf(data.alerts).index);
  arrange();
  listen();
  draw();
}

start();
