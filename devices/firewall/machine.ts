/**
 * The firewall as a box with a switch. It filters from the moment it has power, before anything behind it listens (para-20), and a
 * firewall that is stopped lets nothing through: it fails closed.
 */
import { setup } from 'xstate';

/** Filtering or stopped; a stopped one passes nothing, either way. */
export const firewallMachine = setup({
  types: { events: {} as { type: 'STOP' } | { type: 'START' } },
}).createMachine({
  id: 'firewall',
  initial: 'filtering',
  states: {
    filtering: { on: { STOP: 'stopped' } },
    stopped: { on: { START: 'filtering' } },
  },
});
