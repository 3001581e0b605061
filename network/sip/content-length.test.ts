import test from 'ava';
import * as fc from 'fast-check';
import { lengthFieldsIn } from './content-length.ts';

/** The same by taking every line of the head apart. */
function lengthFieldsByLines(head: string): { text: string; offset: number }[] {
  let offset = 0;
  const fields: { text: string; offset: number }[] = [];
  for (const [index, line] of head
    .replaceAll(/\r\n(?=[ \t])/g, '  ')
    .split('\r\n')
    .entries()) {
    const [before = '', name = ''] = /^([^\s:]+)[ \t]*:/.exec(line) ?? [];
    if (index > 0 && ['content-length', 'l'].includes(name.toLowerCase()))
      fields.push({ text: line.slice(before.length), offset: offset + before.length });
    offset += line.length + 2;
  }
  return fields;
}

test('the Content-Lengths of a head are those of its lines', (t) => {
  const pieces = ['\r\n', '\r\n', 'l', 'L', 'Content-Length', 'content-LENGTH', ':', ':', ' ', '\t'];
  const others = ['\r', '\n', '5', 'X', 'Call-ID', '\u00a0', '\u00e9', '\0'];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces, ...others), { maxLength: 24 }), (parts) => {
      const head = `${parts.join('')}\r\n\r\n`;
      t.deepEqual(lengthFieldsIn(head), lengthFieldsByLines(head));
    }),
    { numRuns: 20_000 },
  );
});

test('a Content-Length may be folded before its colon, too', (t) => {
  const head = 'BYE sip:a SIP/2.0\r\nl\r\n :\r\n\t5\r\nl: 6\r\n\r\n';
  t.deepEqual(lengthFieldsIn(head), [
    { text: '  \t5', offset: 24 },
    { text: ' 6', offset: 32 },
  ]);
  t.deepEqual(lengthFieldsIn('l: 5\r\nX: l: 5\r\n l: 5\r\n\r\n'), []);
});
