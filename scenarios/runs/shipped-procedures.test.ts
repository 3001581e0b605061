/** The shipped procedures about codes, prints and users, performed in a world: each comes to its end, with what its steps lead to. */
import test from 'ava';
import type { AnyTraceEvent } from '../../sim/trace.ts';
import { SHIPPED_PROCEDURES } from '../catalogue/shipped.fixture.ts';
import { judge } from '../evidence/verdicts/index.ts';
import { loadScreenplay, ONLY_VARIANT, PROCEDURES_CHECK, resolveVariant } from '../language/index.ts';
import { assets } from '../world/hall.fixture.ts';
import { SHIPPED_KINDS } from '../world/shipped-kinds.ts';
import { vocabulary } from '../world/vocabulary.ts';
import { Performance } from './performance.ts';

const WORLD = `title: A hall in which procedures are performed
begins: 2015-10-14T08:00:00Z
ends: "20:00"
world:
  users:
    alice: { number: "+447700900001", handset: { platform: android, version: "5.1" }, enrolled: ALICE }
    bob: { number: "+447700900002", handset: { platform: ios, version: "8.4" } }
    carol: { number: "+447700900003", handset: { platform: android, version: "4.4" } }
  people: [cms-operator, crs-admin, mdm-admin, line-manager, courier]
  network: { profile: perfect }
  devices:
    thief: { kind: attacker }
`;

/** A scenario that performs procedures; Alice has keys from the beginning unless she is new. */
function performed(steps: string, isNew = false) {
  const text = `scenario: hall\n${WORLD.replace('ALICE', String(!isNew))}steps:\n${steps}`;
  const screenplay = resolveVariant(
    loadScreenplay(text, 'hall.yaml', vocabulary(SHIPPED_KINDS), SHIPPED_PROCEDURES),
    ONLY_VARIANT,
  );
  const performance = new Performance({
    ...{ screenplay, seed: '1', keySeed: '1', assets, tool: 'test', broken: [], played: [] },
  });
  performance.finish();
  const { events } = performance.world.record;
  const { checks } = judge(screenplay, events);
  return {
    events,
    /** What its steps came to, in the order in which they did. */
    steps: events.flatMap(stepOf),
    verdicts: checks.filter(({ id }) => id.includes('/') || id === PROCEDURES_CHECK).map(verdictOf),
  };
}

/** `seal`, or `!inspect` of one that was not done; without the name of the performance. */
function stepOf({ type, data }: AnyTraceEvent): readonly string[] {
  if (type === 'procedure.step-done') return [data.step.replace(/^p\./, '')];
  return type === 'procedure.step-failed' ? [`!${data.step.replace(/^p\./, '')}`] : [];
}

const verdictOf = ({ id, verdict, why }: { id: string; verdict: string; why: string }): string =>
  verdict === 'pass' ? `pass ${id}` : `${verdict} ${id}: ${why}`;

/** What does not pass, though it applies. */
const troubles = (verdicts: readonly string[]): readonly string[] =>
  verdicts.filter((each) => !/^(?:pass|not-applicable) /.test(each));

const PROOF = '  - { id: proof, at: "08:30", perform: identity-proofing, user: alice, request: REQ-7 }\n';
const ADD = 'perform: add-user, user: alice, request: REQ-7, month: 2015-10, peer: bob';

test('who asks is proved by two people before a number is given', (t) => {
  const { events, verdicts } = performed(PROOF, true);
  t.deepEqual(troubles(verdicts), []);
  t.deepEqual(
    events.flatMap(({ type, data }) =>
      type === 'person.told' ? [[data.by, data.to]] : type === 'person.noted' ? [[data.by]] : [],
    ),
    [
      ['line-manager', 'cms-operator'],
      ['cms-operator'],
      ['cms-operator', 'crs-admin'],
      ['crs-admin', 'cms-operator'],
      ['cms-operator'],
    ],
  );
});

test('a new user gets keys from the screen, and calls', (t) => {
  const { events, steps, verdicts } = performed(
    `${PROOF}  - { id: p, after: proof, ${ADD}, with: [screen.test] }\n`,
    true,
  );
  t.deepEqual(troubles(verdicts), []);
  t.deepEqual(steps.slice(-9), [
    'screen.ask',
    'screen.room',
    'screen.view',
    'screen.scan',
    'screen.registered',
    'screen.hide',
    'screen.test.dial',
    'screen.test.secure',
    'screen.test.hang-up',
  ]);
  t.true(verdicts.includes('pass p/one-set'), verdicts.join());
  t.true(verdicts.includes('pass p.screen/no-print'), verdicts.join());
  t.true(verdicts.includes('pass p.screen.test/both-secure'), verdicts.join());
  t.is(events.filter(({ type }) => type === 'cms.qr-hidden').length >= 1, true);
});

