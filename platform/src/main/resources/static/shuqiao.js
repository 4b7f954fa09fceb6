// Only makes pages handier; every page works without it.
(() => {
  'use strict';

  // what is wrong is told with the name of its field, in the order of the form
  for (const list of document.querySelectorAll('.summary ul')) {
    const at = line => document.getElementById(line.querySelector('a')?.hash.slice(1) ?? '');
    const lines = [...list.children];
    for (const line of lines) {
      const field = at(line);
      const name = field && (field.labels?.[0]?.firstElementChild ?? field.labels?.[0] ?? field.querySelector('legend'));
      const words = name ? name.textContent.trim() : '';
      const link = line.querySelector('a');
      if (words && !link.textContent.includes(words)) link.prepend(words, list.dataset.colon);
    }
    lines.sort((a, b) => at(a) && at(b) ? (at(a).compareDocumentPosition(at(b)) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1) : 0);
    list.append(...lines);
  }

  // a notice or an error summary is heard and seen first
  const first = document.querySelector('[data-focus]');
  if (first) {
    first.focus();
    // an address with # takes the focus away once more
    addEventListener('load', () => { if (document.activeElement === document.body) first.focus(); });
  }

  // 显示 / 隐藏 a password
  for (const button of document.querySelectorAll('[data-show]')) {
    const input = document.getElementById(button.dataset.show);
    const show = button.textContent;
    const name = button.getAttribute('aria-label');
    button.hidden = false;
    button.addEventListener('click', () => {
      const shown = input.type === 'text';
      input.type = shown ? 'password' : 'text';
      const word = shown ? show : button.dataset.hideWord;
      button.textContent = word;
      if (name) button.setAttribute('aria-label', name.replace(show, word));
      input.focus();
    });
  }

  // a file is read here, into the text it belongs to: a visitor sends no files
  for (const part of document.querySelectorAll('[data-file-into]')) {
    const into = document.getElementById(part.dataset.fileInto);
    part.hidden = false;
    part.querySelector('input').addEventListener('change', async event => {
      const [file] = event.target.files;
      if (file && file.size < 800000) into.value = await file.text();
    });
  }

  for (const button of document.querySelectorAll('[data-print]')) {
    button.hidden = false;
    button.addEventListener('click', () => print());
  }

  // Alt+O switches 关怀版, / goes to the search box
  document.addEventListener('keydown', event => {
    if (event.altKey && event.code === 'KeyO') {
      const link = document.querySelector('[data-care-switch]');
      if (link) { event.preventDefault(); link.click(); }
    }
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);
    if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const search = document.querySelector('[data-search]');
      if (search) { event.preventDefault(); search.focus(); }
    }
    if (event.key === 'Escape') for (const menu of document.querySelectorAll('details.account[open]')) {
      menu.open = false;
      menu.querySelector('summary').focus();
    }
  });
  document.addEventListener('click', event => {
    for (const menu of document.querySelectorAll('details.account[open]'))
      if (!menu.contains(event.target)) menu.open = false;
  });

  // a filter applies at once; the reader stays where he was. Whoever walks down a list of choices with
  // arrows has not chosen yet: he gets the button instead
  for (const form of document.querySelectorAll('form[data-instant]')) {
    const buttons = form.querySelectorAll('[data-apply]');
    for (const button of buttons) button.hidden = true;
    let walking = false;
    let changed = '';
    form.addEventListener('keydown', event => { walking = event.target.tagName === 'SELECT'; });
    form.addEventListener('pointerdown', () => { walking = false; });
    form.addEventListener('change', event => {
      changed = event.target.id;
      if (walking) for (const button of buttons) button.hidden = false;
      else form.requestSubmit();
    });
    form.addEventListener('submit', () => { if (changed) sessionStorage.setItem('instant', changed); });
  }
  const instant = sessionStorage.getItem('instant');
  if (instant) {
    sessionStorage.removeItem('instant');
    const control = document.getElementById(instant);
    if (control) {
      for (let at = control.closest('details'); at; at = at.parentElement.closest('details')) at.open = true;
      control.focus();
    }
  }
  // what lies beside the content on a wide screen is folded on a narrow one
  if (matchMedia('(max-width: 1023px)').matches && !instant)
    for (const panel of document.querySelectorAll('details[data-wide-open]')) panel.open = false;

  // what a choice makes needless is out of the way, and is not sent
  for (const part of document.querySelectorAll('[data-when], [data-when-not]')) {
    const wanted = part.dataset.when !== undefined;
    const [name, value] = (part.dataset.when ?? part.dataset.whenNot).split('=');
    const form = part.closest('form');
    const follow = () => {
      const control = form.elements[name];
      const shown = (control && value.split(',').includes(control.value)) === wanted;
      part.hidden = !shown;
      for (const inner of part.querySelectorAll('input, select, textarea')) inner.disabled = !shown;
    };
    form.addEventListener('change', follow);
    follow();
  }

  // a draft is kept while it is written: some seconds after the last change, and said so
  for (const form of document.querySelectorAll('form[data-autosave]')) {
    const told = form.querySelector('[data-autosave-status]');
    let waiting;
    let busy = false;
    const save = async () => {
      if (form.dataset.sent) return;
      if (busy) { later(); return; }
      busy = true;
      try {
        const typed = new URLSearchParams(new FormData(form));
        typed.append('auto', 'true');
        const answer = await fetch(form.action, { method: 'POST', body: typed });
        if (answer.ok && !answer.redirected || answer.status === 422 || answer.status === 409) {
          const said = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('span');
          if (said) told.textContent = said.textContent;
        }
      } catch { /* the next change, or the button, saves it */ }
      busy = false;
    };
    const later = () => { clearTimeout(waiting); waiting = setTimeout(save, 4000); };
    form.addEventListener('input', later);
    form.addEventListener('change', later);
    form.addEventListener('submit', () => clearTimeout(waiting));
  }

  // of a row that is wider than the screen, the word of this page is in sight
  for (const word of document.querySelectorAll('.nav [aria-current], .tabs [aria-current]')) {
    const row = word.closest('ul');
    if (row) row.scrollLeft += word.getBoundingClientRect().right - row.getBoundingClientRect().right + 24;
  }

  // a form is sent once
  for (const form of document.querySelectorAll('form[method="post"]')) {
    form.addEventListener('submit', event => {
      if (form.dataset.sent) { event.preventDefault(); return; }
      form.dataset.sent = 'yes';
      const button = event.submitter;
      if (button && button.classList.contains('button')) button.setAttribute('aria-busy', 'true');
    });
  }
  addEventListener('pageshow', () => {
    for (const form of document.querySelectorAll('form[data-sent]')) {
      delete form.dataset.sent;
      for (const button of form.querySelectorAll('[aria-busy]')) button.removeAttribute('aria-busy');
    }
  });

  // work that goes on by itself: looks again until it is over; without script a link does
  for (const part of document.querySelectorAll('[data-again]')) {
    const look = async () => {
      try {
        const answer = await fetch(location.href, { headers: { Accept: 'text/html' } });
        const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
        const next = page.querySelector('[data-again]');
        if (!next) { location.reload(); return; }
        part.replaceChildren(...next.childNodes);
      } catch {
        // away for a moment
      }
      setTimeout(look, Number(part.dataset.again));
    };
    setTimeout(look, Number(part.dataset.again));
  }
})();
