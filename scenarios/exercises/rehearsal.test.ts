import test from 'ava';
import fc from 'fast-check';
import { MINUTE, SECOND } from '../../sim/clock.ts';
import { LINES_MAX, type Entered, type Rehearsal } from './index.ts';
import { at, ownRun, playOut, rehearse, resultOfRehearsal } from './rehearsal.fixture.ts';
import { handsetKind } from '../../devices/handset/kind.ts';
import { crsKind } from '../../devices/crs/kind.ts';

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

test('the briefing says who one is, what one reaches and how it ends', (t) => {
  const text = rehearse('crs-admin').briefing().join('\n');
  for (const part of [
    'You are crs-admin.',
    'begins at 2015-10-14 08:00:00Z and ends at 2015-10-14 09:30:00Z',
    'crs: Rendezvous server',
    'crs-admin: your own hands',
  ])
    t.true(text.includes(part), part);
  t.false(text.includes('cms: '), 'the CMS is not in reach');
});

test('a role that nobody has is refused, with the one that was meant', (t) => {
  const error = t.throws(() => rehearse('crs-admn'), { code: 'REHEARSAL_UNKNOWN_ROLE' });
  t.like(error, { fix: "Did you mean 'crs-admin'?" });
  t.throws(() => rehearse('the-queen-of-england'), { code: 'REHEARSAL_UNKNOWN_ROLE' });
});

test('the administrator is told of the loss and cued, and sees nothing else', (t) => {
  const rehearsal = rehearse('crs-admin');
  rehearsal.performance.finish();
  t.deepEqual(texts(rehearsal), [
    'notice 08:15:00Z alice tells you: my phone is gone',
    'cue 08:20:00Z Block Alice on the CRS.',
    'cue 08:21:00Z crs: Read the audit log, unexpected lines marked',
  ]);
  t.deepEqual(rehearsal.takeMessages(), [], 'each is told once');
});

test('a user sees her phone ring with the verified caller, answers it herself, and loses it', (t) => {
  const rehearsal = rehearse('alice');
  rehearsal.advanceTo(at(1) + 3 * SECOND);
  t.deepEqual(texts(rehearsal), ['notice 08:01:00Z alice-phone: rings: call from bob (verified)']);
  t.is(
    rehearsal.performance.world.ofKind(handsetKind).get('alice-phone')?.line,
    'ringing',
    'nobody answers for her',
  );
  t.is(answer(rehearsal.enter('screen')).split('\n')[0], 'alice-phone:');
  t.is(answer(rehearsal.enter('answer')), 'Answered.');
  rehearsal.advanceTo(at(9));
  t.deepEqual(
    texts(rehearsal).map((text) => text.replace(/\d\d:\d\d:\d\dZ /, '')),
    [
      'notice alice-phone: in a secure call with bob',
      'notice alice-phone: call ended after 5 s: peer hung up',
    ],
  );
  t.deepEqual(
    rehearsal.consoles.map(({ owner }) => owner),
    ['alice-phone', 'alice'],
  );
  rehearsal.advanceTo(at(11));
  t.deepEqual(texts(rehearsal), ['notice 08:10:00Z alice-phone is no longer with you.']);
  t.deepEqual(
    rehearsal.consoles.map(({ owner }) => owner),
    ['alice'],
  );
  t.is(refusal(rehearsal.enter('@alice-phone status')), 'REHEARSAL_OUT_OF_REACH You can reach: alice.');
});

test('the operator of the MDM sees the acknowledgement, and an attacker what came of an attack', (t) => {
  const operator = rehearse('mdm-admin');
  playOut(operator, [[12, 'wipe alice-phone']]);
  t.true(texts(operator).some((text) => text.includes('alice-phone has acknowledged order 1')));
  const thief = rehearse('thief');
  playOut(thief, [
    [12, 'seize alice-phone'],
    [13, 'call-as alice bob'],
  ]);
  t.true(texts(thief).some((text) => text.includes('call-as, identity alice: opened')));
});

