// How light the bars of the legend are, 0 to 255, low severity first. A grey has three equal channels, else it is not a number.
[...document.querySelectorAll('.key')].map((key) => {
  const channels = getComputedStyle(key, '::before').backgroundColor.match(/\d+/g).map(Number);
  return new Set(channels).size === 1 ? channels[0] : Number.NaN;
});