test('a new user gets keys on paper, which is sealed, carried, opened, scanned and destroyed', (t) => {
  const { events, steps, verdicts } = performed(
    `${PROOF}  - { id: p, after: proof, ${ADD}, way: print, reason: "works elsewhere", with: [print.list] }\n`,
    true,
  );
  t.deepEqual(troubles(verdicts), []);
  t.deepEqual(
    steps.filter((each) => each.startsWith('print.')),
    [
      'print.print',
      'print.seal',
      'print.announce',
      'print.hand-over',
      'print.deliver',
      'print.inspect',
      'print.open',
      'print.scan',
      'print.registered',
      'print.dispose.destroy',
      'print.dispose.report',
      'print.dispose.close',
      'print.list',
    ],
  );
  const listed = events.find(({ type }) => type === 'cms.prints-listed');
  t.deepEqual(listed?.data, { prints: 1, open: 0, otherMarking: 0, withoutReason: 0, papers: [] });
});

test('a print whose envelope was opened is not scanned, and the report of it goes out', (t) => {
  const { steps, events, verdicts } = performed(
    `  - { id: p, at: "08:30", perform: initial-distribution-print, user: alice, reason: "works elsewhere", cast: { courier: thief } }
  - { after: p.hand-over + 1h, by: thief, type: "open envelope-alice" }
  - { after: p.hand-over + 2h, by: thief, type: "seal alice-qr-1 envelope-alice" }
`,
  );
  t.deepEqual(steps.slice(-9), [
    'deliver',
    '!inspect',
    '!open',
    '!scan',
    '!registered',
    '!dispose.destroy',
    '!dispose.report',
    '!dispose.close',
    'inspect.warn',
  ]);
  const warned = events.findLast(({ type }) => type === 'person.told');
  t.like(warned?.data, { by: 'alice', to: 'crs-admin', message: 'envelope-alice with my code was opened' });
  t.true(verdicts.some((each) => each.startsWith(`fail ${PROCEDURES_CHECK}`)));
});

test('a print is destroyed, and its line closed on the report', (t) => {
  const { steps, events, verdicts } =
    performed(`  - { at: "08:30", by: cms-operator, on: cms, type: "print-qr +447700900001" }
  - { id: p, at: "08:40", perform: disposal-paper, paper: alice-qr-1, with: [copies] }
`);
  t.deepEqual(troubles(verdicts), []);
  t.deepEqual(steps, ['destroy', 'report', 'close', 'copies']);
  t.true(events.some(({ type }) => type === 'cms.print-closed'));
});

test('two users talk, and each sees who the other is', (t) => {
  const { steps, verdicts } = performed(
    '  - { id: p, at: "08:30", perform: secure-call, caller: alice, callee: bob }\n',
  );
  t.deepEqual(troubles(verdicts), []);
  t.deepEqual(steps, ['dial', 'secure', 'hang-up']);
});

test('a call that does not come about is read off the screen', (t) => {
  const { steps, events } = performed(`  - { at: "08:20", by: bob, type: "shield bob-phone" }
  - { id: p, at: "08:30", perform: secure-call, caller: alice, callee: bob }
`);
  t.deepEqual(steps, ['dial', '!secure', '!hang-up', 'secure.read']);
  t.is(events.filter(({ type, on }) => type === 'handset.call-secure' && on === 'bob-phone').length, 0);
});

test('a phone that lost its keys is set up again with the credentials that it had', (t) => {
  const { steps, events, verdicts } =
    performed(`  - { at: "08:30", by: mdm-admin, on: mdm, type: "wipe alice-phone" }
  - { at: "08:40", by: alice, on: alice-phone, type: install }
  - { id: p, at: "09:00", perform: reconfiguration, user: alice }
`);
  t.deepEqual(troubles(verdicts), []);
  t.deepEqual(steps, [
    'declare',
    'to-administrator',
    'look.read',
    'clear',
    'decide',
    'rekey.ask',
    'rekey.view',
    'rekey.scan',
    'rekey.registered',
    'rekey.hide',
    'record',
  ]);
  const identities = events.flatMap(({ type, data }) =>
    type === 'handset.enrolled' && data.user === 'alice' ? [data.pskIdentity] : [],
  );
  t.is(identities.length, 2);
  t.is(new Set(identities).size, 1, 'nothing is new');
});

test('a lost code is made useless, and its user gets another', (t) => {
  const { steps, events, verdicts } =
    performed(`  - { id: report, at: "08:30", by: alice, type: "tell crs-admin my code is gone" }
  - { id: print, at: "08:20", by: cms-operator, on: cms, type: "print-qr +447700900001" }
  - { id: carry, at: "08:21", by: cms-operator, type: "carry alice-qr-1 alice" }
  - { id: p, at: "08:40", perform: qr-recovery, user: alice, request: REQ-8, month: 2015-10, paper: alice-qr-1, with: [old-print] }
`);
  t.deepEqual(troubles(verdicts), []);
  t.deepEqual(
    steps.filter((each) => /destroy|block|confirm|add|load|scan|registered|record|close/.test(each)),
    [
      'contain.destroy.destroy',
      'contain.block.block',
      'record',
      'old-print.destroy',
      'old-print.close',
      'contain.record',
      'contain.reissue.proof.confirm',
      'contain.reissue.proof.record',
      'contain.reissue.add',
      'contain.reissue.disc.load',
      'contain.reissue.disc.destroy.destroy',
      'contain.reissue.unblock.unblock',
      'contain.reissue.rekey.scan',
      'contain.reissue.rekey.registered',
    ],
  );
  const added = events.filter(({ type, data }) => type === 'cms.user-added' && data.again);
  t.is(added.length, 1);
});
