/**
 * The part of the page's script that searches everything: what stands on the page, and the parts of runs that are packed, which a browser's own search does
 * not see. A hit leads to the nearest thing that has an address; what was searched for is in the address of the page.
 */

/** Needs `all` and `runsIn` of the script around it. */
export const SEARCH = `
  const HITS = 60;
  const PER_RUN = 3;

  const textOf = (html) => {
    const holder = new DOMParser().parseFromString(html.replaceAll('</', ' </'), 'text/html').body;
    return holder.textContent.replace(/\\s+/g, ' ').trim();
  };

  const linesOfRuns = async () => {
    const runs = [];
    for (const part of all('.variant')) {
      const place = part.querySelector('[data-packed]');
      const own = part.id.replace('variant/', '');
      if (place === null) runs.push({ own, lines: new XMLSerializer().serializeToString(part).split('\\n') });
      else {
        const packed = await runsIn(part.parentElement.querySelector('.packed'));
        runs.push({ own, lines: packed.get(own) });
      }
    }
    return runs;
  };

  const hitsIn = (lines, wanted, start) => {
    const hits = [];
    let id = start;
    for (const line of lines) {
      const ids = [...line.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]).filter((each) => !each.startsWith('lanes-'));
      if (ids.length > 0) id = ids[ids.length - 1];
      if (!line.toLowerCase().includes(wanted)) continue;
      const text = textOf(line);
      const found = text.toLowerCase().indexOf(wanted);
      if (found >= 0 && hits.every((hit) => hit.id !== id)) hits.push({ id, text: text.slice(Math.max(0, found - 60), found + 120) });
      if (hits.length > PER_RUN) break;
    }
    return hits;
  };

  const search = async (words) => {
    const list = document.getElementById('hits');
    const shown = document.getElementById('search-count');
    const wanted = words.trim().toLowerCase();
    list.replaceChildren();
    shown.value = '';
    if (wanted.length < 2) return;
    const hits = all('.clauses tr[id], .path[id], tr[id^="parameter/"], .finding[id]')
      .filter((each) => each.textContent.toLowerCase().includes(wanted))
      .map((each) => ({ id: each.id, text: each.textContent.replace(/\\s+/g, ' ').trim().slice(0, 160) }));
    for (const { own, lines } of await linesOfRuns()) hits.push(...hitsIn(lines, wanted, 'variant/' + own).slice(0, PER_RUN));
    for (const { id, text } of hits.slice(0, HITS)) {
      const item = document.createElement('li');
      const link = document.createElement('a');
      link.href = '#' + id;
      link.textContent = decodeURIComponent(id);
      item.append(link, ' ' + text);
      list.append(item);
    }
    shown.value = hits.length === 0 ? 'nothing found' : hits.length + ' found' + (hits.length > HITS ? ', the first ' + HITS + ' shown' : '');
  };

  const searchForm = document.getElementById('search');
  const asked = () => {
    const words = searchForm.querySelector('input').value;
    history.replaceState(null, '', '#search/' + encodeURIComponent(words));
    search(words);
  };
  searchForm.hidden = false;
  searchForm.querySelector('button').addEventListener('click', asked);
  searchForm.querySelector('input').addEventListener('keydown', (event) => { if (event.key === 'Enter') asked(); });
`;
