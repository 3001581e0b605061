/** Mistakes that are made in deployment files, each as an edit of the example. A ¤ marks where the problem must be reported. */
import { meaning, structural, type Mistake } from '../language/mistakes/mistake.fixture.ts';

const WAIVER = '  - part: para-17-b2.c1/hardware\n';
const REASON = '    reason: "the second hardware firewall is delivered in spring"\n';
const EXPIRES = '    expires: 2016-04-01\n';

/** All of them, in the order of the file. */
export const DEPLOYMENT_MISTAKES: readonly Mistake[] = [
  structural('SCENARIO_MISSING_KEY', 'valid-on: 2015-12-01', '', "Add 'valid-on'."),
  structural('SCENARIO_UNKNOWN_KEY', 'countries:\n', '¤contries:\n', "Did you mean 'countries'?"),
  structural('SCENARIO_UNKNOWN_KEY', 'classification: {', 'classification: { ¤cieling: SECRET,', 'no key'),
  meaning('SCENARIO_VALUE', 'valid-on: 2015-12-01', 'valid-on: ¤2015-02-30', 'which is no day'),
  structural('SCENARIO_VALUE', 'valid-on: 2015-12-01', 'valid-on: ¤December', 'Write year, month and day'),
  structural('SCENARIO_TYPE', 'title: An example organisation', 'title: ¤[a, b]'),
  structural(
    'SCENARIO_UNKNOWN_PARAMETER',
    'skew-limit: 10m',
    '¤skew-limt: 10m',
    "Did you mean 'skew-limit'?",
  ),
  meaning('SCENARIO_VALUE', 'skew-limit: 10m', 'skew-limit: ¤9d', 'Write 1s to 7d.'),
  structural('SCENARIO_VALUE', 'psk-rotation: monthly', 'psk-rotation: ¤weekly', 'Write one of'),
  structural(
    'SCENARIO_UNKNOWN_TARGET',
    '  first-action: 1h',
    '  ¤firt-action: 1h',
    "Did you mean 'first-action'?",
  ),
  structural('SCENARIO_DURATION', 'unwiped: 2d', 'unwiped: ¤60', 'Write a unit'),
  meaning('SCENARIO_DUPLICATE_KEY', 'unwiped: 2d', 'unwiped: 2d\n  ¤unwiped: 2h', 'twice'),
  structural('SCENARIO_VALUE', 'chain-months: 1\n', 'chain-months: ¤-1\n', 'from 0 to 1200'),
  structural('SCENARIO_VALUE', 'tls-versions: ["1.2"]', 'tls-versions: ¤[]', 'Name at least one.'),
  structural('SCENARIO_QUOTE', 'tls-versions: ["1.2"]', 'tls-versions: [¤1.2]', 'Quote it'),
  structural('SCENARIO_VALUE', 'loss: 3,', 'loss: ¤103,', 'from 0 to 100'),
  structural(
    'SCENARIO_VALUE',
    '{ set-up: 10s, jitter: 60ms, loss: 3, completed: 95 }',
    '¤{}',
    'bounds nothing',
  ),
  structural('SCENARIO_UNKNOWN_KEY', '  k: { title: "IS5"', '  ¤l: { title: "IS5"', 'no key'),
  structural('SCENARIO_VALUE', '"TS 500", status: not-obtainable', '"TS 500", status: ¤lost', 'Write one of'),
  meaning(
    'SCENARIO_MISSING_KEY',
    'c: { title: "End User Device guidance, iOS", status: public }',
    'c: ¤{ title: "x", status: held, kept: "here" }',
    "Add 'issue'.",
  ),
  meaning(
    'SCENARIO_MISSING_KEY',
    '{ title: "TS 500", status: not-obtainable, assumption: "the choices under declared.ts-500" }',
    '¤{ title: "TS 500", status: not-obtainable }',
    "Add 'assumption'.",
  ),
  meaning(
    'SCENARIO_KEY_CONFLICT',
    'guidance, iOS", status: public }',
    'guidance, iOS", status: public, ¤issue: "1" }',
    "has no 'issue'",
  ),
  structural(
    'SCENARIO_MISSING_KEY',
    'certificate: { number: "2013-000", ',
    'certificate: ¤{ ',
    "Add 'number'.",
  ),
  structural(
    'SCENARIO_VALUE',
    'platform: ios, version: "8.4"',
    'platform: ¤symbian, version: "8.4"',
    'Write one of',
  ),
  structural('SCENARIO_UNKNOWN_KEY', '  firewall: "two', '  ¤firewal: "two', "Did you mean 'firewall'?"),
  structural('SCENARIO_VALUE', 'people: ["A. Admin"]', 'people: ¤[]', 'Name at least one.'),
  structural('SCENARIO_NAME', '  crs-admins: {', '  ¤CRS_admins: {', undefined),
  structural('SCENARIO_MISSING_KEY', 'dso: { person: "E. Officer", ', 'dso: ¤{ ', "Add 'person'."),
  structural('SCENARIO_UNKNOWN_KEY', '  flash: [destroy]', '  ¤flahs: [destroy]', "Did you mean 'flash'?"),
  structural('SCENARIO_VALUE', 'ceiling: OFFICIAL', 'ceiling: ¤SECRETS', "Did you mean 'SECRET'?"),
  structural('SCENARIO_MISSING_KEY', `${WAIVER}    owner:`, '  - ¤owner:', "'part' or 'clause'"),
  structural('SCENARIO_UNKNOWN_PART', WAIVER, '  - part: ¤para-17-b2.c1/hardwear\n', 'Did you mean'),
  structural('SCENARIO_UNKNOWN_CLAUSE', WAIVER, '  - clause: ¤para-17-b9\n', 'Did you mean'),
  structural('SCENARIO_KEY_CONFLICT', WAIVER, `${WAIVER}    ¤clause: para-17-b2\n`, 'cannot stand together'),
  structural('SCENARIO_MISSING_KEY', REASON, '', "Add 'reason'."),
  meaning('SCENARIO_VALUE', EXPIRES, '    expires: 2015-09-01\n', 'not after its date'),
  meaning(
    'SCENARIO_DUPLICATE_ID',
    EXPIRES,
    `${EXPIRES}  - ¤part: para-17-b2.c1/hardware\n    owner: "x"\n    reason: "x"\n    adviser: "x"\n    date: 2015-09-02\n${EXPIRES}`,
    'is waived in line',
  ),
];
