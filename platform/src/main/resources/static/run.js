// Keeps an open run page fresh: is told by server-sent events, fetches the part that changed.
(() => {
  'use strict';
  const live = document.querySelector('[data-live][data-events]');
  if (!live || !window.EventSource) return;
  const words = document.querySelector('[data-live-words]');
  const link = document.querySelector('[data-live-link]');
  if (link) link.hidden = true;
  let fetching = false;
  let again = false;

  const refresh = async over => {
    if (fetching) { again = true; return; }
    fetching = true;
    try {
      const answer = await fetch(live.dataset.part, { headers: { Accept: 'text/html' } });
      if (answer.ok && !answer.redirected) {
        const open = live.querySelector('details[open]') !== null;
        const part = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('.run-live');
        if (part) {
          live.replaceChildren(part);
          if (open) live.querySelector('details')?.setAttribute('open', '');
          if (words.textContent !== part.dataset.said) words.textContent = part.dataset.said;
        }
      }
    } catch {
      // away for a moment: the next event brings it
    }
    fetching = false;
    if (again) { again = false; refresh(over); }
    // what may be done and what readers see have changed too
    else if (over) location.reload();
  };

  const source = new EventSource(live.dataset.events);
  source.addEventListener('changed', event => {
    const over = JSON.parse(event.data).over;
    if (over) source.close();
    refresh(over);
  });
  addEventListener('pagehide', () => source.close());
})();
