import * as fc from 'fast-check';
import test from 'ava';
import { htmlElements, xmlRoot } from '../markup-nodes.fixture.ts';
import { printable } from '../printable.ts';
import { clauseAnchor, fileHref, variantAnchors } from './anchors.ts';
import { DARK, LIGHT, type Colours } from './colours.ts';
import { joined, markup } from './markup.ts';

test('any text comes back from markup as it was, in content and in an attribute', (t) => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const [node] = htmlElements(markup`<p title="${text}">${text}</p>`.text);
      t.is(node?.text, printable(text));
      t.is(node?.attributes.get('title'), printable(text));
    }),
  );
});

test('markup inside markup is not escaped again; undefined and false are nothing', (t) => {
  t.is(markup`<ul>${[markup`<li>${'<'}</li>`, undefined, false, 3]}</ul>`.text, '<ul><li>&lt;</li>3</ul>');
  t.is(markup`${joined(['a', 'b', 'c'], ', ')}`.text, 'a, b, c');
});

test('what the tests trust refuses what is not well formed', (t) => {
  for (const bad of [
    '<p>',
    '<table><tr><td>x</td></table>',
    '<svg><g></svg>',
    '<p></q>',
    '<p><b></p></b>',
    '<b><i></b></i>',
    '<p a="1" a="2"></p>',
    '<p a="1"b="2"></p>',
    'a < b',
    '&nothing;',
    '<>',
    '<p',
  ]) {
    t.throws(() => htmlElements(bad), undefined, bad);
    t.throws(() => xmlRoot(`<x>${bad}</x>`), undefined, bad);
  }
  t.throws(() => htmlElements('<!doctype html><html><body><p></body></html>'));
  for (const bad of ['', '<p open></p>', '<p/><p/>', '<p>&nbsp;</p>', '<p>\u{1}</p>'])
    t.throws(() => xmlRoot(bad));
});

test('different names never share an id, and no name leaves its attribute', (t) => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
      t.is(clauseAnchor(a) === clauseAnchor(b), a === b);
      t.regex(clauseAnchor(a), /^[\w/-]+$/);
      t.is(variantAnchors(a, b).variant === variantAnchors(b, a).variant, a === b);
    }),
  );
  t.not(variantAnchors('a', 'b/c').variant, variantAnchors('a/b', 'c').variant);
});

test('a file is linked by an address that stays in the folder', (t) => {
  t.is(fileHref('s', 'v', 'audio/a+b.wav'), 's/v/audio/a%2Bb.wav');
  t.is(fileHref('s', 'v', '../x'), undefined);
  t.is(fileHref('javascript:alert(1)', 'v', 'x'), undefined);
});

/** Relative luminance of `#rrggbb` (WCAG 2.1). */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [darker = 0, lighter = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (lighter + 0.05) / (darker + 0.05);
}

const TEXTS: readonly (keyof Colours)[] = ['text', 'muted', 'link', 'pass', 'fail', 'doubt', 'harm', 'media'];

test('text can be read on every ground, in light and in dark', (t) => {
  for (const colours of [LIGHT, DARK]) {
    for (const text of TEXTS) {
      for (const ground of ['page', 'panel'] as const) {
        t.true(contrast(colours[text], colours[ground]) >= 4.5, `${text} on ${ground}`);
      }
    }
    t.true(contrast(colours.harm, colours.harmPanel) >= 4.5);
    t.true(contrast(colours.fail, colours.failPanel) >= 4.5);
    t.true(contrast(colours.text, colours.failPanel) >= 4.5);
    t.true(contrast(colours.link, colours.failPanel) >= 4.5);
  }
});
