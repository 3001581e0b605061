/** To which late line an exposure is put down. Times are minutes. */
import test from 'ava';
import type { ExposureBar } from '../model.ts';
import { blamedFor } from './blame.ts';

const ENDS = 100;

function bar(from: number, lastSuccess: number, firstFailure?: number): ExposureBar {
  return {
    asset: 'identity alice',
    capability: 'place calls',
    fromEarliest: from - 1,
    from,
    lastSuccess,
    ...(firstFailure === undefined ? {} : { firstFailure }),
    ...{ attacker: 'thief', attack: 'call-as', route: 'own-account', needs: ['psk', 'ssk'] },
    ...{ means: [], sources: [], audioSeconds: 0, tries: [], controlled: true },
  };
}

const line = (id: string, due: number | undefined, typed: number | undefined) => ({ id, due, typed });

test('of lines that were late together, the first is the reason', (t) => {
  const lines = [line('check', 21, 51), line('block', 20, 50)];
  t.is(blamedFor({ bar: bar(12, 30, 60), own: bar(12, 12, 30) }, lines, ENDS)?.id, 'block');
});

test('a line that was typed while it still worked afterwards is not the reason', (t) => {
  const lines = [line('block', 20, 21), line('destroy', 25, 60)];
  t.is(blamedFor({ bar: bar(12, 50, 61), own: bar(12, 12, 30) }, lines, ENDS)?.id, 'destroy');
});

test('a line that ends it in the own run neither is the reason when it is late', (t) => {
  const lines = [line('block', 20, 50), line('destroy', 40, 52)];
  t.is(blamedFor({ bar: bar(12, 45, 60), own: bar(12, 30, 45) }, lines, ENDS)?.id, 'destroy');
  const early = [line('report', 20, 50), line('destroy', 26, 52), line('look', 70, 75)];
  t.is(blamedFor({ bar: bar(25, 45, 80), own: undefined }, early, ENDS)?.id, 'report');
});

test('a line that was never typed leaves open what it would have ended', (t) => {
  const lines = [line('block', 20, undefined), line('check', 21, undefined)];
  t.is(blamedFor({ bar: bar(12, 90), own: bar(12, 12, 30) }, lines, ENDS)?.id, 'block');
});

test('where no late line can have ended it, the first that was late meanwhile is', (t) => {
  const lines = [line('wipe', 20, 40), line('check', 21, 41)];
  t.is(blamedFor({ bar: bar(12, 50, 60), own: bar(12, 30, 35) }, lines, ENDS)?.id, 'wipe');
});

test('who was in time, or late when it was over, is not blamed', (t) => {
  const lines = [
    line('in-time', 20, 20),
    line('early', 20, 18),
    line('afterwards', 61, 70),
    line('before', 5, 10),
    line('not-due', undefined, 40),
  ];
  t.is(blamedFor({ bar: bar(12, 50, 60), own: bar(12, 12, 30) }, lines, ENDS), undefined);
});
