/** Worlds with sites and a firewall: who reaches the CRS from where, what roaming does to a phone, and a CMS that stays alone. */
import test, { type ExecutionContext } from 'ava';
import { MINUTE, SECOND } from '../../sim/clock.ts';
import { codeOf } from '../../devices/testbed.fixture.ts';
import { toHex } from '../../sim/octets.ts';
import type { TraceEvent, TraceType } from '../../sim/trace.ts';
import { ONLY_VARIANT, resolveVariant } from '../language/index.ts';
import { screenplayOf, worldOf, type HallOptions } from './hall.fixture.ts';
import { linksOf } from './link-settings.ts';
import type { World } from './world.ts';
import { handsetKind } from '../../devices/handset/kind.ts';

const TOPOLOGY = `  topology:
    firewall: standard
    sites:
      cell-12: { kind: cell }
      visited-fr: { kind: visited, delayMs: 150 }
      vpn: { kind: vpn }
`;

const withTopology = (options: HallOptions = {}, topology = TOPOLOGY): World =>
  worldOf({ ...options, world: topology });

function events<Type extends TraceType>(world: World, type: Type): readonly TraceEvent<Type>[] {
  return world.trace.events.filter((event): event is TraceEvent<Type> & typeof event => event.type === type);
}

function pass(world: World, seconds: number): void {
  world.runUntil(world.now + seconds * SECOND);
}

function callsBob(t: ExecutionContext, world: World): void {
  const before = events(world, 'handset.call-secure').length;
  world.type('alice', 'alice-phone', 'call bob --for 5s');
  pass(world, 30);
  t.is(events(world, 'handset.call-secure').length, before + 2);
}

test('a world without a topology has the star it always had', (t) => {
  const world = worldOf();
  t.deepEqual(
    world.fabric.links.map(({ name, ends }) => `${name}: ${ends.join(' ')}`),
    ['alice', 'bob', 'carol'].flatMap((user) => [
      `${user}-crs: ${user}-phone crs`,
      `${user}-phone-mdm: ${user}-phone mdm`,
    ]),
  );
});

test('phones register and call through the firewall, and their links keep their names', (t) => {
  const world = withTopology();
  t.deepEqual(world.fabric.linkNamed('alice-crs')?.ends, ['alice-phone', 'firewall']);
  t.deepEqual(world.fabric.linkNamed('alice-visited-fr')?.ends, ['alice-phone.visited-fr', 'visited-fr']);
  t.deepEqual(world.fabric.linkNamed('visited-fr-crs')?.ends, ['visited-fr', 'firewall']);
  callsBob(t, world);
  t.is(events(world, 'firewall.dropped').length, 0);
});

test('a phone that roams loses its session, registers from its new address, and calls from there', (t) => {
  const world = withTopology();
  callsBob(t, world);
  for (const site of ['cell-12', 'visited-fr', 'vpn', 'home']) {
    const registered = events(world, 'handset.registered').length;
    world.type('alice', 'alice-phone', `roam ${site}`);
    // The phone tries again after twice the reconnect delay.
    pass(world, 120);
    t.is(events(world, 'handset.registered').length, registered + 1, site);
    callsBob(t, world);
    const last = events(world, 'network.secured').findLast(({ on }) => on === 'alice-phone');
    const host = site === 'home' ? 'alice-phone' : `alice-phone.${site}`;
    t.true(last?.data.local.startsWith(`${host}:`) === true, last?.data.local);
  }
  t.deepEqual(
    events(world, 'network.moved').map(({ data }) => `${data.from} ${data.to}`),
    [
      'alice-phone alice-phone.cell-12',
      'alice-phone.cell-12 alice-phone.visited-fr',
      'alice-phone.visited-fr alice-phone.vpn',
      'alice-phone.vpn alice-phone',
    ],
  );
  t.deepEqual(world.type('alice', 'alice-phone', 'roam home'), ['alice-phone is at home now: alice-phone.']);
  t.is(events(world, 'network.moved').length, 4);
});

test('a call ends when its phone roams: the old address is dead at once, and the server only finds out', (t) => {
  const world = withTopology();
  world.type('alice', 'alice-phone', 'call bob');
  pass(world, 10);
  const began = world.now;
  world.type('alice', 'alice-phone', 'roam visited-fr');
  pass(world, 60);
  const ended = events(world, 'handset.call-ended').find(({ on }) => on === 'alice-phone');
  t.is(ended?.data.reason, 'session-lost');
  t.is(ended?.t, began);
  t.deepEqual(
    events(world, 'network.stream-closed').flatMap(({ t: at, on, data }) =>
      at === began ? `${on} ${data.reason}` : [],
    ),
    ['alice-phone reset'],
  );
  // What the server still sends to the old address gets there, and nobody is there.
  t.true(
    events(world, 'network.dropped').some(
      ({ on, data }) => on === 'alice-phone' && data.reason === 'not-attached',
    ),
  );
});

