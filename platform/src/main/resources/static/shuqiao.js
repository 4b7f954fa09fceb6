// Only makes pages handier; every page works without it.
(() => {
  'use strict';

  // a notice or an error summary is heard and seen first
  const first = document.querySelector('[data-focus]');
  if (first) first.focus();

  // 显示 / 隐藏 a password
  for (const button of document.querySelectorAll('[data-show]')) {
    const input = document.getElementById(button.dataset.show);
    const show = button.textContent;
    button.hidden = false;
    button.addEventListener('click', () => {
      const shown = input.type === 'text';
      input.type = shown ? 'password' : 'text';
      button.textContent = shown ? show : button.dataset.hideWord;
      button.setAttribute('aria-pressed', String(!shown));
      input.focus();
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
})();
