/**
 * The call as the rendezvous server sees it, between two sessions. The server is a back-to-back user agent: it invites the
 * callee in a call of its own, and passes on what either side says.
 */
import { setup } from 'xstate';

/** What the statechart of a call makes the server do, one action each. */
export interface RoutedCallBody {
  inviteCallee(): void;
  passRinging(): void;
  passAnswer(): void;
  refuseCaller(): void;
  cancelCallee(): void;
  endBoth(): void;
  release(reason: RoutedCallEnd): void;
}

/** Why a call is over, as the trace says it. */
export type RoutedCallEnd =
  'caller hung up' | 'callee hung up' | 'refused' | 'cancelled' | 'session ended' | 'blocked' | 'no answer';

/** What either leg says, and what befalls the sessions that the legs run over. */
export type RoutedCallEvent =
  | { type: 'CALLEE_RINGS' }
  | { type: 'CALLEE_ANSWERS' }
  | { type: 'CALLEE_REFUSES' }
  | { type: 'CALLER_CANCELS' }
  | { type: 'CALLER_HANGS_UP' }
  | { type: 'CALLEE_HANGS_UP' }
  | { type: 'BLOCKED' }
  | { type: 'SESSION_ENDED' };

/** The call that is moved, and how long it may ring. */
export interface RoutedCallInput {
  readonly body: RoutedCallBody;
  /** Milliseconds until a call that nobody answers is given up. */
  readonly noAnswerMs: number;
}

/** From the INVITE of the caller to the end of both legs; every state names who must still be told. */
export const routedCallMachine = setup({
  types: { context: {} as RoutedCallInput, input: {} as RoutedCallInput, events: {} as RoutedCallEvent },
  delays: { noAnswer: ({ context }) => context.noAnswerMs },
  actions: {
    inviteCallee: ({ context }) => context.body.inviteCallee(),
    passRinging: ({ context }) => context.body.passRinging(),
    passAnswer: ({ context }) => context.body.passAnswer(),
    refuseCaller: ({ context }) => context.body.refuseCaller(),
    cancelCallee: ({ context }) => context.body.cancelCallee(),
    endBoth: ({ context }) => context.body.endBoth(),
    release: ({ context }, { reason }: { reason: RoutedCallEnd }) => context.body.release(reason),
  },
}).createMachine({
  id: 'routedCall',
  context: ({ input }) => input,
  initial: 'inviting',
  states: {
    inviting: {
      entry: 'inviteCallee',
      on: {
        CALLEE_RINGS: { actions: 'passRinging' },
        CALLEE_ANSWERS: 'connected',
        CALLEE_REFUSES: {
          target: 'ended',
          actions: ['refuseCaller', { type: 'release', params: { reason: 'refused' } }],
        },
        CALLER_CANCELS: {
          target: 'ended',
          actions: ['cancelCallee', { type: 'release', params: { reason: 'cancelled' } }],
        },
        BLOCKED: {
          target: 'ended',
          actions: ['cancelCallee', 'refuseCaller', { type: 'release', params: { reason: 'blocked' } }],
        },
        SESSION_ENDED: {
          target: 'ended',
          actions: ['cancelCallee', 'refuseCaller', { type: 'release', params: { reason: 'session ended' } }],
        },
      },
      after: {
        noAnswer: {
          target: 'ended',
          actions: ['cancelCallee', 'refuseCaller', { type: 'release', params: { reason: 'no answer' } }],
        },
      },
    },
    connected: {
      entry: 'passAnswer',
      on: {
        CALLER_HANGS_UP: {
          target: 'ended',
          actions: ['endBoth', { type: 'release', params: { reason: 'caller hung up' } }],
        },
        CALLEE_HANGS_UP: {
          target: 'ended',
          actions: ['endBoth', { type: 'release', params: { reason: 'callee hung up' } }],
        },
        BLOCKED: {
          target: 'ended',
          actions: ['endBoth', { type: 'release', params: { reason: 'blocked' } }],
        },
        SESSION_ENDED: {
          target: 'ended',
          actions: ['endBoth', { type: 'release', params: { reason: 'session ended' } }],
        },
      },
    },
    ended: { type: 'final' },
  },
});