test('a phone may begin at a site, and shielding it works there too', (t) => {
  const world = withTopology({}, `${TOPOLOGY}    at: { alice-phone: visited-fr }\n`);
  t.deepEqual(
    world.premises.network.linksOfPhone('alice-phone').map(({ name }) => name),
    ['alice-visited-fr', 'visited-fr-crs', 'firewall-crs'],
  );
  callsBob(t, world);
  world.type('alice', 'alice', 'shield alice-phone');
  const lost = events(world, 'crs.session-closed').length;
  world.type('bob', 'bob-phone', 'call alice');
  pass(world, 20 * 60);
  t.true(events(world, 'crs.session-closed').length > lost);
});

test('nobody roams to where there is nothing', (t) => {
  t.is(
    codeOf(() => withTopology().type('alice', 'alice-phone', 'roam nowhere')),
    'HANDSET_NO_SITE',
  );
  t.is(
    codeOf(() => worldOf().type('alice', 'alice-phone', 'roam visited-fr')),
    'HANDSET_NO_SITE',
  );
});

test('a source restriction lets phones in from the VPN, and from nowhere else', (t) => {
  const world = withTopology(
    {},
    `  topology:
    firewall: { rules: [allow tcp 5061 from vpn, allow udp 49152-65535 from vpn] }
    sites: { vpn: { kind: vpn } }
    at: { alice-phone: vpn }
`,
  );
  pass(world, 60);
  t.is(world.ofKind(handsetKind).get('alice-phone')?.service, 'registered');
  t.not(world.ofKind(handsetKind).get('bob-phone')?.service, 'registered');
  t.deepEqual(
    [
      ...new Set(
        events(world, 'firewall.dropped').map(({ data }) => `${data.source} ${data.port} ${data.rule}`),
      ),
    ],
    ['bob-phone 5061 0', 'carol-phone 5061 0'],
  );
  // The administrator lets the others in, and the next attempt succeeds.
  world.type('crs-admin', 'firewall', 'allow tcp 5061 from bob-phone');
  pass(world, 10 * 60);
  t.is(world.ofKind(handsetKind).get('bob-phone')?.service, 'registered');
  t.not(world.ofKind(handsetKind).get('carol-phone')?.service, 'registered');
});

test('a firewall that is stopped lets nothing through, and then everybody comes back', (t) => {
  const world = withTopology();
  world.type('crs-admin', 'firewall', 'stop');
  world.type('alice', 'alice-phone', 'restart');
  pass(world, 30);
  t.not(world.ofKind(handsetKind).get('alice-phone')?.service, 'registered');
  world.type('crs-admin', 'firewall', 'start');
  pass(world, 10 * 60);
  t.is(world.ofKind(handsetKind).get('alice-phone')?.service, 'registered');
});

test('an attacker on any wire between phone and CRS plays the CRS, and one beside it does not', (t) => {
  for (const [site, tap, told] of [
    ['home', 'bob-crs', 'opened'],
    ['home', 'firewall-crs', 'opened'],
    ['cell-12', 'bob-cell-12', 'opened'],
    ['cell-12', 'cell-12-crs', 'opened'],
    ['cell-12', 'bob-crs', 'not-tapped'],
    ['vpn', 'vpn-crs', 'opened'],
    ['vpn', 'alice-crs', 'not-tapped'],
  ] as const) {
    const world = withTopology({ devices: [`wolf: { kind: attacker, taps: [${tap}] }`] });
    // Somebody else is on that wire, with keys that are not held.
    world.type('alice', 'alice-phone', `roam ${site}`);
    world.type('bob', 'bob-phone', `roam ${site}`);
    pass(world, 120);
    world.type('wolf', 'wolf', 'seize bob-phone --leave-it');
    world.type('wolf', 'wolf', 'impersonate-crs bob-phone bob');
    pass(world, 3 * 60);
    const ended = events(world, 'attack.ended').at(-1)?.data;
    const label = `${site}, ${tap}: ${ended?.because ?? ''}`;
    t.is(ended?.reason ?? ended?.outcome, told, label);
    t.deepEqual(ended?.sources, told === 'opened' ? [tap] : [], label);
  }
});

test('a cable in the CMS is seen by it, and reaches nothing', (t) => {
  const world = worldOf();
  const screen = world.console('cms').screen().length;
  const hosts = world.fabric.links.flatMap(({ ends }) => ends);
  world.type('cms-operator', 'cms-operator', 'plug-cable cms');
  world.type('cms-operator', 'cms-operator', 'plug-cable cms');
  t.deepEqual(
    events(world, 'cms.cable-plugged').map(({ data }) => data.by),
    ['cms-operator'],
  );
  t.is(world.console('cms').screen().length, screen + 1);
  t.false(hosts.includes('cms'));
  world.type('cms-operator', 'cms-operator', 'plug-cable cms --out');
  t.is(events(world, 'cms.cable-removed').length, 1);
  t.is(world.console('cms').screen().length, screen);
  t.is(
    codeOf(() => world.type('crs-admin', 'crs-admin', 'plug-cable crs')),
    'PEOPLE_NOT_POSSIBLE',
  );
});

