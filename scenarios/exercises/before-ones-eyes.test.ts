/** What a person in an exercise sees, may reach for, and is asked before time passes. */
import test from 'ava';
import type { Entered, Rehearsal } from './index.ts';
import { rehearse } from './rehearsal.fixture.ts';

const BLOCK = 'block-user +447700900001';

function texts(rehearsal: Rehearsal): readonly string[] {
  return rehearsal
    .takeMessages()
    .map(({ kind, time, text }) => `${kind} ${rehearsal.clockAt(time).slice(11)} ${text}`);
}

function refusal(entered: Entered): string {
  return entered.kind === 'refused' ? `${entered.error.code} ${entered.error.fix}` : entered.kind;
}

function answer(entered: Entered): string {
  return entered.kind === 'answered' ? entered.lines.join('\n') : refusal(entered);
}

test('wait stops at what becomes the person’s to do on the way, says so, and goes on from there', (t) => {
  const rehearsal = rehearse('crs-admin');
  t.is(
    answer(rehearsal.enter('wait 2h')),
    'Stopped after 19m 45s of 2h: something is yours to do.',
    'the cue comes at 08:20',
  );
  t.is(rehearsal.clock.slice(11), '08:20:00Z');
  t.deepEqual(texts(rehearsal), [
    'notice 08:15:00Z alice tells you: my phone is gone',
    'cue 08:20:00Z Block Alice on the CRS.',
  ]);
  t.is(answer(rehearsal.enter('wait 30s')), '', 'who has been told may wait');
  rehearsal.enter(BLOCK);
  t.is(answer(rehearsal.enter('wait 30s')), '', 'it is due at the end of it');
  t.deepEqual(texts(rehearsal), ['cue 08:21:00Z crs: Read the audit log, unexpected lines marked']);
  rehearsal.enter('check-log');
  t.is(answer(rehearsal.enter('wait 2h')), '');
  t.true(rehearsal.over);
});

test('no briefing and no cue names the incident, the answer, or a line to type', (t) => {
  for (const role of ['alice', 'bob', 'crs-admin', 'cms-operator', 'mdm-admin', 'thief']) {
    const rehearsal = rehearse(role);
    t.notRegex(rehearsal.briefing().join('\n'), /stolen|block|wipe|reported/i, role);
    rehearsal.finish();
    t.notRegex(texts(rehearsal).join('\n'), /block-user|wipe alice-phone|check-log|live-08|predict/, role);
  }
});

test('a played thief is not shown what the examiner tries in their name', (t) => {
  const rehearsal = rehearse('thief');
  rehearsal.enter('wait 2h');
  rehearsal.enter('seize alice-phone');
  rehearsal.finish();
  t.is(
    rehearsal.performance.world.trace.events.filter(({ type }) => type === 'probe.result').length,
    3,
    'it is tried',
  );
  t.deepEqual(texts(rehearsal), [
    'cue 08:10:00Z Take a device from whoever has it, and extract its storage: alice-phone',
    'notice 08:16:00Z alice-phone: this phone has been wiped',
  ]);
  t.notRegex(answer(rehearsal.enter('screen')), /refused|opened/);
});

test('a thief takes what is within reach: before it can be stolen, a phone is not', (t) => {
  const rehearsal = rehearse('thief');
  t.is(refusal(rehearsal.enter('seize alice-phone')), 'REHEARSAL_OUT_OF_REACH Type look to see what is.');
  t.is(refusal(rehearsal.enter('seize crs --leave-it')), 'REHEARSAL_OUT_OF_REACH Type look to see what is.');
  t.is(refusal(rehearsal.enter('plug-cable cms')), 'REHEARSAL_OUT_OF_REACH Type look to see what is.');
  t.deepEqual(rehearsal.played.lines, [], 'nothing was done');
  rehearsal.enter('wait 2h');
  t.is(refusal(rehearsal.enter('seize bob-phone')), 'REHEARSAL_OUT_OF_REACH Type look to see what is.');
  t.regex(
    answer(rehearsal.enter('seize alice-phone')),
    /^You have \d+ octets of alice-phone, and the device/,
  );
  t.regex(answer(rehearsal.enter('look')), /^in your hands: alice-phone\n[\s\S]*alice-phone shows: alice/);
  const admin = rehearse('crs-admin');
  t.regex(
    answer(admin.enter('seize crs --leave-it')),
    /octets of crs/,
    'what one looks after is within reach',
  );
});

test('status is answered once, by each who has it', (t) => {
  for (const role of ['alice', 'crs-admin']) {
    const rehearsal = rehearse(role);
    const before = rehearsal.performance.world.trace.events.length;
    const lines = answer(rehearsal.enter('status')).split('\n');
    t.is(new Set(lines).size, lines.length, lines.join('\n'));
    const { events } = rehearsal.performance.world.trace;
    t.is(events.slice(before).filter(({ type }) => type === 'console.answered').length, 1);
    t.deepEqual(rehearsal.takeMessages(), []);
  }
});

test('neither Tab nor a fix names a thing that is not before one’s eyes', (t) => {
  const rehearsal = rehearse('crs-admin');
  const { performance } = rehearsal;
  performance.type('cms-operator', 'cms-operator', 'take-blank secret-disc');
  rehearsal.enter('take-blank own-disc');
  t.deepEqual(rehearsal.complete('destroy ').offers, ['crs', 'own-disc']);
  t.deepEqual(rehearsal.complete('seize a').offers, []);
  t.deepEqual(rehearsal.complete('tell al').offers, ['alice'], 'people are known');
  t.deepEqual(
    rehearse('mdm-admin').complete('wipe al').offers,
    ['alice-phone'],
    'the MDM has a list of phones',
  );
  t.is(refusal(rehearsal.enter('destroy nothing')), 'PEOPLE_NO_THING Type look to see what there is.');
});
