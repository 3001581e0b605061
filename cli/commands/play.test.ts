import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test, { type ExecutionContext } from 'ava';
import {
  KEYS,
  openPseudoTerminal,
  type PseudoTerminal,
} from '../../scenarios/host/pseudo-terminal.fixture.ts';

const MAIN = fileURLToPath(new URL('../main.js', import.meta.url));

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
  role: string,
  words: string,
  drill: (person: Person, out: string) => Promise<void>,
): Promise<void> {
  t.timeout(300_000);
  const folder = await mkdtemp(join(tmpdir(), 'calldrill-play-'));
  const line = `"${process.execPath}" "${MAIN}" play ${words} --as ${role} --out out; echo "exit=$?"; stty -a; read -r end`;
  const terminal = await openPseudoTerminal(line, { cwd: folder, env: { ...process.env, NO_COLOR: '1' } });
  if (terminal === undefined) {
    if (process.env['CI'] === 'true') t.fail('node-pty is not installed');
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
  await playing(
    t,
    'crs-admin',
    'client-compromise --variant wipe-destroy-block --seed 42',
    async (person, out) => {
      const { terminal } = person;
      t.regex(terminal.text(), /You are crs-admin\.[\s\S]*A handset is stolen at the station/);
      await person.enter('wait 2h 30m', 'cms-operator brings you oct-disc.');
      await person.enter('insert oct-disc crs', 'oct-disc is in crs.');
      await person.enter('check-log', '(');
      await person.keys(`loa${KEYS.tab}`, 'load-disc ');
      await person.sees(KEYS.enter, '2015-10');
      await person.prompted();
      await person.enter('eject crs', 'You have oct-disc.');
      await person.enter('destroy oct-disc', 'oct-disc is destroyed.');
      await person.enter('wait 17d 22h 40m', 'alice tells you: my phone is gone');
      await person.enter('wait 90m', "cue: Alice's phone is gone: block her on the CRS.");
      await person.enter('blok-user +447700900001', "Did you mean 'block-user'?");
      await person.keys(KEYS.up, 'blok-user +447700900001');
      await person.keys(`${KEYS.home}${KEYS.right.repeat(3)}c`, 'block-user +447700900001');
      await person.sees(KEYS.enter, 'blocked');
      await person.prompted();
      await person.enter('wait 10m', '10:50:');
      await person.keys('quit', 'quit');
      await person.sees(KEYS.enter, 'You ended the exercise at 2015-10-14 10:50:');

      const text = await ended(t, person, 1);
      for (const part of [
        /due 2015-10-14 09:40:00Z, typed 2015-10-14 10:40:\d\dZ: 1h \d+s late/,
        /deadline of user-blocked: missed by 30m \d+s/,
        /exposed by the delay: identity alice, place calls: 1h \d+s longer/,
        /fail +user-blocked/,
        /Replay {2}calldrill run --replay out\/typed\.json/,
      ])
        t.regex(text, part);
      t.false(terminal.raw().includes('\u001b[2m'), 'NO_COLOR is kept');
      const typed = await readFile(join(out, 'typed.json'), 'utf8');
      t.true(typed.includes('"line":"blok-user +447700900001"'));
      t.true(typed.includes('"line":"block-user +447700900001"'));
    },
  );
});

test('the first Ctrl-C warns and keeps what is being typed; the second ends the exercise in order', async (t) => {
  await playing(t, 'alice', 'baseline-call', async (person, out) => {
    await person.keys('call bo', 'call bo');
    await person.sees(KEYS.interrupt, 'Ctrl-C once more ends the exercise now; so does quit.');
    await person.keys('b', 'call bob');
    await person.sees(KEYS.enter, 'Calling bob');
    await person.prompted();
    await person.sees(KEYS.interrupt, 'Interrupted at 2015-10-14 08:00:');
    const text = await ended(t, person, 6);
    t.regex(text, /Score of alice/);
    const trace = await readFile(join(out, 'baseline-call', 'home-wifi', 'trace.ndjson'), 'utf8');
    t.regex(trace.trimEnd().split('\n').at(-1) ?? '', /"trace\.ended"/);
  });
});

test('what arrives while a line is being typed is shown above it, at a new size of the window too', async (t) => {
  await playing(t, 'bob', 'baseline-call --pace 300', async (person) => {
    const { terminal } = person;
    await person.keys('screen bob-', 'screen bob-');
    terminal.resize(60, 30);
    await terminal.until('the phone ringing', (screen) =>
      screen.text().replaceAll('\n', ' ').includes('bob-phone: rings: call from alice (verified)'),
    );
    await person.keys('phone', 'screen bob-phone');
    await person.sees(KEYS.enter, 'service: registered');
    await person.keys('quit', 'quit');
    await person.sees(KEYS.enter, 'You ended the exercise at 2015-10-14 08:');
    await ended(t, person, 1);
  });
});
