/**
 * The handset's statechart: it reads as the user's manual of the app. Two things go on side by side once a phone is
 * enrolled: its service (is it connected and registered?) and its line (is there a call?). States that matter to a procedure
 * are states: waiting for new keys, refused by the server, wiped.
 *
 * Packets and cryptography are not here: every action calls the {@link HandsetBody}, which does the work and sends back an
 * event.
 */
import { setup } from 'xstate';

/** What the machine makes the phone do. */
export interface HandsetBody {
  /** What the install gate says of this phone now. */
  mayInstall(): boolean;
  hasKeysOfThisMonth(): boolean;
  /** Without keys of this month: a PSK that does not end with a month lets the phone ask for them. */
  mayAskForKeys(): boolean;
  /** Whether a call that loses its session has lost it with the month, and goes on in the session that the keys of the new one open. */
  mayMoveCall(): boolean;
  reportInstalled(): void;
  reportInstallRefused(): void;
  reportAwaitingKeys(): void;
  /** Grows with each attempt that failed, so that a phone out of reach does not try for ever at full speed. */
  reconnectDelayMs(): number;
  openSession(): void;
  closeSession(): void;
  sendRegister(): void;
  askForPackages(): void;
  placeCall(): void;
  ring(): void;
  answerCall(): void;
  startMedia(): void;
  renewKeys(): void;
  moveCall(): void;
  endCall(reason: CallEnd): void;
  eraseEverything(): void;
}

/** Why a call ended, as the handset saw it. */
export type CallEnd =
  'hung-up' | 'peer-hung-up' | 'refused' | 'no-answer' | 'cancelled' | 'session-lost' | 'app-closed';

/** Everything that can happen to a phone: by hand, from the network, or because time has passed. */
export type HandsetEvent =
  | { type: 'INSTALL' }
  | { type: 'ENROLLED' }
  | { type: 'KEYS_CHANGED' }
  | { type: 'MONTH_BEGAN' }
  | { type: 'SESSION_SECURED' }
  | { type: 'SESSION_CLOSED' }
  | { type: 'SESSION_REFUSED' }
  | { type: 'REGISTERED' }
  | { type: 'REGISTER_REFUSED' }
  | { type: 'DIAL' }
  | { type: 'INVITED' }
  | { type: 'ANSWER' }
  | { type: 'ANSWERED' }
  | { type: 'CALL_REFUSED' }
  | { type: 'CANCELLED' }
  | { type: 'REKEY' }
  | { type: 'HANG_UP' }
  | { type: 'PEER_HUNG_UP' }
  | { type: 'RESTART' }
  | { type: 'POWER_OFF' }
  | { type: 'POWER_ON' }
  | { type: 'WIPE' };

/** The body that is moved, and how long the chart waits, in milliseconds. */
export interface HandsetInput {
  readonly body: HandsetBody;
  /** Milliseconds. */
  readonly delays: { readonly renew: number; readonly noAnswer: number };
}

const LOST = { target: 'idle', actions: { type: 'endCall', params: { reason: 'session-lost' } } } as const;

