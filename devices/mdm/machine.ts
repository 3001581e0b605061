/**
 * One order to a phone: to wipe itself, to say what it runs, or to keep to a policy. It is sent again and again until the phone answers: an
 * order that was not answered contains nothing (clause para-30), and an inventory that was not answered has seen nothing.
 */
import { setup } from 'xstate';

/** How an order is sent, and how long to wait for the phone before it is sent again. */
export interface OrderInput {
  /** Milliseconds between attempts. */
  readonly retryMs: number;
  send(): void;
}

/** Sent, waiting, sent again, and acknowledged at last or never. */
export const orderMachine = setup({
  types: {
    context: {} as OrderInput,
    input: {} as OrderInput,
    events: {} as { type: 'ACKNOWLEDGED' },
  },
  delays: { retry: ({ context }) => context.retryMs },
  actions: { send: ({ context }) => context.send() },
}).createMachine({
  id: 'order',
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
