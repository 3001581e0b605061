/** The checks of the stolen handset. */
import type { CheckResult } from '../../scenarios/evidence/model.ts';
import { DAY, HOUR, MINUTE } from '../../sim/clock.ts';
import { probe } from './probe.fixture.ts';
import { at } from './trace.fixture.ts';

const PHONE = 'client-compromise.yaml';
/** The receiver secret key that the thief has, as probes name their means. */
export const RSK = 'RSK(+447700900001 2015-10)#5be1c9d0';
/** The pre-shared key that the thief has, as probes name their means. */
export const PSK = 'PSK(+447700900001 2015-10)#1a2b3c4d';

/** Expectations and probes of the run by the book, all of them passed. */
export const theftChecks: readonly CheckResult[] = [
  {
    id: 'block-closes-session',
    kind: 'expectation',
    title: 'The session of the blocked user is closed within a second',
    parts: [{ part: 'para-32.c1/shown', verdict: 'pass', why: 'as the check says' }],
    verdict: 'pass',
    why: 'crs.session-closed for alice came 0.412 s after blocked; the limit is 1 s.',
    evidence: [15, 16],
    source: `${PHONE}:61`,
  },
  {
    id: 'keys-destroyed-in-time',
    kind: 'expectation',
    title: 'Keys are destroyed within an hour of the report',
    parts: [{ part: 'para-31.c1/shown', verdict: 'pass', why: 'as the check says' }],
    verdict: 'pass',
    why: 'cms.keys-destroyed came 35m after reported; the limit is 1h.',
    evidence: [19],
    source: `${PHONE}:64`,
  },
  {
    id: 'decrypt-incoming',
    kind: 'probe',
    title: 'The thief decrypts the recorded call from Bob to Alice',
    parts: [
      { part: 'para-31-note.c1/shown', verdict: 'pass', why: 'as the check says' },
      { part: 'table1-CCA.c1/shown', verdict: 'pass', why: 'as the check says' },
    ],
    verdict: 'pass',
    why: 'Opened as predicted: 39.98 s of speech from 1,999 packets; both controls held.',
    evidence: [10],
    source: `${PHONE}:44`,
    probe: probe({
      row: 'dec-in',
      line: 'decrypt bob-to-alice#1',
      time: at(8, 40),
      predict: 'opened',
      prediction: 'the payload is sealed to Alice, and her RSK is on the phone',
      means: [RSK, PSK, 'tap alice-crs'],
      artefact: 'audio/decrypt-incoming.wav',
    }),
  },
  {
    id: 'decrypt-outgoing',
    kind: 'probe',
    title: 'The thief tries the recorded call from Alice to Bob',
    parts: [{ part: 'table1-CCA.c1/shown', verdict: 'pass', why: 'as the check says' }],
    verdict: 'pass',
    why: 'Refused as predicted: SAKKE decapsulation failed with every RSK held; both controls held.',
    evidence: [11],
    source: `${PHONE}:47`,
    probe: probe({
      row: 'dec-out',
      line: 'decrypt alice-to-bob#1',
      time: at(8, 41),
      predict: 'refused',
      prediction: 'the payload is sealed to Bob',
    }),
  },
  {
    id: 'call-as-alice',
    kind: 'probe',
    title: 'The thief calls Bob as Alice before the block',
    parts: [{ part: 'para-32.c1/shown', verdict: 'pass', why: 'as the check says' }],
    verdict: 'pass',
    why: 'Opened as predicted: Bob answered and his phone showed +447700900001.',
    evidence: [12],
    source: `${PHONE}:50`,
    probe: probe({
      row: 'live-call',
      line: 'call bob --as +447700900001',
      time: at(8, 45),
      predict: 'opened',
      prediction: 'nobody has been told yet',
      means: [PSK, 'SSK(+447700900001 2015-10)#77aa01fe'],
      forked: true,
    }),
  },
  {
    id: 'call-as-alice-blocked',
    kind: 'probe',
    title: 'The thief calls Bob as Alice after the block',
    parts: [{ part: 'para-32.c1/shown', verdict: 'pass', why: 'as the check says' }],
    verdict: 'pass',
    why: 'Refused as predicted: the CRS ended the handshake with decrypt_error.',
    evidence: [17],
    source: `${PHONE}:53`,
    probe: probe({
      row: 'live-call',
      line: 'call bob --as +447700900001',
      time: at(9, 21),
      predict: 'refused',
      prediction: 'the user is blocked',
      forked: true,
    }),
  },
  {
    id: 'unwrap-november',
    kind: 'probe',
    title: 'The thief unwraps the package of November with the old update key',
    parts: [
      { part: 'para-31.c1/shown', verdict: 'pass', why: 'as the check says' },
      { part: 'para-25.c1/shown', verdict: 'pass', why: 'as the check says' },
    ],
    verdict: 'pass',
    why: 'Refused as predicted: AES key unwrap reported a wrong integrity value.',
    evidence: [21],
    source: `${PHONE}:57`,
    probe: probe({
      row: 'upd-unwrap',
      line: 'unwrap package 2015-11',
      time: 17 * DAY + 16 * HOUR + 10 * MINUTE,
      predict: 'refused',
      prediction: 'Destroy keys changed the update key',
    }),
  },
];
