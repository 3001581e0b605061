/**
 * One wipe order. It is sent again and again until the phone acknowledges it: an order that was not acknowledged contains
 * nothing (clause para-30).
 */
import { setup } from 'xstate';

/** How an order is sent, and how long to wait for the phone before it is sent again. */
export interface WipeOrderInput {
  /** Milliseconds between attempts. */
  readonly retryMs: number;
  send(): void;
}

/** Sent, waiting, sent again, and acknowledged at last or never. */
export const wipeOrderMachine = setup({
  types: {
    context: {} as WipeOrderInput,
    input: {} as WipeOrderInput,
    events: {} as { type: 'ACKNOWLEDGED' },
  },
  delays: { retry: ({ context }) => context.retryMs },
  actions: { send: ({ context }) => context.send() },
}).createMachine({
  id: 'wipeOrder',
  context: ({ input }) => input,
  initial: 'ordered',
  states: {
    ordered: {
      entry: 'send',
      after: { retry: { target: 'ordered', reenter: true } },
      on: { ACKNOWLEDGED: 'acknowledged' },
    },
    acknowledged: { type: 'final' },
  },
});
