import test from 'ava';
import { measureText } from './measure.ts';

test('a measure is its number with its unit, and a count is a number', (t) => {
  t.is(measureText({ value: 2045, unit: 'milliseconds' }), '2045 ms');
  t.is(measureText({ value: 0.2, unit: 'percent' }), '0.20 %');
  t.is(measureText({ value: 562, unit: 'octets' }), '562 octets');
  t.is(measureText({ value: 39, unit: 'hours' }), '39 h');
  for (const unit of ['calls', 'packets', 'messages'] as const) t.is(measureText({ value: 3, unit }), '3');
});

test('nothing to measure is not zero', (t) => {
  t.is(measureText({ value: null, unit: 'percent' }), 'nothing to measure');
  t.is(measureText({ value: 0, unit: 'percent' }), '0.00 %');
});
