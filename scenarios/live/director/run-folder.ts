/**
 * The folder of a directed run: the token that devices show, the exchange of what is carried, and the states that devices leave. Nothing
 * secret stays in anybody's hands when the run is over, and the folder is left as the next run wants it: with the states of this one.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExchangeFolder } from './exchange-folder.ts';
import { KeptFile } from './kept-file.ts';
import { isOwned, OWNER_FILE, ownFolder } from '../../host/folder-owner.ts';

/** One run's hold on its folder, which is removed again when nobody named one. */
export class RunFolder {
  readonly path: string;
  /** 32 octets in hexadecimal; whoever can read the folder can be a device. */
  readonly token: string = randomBytes(32).toString('hex');
  readonly exchange: ExchangeFolder;
  readonly #isNamed: boolean;
  readonly #tokenFile: KeptFile;
  /** The token in it is that of this run. */
  #isOwned = false;

  constructor(named: string | undefined) {
    this.#isNamed = named !== undefined;
    this.path = named ?? temporaryFolder();
    // Refuses a folder that others may read, before anything is put into it.
    this.#tokenFile = new KeptFile(this.path, 'token');
    this.exchange = new ExchangeFolder(join(this.path, 'exchange'));
  }

  /** Writes the token, and with it takes the folder for this run. */
  async open(): Promise<void> {
    await this.#tokenFile.create(new TextEncoder().encode(`${this.token}\n`));
    this.#isOwned = true;
  }

  /** May be called when the process exits: it waits for nothing. */
  putAway(): void {
    if (!this.#isNamed) rmSync(this.path, { recursive: true, force: true });
    if (!this.#isOwned) return;
    this.exchange.clear();
    this.#tokenFile.forget();
  }
}

const PREFIX = 'calldrill-director-';

/** A new one, after those of directors that were killed have gone: they hold keys. */
function temporaryFolder(): string {
  const place = tmpdir();
  for (const name of readdirSync(place)) if (name.startsWith(PREFIX)) removeLeft(join(place, name));
  const path = mkdtempSync(join(place, PREFIX));
  ownFolder(path);
  return path;
}

/** Takes away a folder that is ours and whose director is no more. */
function removeLeft(path: string): void {
  try {
    // One without an owner may be made by somebody at this moment.
    const isKnown = statSync(join(path, OWNER_FILE), { throwIfNoEntry: false }) !== undefined;
    if (isKnown && statSync(path).uid === process.getuid?.() && !isOwned(path))
      rmSync(path, { recursive: true, force: true });
  } catch {
    // Somebody else was quicker, or it is not ours to take away.
  }
}
