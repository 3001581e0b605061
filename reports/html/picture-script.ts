/**
 * The part of the page's script that saves a ladder as a picture: one SVG with the page's own style and heads of arrows, that needs nothing beside
 * itself. It is made of what stands on the page, so it is never another picture.
 */

/** A function of a ladder's element and the id of its lanes; it hands the reader a file. */
export const SAVE_PICTURE = `
  const savePicture = (ladder, lanes) => {
    const [space, width, left] = [document.querySelector('svg').namespaceURI, 1180, 120];
    const make = (name, attributes, text) => {
      const made = document.createElementNS(space, name);
      for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
      if (text !== undefined) made.textContent = text;
      return made;
    };
    const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
    const picture = make('svg', { xmlns: space, width, role: 'img', 'aria-label': ladder.getAttribute('aria-label') });
    picture.append(
      make('title', {}, ladder.getAttribute('aria-label')),
      make('style', {}, rules.filter((rule) => rule.selectorText !== undefined).map((rule) => rule.cssText).join('\\n')),
      make('rect', { width: '100%', height: '100%', fill: 'var(--page)' }),
      ...all('body > .definitions defs').map((shared) => shared.cloneNode(true)),
      document.getElementById(lanes).parentElement.cloneNode(true),
    );
    const names = all('.who', ladder);
    names.forEach((name, at) => picture.append(make('text', {
      x: left + ((at + 0.5) / names.length) * (width - left), y: 20, 'text-anchor': 'middle', 'font-weight': 600,
    }, name.textContent)));
    let y = 30;
    for (const part of ladder.children) {
      if (part.matches('.pause')) {
        picture.append(make('text', { class: 'small', x: 6, y: y + 13 }, part.textContent));
        y += 18;
      }
      if (part.matches('.message')) {
        const row = part.querySelector('.row').cloneNode(true);
        for (const [key, value] of Object.entries({ x: left, y, width: width - left })) row.setAttribute(key, value);
        picture.append(make('text', { class: 'small', x: 6, y: y + 22 }, part.querySelector('.clock').textContent), row);
        y += 30;
      }
    }
    picture.setAttribute('height', y + 10);
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(picture)], { type: 'image/svg+xml' }));
    link.download = lanes.replace('lanes-messages/', '').replaceAll('/', '-') + '.svg';
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
`;
