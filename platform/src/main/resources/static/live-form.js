// Shows at once what a form would lead to: sends it as its 更新预览 button would, and takes over
// the parts marked data-live. Without script the button does the same.
(() => {
  'use strict';
  const form = document.querySelector('[data-live-form]');
  if (!form) return;
  // what the button would do is done at once
  for (const button of form.querySelectorAll(`.action-bar [value="${form.dataset.liveForm}"]`)) button.hidden = true;
  let waiting;
  let running;
  const show = async () => {
    if (running) running.abort();
    running = new AbortController();
    const body = new URLSearchParams(new FormData(form));
    body.set('do', form.dataset.liveForm);
    try {
      const answer = await fetch(form.action, { method: 'POST', body, signal: running.signal });
      if (!answer.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      for (const part of document.querySelectorAll('[data-live]')) {
        const fresh = page.getElementById(part.id);
        if (fresh && fresh.textContent !== part.textContent) part.replaceChildren(...fresh.childNodes);
      }
    } catch (failed) {
      if (failed.name !== 'AbortError') throw failed;
    }
  };
  form.addEventListener('change', event => {
    const row = event.target.closest('tr');
    if (row && event.target.name === 'fields') row.classList.toggle('unticked', !event.target.checked);
    clearTimeout(waiting);
    waiting = setTimeout(show, 300);
  });
})();