test('the operator who does not keep the CMS offline plugs a cable in with the disc', (t) => {
  const cables = (world: World) => events(world, 'cms.cable-plugged').length;
  t.is(cables(worldOf()), 0);
  t.is(cables(worldOf({ broken: ['operator.keeps-cms-offline'] })), 1);
});

test('a scenario that attaches the CMS is refused where it says so', (t) => {
  const thrown = t.throws(() =>
    screenplayOf({ world: '  topology: { sites: { office: { kind: fixed } }, at: { cms: office } }\n' }),
  );
  t.regex(thrown?.message ?? '', /hall\.yaml:\d+:\d+: .*'cms' cannot be attached to a network/);
});

test('the same seed gives the same octets in a world with sites', (t) => {
  const digest = (): string => {
    const world = withTopology();
    world.type('alice', 'alice-phone', 'roam visited-fr');
    world.runUntil(5 * MINUTE);
    return world.trace.digest();
  };
  t.is(digest(), digest());
});

const linksInto = (site: string) =>
  linksOf(resolveVariant(screenplayOf({ world: `  topology: { sites: { vpn: ${site} } }\n` }), ONLY_VARIANT));
const linkInto = (site: string) => linksInto(site).find(({ name }) => name === 'alice-vpn');

test("a tunnel takes of the phones' packets, and of nobody else's", (t) => {
  const link = linkInto('{ kind: vpn }');
  t.is(link?.up.mtuOctets, 1420);
  t.is(link?.down.mtuOctets, 1420);
  t.is(link?.up.rate, undefined);
  const others = [...linksInto('{ kind: vpn }'), ...linksInto('{ kind: fixed }')];
  for (const { name, up, down } of others.filter(({ name: each }) => !each.endsWith('-vpn')))
    t.deepEqual([up.mtuOctets, down.mtuOctets], [undefined, undefined], name);
  t.is(linkInto('{ kind: fixed }')?.up.mtuOctets, undefined);
});

test('a tunnel over a link with a rate counts 73 octets more for each packet, unless the scenario names an overhead', (t) => {
  const rated = linkInto('{ kind: vpn, up: "rate 384kbit" }');
  t.deepEqual(rated?.up.rate, { bitsPerSecond: 384_000, overheadOctets: 73 });
  t.is(rated?.down.rate, undefined);
  t.is(linkInto('{ kind: vpn, profile: roaming-3g }')?.down.rate?.overheadOctets, 73);
  t.is(linkInto('{ kind: cell, up: "rate 384kbit" }')?.up.rate?.overheadOctets, undefined);
  const otherwise = linkInto('{ kind: vpn, netem: "mtu off rate 2mbit 0", down: "mtu 1300 rate 2mbit 50" }');
  t.deepEqual([otherwise?.up.mtuOctets, otherwise?.up.rate?.overheadOctets], [undefined, 0]);
  t.deepEqual([otherwise?.down.mtuOctets, otherwise?.down.rate?.overheadOctets], [1300, 50]);
});

test('a call through the tunnel takes as much longer as its packets are', (t) => {
  /** Segments and transit times of voice on the phone's way up, without jitter or loss. */
  const seen = (kind: string): { readonly longest: number; readonly transit: number } => {
    const world = withTopology(
      {},
      `  topology: { sites: { there: { kind: ${kind}, profile: perfect, netem: "rate 160kbit" } }, at: { alice-phone: there } }\n`,
    );
    let longest = 0;
    const sent = new Map<string, number>();
    const transits: number[] = [];
    world.fabric.linkNamed('alice-there')?.tap(({ packet: { protocol, octets }, time, toward }) => {
      if (protocol === 'tcp') longest = Math.max(longest, octets.length);
      else if (toward === 'there') sent.set(toHex(octets), time);
    });
    world.fabric.linkNamed('there-crs')?.tap(({ packet: { octets }, time }) => {
      const began = sent.get(toHex(octets));
      if (began !== undefined) transits.push(time - began);
    });
    callsBob(t, world);
    return { longest, transit: Math.min(...transits) };
  };
  const [plain, tunnel] = [seen('fixed'), seen('vpn')];
  t.true(plain.longest > 1380);
  t.is(tunnel.longest, 1380);
  // 73 octets at 160 kbit/s.
  t.is(tunnel.transit - plain.transit, 3650);
});
