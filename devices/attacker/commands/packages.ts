/** Lines about key packages: fetched, opened, and served to a phone (paras 25, 31 and 32). */
import { choice, command, flag, option, positional, type Command } from '../../console/index.ts';
import { FetchInSession } from '../attacks/fetch-in-session.ts';
import { FetchPackage, UnwrapPackage, type PackageSource } from '../attacks/packages.ts';
import { ServeOnPath } from '../attacks/serve-on-path.ts';
import { ServePackage } from '../attacks/serve-package.ts';
import { PERIOD, type Desk } from './desk.ts';

/** The parameter of every command about one month. */
export const MONTH = positional(PERIOD, 'of which month');

/** `fetch-package`: takes a PSK. */
export const fetchPackage = ({ stage, ports, random, user, host, holder, begin }: Desk): Command =>
  command({
    name: 'fetch-package',
    summary: "Fetch a user's key package from the CRS",
    parameters: {
      user: positional(user, 'whose'),
      month: MONTH,
      'in-session': flag("in the session that the attacker's own phone has open"),
    },
    examples: ['fetch-package alice 2015-11', 'fetch-package alice 2015-11 --in-session'],
    run: ({ 'in-session': inSession, ...values }) => {
      const options = { ...values, ports, random, host, holder };
      return begin(inSession ? new FetchInSession(stage, options) : new FetchPackage(stage, options));
    },
  });

/** `unwrap-package`: takes an update key. */
export const unwrapPackage = ({ stage, user, begin, beginOnCrs }: Desk): Command =>
  command({
    name: 'unwrap-package',
    summary: 'Open a key package with the update keys at hand',
    parameters: {
      user: positional(user, 'whose'),
      month: MONTH,
      given: flag('the package on the CRS is handed over'),
      with: option(choice('crs'), 'who helps: the CRS gives the package that it holds'),
    },
    examples: ['unwrap-package alice 2015-11 --given', 'unwrap-package alice 2015-11 --with crs'],
    disturbs: false,
    run: ({ user: whose, month, given, with: helper }) => {
      const unwrapping = (from: PackageSource): UnwrapPackage => new UnwrapPackage(stage, whose, month, from);
      if (helper === undefined) return begin(unwrapping(given ? 'given' : 'held'));
      return beginOnCrs(() => ({ attack: unwrapping('crs'), users: [whose] }));
    },
  });

/** `serve-package`: takes the CRS, and what is in the user's phone. */
export const servePackage = ({ stage, random, taps, user, host, holder, begin, beginOnCrs }: Desk): Command =>
  command({
    name: 'serve-package',
    summary: "Answer a phone's request for a key package with one of another month",
    parameters: {
      user: positional(user, 'whose phone'),
      month: MONTH,
      kept: flag('a genuine one that came to hand, as it is'),
      via: option(choice('on-path'), 'made of master secrets, and served by playing the CRS to the phone'),
    },
    examples: [
      'serve-package alice 2015-10',
      'serve-package alice 2015-10 --kept',
      'serve-package alice 2015-11 --via on-path',
    ],
    run: ({ via, ...values }) => {
      if (via !== undefined) return begin(new ServeOnPath(stage, { ...values, random, host, taps }));
      return beginOnCrs(() => ({
        attack: new ServePackage(stage, { ...values, random, host, holder }),
        users: [values.user],
      }));
    },
  });
