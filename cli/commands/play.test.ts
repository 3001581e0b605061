import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test, { type ExecutionContext } from 'ava';
import {
  KEYS,
  openPseudoTerminal,
  type PseudoTerminal,
} from '../../scenarios/host/pseudo-terminal.fixture.ts';
import { STOLEN_PHONE_TEXT } from '../../scenarios/exercises/rehearsal.fixture.ts';

const MAIN = fileURLToPath(new URL('../main.js', import.meta.url));

/** The stolen phone, with next month's disc to be loaded before it, a later call, and a probe after a late block. */
const EXERCISE = STOLEN_PHONE_TEXT.replace('ends: "09:30"', 'ends: "10:30"')
  .replace('at: "08:01", by: bob', 'at: "08:05", by: bob')
  .replace(
    'steps:\n',
    `steps:
  - { at: "08:01", by: cms-operator, type: "take-blank nov-disc" }
  - { at: "08:02", by: cms-operator, type: "insert nov-disc cms" }
  - { at: "08:03", by: cms-operator, on: cms, type: "burn-disc --month 2015-11" }
  - { at: "08:04", by: cms-operator, type: "eject cms" }
  - { at: "08:06", by: cms-operator, type: "carry nov-disc crs-admin" }
  - { at: "08:07", by: crs-admin, type: "insert nov-disc crs" }
  - { at: "08:08", by: crs-admin, on: crs, type: load-disc }
`,
  )
  .replace(
    'expect:\n',
    `  - { id: live-1000, row: live-call, at: "10:00", by: thief, on: thief, type: "call-as alice bob", predict: refused, because: "she is blocked" }
expect:
`,
  );

/** It without the probes, which take the most time. */
const UNPROBED = EXERCISE.replace(/probes:[\s\S]*(?=expect:)/, '');

/** A person at a console: types keys and looks at the screen. */
class Person {
  readonly terminal: PseudoTerminal;
  readonly #role: string;

  constructor(terminal: PseudoTerminal, role: string) {
    this.terminal = terminal;
    this.#role = role;
  }

  /** Waits for a prompt that nothing is typed at. */
  async prompted(): Promise<void> {
    await this.terminal.until('a prompt', (screen) => screen.line().endsWith(`Z ${this.#role}>`));
  }

  /** Types keys, and sees them turn the line into `line`. */
  async keys(keys: string, line: string): Promise<void> {
    this.terminal.type(keys);
    await this.terminal.until(`the line ${line}`, (screen) =>
      screen.line().endsWith(`${this.#role}> ${line}`.trimEnd()),
    );
  }

  async enter(line: string, answer: string): Promise<void> {
    await this.keys(line, line);
    await this.sees(KEYS.enter, answer);
    await this.prompted();
  }

  /** Types keys, and waits for words that were not on the screen before. */
  async sees(keys: string, words: string): Promise<void> {
    const before = this.terminal.text().split(words).length;
    this.terminal.type(keys);
    await this.terminal.until(words, (screen) => screen.text().split(words).length > before);
  }
}

