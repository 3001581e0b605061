import test from 'ava';
import { VirtualClock } from '../../sim/clock.ts';
import { CalldrillError } from '../../sim/errors.ts';
import { fuzz } from '../../sim/fuzz.ts';
import { fromAscii } from '../../sim/octets.ts';
import { Trace, TRACE_VERSION } from '../../sim/trace.ts';
import { fuzzTargets, SAMPLE_TRACE } from './trace-file.fuzz.ts';
import { parseTrace } from './trace-file.ts';

const read = (text: string) => parseTrace(fromAscii(text), 'a.ndjson');
const lines = SAMPLE_TRACE.trimEnd().split('\n');
const edited = (edit: (lines: string[]) => void): string => {
  const copy = [...lines];
  edit(copy);
  return `${copy.join('\n')}\n`;
};

test('a trace is read back as it was written, with its digest', (t) => {
  const clock = new VirtualClock();
  const trace = new Trace(clock);
  const began = {
    version: TRACE_VERSION,
    tool: 'x',
    scenario: 's',
    variant: 'v',
    seed: '1',
    keySeed: '1',
    begins: 'now',
  };
  trace.append('trace.began', 'world', began);
  clock.runUntil(7);
  trace.append('trace.ended', 'world', { events: 2 });
  const filed = read(trace.toNdjson());
  t.is(filed.digest, trace.digest());
  t.true(filed.complete);
  t.deepEqual(filed.events, JSON.parse(JSON.stringify(trace.events)));
});

test('a trace without its end is not complete', (t) => {
  t.false(read(edited((copy) => copy.pop())).complete);
  t.false(read(SAMPLE_TRACE.replace('"events":3', '"events":4')).complete);
});

for (const [name, text, code, line] of [
  ['an empty file', '', 'HOST_TRACE_VERSION', 1],
  ['a last line that is cut off', SAMPLE_TRACE.slice(0, -1), 'HOST_TRACE_LINE', 3],
  ['no JSON', edited((copy) => (copy[1] = '{')), 'HOST_TRACE_LINE', 2],
  ['no event', edited((copy) => (copy[1] = '[1]')), 'HOST_TRACE_LINE', 2],
  ['one more field', SAMPLE_TRACE.replace('"n":2', '"n":2,"m":1'), 'HOST_TRACE_LINE', 2],
  ['data that is a list', SAMPLE_TRACE.replace('{"events":3}', '[3]'), 'HOST_TRACE_LINE', 3],
  ['an event removed', edited((copy) => copy.splice(1, 1)), 'HOST_TRACE_ORDER', 2],
  [
    'time that falls',
    SAMPLE_TRACE.replace('"t":5000000,"type":"trace', '"t":4,"type":"trace'),
    'HOST_TRACE_ORDER',
    3,
  ],
  ['a cause that is later', SAMPLE_TRACE.replace('"cause":1', '"cause":2'), 'HOST_TRACE_ORDER', 2],
  ['another first event', SAMPLE_TRACE.replace('trace.began', 'trace.begun'), 'HOST_TRACE_VERSION', 1],
  ['another version', SAMPLE_TRACE.replace(/"version":\d+/, '"version":99'), 'HOST_TRACE_VERSION', 1],
  ['a line beyond reason', edited((copy) => (copy[1] = ' '.repeat(1 << 21))), 'HOST_TRACE_LINE', 2],
] as const) {
  test(`refused with its line: ${name}`, (t) => {
    const error = t.throws(() => read(text), { instanceOf: CalldrillError });
    t.is(error.code, code);
    t.is(error.where.line, line);
  });
}

test('what is not UTF-8 is refused', (t) => {
  t.throws(() => parseTrace(Uint8Array.of(0xff, 0x0a), 'a.ndjson'), { code: 'HOST_FILE_NOT_TEXT' });
});

for (const target of fuzzTargets) {
  test(`fuzz: ${target.name}`, (t) => {
    const { defects, refused, read } = fuzz(target, 3000);
    t.deepEqual(defects, []);
    t.true(refused > 0 && read > 0);
  });
}
