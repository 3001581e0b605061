/**
 * The little script of the page. A page of a few runs is whole without it; it adds filtering, folding, and opening what a link
 * points into, and unpacks the runs of a page of many (see `packed.ts`). It is a constant, so the page's policy admits it by its SHA-256 and nothing else runs.
 */
import { createHash } from 'node:crypto';
import { SAVE_PICTURE } from './picture-script.ts';
import { SEARCH } from './search-script.ts';
import { UNPACK } from './unpack-script.ts';

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
    const [words, shown] = ['input', 'output'].map((tag) => tools.querySelector(tag));
    const choices = all('select', tools);
    const apply = () => {
      const wanted = words.value.toLowerCase();
      let count = 0;
      for (const row of rows) {
        const hit = row.textContent.toLowerCase().includes(wanted) && choices.every(({ value, dataset }) => value === '' || row.dataset[dataset.of] === value);
        row.hidden = !hit;
        if (hit) count++;
      }
      shown.value = count + ' of ' + rows.length + ' shown';
    };
    const said = () => {
      apply();
      const parts = [...choices, words].map(({ value }) => encodeURIComponent(value));
      history.replaceState(null, '', parts.every((part) => part === '') ? '#clauses' : '#clauses/' + parts.join('/'));
    };
    words.addEventListener('input', said);
    for (const choice of choices) choice.addEventListener('change', said);
    table.show = (values) => {
      [...choices, words].forEach((field, at) => { field.value = values[at] ?? ''; });
      apply();
    };
    apply();
  };
${UNPACK}
  const inflated = new Map();
  const runsIn = (element) => {
    if (!inflated.has(element)) {
      const octets = Uint8Array.from(atob(element.textContent), (character) => character.charCodeAt(0));
      const stream = new Blob([octets]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
      inflated.set(element, new Response(stream).json().then(linesOfPacked));
    }
    return inflated.get(element);
  };

  const unpack = async (part) => {
    const place = part === null ? null : part.querySelector('[data-packed]');
    if (place === null) return;
    const own = place.dataset.packed;
    const runs = await runsIn(part.parentElement.querySelector('.packed'));
    if (!place.isConnected) return;
    const text = runs.get(own).join('');
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
    const [kind, scenario, variant, ...rest] = id.split('/');
    if (kind === 'search') {
      const words = id.slice('search/'.length);
      searchForm.querySelector('input').value = words;
      await search(words);
      searchForm.scrollIntoView();
      return;
    }
    if (kind === 'clauses' && scenario !== undefined) {
      document.querySelector('.clauses').show([scenario, variant, rest.join('/')]);
      document.getElementById('clauses').scrollIntoView();
      return;
    }
    if (kind === 'modality') {
      const row = document.getElementById(id);
      if (row !== null) document.querySelector('.clauses').show([row.dataset.modalityName]);
    }
    if (kind === 'clause' && document.getElementById(id)?.hidden) document.querySelector('.clauses').show([]);
    await unpack(document.getElementById('variant/' + scenario + '/' + variant));
    const target = document.getElementById(id);
    if (target === null) return;
    for (let at = target; at !== null; at = at.parentElement) if (at.tagName === 'DETAILS') at.open = true;
    target.scrollIntoView();
  };
${SEARCH}
  addEventListener('hashchange', reveal);
  prepare(document);
  reveal();

  const fold = async (open) => {
    if (open) for (const part of all('.variant')) await unpack(part);
    for (const part of all(open ? 'details:not(.message)' : 'details', document.getElementById('scenarios'))) part.open = open;
  };
  for (const button of all('[data-fold]')) button.addEventListener('click', () => fold(button.dataset.fold === 'open'));
  for (const button of all('[data-print]'))
    button.addEventListener('click', async () => {
      button.disabled = true;
      await fold(true);
      button.disabled = false;
      print();
    });

  let folded = [];
  addEventListener('beforeprint', () => {
    folded = all('details:not([open]):not(.message)').filter((part) => part.querySelector('[data-packed]') === null);
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
