// The alerts of the page, and what is worked out once for each of them.

const data = JSON.parse(byId('data').textContent);

for (const [index, alert] of data.alerts.entries()) {
  alert.index = index;
  alert.at = Date.parse(alert.time);
  alert.newLayers = alert.layers.filter(({ isNew }) => isNew);
  alert.text = [alert.headline, alert.target, alert.actor, alert.id, alert.account, alert.region, alert.from]
    .concat(
      alert.layers.map(({ label }) => label),
      alert.provenances,
    )
    .join(' ')
    .toLowerCase();
}

let detailLines;

/** What only an open alert shows. The lines are many megabytes in a large report, so each is parsed when it is opened. */
function detailsOf(alert) {
  detailLines ??= byId('details').textContent.trim().split('\n');
  return JSON.parse(detailLines[alert.index]);
}

/** The layer to speak of first: of an unknown account before all others. */
function notableLayer({ newLayers }) {
  return newLayers.find(({ provenance }) => provenance === 'unknown-account') ?? newLayers[0];
}
