/**
 * Keys of whoever signs bundles: Ed25519, PEM, in files that only their owner may read. A private key that others may read is refused, since nobody
 * can say any more who signed with it.
 */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import { closeSync, fstatSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { verifyError } from './errors.ts';

/** Octets of a PEM file of one Ed25519 key, amply. */
const KEY_OCTETS_MAX = 4_096;
/** What anybody but the owner may do. */
const OTHERS = 0o077;

/** Writes a new private key to `file`, for its owner alone, and the public one beside it as `<file>.pub`. Throws VERIFY_KEY_EXISTS. */
export function makeKey(file: string): { readonly publicFile: string; readonly fingerprint: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const publicFile = `${file}.pub`;
  writeNew(file, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), 0o600);
  try {
    writeNew(publicFile, publicKey.export({ type: 'spki', format: 'pem' }).toString(), 0o644);
  } catch (thrown) {
    // Half a pair is of no use to anybody.
    rmSync(file, { force: true });
    throw thrown;
  }
  return { publicFile, fingerprint: fingerprintOf(publicKey) };
}

function writeNew(file: string, text: string, mode: number): void {
  try {
    writeFileSync(file, text, { flag: 'wx', mode });
  } catch (thrown) {
    if (!(thrown instanceof Error) || !('code' in thrown)) throw thrown;
    throw thrown.code === 'EEXIST'
      ? verifyError('VERIFY_KEY_EXISTS', `${file} is there already`, { where: { file } })
      : verifyError('VERIFY_KEY', `${file} cannot be written: ${thrown.message}`, {
          where: { file },
          cause: thrown,
        });
  }
}

/** Reads a private key. Throws VERIFY_KEY, VERIFY_KEY_OPEN. */
export function readPrivateKey(file: string): KeyObject {
  return ed25519(file, readKeyText(file, true), createPrivateKey);
}

/** Reads a public key. Throws VERIFY_KEY, also for a file that holds the private one. */
export function readPublicKey(file: string): KeyObject {
  const text = readKeyText(file, false);
  if (text.includes('PRIVATE KEY'))
    throw verifyError('VERIFY_KEY', `${file} is a private key, which nobody needs to verify`, {
      where: { file },
    });
  return ed25519(file, text, createPublicKey);
}

/** What a public key is called: the SHA-256 of its SPKI form, hexadecimal. */
export function fingerprintOf(key: KeyObject): string {
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}

function readKeyText(file: string, isPrivate: boolean): string {
  try {
    // What is looked at is what is read: the file cannot be exchanged in between.
    const open = openSync(file, 'r');
    try {
      const { mode, size } = fstatSync(open);
      if (size > KEY_OCTETS_MAX)
        throw verifyError('VERIFY_KEY', `${file} is too large for a key`, { where: { file } });
      if (isPrivate && process.platform !== 'win32' && (mode & OTHERS) !== 0)
        throw verifyError(
          'VERIFY_KEY_OPEN',
          `others than its owner may use ${file} (mode ${(mode & 0o777).toString(8)})`,
          {
            where: { file },
          },
        );
      return readFileSync(open, 'utf8');
    } finally {
      closeSync(open);
    }
  } catch (thrown) {
    if (!(thrown instanceof Error) || !('syscall' in thrown)) throw thrown;
    throw verifyError('VERIFY_KEY', `${file} cannot be read: ${thrown.message}`, {
      where: { file },
      cause: thrown,
    });
  }
}

function ed25519(file: string, text: string, make: (pem: string) => KeyObject): KeyObject {
  let key: KeyObject;
  try {
    key = make(text);
  } catch (cause) {
    throw verifyError('VERIFY_KEY', `${file} is no PEM of such a key`, { where: { file }, cause });
  }
  if (key.asymmetricKeyType !== 'ed25519')
    throw verifyError('VERIFY_KEY', `${file} is not an Ed25519 key`, { where: { file } });
  return key;
}