test('a thing that is brought is noticed', (t) => {
  const rehearsal = rehearse('crs-admin');
  rehearsal.performance.type('cms-operator', 'cms-operator', 'take-blank disc-9');
  rehearsal.performance.type('cms-operator', 'cms-operator', 'carry disc-9 crs-admin');
  t.deepEqual(texts(rehearsal), ['notice 08:00:15Z cms-operator brings you disc-9.']);
  t.is(
    answer(rehearsal.enter('insert disc-9 crs')),
    'disc-9 is in crs.',
    'the hands know what the CRS does not',
  );
});

test('a line goes to the main console, to whoever knows it, or where it says', (t) => {
  const rehearsal = rehearse('crs-admin');
  t.regex(answer(rehearsal.enter('status')), /^month 2015-10/);
  t.is(answer(rehearsal.enter('tell alice call me')), 'alice now knows.');
  t.regex(answer(rehearsal.enter('@crs-admin look')), /^in your hands: nothing\ncrs shows: month 2015-10/);
  t.regex(answer(rehearsal.enter('  @crs users')), /alice: registered/);
  t.deepEqual(
    rehearsal.played.lines.map(({ on, line }) => `${on}: ${line}`),
    ['crs: status', 'crs-admin: tell alice call me', 'crs-admin: look', 'crs: users'],
  );
});

test('mistakes are answered with what was meant, and change nothing', (t) => {
  const rehearsal = rehearse('crs-admin');
  const mistakes = {
    'blok-user +447700900001': "CONSOLE_UNKNOWN_COMMAND Did you mean 'block-user'",
    'tel alice hello': "CONSOLE_UNKNOWN_COMMAND Did you mean 'tell'",
    'nxet now': "CONSOLE_UNKNOWN_COMMAND Did you mean 'next'",
    abracadabra: 'CONSOLE_UNKNOWN_COMMAND',
    'block-user': 'CONSOLE_MISSING',
    'tell alice it "is gone': 'CONSOLE_QUOTE',
    '@csr users': "REHEARSAL_OUT_OF_REACH Did you mean '@crs'",
    '@cms users': "REHEARSAL_OUT_OF_REACH Did you mean '@crs'",
    'screen alice-phone': 'REHEARSAL_OUT_OF_REACH',
    wait: 'REHEARSAL_FORM',
    'wait for it': 'REHEARSAL_FORM',
    'help blck-user': "REHEARSAL_FORM Did you mean 'block-user'",
    'help abracadabra': 'REHEARSAL_FORM Type',
    ['x'.repeat(4_097)]: 'REHEARSAL_LINE_TOO_LONG',
  };
  const before = rehearsal.now;
  for (const [line, wanted] of Object.entries(mistakes)) {
    const got = refusal(rehearsal.enter(line));
    t.true(got.startsWith(wanted), `${line.slice(0, 40)}: ${got}`);
  }
  t.is(rehearsal.now, before);
  t.deepEqual(rehearsal.performance.world.ofKind(crsKind).get('crs')?.accounts.blocked, []);
});

test('help, screens and the briefing leave no trace', (t) => {
  const rehearsal = rehearse('crs-admin');
  const events = rehearsal.performance.world.trace.events.length;
  const help = answer(rehearsal.enter('help'));
  for (const part of [
    'The exercise',
    'wait <duration>',
    'A duration is whole numbers with units that fall, d, h, m, s and ms',
    'Rendezvous server',
    'block-user <number>',
    'A person',
    'tell <person>',
  ])
    t.true(help.includes(part), part);
  t.regex(answer(rehearsal.enter('help block-user')), /^block-user <number>\n {2}Refuse a user/);
  t.regex(answer(rehearsal.enter('help tell')), /^tell <person>/);
  t.regex(answer(rehearsal.enter('help wait')), /^ {2}wait <duration>/);
  t.regex(answer(rehearsal.enter('screen crs')), /^crs:\n {2}month 2015-10/);
  t.is(answer(rehearsal.enter('briefing')), rehearsal.briefing().join('\n'));
  t.is(answer(rehearsal.enter('   ')), '');
  t.is(rehearsal.performance.world.trace.events.length, events);
  t.deepEqual(rehearsal.played.lines, []);
});

