// Texts whose contrast with what is behind them is below 4.5 (WCAG 2.2, relative luminance and contrast ratio).
(() => {
  const channels = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (colour) => {
    const [red, green, blue] = channels(colour)
      .slice(0, 3)
      .map((value) => value / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const behind = (element) => {
    for (let each = element; each !== null; each = each.parentElement) {
      const colour = getComputedStyle(each).backgroundColor;
      if ((channels(colour)[3] ?? 1) > 0) return colour;
    }
    return getComputedStyle(document.documentElement).colorScheme === 'dark'
      ? 'rgb(0,0,0)'
      : 'rgb(255,255,255)';
  };
  const hasText = (element) =>
    [...element.childNodes].some(
      (node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim() !== '',
    );
  return [...document.querySelectorAll('body *')].flatMap((element) => {
    if (!hasText(element) || !element.checkVisibility() || element.tagName === 'title') return [];
    const style = getComputedStyle(element);
    const ink = element instanceof SVGElement ? style.fill : style.color;
    const [a, b] = [luminance(ink), luminance(behind(element))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    return contrast < 4.5
      ? [`${contrast.toFixed(2)} ${element.tagName} ${element.textContent.slice(0, 40)}`]
      : [];
  });
})();
