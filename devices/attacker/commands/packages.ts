/** Lines about key packages: fetched, opened, and served to a phone (paras 25, 31 and 32). */
import { command, flag, positional, type Command } from '../../console/index.ts';
import { FetchPackage, UnwrapPackage } from '../attacks/packages.ts';
import { ServePackage } from '../attacks/serve-package.ts';
import { PERIOD, type Desk } from './desk.ts';

const MONTH = positional(PERIOD, 'of which month');

/** `fetch-package`: takes a PSK. */
export const fetchPackage = ({ stage, ports, random, user, host, begin }: Desk): Command =>
  command({
    name: 'fetch-package',
    summary: "Fetch a user's key package from the CRS",
    parameters: { user: positional(user, 'whose'), month: MONTH },
    examples: ['fetch-package alice 2015-11'],
    run: (values) => begin(new FetchPackage(stage, { ...values, ports, random, host })),
  });

/** `unwrap-package`: takes an update key. */
export const unwrapPackage = ({ stage, user, begin }: Desk): Command =>
  command({
    name: 'unwrap-package',
    summary: 'Open a key package with the update keys at hand',
    parameters: {
      user: positional(user, 'whose'),
      month: MONTH,
      given: flag('the package on the CRS is handed over'),
    },
    examples: ['unwrap-package alice 2015-11 --given'],
    disturbs: false,
    run: (values) => begin(new UnwrapPackage(stage, values.user, values.month, values.given)),
  });

/** `serve-package`: takes the CRS, and what is in the user's phone. */
export const servePackage = ({ stage, random, user, host, holder, beginOnCrs }: Desk): Command =>
  command({
    name: 'serve-package',
    summary: "Answer a phone's request for a key package with one of another month",
    parameters: { user: positional(user, 'whose phone'), month: MONTH },
    examples: ['serve-package alice 2015-10'],
    run: (values) =>
      beginOnCrs(() => ({
        attack: new ServePackage(stage, { ...values, random, host, holder }),
        users: [values.user],
      })),
  });