/** What the phone may do when: installation outside, and inside it service and line side by side. */
export const handsetMachine = setup({
  types: {
    context: {} as HandsetInput,
    events: {} as HandsetEvent,
    input: {} as HandsetInput,
  },
  delays: {
    reconnectDelay: ({ context }) => context.body.reconnectDelayMs(),
    renewInterval: ({ context }) => context.delays.renew,
    noAnswerTimeout: ({ context }) => context.delays.noAnswer,
  },
  guards: {
    mayInstall: ({ context }) => context.body.mayInstall(),
    hasKeysOfThisMonth: ({ context }) => context.body.hasKeysOfThisMonth(),
    mayAskForKeys: ({ context }) => context.body.mayAskForKeys(),
    mayMoveCall: ({ context }) => context.body.mayMoveCall(),
  },
  actions: {
    reportInstalled: ({ context }) => context.body.reportInstalled(),
    reportInstallRefused: ({ context }) => context.body.reportInstallRefused(),
    reportAwaitingKeys: ({ context }) => context.body.reportAwaitingKeys(),
    openSession: ({ context }) => context.body.openSession(),
    closeSession: ({ context }) => context.body.closeSession(),
    sendRegister: ({ context }) => context.body.sendRegister(),
    askForPackages: ({ context }) => context.body.askForPackages(),
    placeCall: ({ context }) => context.body.placeCall(),
    ring: ({ context }) => context.body.ring(),
    answerCall: ({ context }) => context.body.answerCall(),
    startMedia: ({ context }) => context.body.startMedia(),
    renewKeys: ({ context }) => context.body.renewKeys(),
    moveCall: ({ context }) => context.body.moveCall(),
    endCall: ({ context }, { reason }: { reason: CallEnd }) => context.body.endCall(reason),
    eraseEverything: ({ context }) => context.body.eraseEverything(),
  },
}).createMachine({
  id: 'handset',
  context: ({ input }) => input,
  initial: 'notInstalled',
  on: { WIPE: { target: '.wiped', actions: 'eraseEverything' } },
  states: {
    notInstalled: {
      on: {
        POWER_OFF: 'off.asNew',
        INSTALL: [
          { guard: 'mayInstall', target: 'notEnrolled', actions: 'reportInstalled' },
          { actions: 'reportInstallRefused' },
        ],
      },
    },
    notEnrolled: {
      on: { ENROLLED: 'enrolled', POWER_OFF: 'off.withoutKeys' },
    },
    enrolled: {
      type: 'parallel',
      on: {
        // A manual key update: the new credentials replace the old ones at once.
        ENROLLED: { target: 'enrolled', reenter: true },
        RESTART: { target: 'enrolled', reenter: true },
        POWER_OFF: 'off.enrolled',
      },
      states: {
        service: {
          initial: 'deciding',
          on: {
            MONTH_BEGAN: '.deciding',
            KEYS_CHANGED: '.deciding',
          },
          states: {
            deciding: {
              entry: 'closeSession',
              always: [
                { guard: 'hasKeysOfThisMonth', target: 'connecting' },
                { guard: 'mayAskForKeys', target: 'connecting', actions: 'reportAwaitingKeys' },
                { target: 'awaitingNewKeys' },
              ],
            },
            awaitingNewKeys: {
              entry: 'reportAwaitingKeys',
            },
            connecting: {
              entry: 'openSession',
              on: { SESSION_SECURED: 'registering', SESSION_CLOSED: 'offline', SESSION_REFUSED: 'refused' },
            },
            registering: {
              entry: 'sendRegister',
              on: { REGISTERED: 'registered', REGISTER_REFUSED: 'refused', SESSION_CLOSED: 'offline' },
            },
            registered: {
              entry: 'askForPackages',
              after: { renewInterval: 'renewing' },
              on: { SESSION_CLOSED: [{ guard: 'mayMoveCall', target: 'deciding' }, 'offline'] },
            },
            renewing: {
              entry: 'sendRegister',
              on: {
                REGISTERED: 'registered',
                REGISTER_REFUSED: 'refused',
                SESSION_CLOSED: [{ guard: 'mayMoveCall', target: 'deciding' }, 'offline'],
              },
            },
            offline: {
              after: { reconnectDelay: 'deciding' },
            },
            refused: {
              entry: 'closeSession',
              after: { reconnectDelay: 'deciding' },
            },
          },
        },
        line: {
          initial: 'idle',
          states: {
            idle: {
              on: { DIAL: 'dialling', INVITED: 'ringing' },
            },
            dialling: {
              entry: 'placeCall',
              on: {
                ANSWERED: { target: 'inCall', actions: 'startMedia' },
                CALL_REFUSED: { target: 'idle', actions: { type: 'endCall', params: { reason: 'refused' } } },
                HANG_UP: { target: 'idle', actions: { type: 'endCall', params: { reason: 'cancelled' } } },
                SESSION_CLOSED: {
                  target: 'idle',
                  actions: { type: 'endCall', params: { reason: 'session-lost' } },
                },
              },
              after: {
                noAnswerTimeout: {
                  target: 'idle',
                  actions: { type: 'endCall', params: { reason: 'no-answer' } },
                },
              },
            },
            ringing: {
              entry: 'ring',
              on: {
                ANSWER: { target: 'inCall', actions: ['answerCall', 'startMedia'] },
                HANG_UP: { target: 'idle', actions: { type: 'endCall', params: { reason: 'refused' } } },
                CANCELLED: { target: 'idle', actions: { type: 'endCall', params: { reason: 'cancelled' } } },
                SESSION_CLOSED: {
                  target: 'idle',
                  actions: { type: 'endCall', params: { reason: 'session-lost' } },
                },
              },
              after: {
                noAnswerTimeout: {
                  target: 'idle',
                  actions: { type: 'endCall', params: { reason: 'no-answer' } },
                },
              },
            },
            inCall: {
              on: {
                // New keys for the call, within the call: it goes on whatever comes of it.
                REKEY: { actions: 'renewKeys' },
                HANG_UP: { target: 'idle', actions: { type: 'endCall', params: { reason: 'hung-up' } } },
                PEER_HUNG_UP: {
                  target: 'idle',
                  actions: { type: 'endCall', params: { reason: 'peer-hung-up' } },
                },
                SESSION_CLOSED: [
                  { guard: 'mayMoveCall', target: 'moving' },
                  { target: 'idle', actions: { type: 'endCall', params: { reason: 'session-lost' } } },
                ],
              },
            },
            // The month has ended, and the session of the call with it: voice goes on while the phone comes in with its new keys.
            moving: {
              on: {
                REGISTERED: { target: 'inCall', actions: 'moveCall' },
                HANG_UP: 'leaving',
                SESSION_CLOSED: LOST,
                SESSION_REFUSED: LOST,
                REGISTER_REFUSED: LOST,
              },
              after: { noAnswerTimeout: LOST },
            },
            // The same, and the other end is to be told that it is over.
            leaving: {
              on: {
                REGISTERED: {
                  target: 'idle',
                  actions: ['moveCall', { type: 'endCall', params: { reason: 'hung-up' } }],
                },
                SESSION_CLOSED: LOST,
                SESSION_REFUSED: LOST,
                REGISTER_REFUSED: LOST,
              },
              after: { noAnswerTimeout: LOST },
            },
          },
        },
      },
      // The call first: its peer is told in the session that then closes.
      exit: [{ type: 'endCall', params: { reason: 'app-closed' } }, 'closeSession'],
    },
    wiped: {
      on: {
        POWER_OFF: 'off.wiped',
        INSTALL: [
          { guard: 'mayInstall', target: 'notEnrolled', actions: 'reportInstalled' },
          { actions: 'reportInstallRefused' },
        ],
      },
    },
    // Nothing reaches it and no time passes for it; which phone it was when it went off, it is when it is on again.
    off: {
      initial: 'asNew',
      on: { WIPE: {} },
      states: {
        asNew: { on: { POWER_ON: '#handset.notInstalled' } },
        withoutKeys: { on: { POWER_ON: '#handset.notEnrolled' } },
        enrolled: { on: { POWER_ON: '#handset.enrolled' } },
        wiped: { on: { POWER_ON: '#handset.wiped' } },
      },
    },
  },
});