test('Tab completes commands of all consoles and of the exercise, names of consoles, and arguments', (t) => {
  const rehearsal = rehearse('crs-admin');
  const offers = {
    blo: ['block-user'],
    te: ['tell'],
    ne: ['next'],
    'tell al': ['alice'],
    'help un': ['unblock-user'],
    'screen ': ['crs', 'crs-admin'],
    '@cr': ['@crs', '@crs-admin'],
    '@crs un': ['unblock-user'],
    '@crs-admin tell b': ['bob'],
    '@cms bu': [],
    'wait 1': [],
    'xyzzy b': [],
  };
  for (const [line, wanted] of Object.entries(offers))
    t.deepEqual(rehearsal.complete(line), { offers: wanted, word: /\S*$/.exec(line)?.[0] ?? '' }, line);
});

test('time passes as it is let pass: exactly, or to what concerns the person next', (t) => {
  const rehearsal = rehearse('crs-admin');
  t.is(rehearsal.clock, '2015-10-14 08:00:15Z', 'the opening is over');
  rehearsal.enter('wait 10s');
  t.is(rehearsal.clock, '2015-10-14 08:00:25Z');
  const stops: string[] = [];
  for (const line of ['next', 'next', 'next', 'skip', 'next', 'next', 'skip', 'skip', 'next']) {
    const said = answer(rehearsal.enter(line));
    stops.push(
      [line, rehearsal.clock.slice(11), said, ...texts(rehearsal)].filter((each) => each !== '').join(' | '),
    );
  }
  const still = 'Do it, or type skip to leave it undone.';
  t.deepEqual(stops, [
    'next | 08:15:00Z | notice 08:15:00Z alice tells you: my phone is gone',
    'next | 08:20:00Z | cue 08:20:00Z Block Alice on the CRS.',
    `next | 08:20:00Z | Still yours to do: Block Alice on the CRS.\n${still}`,
    'skip | 08:20:00Z | Left undone.',
    'next | 08:21:00Z | cue 08:21:00Z crs: Read the audit log, unexpected lines marked',
    `next | 08:21:00Z | Still yours to do: crs: Read the audit log, unexpected lines marked\n${still}`,
    'skip | 08:21:00Z | Left undone.',
    'skip | 08:21:00Z | Nothing is yours to do now.',
    'next | 09:30:00Z',
  ]);
  t.is(refusal(rehearsal.enter('users')), 'REHEARSAL_OVER Start it again to go on.');
});

test('next does not stop for what was done before it was due', (t) => {
  const rehearsal = rehearse('crs-admin');
  for (const line of ['next', 'check-log', 'next']) {
    rehearsal.enter(line);
    rehearsal.takeMessages();
  }
  t.is(rehearsal.clock.slice(11), '08:20:00Z');
  rehearsal.enter('skip');
  rehearsal.enter('next');
  t.true(rehearsal.over, 'the log was read before 08:21');
});

test('next stops for what nobody planned', (t) => {
  const rehearsal = rehearse('alice');
  rehearsal.advanceTo(at(2));
  rehearsal.takeMessages();
  rehearsal.performance.type('bob', 'bob-phone', 'call alice');
  rehearsal.enter('next');
  t.regex(texts(rehearsal).join(), /alice-phone: rings/);
  t.true(rehearsal.now < at(2) + SECOND);
});

test('quit is left to whoever runs the exercise; who leaves types no more, and the rest is played on', (t) => {
  const rehearsal = rehearse('crs-admin');
  t.is(rehearsal.enter('quit').kind, 'quit');
  t.false(rehearsal.over);
  rehearsal.advanceTo(at(3));
  rehearsal.leave();
  rehearsal.leave();
  t.true(rehearsal.over);
  t.regex(refusal(rehearsal.enter('users')), /^REHEARSAL_OVER/);
  t.is(rehearsal.played.left, at(3));
  t.deepEqual(rehearsal.played.lines, []);
  rehearsal.finish();
  t.is(rehearsal.now, at(90));
  const { events } = rehearsal.performance.world.trace;
  t.is(events.filter(({ type }) => type === 'probe.result').length, 3, 'probes are made');
  t.true(
    events.some(({ type, t: time }) => type === 'mdm.wipe-sent' && time > at(3)),
    'others go on',
  );
  t.is(events.at(-1)?.type, 'trace.ended');
  t.is(ownRun(rehearsal.played).traceDigest, rehearsal.performance.world.trace.digest());
  const finished = rehearse('crs-admin');
  finished.finish();
  finished.leave();
  t.is(finished.played.left, undefined);
});

