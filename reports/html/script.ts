/**
 * The little script of the page. Everything is there without it; it adds filtering, folding, and opening what a link
 * points into. It is a constant, so the page's policy admits it by its SHA-256 and nothing else runs.
 */
import { createHash } from 'node:crypto';

/** JavaScript that needs nothing from elsewhere and stores nothing. */
export const SCRIPT = `'use strict';
(() => {
  const all = (selector, root) => [...(root || document).querySelectorAll(selector)];
  for (const tools of all('.tools')) tools.hidden = false;

  const reveal = () => {
    let id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch { return; }
    const target = id === '' ? null : document.getElementById(id);
    if (target === null) return;
    for (let at = target; at !== null; at = at.parentElement) if (at.tagName === 'DETAILS') at.open = true;
    target.scrollIntoView();
  };
  addEventListener('hashchange', reveal);
  reveal();

  for (const button of all('[data-fold]'))
    button.addEventListener('click', () => {
      for (const part of all('details', document.getElementById('scenarios'))) part.open = button.dataset.fold === 'open';
    });

  for (const table of all('[data-filter]')) {
    const rows = all('tbody tr', table);
    const tools = document.getElementById(table.dataset.filter);
    const [words, verdict, shown] = ['input', 'select', 'output'].map((tag) => tools.querySelector(tag));
    const apply = () => {
      const wanted = words.value.toLowerCase();
      let count = 0;
      for (const row of rows) {
        const hit = row.textContent.toLowerCase().includes(wanted) && (verdict.value === '' || row.dataset.verdict === verdict.value);
        row.hidden = !hit;
        if (hit) count++;
      }
      shown.value = count + ' of ' + rows.length + ' shown';
    };
    words.addEventListener('input', apply);
    verdict.addEventListener('change', apply);
    apply();
  }

  let folded = [];
  addEventListener('beforeprint', () => {
    folded = all('details:not([open])');
    for (const part of folded) part.open = true;
  });
  addEventListener('afterprint', () => {
    for (const part of folded) part.open = false;
  });
})();
`;

/** What the page may load: its own style and script, sound from beside it, and nothing from anywhere else. */
export const POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  `script-src 'sha256-${createHash('sha256').update(SCRIPT).digest('base64')}'`,
  "media-src 'self' file:",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');
