// An alert as a whole: why it matters, what to do, and what else is known.

/** A list of what to do; commands and addresses are text to copy. */
function sectionOf({ id, title, items }) {
  const isList = items.length > 1;
  return element(
    'section',
    { class: `steps ${id}` },
    element('h3', {}, title),
    element(
      isList ? 'ol' : 'div',
      {},
      ...items.map(([text, ...lines]) => element(isList ? 'li' : 'div', {}, text, ...lines.map(copyable))),
    ),
  );
}

function fact(name, text) {
  return [element('dt', {}, name), element('dd', {}, text)];
}

/** Coloured by whose the layer is; the words say the same. */
function layerLine({ sign, label, words, provenance, isNew }) {
  return element(
    'li',
    { class: 'layer', 'data-provenance': isNew ? provenance : 'kept' },
    element('span', { class: 'sign' }, sign),
    element('span', {}, element('span', { class: 'label' }, label), ` ${words}`),
  );
}

function detailsElement(alert) {
  const { why, sections, fields, events } = detailsOf(alert);
  const layers =
    alert.layers.length === 0
      ? element('p', {}, 'no layers in the call')
      : element('ul', { class: 'layers' }, ...alert.layers.map(layerLine));
  return element(
    'div',
    { class: 'details' },
    element('p', { class: 'headline' }, `${alert.headline}.`),
    element('div', { class: 'reasons' }, sectionOf(why), element('h3', {}, 'Layers'), layers),
    element('div', { class: 'steps-to-take' }, ...sections.map(sectionOf)),
    element(
      'div',
      { class: 'known' },
      element('h3', {}, 'Details'),
      element(
        'dl',
        { class: 'facts' },
        ...fact('Change', `${alert.change}, ${alert.what}, ${alert.status}`),
        ...fields.flatMap(([label, value]) => fact(label, value)),
        ...fact('Events', String(events)),
        ...fact('Alert', alert.id),
      ),
    ),
  );
}

function badge({ band, score }) {
  return element('span', { class: `badge ${band}` }, `${band} ${score}`);
}
