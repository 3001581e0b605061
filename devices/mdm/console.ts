/** The administrator's console of the mobile device management server. */
import type { Trace } from '../../sim/trace.ts';
import { command, Console, nameOf, positional } from '../console/index.ts';
import type { Mdm } from './mdm.ts';
import { mdmError } from './wipe-message.ts';

/** What its administrator can type. A phone that it does not manage is refused with MDM_UNKNOWN_PHONE. */
export function mdmConsole(mdm: Mdm, trace: Trace): Console {
  const phone = nameOf(
    'a phone that the MDM manages',
    () => mdm.phones,
    (word) => {
      if (mdm.phones.includes(word)) return word;
      throw mdmError('MDM_UNKNOWN_PHONE', `${word} is not managed here`);
    },
  );
  return new Console({
    owner: mdm.name,
    title: 'Mobile device management',
    trace,
    screen: () => mdm.screen(),
    commands: [
      command({
        name: 'wipe',
        summary: 'Order a phone to wipe itself, until it says that it has',
        parameters: { phone: positional(phone, 'the phone') },
        examples: ['wipe alice-phone'],
        run: ({ phone: which }) =>
          `Order ${mdm.order(which)} is on its way to ${which}. It holds only once acknowledged.`,
      }),
      command({
        name: 'phones',
        summary: 'List the phones it manages',
        parameters: {},
        disturbs: false,
        run: () => mdm.phones,
      }),
      command({
        name: 'orders',
        summary: 'List the wipe orders and their state',
        parameters: {},
        disturbs: false,
        run: () => mdm.screen(),
      }),
    ],
  });
}
