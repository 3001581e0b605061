/** The last look finds a secret that is where nobody has it, in each kind of place, and says when it came there. */
import test from 'ava';
import type { RuleName } from '../../devices/rules.ts';
import { isCustody } from '../../sim/custody.ts';
import type { AnyTraceEvent, TraceEvents } from '../../sim/trace.ts';
import type { Secret } from '../../sim/secret.ts';
import { ONLY_VARIANT, resolveVariant } from '../language/index.ts';
import { hallOptionsOf, performanceOf, screenplayOf } from '../world/hall.fixture.ts';
import { placesOf, type PlaceKind, type Places, type ScannedPlace } from '../world/scan/places.ts';
import { searched } from './last-look.ts';
import { Performance } from './performance.ts';
import { outcomeOf } from './run.ts';

const STEPS = [
  'at: "08:01", by: cms-operator, on: cms, type: "print-qr +447700900001 --marking OFFICIAL --reason away"',
  'at: "08:02", by: cms-operator, type: "take-blank next-disc"',
  'at: "08:03", by: cms-operator, type: "insert next-disc cms"',
  'at: "08:04", by: cms-operator, on: cms, type: "burn-disc --month 2015-11"',
  'at: "08:05", by: mdm-admin, on: mdm, type: "wipe alice-phone"',
];

function performed(broken: readonly RuleName[] = [], parameters = ''): Performance {
  const yaml = `parameters: { ${parameters} }\nsteps:\n${STEPS.map((step) => `  - { ${step} }\n`).join('')}expect:\n  - { id: begun, see: trace.began, times: 1 }\n`;
  const performance = performanceOf({ yaml, ends: '08:30', broken });
  performance.finish();
  return performance;
}

type LookEvent = 'audit.scanned' | 'audit.not-scanned' | 'audit.stray';

function toldBy<Type extends LookEvent>({ world }: Performance, type: Type): readonly TraceEvents[Type][] {
  return world.trace.events.flatMap((event) =>
    event.type === type ? [event.data as TraceEvents[Type]] : [],
  );
}

const clean = performed();

/** The places of a world as it was at the end. */
function placesAtEnd({ world }: Performance): Places {
  const again = world.fork();
  let places: Places | undefined;
  again.end((devices) => {
    places = placesOf(again, devices);
    return [];
  });
  return places ?? { places: [], unread: [] };
}

const { places, unread } = placesAtEnd(clean);
const { events } = clean.world.trace;

function secretOf(kind: Secret['kind'], owner: string): Secret {
  const found = events.flatMap((event) => (isCustody(event) ? event.data.secrets : []));
  const secret = found.find((each) => each.kind === kind && each.owner.startsWith(owner));
  if (secret === undefined) throw new Error(`nobody has made ${kind} of ${owner}`);
  return secret;
}

test('where all is where it belongs, much was looked at and no stray found', (t) => {
  const [told, ...more] = toldBy(clean, 'audit.scanned');
  t.deepEqual(more, []);
  t.deepEqual(toldBy(clean, 'audit.stray'), []);
  t.deepEqual(toldBy(clean, 'audit.not-scanned'), []);
  t.is(told?.strays, 0);
  // Each phone has its keys, the server its users' PSKs, the CMS all of them with its master secrets.
  t.true((told?.explained ?? 0) >= 40);
  t.true((told?.secrets ?? 0) >= 20);
  t.true((told?.octets ?? 0) > 50_000);
  t.is(told?.places, places.length);
  t.deepEqual(unread, []);
});

test('master secrets are found on the disk of their CMS, and a PSK on the server', (t) => {
  for (const [holder, secret] of [
    ['cms', secretOf('KSAK', 'cms')],
    ['cms', secretOf('z_T', 'cms')],
    ['crs', secretOf('PSK', '+447700900002')],
    ['bob-phone', secretOf('RSK', '+447700900002')],
  ] as const) {
    const own = places.filter((place) => place.holder === holder);
    t.true(searched(own, events).explained > 0, holder);
    const nobodys = own.map((place) => ({ ...place, holder: null }));
    t.true(
      searched(nobodys, events).strays.some(({ label }) => label === secret.label),
      `${secret.label} on ${holder}`,
    );
  }
});

const KINDS: readonly PlaceKind[] = ['trace', 'medium', 'record', 'disc', 'log', 'code'];

