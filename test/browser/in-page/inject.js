// What an attacker would add who found a way into the page.
(() => {
  const script = document.createElement('script');
  script.textContent = 'window.taken = 1';
  document.body.append(script);
  const image = document.createElement('img');
  image.src = 'http://localhost:1/beacon';
  document.body.append(image);
})();
