/**
 * The key management system's statechart. It has no event that comes from a network, because it has no network: whatever
 * reaches it was typed or inserted by a hand. What its screen shows and what lies in its drive are states, since each is
 * how a secret can leave the room.
 */
import { setup } from 'xstate';

/** What the operator does that shows on the screen or at the drive. */
export type CmsEvent =
  | { type: 'SHOW_QR' }
  | { type: 'HIDE_QR' }
  | { type: 'DISC_INSERTED' }
  | { type: 'DISC_BURNT' }
  | { type: 'DISC_EJECTED' };

/** Screen and drive, side by side: the only two states that the operator can see from the chair. */
export const cmsMachine = setup({
  types: { events: {} as CmsEvent },
}).createMachine({
  id: 'cms',
  type: 'parallel',
  states: {
    screen: {
      initial: 'userList',
      states: {
        userList: { on: { SHOW_QR: 'showingQr' } },
        showingQr: { on: { SHOW_QR: 'showingQr', HIDE_QR: 'userList' } },
      },
    },
    drive: {
      initial: 'empty',
      states: {
        empty: { on: { DISC_INSERTED: 'discInserted' } },
        discInserted: { on: { DISC_BURNT: 'discBurnt', DISC_EJECTED: 'empty' } },
        discBurnt: { on: { DISC_EJECTED: 'empty' } },
      },
    },
  },
});
