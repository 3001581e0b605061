/** Command lines that are typed in a folder of their own, without colour, for tests that look at what they leave there. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { SharedProcess, type Ended } from './shared-process.fixture.ts';

/** The folder, which goes when the tests of the file are through, and whoever types in it. */
export interface TypedInFolder {
  readonly place: string;
  readonly calldrill: (...words: readonly string[]) => Promise<Ended>;
  /** For lines with another environment or input. */
  readonly shared: SharedProcess;
}

/** `name` says in the name of the folder whose it is. */
export function typedInFolder(name: string): TypedInFolder {
  const place = mkdtempSync(join(tmpdir(), `calldrill-${name}-`));
  const shared = new SharedProcess();
  test.after.always(() => {
    shared.end();
    rmSync(place, { recursive: true, force: true });
  });
  return {
    ...{ place, shared },
    calldrill: (...words) => shared.calldrill(words, { folder: place, env: { NO_COLOR: '1' } }),
  };
}
