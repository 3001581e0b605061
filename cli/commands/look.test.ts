import test from 'ava';
import { EXAMPLE } from '../../scenarios/language/example.fixture.ts';
import { type } from '../context.fixture.ts';

const BAD = 'scenario: 4\ntitle: Bad\nbegins: someday\nworld: {}\n';

test('list: the shipped scenarios with their variants', async (t) => {
  const { exit, stdout, stderr } = await type(['list']);
  t.is(exit, 0);
  t.is(stderr, '');
  t.is(
    stdout,
    '  client-compromise  A handset is stolen at the station (block-first, wipe-first)\n  short              Somebody says something (main)\n',
  );
  const json = JSON.parse((await type(['list', '--json'])).stdout);
  t.like(json.scenarios[0], { id: 'client-compromise', plants: ['crs.block-ignored'] });
  t.like(json.scenarios[0].variants[1], { name: 'wipe-first', reference: false });
});

for (const [topic, line] of [
  ['plants', /^ {2}crs\.block-ignored\n/],
  [
    'parameters',
    / {2}skew-limit +How far clocks may differ\. Default: 10m; takes a duration from 1s to 7d\. \(RFC 3830 5\.4\)\n/,
  ],
  [
    'profiles',
    / {2}3g\n +HSPA.*\n +Round trip 150 ms, loss 1 % each way\. Source: .*\n +tc qdisc replace dev eth0 root netem .*delay 75ms 20ms.*\n/,
  ],
  ['kinds', / {2}crs +in every world as 'crs'\n/],
  ['clauses', / {2}para-2 +What para-2 says\.\n/],
  ['rows', / {2}dec-in\n/],
  ['events', / {2}person\.told +by, to, text\n/],
] as const) {
  test(`list --${topic}`, async (t) => {
    const { exit, stdout } = await type(['list', `--${topic}`]);
    t.is(exit, 0);
    t.regex(stdout, line);
    const json = JSON.parse((await type(['list', `--${topic}`, '--json'])).stdout);
    t.deepEqual(Object.keys(json), [topic]);
    t.is(json[topic].length, stdout.match(/^ {2}\S/gm)?.length);
  });
}

test('list --profiles --json: numbers as numbers', async (t) => {
  const { profiles } = JSON.parse((await type(['list', '--profiles', '--json'])).stdout);
  const third = profiles.find(({ name }: { readonly name: string }) => name === '3g');
  t.like(third, { roundTripMs: 150, lossPercent: 1, notes: [] });
  t.regex(third.tc, /^tc qdisc replace dev eth0 root netem /);
});

test('list --profiles folds what is read, and keeps a command on its line', async (t) => {
  const { stdout } = await type(['list', '--profiles'], { terminal: { columns: 60 } });
  for (const line of stdout.trimEnd().split('\n'))
    t.true(line.length <= 60 || /^ +(tc|not|netem) /.test(line), line);
  t.regex(stdout, /^ {4}tc qdisc replace dev eth0 root netem limit 200 delay 75ms .* rate 768kbit$/m);
});

test('list shows one thing at a time', async (t) => {
  const { exit, stderr } = await type(['list', '--plants', '--rows']);
  t.is(exit, 2);
  t.regex(stderr, /CLI_OPTION_CONFLICT.*plants and rows/);
});

test('show: everything that was understood of a scenario', async (t) => {
  const { exit, stdout } = await type(['show', 'client-compromise']);
  t.is(exit, 0);
  for (const line of [
    'client-compromise  A handset is stolen at the station\n',
    '  alice         +447700900001, hq, android 5.1\n',
    '  thief         attacker, taps alice-crs, bob-crs, abroad-crs\n',
    '  skew-limit      10m\n',
    '  wipe-first   Only wiped (shows what an error costs)\n',
    '\nPlan\ntime                 who          line                             expected          checks\n',
    '2015-10-14 08:05:00  alice        alice-phone: call bob --for 40s                    para-12\n',
    '2015-10-14 08:40:00  thief tries  decrypt alice-to-bob#1           refused           dec-out-1\n',
    '\nreported + 10m       crs-admin    crs: block-user +447700900001    crs.user-blocked  once, para-31, para-32\n',
    '\nblocked + 1m         thief tries  call bob                         refused: blocked  call-2, para-32.c1/calls\n',
    '  vbr  needs a VBR codec\n',
    '  crs.block-ignored  must fail none-after\n',
  ])
    t.true(stdout.includes(line), line);
});

