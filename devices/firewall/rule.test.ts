/** Rules of the firewall: one form, read strictly, and what each speaks about. */
import test from 'ava';
import * as fc from 'fast-check';
import type { Packet } from '../../network/packet.ts';
import { codeOf } from '../testbed.fixture.ts';
import { parseRule, ruleText, speaksAbout } from './rule.ts';

const packet = (protocol: 'tcp' | 'udp', host: string, port: number): Packet => ({
  protocol,
  from: { host, port: 50_000 },
  to: { host: 'crs', port },
  octets: new Uint8Array(0),
});

const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,10}$/);
const rule = fc
  .tuple(fc.integer({ min: 1, max: 65_535 }), fc.integer({ min: 1, max: 65_535 }))
  .chain(([a, b]) =>
    fc.record({
      action: fc.constantFrom('allow' as const, 'deny' as const),
      protocol: fc.constantFrom('tcp' as const, 'udp' as const, 'any' as const),
      ports: fc.constant([Math.min(a, b), Math.max(a, b)] as const),
      sources: fc.option(fc.array(name, { minLength: 1, maxLength: 4 }), { nil: undefined }),
    }),
  );

test('a rule survives being written and read', (t) => {
  fc.assert(
    fc.property(rule, (each) => {
      t.deepEqual(parseRule(ruleText(each)), each);
    }),
  );
});

test('what is not a rule is refused', (t) => {
  const mistakes = [
    '',
    'allow',
    'permit tcp 22',
    'allow sctp 22',
    'allow tcp 0',
    'allow tcp 65536',
    'allow tcp 20-10',
    'allow tcp 1-2-3',
    'allow tcp 22 from',
    'allow tcp 22 from Alice',
    'allow tcp 22 from a,,b',
    'allow tcp 22 from a.b.c',
    'allow tcp 22 to b',
    `allow tcp 22 from ${'a,'.repeat(600)}a`,
  ];
  for (const mistake of mistakes)
    t.is(
      codeOf(() => parseRule(mistake)),
      'FIREWALL_RULE',
      mistake,
    );
});

test('no text makes the parser fail in another way', (t) => {
  const words = fc.constantFrom(
    'allow',
    'deny',
    'tcp',
    'udp',
    'any',
    '22',
    '1-5',
    'from',
    'vpn',
    ',',
    '.',
    '-',
    ' ',
    '  ',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ maxLength: 60 }),
        fc.array(words).map((all) => all.join(' ')),
      ),
      (text) => {
        t.true(['answered', 'FIREWALL_RULE'].includes(codeOf(() => parseRule(text))));
      },
    ),
    { numRuns: 3000 },
  );
});

test('a rule speaks about its protocol, its ports with both ends, and its sources', (t) => {
  const speaks = (text: string, of: Packet): boolean => speaksAbout(parseRule(text), of);
  t.true(speaks('allow any', packet('udp', 'x', 1)));
  t.true(speaks('allow tcp', packet('tcp', 'x', 65_535)));
  t.false(speaks('allow tcp', packet('udp', 'x', 80)));
  for (const [port, is] of [
    [19, false],
    [20, true],
    [25, true],
    [26, false],
  ] as const)
    t.is(speaks('deny udp 20-25', packet('udp', 'x', port)), is);
  const restricted = 'allow tcp 5061 from vpn,alice-phone,bob-phone.cell-1';
  for (const [host, is] of [
    ['alice-phone', true],
    ['alice-phone.cell-1', false],
    ['carol-phone.vpn', true],
    ['vpn', true],
    ['myvpn', false],
    ['bob-phone', false],
    ['bob-phone.cell-1', true],
  ] as const)
    t.is(speaks(restricted, packet('tcp', host, 5061)), is, host);
});
