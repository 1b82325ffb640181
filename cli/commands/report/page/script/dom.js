// Runs in the page. Alerts are hostile text: they become text nodes and never markup, addresses or code.

const svgSpace = 'http://www.w3.org/2000/svg';

function byId(id) {
  return document.getElementById(id);
}

/** An element with attributes and children; text is always a text node. */
function element(name, attributes, ...children) {
  return filled(document.createElement(name), attributes, children);
}

function svgElement(name, attributes, ...children) {
  return filled(document.createElementNS(svgSpace, name), attributes, children);
}

function filled(made, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.append(...children);
  return made;
}

/** `key` finds the button again after the page was drawn anew, so that it keeps the focus. */
function button(text, attributes, onClick, key) {
  const made = element('button', { type: 'button', ...attributes }, ...[text].flat());
  if (key !== undefined) made.dataset.key = key;
  made.addEventListener('click', onClick);
  return made;
}

function replace(id, ...children) {
  byId(id).replaceChildren(...children);
}

/** Draws, and gives the focus back to the control that had it, or to what comes in its place. */
function keepingFocus(draw) {
  const key = document.activeElement?.dataset?.key;
  draw();
  if (key === undefined) return;
  const again = [...document.querySelectorAll('[data-key]')].find((each) => each.dataset.key === key);
  (again ?? byId('count')).focus();
}

/** 20,000 */
function shown(count) {
  return count.toLocaleString('en');
}

/** 3 alerts, 1 alert */
function plural(count, noun) {
  return `${shown(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `2026-10-06 21:14` of an ISO time. */
function minuteOf(time) {
  return time.slice(0, 16).replace('T', ' ');
}

/** Text to copy, with its button. */
function copyable(text) {
  const code = element('pre', {}, text);
  const copy = button('Copy', { class: 'copy', 'aria-label': `Copy ${text}` }, () => copyText(code, copy));
  return element('div', { class: 'copyable' }, code, copy);
}

/** A browser that refuses its clipboard has the text selected, ready to be copied by hand. */
async function copyText(code, copy) {
  try {
    await navigator.clipboard.writeText(code.textContent);
    copy.textContent = 'Copied';
  } catch {
    getSelection().selectAllChildren(code);
    copy.textContent = 'Selected';
  }
  byId('announcement').textContent = `${copy.textContent}.`;
  setTimeout(() => {
    copy.textContent = 'Copy';
  }, 3_000);
}
