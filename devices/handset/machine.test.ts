import test from 'ava';
import { getShortestPaths } from 'xstate/graph';
import { HOUR, SECOND, VirtualClock } from '../../sim/clock.ts';
import { Statechart } from '../statechart.ts';
import { eventsOf, visitsOf, type Running } from '../model-paths.fixture.ts';
import { handsetMachine, type HandsetBody, type HandsetEvent } from './machine.ts';

const EVENTS: readonly HandsetEvent[] = [
  { type: 'INSTALL' },
  { type: 'ENROLLED' },
  { type: 'KEYS_CHANGED' },
  { type: 'MONTH_BEGAN' },
  { type: 'SESSION_SECURED' },
  { type: 'SESSION_CLOSED' },
  { type: 'SESSION_REFUSED' },
  { type: 'REGISTERED' },
  { type: 'REGISTER_REFUSED' },
  { type: 'DIAL' },
  { type: 'INVITED' },
  { type: 'ANSWER' },
  { type: 'ANSWERED' },
  { type: 'CALL_REFUSED' },
  { type: 'CANCELLED' },
  { type: 'HANG_UP' },
  { type: 'PEER_HUNG_UP' },
  { type: 'RESTART' },
  { type: 'POWER_OFF' },
  { type: 'POWER_ON' },
  { type: 'WIPE' },
];
const TYPES = EVENTS.map(({ type }) => type);
const DELAYS = { renew: 3_600_000, noAnswer: 60_000 };

interface Phone {
  readonly approved: boolean;
  readonly keys: boolean;
  /** The month has ended during the call. */
  readonly moves?: boolean;
}

const GOOD: Phone = { approved: true, keys: true };

function bodyTelling(told: string[], phone: Phone): HandsetBody {
  const note = (what: string) => () => void told.push(what);
  return {
    mayInstall: () => phone.approved,
    hasKeysOfThisMonth: () => phone.keys,
    mayAskForKeys: () => false,
    mayMoveCall: () => phone.moves === true,
    reconnectDelayMs: () => 30_000,
    reportInstalled: note('reportInstalled'),
    reportInstallRefused: note('reportInstallRefused'),
    reportAwaitingKeys: note('reportAwaitingKeys'),
    openSession: note('openSession'),
    closeSession: note('closeSession'),
    sendRegister: note('sendRegister'),
    askForPackages: note('askForPackages'),
    placeCall: note('placeCall'),
    ring: note('ring'),
    answerCall: note('answerCall'),
    startMedia: note('startMedia'),
    renewKeys: note('renewKeys'),
    moveCall: note('moveCall'),
    endCall: (reason) => void told.push(`endCall (${reason})`),
    eraseEverything: note('eraseEverything'),
  };
}

function start(phone: Phone, clock = new VirtualClock()): Running {
  const told: string[] = [];
  const chart = new Statechart(handsetMachine, {
    clock,
    name: 'chart',
    input: { body: bodyTelling(told, phone), delays: DELAYS },
  });
  chart.start();
  const named = (type: string): HandsetEvent =>
    EVENTS.find((each) => each.type === type) ?? { type: 'RESTART' };
  return {
    told,
    value: () => {
      const { value } = chart;
      if (typeof value === 'string') return value;
      return 'off' in value ? `off, ${value.off}` : `${value.enrolled.service} ${value.enrolled.line}`;
    },
    can: (type) => chart.can(named(type)),
    send: (type) => chart.send(named(type)),
  };
}

function visits(phone: Phone): readonly string[] {
  const paths = getShortestPaths(handsetMachine, {
    input: { body: bodyTelling([], phone), delays: DELAYS },
    events: EVENTS,
  });
  return visitsOf(() => start(phone), paths.map(eventsOf), TYPES);
}

const from = (state: string) => (visit: string) => visit.startsWith(`${state} --`);

const LEAVE_APP = 'endCall (app-closed), closeSession';

test('an installed and enrolled phone connects; a wiped one is as new', (t) => {
  const all = visits(GOOD);
  t.deepEqual(
    all.filter((visit) => ['notInstalled', 'notEnrolled', 'wiped'].some((state) => from(state)(visit))),
    [
      'notEnrolled --ENROLLED--> connecting idle: closeSession, openSession',
      'notEnrolled --POWER_OFF--> off, withoutKeys',
      'notEnrolled --WIPE--> wiped: eraseEverything',
      'notInstalled --INSTALL--> notEnrolled: reportInstalled',
      'notInstalled --POWER_OFF--> off, asNew',
      'notInstalled --WIPE--> wiped: eraseEverything',
      'wiped --INSTALL--> notEnrolled: reportInstalled',
      'wiped --POWER_OFF--> off, wiped',
      'wiped --WIPE--> wiped: eraseEverything',
    ],
  );
  t.is(
    new Set(all.map((visit) => visit.slice(0, visit.indexOf(' --')))).size,
    3 + 5 * 4 + 4,
    'every state that needs no waiting was visited',
  );
});

