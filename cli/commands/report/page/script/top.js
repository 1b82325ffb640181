// The highest scores, alerts of one actor and layer together.

const groupsShown = 10;
const fewAlerts = 10;

/** The filters that show the alerts of a group. Layers of the same name and another owner are another group. */
function groupFilter(alert) {
  const layer = notableLayer(alert);
  return layer === undefined
    ? { actor: alert.actor, change: alert.change }
    : { actor: alert.actor, layer: layer.label, provenance: layer.provenance };
}

function groupsOf(alerts) {
  const groups = new Map();
  for (const alert of alerts) {
    const filter = groupFilter(alert);
    const key = JSON.stringify(filter);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { filter, alerts: [alert] });
    else group.alerts.push(alert);
  }
  const inOrder = (a, b) => b.worst.score - a.worst.score || b.alerts.length - a.alerts.length;
  return [...groups.values()].map((group) => ({ ...group, worst: worstOf(group.alerts) })).sort(inOrder);
}

function worstOf(alerts) {
  return alerts.reduce((worst, alert) => (alert.score > worst.score ? alert : worst));
}

/** A few alerts are all in the table, on the same screen. */
function drawTop(alerts) {
  byId('top-section').hidden = alerts.length <= fewAlerts;
  if (alerts.length > fewAlerts) replace('top', ...groupsOf(alerts).slice(0, groupsShown).map(groupItem));
  else replace('top');
}

function groupItem({ filter, alerts, worst }) {
  const body = element('div', {});
  const item = element(
    'details',
    {},
    element(
      'summary',
      {},
      badge(worst),
      element('span', { class: 'number' }, plural(alerts.length, 'alert')),
      element('span', { class: 'headline' }, ...describeGroup(filter, alerts)),
    ),
    body,
  );
  item.addEventListener('toggle', () => {
    if (item.open && body.childElementCount === 0) body.append(...groupBody(filter, alerts, worst));
  });
  return element('li', {}, item);
}

function describeGroup({ actor, layer, provenance = 'none', change: kind }, alerts) {
  const targets = new Set(alerts.map(({ target }) => target));
  const [only] = targets;
  const where = targets.size === 1 ? only : `${targets.size} functions or layers`;
  const times = alerts.map(({ time }) => time).sort(compare);
  const [first, last] = [minuteOf(times[0]), minuteOf(times[times.length - 1])];
  return [
    element('span', { class: 'what', 'data-provenance': provenance }, layer ?? kind),
    ` by ${actor} on ${where}, ${first === last ? first : `${first} to ${last}`}`,
  ];
}

function groupBody(filter, alerts, worst) {
  const isOne = alerts.length === 1;
  return [
    ...(isOne ? [] : [button('Show these alerts', { class: 'screen' }, () => change(filter))]),
    ...(isOne ? [] : [element('p', { class: 'muted' }, 'The alert with the highest score:')]),
    detailsElement(worst),
  ];
}
