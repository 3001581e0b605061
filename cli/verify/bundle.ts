/**
 * A bundle: the files of a results folder that its manifests list, with the manifests, what was signed about them, and the public key of the signer.
 * The key in a bundle says nothing of who that is: anybody can put one there. Only a key that came another way does.
 */
import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { textOf } from '../../scenarios/host/index.ts';
import { parseSuite } from '../../scenarios/runs/index.ts';
import { isSignedBy, openEnvelope, sealed, type SignedPayload } from './dsse.ts';
import { verifyError } from './errors.ts';
import { evidenceBelow, type EvidenceFiles } from './evidence-files.ts';
import { BESIDE, MANIFEST, REPORT, verifyFiles } from './files.ts';
import { fingerprintOf } from './key-file.ts';
import { statementOf, STATEMENT_TYPE, type Digested } from './statement.ts';
import { failed, faultOf, type VerifyResult } from './verify-result.ts';
import { suitesIn } from './verify.ts';
import { filesOfZip, zipOf } from './zip.ts';

/** The signed statement, and the key that it is said to be signed with. */
const STATEMENT_FILE = 'attestation/statement.dsse.json';
const SIGNER_FILE = 'attestation/signer.pub';
const LOCKFILE = 'package-lock.json';

/** What a bundle holds once it was opened. */
export interface OpenedBundle {
  readonly evidence: EvidenceFiles;
  /** Whether its octets are the ones that calldrill writes of these files. */
  readonly container: VerifyResult;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** What a bundle is made from beside the results. */
export interface BundleMakings {
  readonly privateKey: KeyObject;
  /** The lockfile of the program, where it is there. */
  readonly lockfile: Uint8Array | undefined;
}

/** The octets of the bundle of a results folder. Throws VERIFY_NOT_WHOLE, and what a report is refused with. */
export function bundleOf(
  evidence: EvidenceFiles,
  name: string,
  { privateKey, lockfile }: BundleMakings,
): Uint8Array {
  const suites = suitesIn(evidence);
  if (suites.length === 0)
    throw verifyError('VERIFY_NO_RESULTS', `${name} has neither ${REPORT} nor ${MANIFEST}`);
  const files = new Map<string, Uint8Array>();
  for (const below of suites) {
    const part = below === '' ? evidence : evidenceBelow(evidence, below);
    const { came, faults } = verifyFiles(part);
    if (came === 'failed') throw verifyError('VERIFY_NOT_WHOLE', `${name}: ${faults[0] ?? ''}`);
    for (const path of part.paths)
      if (!BESIDE.includes(path)) files.set(below === '' ? path : `${below}/${path}`, part.read(path));
  }
  const publicKey = createPublicKey(privateKey);
  const locked = lockfile === undefined ? [] : [{ name: LOCKFILE, sha256: digestOf(lockfile) }];
  const statement = Buffer.from(statementAbout(files, locked), 'utf8');
  files.set(STATEMENT_FILE, Buffer.from(sealed(STATEMENT_TYPE, statement, privateKey, publicKey), 'utf8'));
  files.set(SIGNER_FILE, Buffer.from(publicKey.export({ type: 'spki', format: 'pem' }).toString(), 'utf8'));
  return zipOf(files);
}

/** Opens a bundle. Throws VERIFY_BUNDLE, VERIFY_BUNDLE_NAME, VERIFY_BUNDLE_LINK, VERIFY_TOO_MUCH. */
export async function openBundle(octets: Uint8Array): Promise<OpenedBundle> {
  const files = await filesOfZip(octets);
  const again = zipOf(files);
  const at = again.findIndex((octet, index) => octet !== octets[index]);
  const same = at < 0 && again.length === octets.length;
  const of = 'container';
  return {
    files,
    evidence: {
      paths: [...files.keys()].filter((path) => ![STATEMENT_FILE, SIGNER_FILE].includes(path)).sort(),
      strange: [],
      read: (path) => files.get(path) ?? new Uint8Array(),
    },
    container: same
      ? { of, came: 'verified', why: `${files.size} files, packed as calldrill packs them`, faults: [] }
      : failed(of, [
          `it is not packed as calldrill packs these files, from octet ${at < 0 ? again.length : at} on`,
        ]),
  };
}

/** Whether what was signed is this bundle, and by whom: by the pinned key, or by nobody who is known. */
export function verifySignature(
  { files, evidence }: OpenedBundle,
  pinned: KeyObject | undefined,
): VerifyResult {
  const of = 'signature';
  try {
    const envelope = openEnvelope(fileOf(files, STATEMENT_FILE), STATEMENT_FILE);
    const embedded = createPublicKey(fileOf(files, SIGNER_FILE));
    const faults = signatureFaults(envelope, embedded, pinned);
    if (faults.length > 0) return failed(of, faults);
    const about = statementFaults(envelope, files, evidence);
    if (about.length > 0) return failed(of, about);
    const fingerprint = fingerprintOf(embedded);
    return pinned === undefined
      ? { of, came: 'consistent', why: `signature consistent, signer unknown ${fingerprint}`, faults: [] }
      : { of, came: 'verified', why: `signed with the given key, ${fingerprint}`, faults: [] };
  } catch (thrown) {
    return failed(of, [faultOf(thrown)]);
  }
}

function signatureFaults(
  envelope: SignedPayload,
  embedded: KeyObject,
  pinned: KeyObject | undefined,
): readonly string[] {
  if (embedded.asymmetricKeyType !== 'ed25519') return [`${SIGNER_FILE} is not an Ed25519 key`];
  const fingerprint = fingerprintOf(embedded);
  if (pinned !== undefined && fingerprintOf(pinned) !== fingerprint)
    return [`it is of the key ${fingerprint}, and not of the given one, ${fingerprintOf(pinned)}`];
  if (envelope.keyid !== fingerprint)
    return [`it names the key ${envelope.keyid}, and ${SIGNER_FILE} is ${fingerprint}`];
  if (envelope.payloadType !== STATEMENT_TYPE)
    return [`what was signed is of the type ${envelope.payloadType}`];
  return isSignedBy(envelope, pinned ?? embedded) ? [] : ['what was signed is not what is there'];
}

/** The statement is made again from the files: one that says something else was signed of something else. */
function statementFaults(
  { payload }: SignedPayload,
  files: ReadonlyMap<string, Uint8Array>,
  { paths }: EvidenceFiles,
): readonly string[] {
  const signed = textOf(payload, STATEMENT_FILE);
  const lockfile = new RegExp(`"sha256": "([0-9a-f]{64})"\\s*\\},\\s*"name": "${LOCKFILE}"`).exec(
    signed,
  )?.[1];
  const own = new Map(paths.map((path) => [path, files.get(path) ?? new Uint8Array()]));
  const expected = statementAbout(own, lockfile === undefined ? [] : [{ name: LOCKFILE, sha256: lockfile }]);
  if (expected === signed) return [];
  const [line, other] = firstDifference(signed, expected);
  return [
    `it was signed about something else: it says ${line.trim()}, and of these files it is ${other.trim()}`,
  ];
}

function firstDifference(one: string, other: string): readonly [string, string] {
  const [left, right] = [one.split('\n'), other.split('\n')];
  const at = left.findIndex((line, index) => line !== right[index]);
  return [left[at] ?? 'nothing more', right[at] ?? 'nothing more'];
}

function statementAbout(files: ReadonlyMap<string, Uint8Array>, locked: readonly Digested[]): string {
  const digested = (paths: readonly string[]): readonly Digested[] =>
    paths.map((name) => ({ name, sha256: digestOf(files.get(name) ?? new Uint8Array()) }));
  const paths = [...files.keys()].sort();
  const suites = suitesIn({ paths, strange: [], read: () => new Uint8Array() });
  return statementOf(
    digested(
      paths.filter((path) => path === MANIFEST || suites.some((each) => path === `${each}/${MANIFEST}`)),
    ),
    suites.map((below) => {
      const path = below === '' ? REPORT : `${below}/${REPORT}`;
      return { below, suite: parseSuite(fileOf(files, path), path) };
    }),
    [...digested(paths.filter((path) => /(?:^|\/)sources\//.test(path))), ...locked],
  );
}

function fileOf(files: ReadonlyMap<string, Uint8Array>, path: string): string {
  const octets = files.get(path);
  if (octets === undefined) throw verifyError('VERIFY_BUNDLE', `${path} is missing`);
  return textOf(octets, path);
}

function digestOf(octets: Uint8Array): string {
  return createHash('sha256').update(octets).digest('hex');
}
