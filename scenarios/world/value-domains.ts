/**
 * What the fields of events can be, where that is a closed set in a scenario: its users and devices, months, codes, the words of an
 * enumeration. A field stands for all events that have it, unless `type.field` says otherwise; one that is not here can be anything.
 */
import { ATTACK_CODES } from '../../devices/attacker/index.ts';
import { CMS_CODES } from '../../devices/cms/index.ts';
import { CONSOLE_CODES } from '../../devices/console/index.ts';
import { CRS_CODES } from '../../devices/crs/index.ts';
import { FIREWALL_CODES } from '../../devices/firewall/index.ts';
import { HANDSET_CODES } from '../../devices/handset/index.ts';
import { HARDWARE_CODES, TREATMENTS } from '../../devices/hardware/index.ts';
import { MDM_CODES } from '../../devices/mdm/index.ts';
import { MEDIA_CODES } from '../../devices/media/index.ts';
import { MIKEY_CODES, MIKEY_CRYPTO_CODES } from '../../network/mikey/index.ts';
import { NETWORK_CODES } from '../../network/simulated/index.ts';
import type { ValueDomain } from '../language/index.ts';
import { WORLD_CODES } from './errors.ts';
import { INVARIANTS } from './invariants/index.ts';
import { NOTICE_KINDS } from './notices/kinds.ts';
import { SIGN_KINDS } from './notices/signs.ts';
import { PEOPLE_CODES } from './people/errors.ts';
import { PROCEDURES } from './procedures/place.ts';
import { ASSET_FINDINGS } from './things/register-book.ts';

/** Codes that a console, a phone or a reader of messages may refuse with: what a field `code` can be. */
export const REFUSAL_CODES: readonly string[] = [
  ...[ATTACK_CODES, CMS_CODES, CONSOLE_CODES, CRS_CODES, FIREWALL_CODES, HANDSET_CODES, HARDWARE_CODES],
  ...[MDM_CODES, MEDIA_CODES, MIKEY_CODES, MIKEY_CRYPTO_CODES, NETWORK_CODES, PEOPLE_CODES, WORLD_CODES],
].flatMap((table) => Object.keys(table));

const INVARIANT_IDS: readonly string[] = INVARIANTS.map(({ id }) => id);

/** Where events happen that is neither a device nor a person. */
export const PLACES: readonly string[] = [
  'world',
  'examiner',
  'alarms',
  'platform-days',
  PROCEDURES,
  ...INVARIANT_IDS,
];

/** The same domain for several fields. */
const all = (domain: ValueDomain, ...fields: readonly string[]): Readonly<Record<string, ValueDomain>> =>
  Object.fromEntries(fields.map((field) => [field, domain]));

/** The two ends of events of these types are users. */
const between = (...types: readonly string[]): Readonly<Record<string, ValueDomain>> =>
  all('user', ...types.flatMap((type) => [`${type}.from`, `${type}.to`]));

/** By field, or by type and field. */
export const VALUE_DOMAINS: Readonly<Record<string, ValueDomain>> = {
  ...all('user', 'user', 'peer'),
  ...all('person', 'asset.certified.witness'),
  ...all('person', 'by', 'person.told.to', 'person.carried.to', 'person.took.from', 'person.rang.answered'),
  ...all(
    'person',
    'notice.sent.to',
    'notice.received.from',
    'notice.asked-back.from',
    'notice.wrong-route.from',
  ),
  ...all('device', 'device', 'phone'),
  ...all('number', 'number', 'toNumber'),
  ...all('month', 'period', 'current'),
  ...all('account', 'account'),
  ...all('thing', 'disc', 'thing', 'paper', 'envelope', 'disk'),
  ...all('code', 'code'),
  ...all(
    'flag',
    'updateKeyChanged',
    'pskChanged',
    'kmsChanged',
    'mismatch',
    'rekeys',
    'present',
    'again',
    'logChecked',
    'shielded',
    'plugged',
    'erased',
    'valid',
    'used',
    'intact',
    'allowed',
    'declared',
  ),
  ...all('count', 'audit.discs.burnt', 'audit.discs.loaded', 'audit.discs.destroyed', 'unaccounted'),
  ...all('count', 'count', 'beyond', 'entries', 'unexpected', 'octets', 'packets', 'direct', 'hits'),
  ...all('count', 'places', 'explained', 'remnants', 'strays'),
  ...all('count', 'sets', 'superseded', 'withoutLine', 'withoutSet', 'withoutRequest'),
  ...all('count', 'notAllowed', 'withoutCertificate', 'unlisted'),
  ...all('count', 'prints', 'open', 'otherMarking', 'withoutReason'),
  ...all(
    'count',
    'directions',
    'distinct',
    'readable',
    'usable',
    'raw',
    'insertions',
    'seconds',
    'sent',
    'received',
  ),
  ...all(
    'count',
    'lost',
    'tampered',
    'replayed',
    'outOfStep',
    'malformed',
    'discarded',
    'dataType',
    'sakkeParams',
  ),
  ...all(
    'count',
    'status',
    'relayed',
    'strays',
    'setupMs',
    'leadHours',
    'sessionsEnded',
    'records',
    'attempt',
  ),
  ...all(
    'count',
    'missingPercent',
    'burstRatio',
    'jitterMs',
    'roundTripMs',
    'delayMs',
    'mos',
    'r',
    'audioSeconds',
  ),
  ...between('crs.call-routed', 'crs.call-refused', 'crs.call-connected', 'crs.call-ended'),
  ...between('handset.call-placed', 'handset.ringing', 'handset.call-connected', 'handset.call-secure'),
  ...between('handset.call-refused', 'handset.call-ended', 'handset.call-quality'),
  ...between('mikey.sent', 'mikey.accepted'),
  'audit.discs.month': 'month',
  'sign.raised.kind': SIGN_KINDS,
  ...all(
    NOTICE_KINDS,
    'notice.written.kind',
    'notice.sent.kind',
    'notice.received.kind',
    'notice.asked-back.kind',
  ),
  ...all(NOTICE_KINDS, 'notice.wrong-route.kind', 'notice.filed.kind'),
  ...all(
    'count',
    'signs',
    'answered',
    'unanswered',
    'incidents',
    'undecided',
    'exposures',
    'missed',
    'unseen',
    'falseAlarms',
  ),
  'audit.remnants.after': ['wipe', 'removal', 'key update'],
  ...all(['paper', 'optical', 'magnetic', 'ssd', 'flash'], 'medium'),
  ...all([...TREATMENTS, 'strip-cut', 'cross-cut'], 'person.sanitised.method', 'audit.medium.method'),
  'asset.finding.finding': ASSET_FINDINGS,
  'handset.wiped.method': ['key-erase', 'delete'],
  invariant: INVARIANT_IDS,
  'invariant.watched.kind': ['z_T', 'KSAK', 'RSK', 'SSK', 'update key'],
  'procedure.step-done.late': 'flag',
  'procedure.step-failed.reason': ['late', 'refused', 'needs'],
  'handset.keys-installed.source': ['QR code', 'package'],
  'srtp.keyed.direction': ['send', 'receive'],
  'crs.registration-ended.reason': ['not renewed', 'asked for'],
  'attack.began.arm': ['attempt', 'positive', 'negative'],
  'attack.ended.arm': ['attempt', 'positive', 'negative'],
  ...all(['opened', 'refused', 'inconclusive'], 'outcome', 'positiveControl', 'negativeControl'),
  'probe.result.predict': ['opened', 'refused'],
};