test('what was typed, refused lines too, gives the same trace again, octet for octet', (t) => {
  const rehearsal = rehearse('crs-admin');
  playOut(rehearsal, [
    [0.5, 'blok-user +447700900001'],
    [0.5, 'tell alice "unclosed'],
    [17, BLOCK],
    [17, BLOCK],
    [18.000_001, 'tell mdm-admin please wipe alice-phone'],
    [40, 'unblock-user "+44 7700 900001"'],
  ]);
  const { played } = rehearsal;
  t.is(played.lines.length, 6);
  t.is(ownRun(played).traceDigest, resultOfRehearsal(rehearsal).traceDigest);
  t.not(ownRun().traceDigest, resultOfRehearsal(rehearsal).traceDigest, 'the lines matter');
  const [first, ...rest] = played.lines.slice(2);
  if (first === undefined) return t.fail();
  const earlier = { ...played, lines: [{ ...first, time: first.time - 1 }, ...rest] };
  t.not(
    ownRun(earlier).traceDigest,
    resultOfRehearsal(rehearsal).traceDigest,
    'and so does each microsecond',
  );
});

test('more lines than a file of them may hold are not taken', (t) => {
  const rehearsal = rehearse('crs-admin');
  for (let typed = 0; typed < LINES_MAX; typed++) rehearsal.enter('users');
  t.is(rehearsal.played.lines.length, LINES_MAX);
  t.regex(refusal(rehearsal.enter('users')), /^REHEARSAL_TOO_MANY_LINES/);
  t.is(rehearsal.enter('quit').kind, 'quit');
});

test('an exercise that was left early, in a call, is repeated to the same end', (t) => {
  const rehearsal = rehearse('alice');
  rehearsal.advanceTo(at(1) + 2 * SECOND);
  rehearsal.enter('answer');
  rehearsal.advanceTo(at(1) + 4_123_457);
  rehearsal.leave();
  rehearsal.finish();
  t.is(ownRun(rehearsal.played).traceDigest, rehearsal.performance.world.trace.digest());
});

test('property: however time is let pass and whatever is typed when, a replay is the same', (t) => {
  const line = fc.constantFrom(
    BLOCK,
    'unblock-user +447700900001',
    'status',
    'blok-user',
    'tell alice "x',
    'tell bob hello there',
    '@crs-admin note seen',
    'wait 90s',
    'next',
    'check-log',
    'take-blank disc-7',
    'insert disc-7 crs',
    'load-disc',
  );
  const act = fc.record({ pauseMs: fc.nat(900_000), steps: fc.integer({ min: 1, max: 4 }), line });
  fc.assert(
    fc.property(fc.array(act, { maxLength: 8 }), fc.boolean(), (acts, early) => {
      const rehearsal = rehearse('crs-admin');
      for (const { pauseMs, steps, line } of acts) {
        const from = rehearsal.now;
        for (let step = 1; step <= steps; step++)
          rehearsal.advanceTo(from + Math.floor((pauseMs * 1000 * step) / steps));
        rehearsal.enter(line);
      }
      if (early) rehearsal.leave();
      rehearsal.finish();
      t.is(ownRun(rehearsal.played).traceDigest, rehearsal.performance.world.trace.digest());
    }),
    { numRuns: 6 },
  );
});

test('an exercise whose end never comes goes on for a minute after the last cue of the played role', (t) => {
  const { screenplay } = rehearse('crs-admin').performance.world.options;
  const rehearsal = rehearse('crs-admin', {
    screenplay: { ...screenplay, probes: [], ends: { kind: 'after', moment: 'blocked', delay: MINUTE } },
  });
  rehearsal.performance.finish();
  t.is(rehearsal.now, at(21) + MINUTE);
});