test('the service goes these ways while the line is idle', (t) => {
  const anywhere = (state: string) => [
    `${state} idle --ENROLLED--> connecting idle: ${LEAVE_APP}, closeSession, openSession`,
    `${state} idle --KEYS_CHANGED--> connecting idle: closeSession, openSession`,
    `${state} idle --MONTH_BEGAN--> connecting idle: closeSession, openSession`,
    `${state} idle --POWER_OFF--> off, enrolled: ${LEAVE_APP}`,
    `${state} idle --RESTART--> connecting idle: ${LEAVE_APP}, closeSession, openSession`,
    `${state} idle --WIPE--> wiped: ${LEAVE_APP}, eraseEverything`,
  ];
  const line = /--(DIAL|INVITED)-->/;
  const all = visits(GOOD);
  const only: Record<string, readonly string[]> = {
    connecting: [
      'connecting idle --SESSION_CLOSED--> offline idle',
      'connecting idle --SESSION_REFUSED--> refused idle: closeSession',
      'connecting idle --SESSION_SECURED--> registering idle: sendRegister',
    ],
    registering: [
      'registering idle --REGISTERED--> registered idle: askForPackages',
      'registering idle --REGISTER_REFUSED--> refused idle: closeSession',
      'registering idle --SESSION_CLOSED--> offline idle',
    ],
    registered: ['registered idle --SESSION_CLOSED--> offline idle'],
    offline: [],
    refused: [],
  };
  for (const [state, ways] of Object.entries(only)) {
    t.deepEqual(
      all.filter((visit) => from(`${state} idle`)(visit) && !line.test(visit)),
      [...anywhere(state), ...ways].sort(),
      state,
    );
  }
});

test('the line goes these ways while the phone is registered', (t) => {
  const service = /--(ENROLLED|KEYS_CHANGED|MONTH_BEGAN|POWER_OFF|RESTART|WIPE)-->/;
  const ways = visits(GOOD).filter(
    (visit) =>
      visit.startsWith('registered ') && !service.test(visit) && !visit.includes('idle --SESSION_CLOSED'),
  );
  t.deepEqual(ways, [
    'registered dialling --ANSWERED--> registered inCall: startMedia',
    'registered dialling --CALL_REFUSED--> registered idle: endCall (refused)',
    'registered dialling --HANG_UP--> registered idle: endCall (cancelled)',
    'registered dialling --SESSION_CLOSED--> offline idle: endCall (session-lost)',
    'registered idle --DIAL--> registered dialling: placeCall',
    'registered idle --INVITED--> registered ringing: ring',
    'registered inCall --HANG_UP--> registered idle: endCall (hung-up)',
    'registered inCall --PEER_HUNG_UP--> registered idle: endCall (peer-hung-up)',
    'registered inCall --SESSION_CLOSED--> offline idle: endCall (session-lost)',
    'registered ringing --ANSWER--> registered inCall: answerCall, startMedia',
    'registered ringing --CANCELLED--> registered idle: endCall (cancelled)',
    'registered ringing --HANG_UP--> registered idle: endCall (refused)',
    'registered ringing --SESSION_CLOSED--> offline idle: endCall (session-lost)',
  ]);
});

test('a phone that is off does nothing but go on again, as the phone that it was', (t) => {
  const off = (phone: Phone) => visits(phone).filter((visit) => visit.startsWith('off, '));
  t.deepEqual(off(GOOD), [
    'off, asNew --POWER_ON--> notInstalled',
    'off, enrolled --POWER_ON--> connecting idle: closeSession, openSession',
    'off, wiped --POWER_ON--> wiped',
    'off, withoutKeys --POWER_ON--> notEnrolled',
  ]);
  t.true(
    off({ ...GOOD, keys: false }).includes(
      'off, enrolled --POWER_ON--> awaitingNewKeys idle: closeSession, reportAwaitingKeys',
    ),
  );
});

test('no time passes for a phone that is off: it renews nothing, tries nothing, and no call ends twice', (t) => {
  const registered = ['INSTALL', 'ENROLLED', 'SESSION_SECURED', 'REGISTERED'] as const;
  for (const before of [[], ['SESSION_CLOSED'], ['DIAL'], ['INVITED']] as const) {
    const off = after([...registered, ...before, 'POWER_OFF'], 24 * HOUR);
    t.deepEqual([off.value(), ...off.told], ['off, enrolled'], before.join());
  }
});