test('a secret that is planted in a place of any kind is found there', (t) => {
  const secret = secretOf('KSAK', 'cms');
  for (const kind of KINDS) {
    const place = places.find((each) => each.kind === kind && each.holder !== 'cms');
    if (place === undefined) {
      t.fail(`there is no ${kind}`);
      continue;
    }
    for (const written of [
      Buffer.from(secret.reveal()),
      Buffer.from(Buffer.from(secret.reveal()).toString('hex')),
    ]) {
      const planted: ScannedPlace = { ...place, octets: Buffer.concat([place.octets, written]) };
      const { strays } = searched(
        places.map((each) => (each === place ? planted : each)),
        events,
      );
      t.deepEqual(
        strays.map(({ place: { name }, label }) => [name, label]),
        [[place.name, secret.label]],
        kind,
      );
    }
  }
});

for (const kind of ['recording', 'file', 'remnant'] as const)
  test(`nobody may have a secret in a ${kind}, and on a medium only what it had`, (t) => {
    const secret = secretOf('RSK', '+447700900003');
    const holder = kind === 'remnant' ? 'alice-phone' : null;
    const found = searched([{ kind, name: 'there', holder, octets: secret.reveal() }], events);
    t.deepEqual(
      found.strays.map(({ label }) => label),
      [secret.label],
    );
  });

test('what a phone was wiped of is a remnant no more', (t) => {
  const secret = secretOf('RSK', '+447700900001');
  const there = (event: AnyTraceEvent): boolean => event.type === 'handset.wiped';
  const place: ScannedPlace = {
    kind: 'medium',
    name: 'alice-phone',
    holder: 'alice-phone',
    octets: secret.reveal(),
  };
  t.is(searched([place], events).strays.length, 1);
  const before = events.slice(0, events.findIndex(there));
  t.is(searched([place], before).strays.length, 0);
});

test('a device that has keys, and in whose storage none is found, was not looked at', (t) => {
  const empty = places.filter(({ holder }) => holder !== 'bob-phone');
  const blank: ScannedPlace = {
    kind: 'medium',
    name: 'bob-phone',
    holder: 'bob-phone',
    octets: new Uint8Array(9),
  };
  t.deepEqual(searched(places, events).blind, []);
  t.deepEqual(searched([...empty, blank], events).blind, ['bob-phone']);
});

test('a server that writes a key into its log is caught, with the event that wrote it first', (t) => {
  const performance = performed(['crs.logs-no-keys']);
  const strays = toldBy(performance, 'audit.stray');
  t.true(strays.length > 0);
  for (const { place, secret, encoding, event } of strays) {
    t.is(place, 'log of crs');
    t.regex(secret, /^PSK\(/);
    t.is(encoding, 'hexadecimal');
    t.is(performance.world.trace.events[(event ?? 0) - 1]?.type, 'crs.registered');
  }
  t.is(toldBy(performance, 'audit.scanned')[0]?.strays, strays.length);
});

test('a phone that a wipe leaves as it was is caught', (t) => {
  const performance = performed(['handset.wipe-erases']);
  const strays = toldBy(performance, 'audit.stray');
  t.true(strays.some(({ place, secret }) => place === 'remnant on alice-phone' && secret.startsWith('RSK(')));
  for (const { event } of strays.slice(0, 1))
    t.is(performance.world.trace.events[(event ?? 0) - 1]?.type, 'handset.wiped');
});

test('a report with a secret is not handed out', (t) => {
  const secret = Buffer.from(secretOf('KSAK', 'cms').reveal()).toString('hex');
  const screenplay = (title: string) =>
    screenplayOf({ yaml: `expect:\n  - { id: begun, see: trace.began, times: 1, title: "${title}" }\n` });
  const made = (title: string) => {
    const options = { ...hallOptionsOf(), screenplay: resolveVariant(screenplay(title), ONLY_VARIANT) };
    const performance = new Performance(options);
    performance.finish();
    const basis = {
      seed: '1',
      keySeed: '1',

      parameters: {},
      screenplay: screenplay(title),
    };
    return outcomeOf(basis, performance);
  };
  t.true(JSON.stringify(made('it begins').result).includes('it begins'));
  const error = t.throws(() => made(`key ${secret}`), { any: true });
  t.regex(String(error), /no report shows a secret: KSAK\(cms\)/);
});
