/**
 * The little script of the page. A page of a few runs is whole without it; it adds filtering, folding, and opening what a link
 * points into, and unpacks the runs of a page of many (see `packed.ts`). It is a constant, so the page's policy admits it by its SHA-256 and nothing else runs.
 */
import { createHash } from 'node:crypto';
import { SAVE_PICTURE } from './picture-script.ts';

/** JavaScript that needs nothing from elsewhere and stores nothing. */
export const SCRIPT = `'use strict';
(() => {
  const all = (selector, root) => [...(root || document).querySelectorAll(selector)];

  const prepare = (root) => {
    for (const tools of all('.tools', root)) tools.hidden = false;
    for (const table of all('[data-filter]', root)) filter(table);
    for (const button of all('[data-svg]', root))
      button.addEventListener('click', () => savePicture(button.closest('.part').querySelector('.ladder'), button.dataset.svg));
  };
${SAVE_PICTURE}
  const filter = (table) => {
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
  };

  const inflated = new Map();
  const runsIn = (element) => {
    if (!inflated.has(element)) {
      const octets = Uint8Array.from(atob(element.textContent), (character) => character.charCodeAt(0));
      const stream = new Blob([octets]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
      inflated.set(element, new Response(stream).json());
    }
    return inflated.get(element);
  };

  const unpack = async (part) => {
    const place = part === null ? null : part.querySelector('[data-packed]');
    if (place === null) return;
    const own = place.dataset.packed;
    const { lines, runs } = await runsIn(part.parentElement.querySelector('.packed'));
    if (!place.isConnected) return;
    let at = 0;
    const text = runs[own].map((step) => lines[(at += step)]).join('').replaceAll('\\u0001', own);
    const body = place.parentElement;
    place.replaceWith(...new DOMParser().parseFromString(text, 'text/html').body.childNodes);
    prepare(body);
  };

  for (const part of all('.variant')) {
    part.addEventListener('toggle', () => { if (part.open) unpack(part); });
    if (part.open) unpack(part);
  }

  const reveal = async () => {
    let id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch { return; }
    if (id === '') return;
    const [, scenario, variant] = id.split('/');
    await unpack(document.getElementById('variant/' + scenario + '/' + variant));
    const target = document.getElementById(id);
    if (target === null) return;
    for (let at = target; at !== null; at = at.parentElement) if (at.tagName === 'DETAILS') at.open = true;
    target.scrollIntoView();
  };
  addEventListener('hashchange', reveal);
  prepare(document);
  reveal();

  for (const button of all('[data-fold]'))
    button.addEventListener('click', async () => {
      const open = button.dataset.fold === 'open';
      if (open) for (const part of all('.variant')) await unpack(part);
      for (const part of all(open ? 'details:not(.message)' : 'details', document.getElementById('scenarios'))) part.open = open;
    });

  let folded = [];
  addEventListener('beforeprint', () => {
    folded = all('details:not([open]):not(.message)');
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
