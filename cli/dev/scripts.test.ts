/** The developers' scripts as programs: what they are asked and cannot do ends with one line and exit status 2. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import test from 'ava';

const SCRIPTS = [...readFileSync('package.json', 'utf8').matchAll(/node (dist\/cli\/dev\/(\w+)\.js)/g)];

interface Ended {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

function started(program: string, ...words: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...words], (error, stdout, stderr) =>
      resolve({ exit: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

test('there are scripts', (t) => {
  t.deepEqual(
    SCRIPTS.map(([, , name]) => name),
    [
      'coverage',
      'fuzz',
      'bench',
      'soak',
      'pictures',
      'mutate',
      'judge',
      'metamorphic',
      'goldens',
      'forks',
      'orders',
      'docs',
    ],
  );
});

for (const [, program = '', name = ''] of SCRIPTS) {
  test(`npm run ${name} -- --sed: an unknown option is refused`, async (t) => {
    const { exit, stdout, stderr } = await started(program, '--sed');
    t.deepEqual([exit, stdout], [2, '']);
    t.regex(stderr, new RegExp(`^error: Unknown option '--sed'; usage: npm run ${name}( -- .*)?\\n$`));
  });
}

test('npm run fuzz -- --index: the mutant is shown, and what became of it', async (t) => {
  const [, program = ''] = SCRIPTS.find(([, , name]) => name === 'fuzz') ?? [];
  const { exit, stdout } = await started(program, '--target', 'key period', '--index', '3');
  t.is(exit, 0);
  t.regex(stdout, /^input: [\da-f]*\n(?:read|refused: \w+: .*)\n$/);
});