test('show --variant: the steps and predictions of that variant', async (t) => {
  const { stdout } = await type(['show', 'client-compromise', '--variant', 'wipe-first']);
  t.false(stdout.includes('block-user'));
  t.regex(stdout, /thief tries +decrypt alice-to-bob#1 +opened /);
  const { exit, stderr } = await type(['show', 'client-compromise', '--variant', 'wipe-frist']);
  t.is(exit, 2);
  t.regex(stderr, /CLI_UNKNOWN_VARIANT[\s\S]*Did you mean 'wipe-first'\?/);
});

test('show on a narrow terminal: no table, and nothing cut off', async (t) => {
  const { stdout } = await type(['show', 'client-compromise'], { terminal: { columns: 70 } });
  t.true(stdout.includes('  reported + 10m       crs-admin on crs: block-user +447700900001\n'), stdout);
  t.true(stdout.includes('                       expected: crs.user-blocked\n'));
  t.true(stdout.includes('                       checks: once, para-31, para-32\n'));
});

test('show --timeline: a lane for everybody, idle time cut, what waits where it is to be expected', async (t) => {
  const line = ['show', 'client-compromise', '--timeline'];
  const { stdout } = await type(line);
  t.is(
    stdout,
    `client-compromise  A handset is stolen at the station

           ┌ alice
           │ ┌ thief
           │ │ ┌ mdm-admin
           │ │ │ ┌ crs-admin
2015-10-14
08:05:00   ● │ │ │  alice-phone: call bob --for 40s
≈ 25m 30s  ≈ ≈ ≈ ≈
08:30:30   │ ● │ │  seize alice-phone
08:40:00   │ ▲ │ │  decrypt alice-to-bob#1
≈ 30m      ≈ ≈ ≈ ≈
09:10:00   ● │ │ │  tell crs-admin my phone is gone
~09:10:00  │ │ ● │  mdm: wipe alice-phone (reported)
≈ 10m      ≈ ≈ ≈ ≈
~09:20:00  │ │ │ ●  crs: block-user +447700900001 (reported + 10m)
~09:21:00  │ ▲ │ │  call bob (blocked + 1m)
`,
  );
  const { stdout: narrow } = await type(line, { terminal: { columns: 40, unicode: false } });
  t.true(narrow.includes('08:05:00   o | | |  alice-phone: call b~\n'), narrow);
  // oxlint-disable-next-line no-control-regex
  t.notRegex(narrow, /[^\u0000-\u007f]/);
  t.true((await type(line, { terminal: { colour: true } })).stdout.includes('\u{1b}['));
  t.false(stdout.includes('\u{1b}'));
});

test('show --json: the whole scenario, its maps as objects', async (t) => {
  const shown = JSON.parse((await type(['show', 'client-compromise', '--json'])).stdout);
  t.is(shown.variants[1].steps.block, 'omit');
  t.is(shown.steps.length, 5);
});

test('show: an own file by its path, and one that is invalid with exit code 3', async (t) => {
  const files = { './mine.yaml': EXAMPLE, 'bad.yml': BAD };
  t.is((await type(['show', './mine.yaml'], { files })).exit, 0);
  const { exit, stderr, stdout } = await type(['show', 'bad.yml'], { files });
  t.is(exit, 3);
  t.is(stdout, '');
  t.regex(
    stderr,
    /^bad\.yml:1:11: error SCENARIO_QUOTE: .*\n {2}fix: .+\nbad\.yml:3:9: error SCENARIO_INSTANT/,
  );
});

test('a scenario that is not there is answered with the nearest one', async (t) => {
  const { exit, stderr } = await type(['show', 'client-compromize']);
  t.is(exit, 2);
  t.regex(
    stderr,
    /CLI_UNKNOWN_SCENARIO: there is no scenario 'client-compromize'\n {2}fix: Did you mean 'client-compromise'\?/,
  );
  t.regex((await type(['show', 'xyzzy'])).stderr, /calldrill list/);
});

test('check: says what is valid, and every problem of what is not', async (t) => {
  const files = { 'good.yaml': EXAMPLE, 'bad.yaml': BAD };
  const good = await type(['check', 'good.yaml'], { files });
  t.is(good.exit, 0);
  t.is(good.stdout, 'good.yaml: client-compromise is a valid scenario (variants: 2, checks: 16)\n');
  const both = await type(['check', 'good.yaml', 'bad.yaml'], { files });
  t.is(both.exit, 3);
  t.regex(both.stdout, /bad\.yaml:1:11: error SCENARIO_QUOTE/);
  t.regex(both.stderr, /^bad\.yaml: \d problems\n$/);
});

test('check --json: places for an editor', async (t) => {
  const files = { 'good.yaml': EXAMPLE, 'bad.yaml': 'scenario: 4\n' };
  const { exit, stdout } = await type(['check', 'good.yaml', 'bad.yaml', '--json'], { files });
  const content = JSON.parse(stdout);
  t.is(exit, 3);
  t.is(content.exitCode, 3);
  t.deepEqual(content.files[0], {
    file: 'good.yaml',
    valid: true,
    scenario: 'client-compromise',
    variants: 2,
    checks: 16,
  });
  t.false(content.files[1].valid);
  t.like(content.files[1].problems[0], { where: { file: 'bad.yaml', line: 1 } });
});

test('check: a file that is missing is a usage error, not an invalid scenario', async (t) => {
  const { exit, stderr } = await type(['check', 'missing.yaml']);
  t.is(exit, 2);
  t.regex(stderr, /HOST_FILE_MISSING/);
});

test('--json answers an error with an object too', async (t) => {
  const { exit, stdout } = await type(['show', 'xyzzy', '--json']);
  t.is(exit, 2);
  t.like(JSON.parse(stdout), { exitCode: 2, error: { code: 'CLI_UNKNOWN_SCENARIO' } });
});