/** Plays in a real terminal. Behind the program the shell tells its exit code and how it left the terminal, and waits. */
async function playing(
  t: ExecutionContext,
  {
    role,
    words,
    exercise,
    after,
  }: { readonly role: string; readonly words: string; readonly exercise: string; readonly after?: string },
  drill: (person: Person, out: string) => Promise<void>,
): Promise<void> {
  t.timeout(300_000);
  const folder = await mkdtemp(join(tmpdir(), 'calldrill-play-'));
  await writeFile(join(folder, 'stolen.yaml'), exercise);
  const jobs = after === undefined ? ['', ''] : ['set -m; ', after];
  const line = `${jobs[0]}"${process.execPath}" "${MAIN}" play stolen.yaml ${words} --as ${role} --out out; ${jobs[1]} echo "exit=$?"; stty -a; read -r end`;
  const terminal = await openPseudoTerminal(line, { cwd: folder, env: { ...process.env, NO_COLOR: '1' } });
  if (terminal === undefined) {
    if ((process.env['CI'] ?? '') !== '') t.fail('node-pty is not installed');
    else t.log('skipped: node-pty is not installed, so there is no real terminal');
    t.pass();
    return;
  }
  try {
    const person = new Person(terminal, role);
    await person.prompted();
    await drill(person, join(folder, 'out'));
  } finally {
    terminal.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The program is gone, and the terminal is as it was: it echoes, and collects lines by itself. */
async function ended(t: ExecutionContext, { terminal }: Person, exit: number): Promise<string> {
  await terminal.until('the exit code', (screen) => /exit=\d[\s\S]*icanon[\s\S]* echo /.test(screen.text()));
  const text = terminal.text();
  t.regex(text, new RegExp(`exit=${exit}\n`));
  t.regex(text, /(?<!-)icanon/);
  t.regex(text, /(?<!-)\becho\b/);
  return text;
}

test('a person blocks a stolen phone too late, mistypes, completes and edits, and is told what it cost', async (t) => {
  await playing(t, { role: 'crs-admin', words: '--seed 42', exercise: EXERCISE }, async (person, out) => {
    const { terminal } = person;
    t.regex(terminal.text(), /You are crs-admin\.[\s\S]*crs: Rendezvous server/);
    await person.enter('wait 7m', 'cms-operator brings you nov-disc.');
    await person.enter('insert nov-disc crs', 'nov-disc is in crs.');
    await person.enter('check-log', '(');
    await person.keys(`loa${KEYS.tab}`, 'load-disc ');
    await person.sees(KEYS.enter, '2015-11');
    await person.prompted();
    await person.enter('eject crs', 'You have nov-disc.');
    await person.enter('destroy nov-disc', 'nov-disc is destroyed.');
    await person.enter('wait 10m', 'alice tells you: my phone is gone');
    await person.enter('wait 62m', 'Stopped after 3m of 1h 2m');
    t.regex(terminal.text(), /cue: Block Alice on the CRS\./);
    await person.enter('next', 'Still yours to do: Block Alice on the CRS.');
    await person.enter('wait 59m', '09:19:');
    await person.enter('blok-user +447700900001', "Did you mean 'block-user'?");
    await person.keys(KEYS.up, 'blok-user +447700900001');
    await person.keys(`${KEYS.home}${KEYS.right.repeat(3)}c`, 'block-user +447700900001');
    await person.sees(KEYS.enter, 'blocked');
    await person.prompted();
    await person.enter('wait 45m', '10:');
    await person.keys('quit', 'quit');
    await person.sees(KEYS.enter, 'You ended the exercise at 2015-10-14 10:');

    const text = await ended(t, person, 1);
    for (const part of [
      /due 2015-10-14 08:20:00Z, typed 2015-10-14 09:19:00Z: 59m late/,
      /deadline of user-blocked: missed by 44m/,
      /exposed by the delay: identity alice, place calls: 1h 30m longer/,
      /fail +user-blocked/,
      /Replay {2}calldrill run --replay out\/typed\.json/,
    ])
      t.regex(text, part);
    t.false(terminal.raw().includes('\u001b[2m'), 'NO_COLOR is kept');
    const typed = await readFile(join(out, 'typed.json'), 'utf8');
    t.true(typed.includes('"line":"blok-user +447700900001"'));
    t.true(typed.includes('"line":"block-user +447700900001"'));
  });
});

test('the first Ctrl-C warns and keeps what is being typed; the second ends the exercise in order', async (t) => {
  await playing(t, { role: 'alice', words: '', exercise: UNPROBED }, async (person, out) => {
    await person.keys('call bo', 'call bo');
    await person.sees(KEYS.interrupt, 'Ctrl-C once more ends the exercise now; so does quit.');
    await person.keys('b', 'call bob');
    await person.sees(KEYS.enter, 'Calling bob');
    await person.prompted();
    await person.sees(KEYS.interrupt, 'Interrupted at 2015-10-14 08:00:');
    const text = await ended(t, person, 6);
    t.regex(text, /Score of alice/);
    const trace = await readFile(join(out, 'stolen-phone', 'main', 'trace.ndjson'), 'utf8');
    t.regex(trace.trimEnd().split('\n').at(-1) ?? '', /"trace\.ended"/);
  });
});

test('what arrives while a line is being typed is shown above it, at a new size of the window too', async (t) => {
  await playing(t, { role: 'alice', words: '--pace 40', exercise: UNPROBED }, async (person) => {
    const { terminal } = person;
    await person.keys('screen alice-', 'screen alice-');
    terminal.resize(60, 30);
    await terminal.until('the phone ringing', (screen) =>
      screen.text().replaceAll('\n', ' ').includes('alice-phone: rings: call from bob (verified)'),
    );
    await person.keys('phone', 'screen alice-phone');
    await person.sees(KEYS.enter, 'service: registered');
    await person.keys('quit', 'quit');
    await person.sees(KEYS.enter, 'You ended the exercise at 2015-10-14 08:');
    await ended(t, person, 1);
  });
});

test('resizing in the middle of a line leaves each line on the screen once', async (t) => {
  await playing(t, { role: 'alice', words: '', exercise: UNPROBED }, async (person) => {
    const { terminal } = person;
    await person.enter('status', 'keys: 2015-10');
    const long = `tell crs-admin ${'my phone is gone and I '.repeat(5)}am sorry`;
    await person.keys(long, long);
    for (const [columns, rows] of [
      [50, 30],
      [30, 30],
      [100, 30],
      [60, 20],
      [120, 40],
    ] as const) {
      const drawn = terminal.raw().length;
      terminal.resize(columns, rows);
      await terminal.until(`the line at ${columns} columns`, (screen) =>
        screen.raw().slice(drawn).includes(long),
      );
      await person.keys('', long);
      const lines = terminal
        .text()
        .split('\n')
        .filter((line) => line.trim() !== '');
      t.is(
        lines.filter((line) => line.includes('tell crs-admin')).length,
        1,
        `${columns}\n${lines.join('\n')}`,
      );
      t.is(lines.filter((line) => line.startsWith('service: registered')).length, 1, lines.join('\n'));
      t.is(new Set(lines).size, lines.length, lines.join('\n'));
    }
    await person.sees(KEYS.enter, 'crs-admin now knows.');
    await person.keys('quit', 'quit');
    await person.sees(KEYS.enter, 'You ended the exercise');
    await ended(t, person, 1);
  });
});

test('Ctrl-Z and fg: time does not pass while the process is stopped, and the line is as it was', async (t) => {
  // A shell with jobs goes on when its job is stopped, and brings it back: five seconds are five minutes at this pace.
  const job = { role: 'crs-admin', words: '--pace 60', exercise: UNPROBED, after: 'sleep 5; fg;' };
  await playing(t, job, async (person, out) => {
    const { terminal } = person;
    await person.keys('user', 'user');
    const secondsNow = (): number => {
      const [, minutes, seconds] = / 08:(\d\d):(\d\d)Z/.exec(terminal.line()) ?? [];
      return Number(minutes) * 60 + Number(seconds);
    };
    const before = secondsNow();
    const drawn = terminal.raw().length;
    terminal.type(KEYS.suspend);
    await terminal.until('the line again', (screen) => screen.raw().slice(drawn).includes('crs-admin> user'));
    const after = secondsNow();
    t.true(after - before < 240, `${after - before} s`);
    await person.keys('s', 'users');
    await person.sees(KEYS.enter, 'alice: registered');
    await person.keys('quit', 'quit');
    await person.sees(KEYS.enter, 'You ended the exercise');
    await ended(t, person, 1);
    t.regex(await readFile(join(out, 'typed.json'), 'utf8'), /"line":"users"/);
  });
});
