/** A field of two moments: the same, or not. The key before a change and the key after it are two events of one trace. */
import { isDeepStrictEqual } from 'node:util';
import { Secret } from '../../../sim/secret.ts';
import type { AnyTraceEvent, TraceValue } from '../../../sim/trace.ts';
import type { Expectation } from '../../language/index.ts';
import { failed, inconclusive, passed, type Finding } from './check.ts';
import { valueOf } from './match.ts';

type Compared = Extract<Expectation, { kind: 'same' | 'differs' }>;

/** The events of its two moments. One event compared with itself, or a field that one of them does not have, says nothing. */
export function judgeCompared(
  { kind, field, moments: [one, other] }: Compared,
  first: AnyTraceEvent,
  second: AnyTraceEvent,
): Finding {
  if (first.n === second.n)
    return inconclusive('SCENARIO_NOTHING_CHECKED', `'${one}' and '${other}' are one event`, true);
  const [before, after] = [comparable(first, field), comparable(second, field)];
  if (before === undefined || after === undefined)
    return inconclusive('SCENARIO_NOTHING_CHECKED', `one of the two events has no ${field}`, true);
  const isSame = isDeepStrictEqual(before, after);
  const why = `${field} of '${one}' is ${textOf(before)}, and of '${other}' ${isSame ? 'the same' : textOf(after)}`;
  return isSame === (kind === 'same') ? passed(why, [first, second]) : failed(why, [first, second]);
}

/** `RSK(+447700900001 2015-10)#1a2b3c4d`, as secrets are in a trace. */
const LABEL = /^([^()]+)\(.*\)(#[0-9a-f]{8})$/;

/** As it is in a trace that was read back. Of a secret its kind and fingerprint count: the label names the month, and would differ by that alone. */
function comparable(event: AnyTraceEvent, field: string): TraceValue {
  const value = valueOf(event, field);
  return Array.isArray(value) ? value.map(labelled) : labelled(value);
}

function labelled(value: TraceValue): TraceValue {
  const written = value instanceof Secret ? value.label : value;
  return typeof written === 'string' ? written.replace(LABEL, '$1$2') : written;
}

function textOf(value: TraceValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
