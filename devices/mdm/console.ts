/** The administrator's console of the mobile device management server. */
import type { Trace } from '../../sim/trace.ts';
import {
  choice,
  command,
  Console,
  flag,
  nameOf,
  positional,
  TEXT,
  type Command,
  type Kind,
} from '../console/index.ts';
import type { Mdm } from './mdm.ts';
import { mdmError } from './mdm-message.ts';

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
      ...inventoryCommands(mdm, phone),
      ...versionCommands(mdm),
      command({
        name: 'phones',
        summary: 'List the phones it manages',
        parameters: {},
        disturbs: false,
        run: () => mdm.phones,
      }),
      command({
        name: 'orders',
        summary: 'List the orders and their state',
        parameters: {},
        disturbs: false,
        run: () => mdm.screen(),
      }),
    ],
  });
}

/** What may be ordered of a phone, with the values of each setting. */
const POLICIES = { store: ['open', 'closed'], updates: ['free', 'held'] } as const;

function inventoryCommands(mdm: Mdm, phone: Kind<string>): readonly Command[] {
  return [
    command({
      name: 'inventory',
      summary: 'Ask a phone what it runs, until it says so',
      parameters: { phone: positional(phone, 'the phone') },
      examples: ['inventory alice-phone'],
      run: ({ phone: which }) => `Order ${mdm.takeInventory(which)} is on its way to ${which}.`,
    }),
    command({
      name: 'policy',
      summary:
        'Have a phone keep to a policy: a closed store takes no further application, held updates none of the platform',
      parameters: {
        phone: positional(phone, 'the phone'),
        setting: positional(choice('store', 'updates'), 'store or updates'),
        value: positional(choice('open', 'closed', 'free', 'held'), 'open or closed, free or held'),
      },
      examples: ['policy alice-phone store closed', 'policy bob-phone updates held'],
      run: ({ phone: which, setting, value }) => {
        const values: readonly string[] = POLICIES[setting];
        if (!values.includes(value))
          throw mdmError('MDM_POLICY', `${setting} is ${values.join(' or ')}, and not ${value}`);
        return `Order ${mdm.setPolicy(which, setting, value)} is on its way to ${which}.`;
      },
    }),
    command({
      name: 'allow-app',
      summary: 'Let another VoIP application be on a phone: inventories name it no more',
      parameters: { phone: positional(phone, 'the phone'), app: positional(TEXT, 'the application') },
      examples: ['allow-app alice-phone chatter'],
      run: ({ phone: which, app }) => {
        mdm.allowApp(which, app);
        return `${app} is let be on ${which}.`;
      },
    }),
  ];
}

function versionCommands(mdm: Mdm): readonly Command[] {
  const platform = positional(choice('android', 'ios'), 'android or ios');
  const version = positional(TEXT, 'its version');
  return [
    command({
      name: 'release',
      summary: 'Enter a version of a platform that came out',
      parameters: { platform, version, validated: flag('its module is validated by then') },
      examples: ['release ios 9.0', 'release ios 8.4 --validated'],
      run: ({ platform: which, version: number, validated }) => {
        mdm.release(which, number, validated);
        return `${which} ${number} is out.`;
      },
    }),
    command({
      name: 'validated',
      summary: 'Enter that the module of a version is validated now',
      parameters: { platform, version },
      examples: ['validated ios 9.0'],
      run: ({ platform: which, version: number }) => {
        mdm.validate(which, number);
        return `${which} ${number} is validated.`;
      },
    }),
    command({
      name: 'allow-version',
      summary: 'Enter the record of a decision by which a version may be run',
      parameters: { platform, version, decision: positional(TEXT, 'the record') },
      examples: ['allow-version ios 9.0 decision-1'],
      run: ({ platform: which, version: number, decision }) => {
        mdm.allowVersion(which, number, decision);
        return `${which} ${number} may be run, by ${decision}.`;
      },
    }),
    command({
      name: 'versions',
      summary: 'List the releases that it knows of',
      parameters: {},
      disturbs: false,
      run: () => mdm.versions,
    }),
  ];
}