test('a call that has lost its session with the month goes on in the next one, or ends where there is none', (t) => {
  const moving = { ...GOOD, moves: true };
  const ways = (state: RegExp) => visits(moving).filter((visit) => state.test(visit));
  t.deepEqual(ways(/inCall --SESSION_CLOSED-->/), [
    'connecting inCall --SESSION_CLOSED--> offline moving',
    'offline inCall --SESSION_CLOSED--> offline moving',
    'refused inCall --SESSION_CLOSED--> refused moving',
    'registered inCall --SESSION_CLOSED--> connecting moving: closeSession, openSession',
    'registering inCall --SESSION_CLOSED--> offline moving',
  ]);
  const line =
    /^registering (moving|leaving) --(?!(ENROLLED|KEYS_CHANGED|MONTH_BEGAN|POWER_OFF|RESTART|WIPE)-)/;
  t.deepEqual(ways(line), [
    'registering leaving --REGISTERED--> registered idle: moveCall, endCall (hung-up), askForPackages',
    'registering leaving --REGISTER_REFUSED--> refused idle: endCall (session-lost), closeSession',
    'registering leaving --SESSION_CLOSED--> offline idle: endCall (session-lost)',
    'registering leaving --SESSION_REFUSED--> registering idle: endCall (session-lost)',
    'registering moving --HANG_UP--> registering leaving',
    'registering moving --REGISTERED--> registered inCall: moveCall, askForPackages',
    'registering moving --REGISTER_REFUSED--> refused idle: endCall (session-lost), closeSession',
    'registering moving --SESSION_CLOSED--> offline idle: endCall (session-lost)',
    'registering moving --SESSION_REFUSED--> registering idle: endCall (session-lost)',
  ]);
});

test('without keys of this month a phone waits, and does not connect', (t) => {
  const ways = visits({ ...GOOD, keys: false }).filter(
    (visit) => visit.includes(' idle') || from('notEnrolled')(visit),
  );
  t.true(ways.includes('notEnrolled --ENROLLED--> awaitingNewKeys idle: closeSession, reportAwaitingKeys'));
  t.deepEqual(
    ways.filter((visit) => visit.includes('openSession')),
    [],
  );
});

test('nothing is installed on a platform that is not approved', (t) => {
  t.deepEqual(visits({ ...GOOD, approved: false }), [
    'notInstalled --INSTALL--> notInstalled: reportInstallRefused',
    'notInstalled --POWER_OFF--> off, asNew',
    'notInstalled --WIPE--> wiped: eraseEverything',
    'off, asNew --POWER_ON--> notInstalled',
    'off, wiped --POWER_ON--> wiped',
    'wiped --INSTALL--> wiped: reportInstallRefused',
    'wiped --POWER_OFF--> off, wiped',
    'wiped --WIPE--> wiped: eraseEverything',
  ]);
});

function after(events: readonly HandsetEvent['type'][], micros: number): Running {
  const clock = new VirtualClock();
  const running = start(GOOD, clock);
  for (const event of events) running.send(event);
  running.told.length = 0;
  clock.runUntil(micros);
  return running;
}

test('time alone moves a phone on: renewal, another try, a call that nobody answers', (t) => {
  const registered = ['INSTALL', 'ENROLLED', 'SESSION_SECURED', 'REGISTERED'] as const;
  t.is(after(registered, HOUR - 1).value(), 'registered idle');
  t.is(after(registered, HOUR).value(), 'renewing idle');
  const again = 'closeSession, openSession';
  for (const state of ['SESSION_CLOSED', 'SESSION_REFUSED'] as const) {
    const waiting = after(['INSTALL', 'ENROLLED', state], 30 * SECOND);
    t.is(waiting.value(), 'connecting idle');
    t.is(waiting.told.join(', '), again);
  }
  for (const state of ['DIAL', 'INVITED'] as const) {
    const call = after([...registered, state], 60 * SECOND);
    t.deepEqual([call.value(), ...call.told], ['registered idle', 'endCall (no-answer)']);
  }
  const renewing = after(registered, HOUR);
  t.deepEqual(renewing.told, ['sendRegister']);
  renewing.send('REGISTERED');
  t.is(renewing.value(), 'registered idle');
  const refused = after(registered, HOUR);
  refused.send('REGISTER_REFUSED');
  t.is(refused.value(), 'refused idle');
  const lost = after(registered, HOUR);
  lost.send('SESSION_CLOSED');
  t.is(lost.value(), 'offline idle');
});
