/**
 * Mutants that no test can tell from the original, each with its reason. They do not count. An entry is found by the line that it is in and by
 * what is changed there, not by a number: it may move with its line, but when the line changes, or a test kills it after all,
 * the entry fails and has to go.
 */
import type { Mutant } from './mutants.ts';

/** One entry: where it is, what is changed there, and why nobody can notice. */
export interface Equivalent {
  /** `network/rtp/srtp.ts`. */
  readonly file: string;
  /** The whole line of the TypeScript in which it begins, without the blanks around it. */
  readonly line: string;
  /** What is changed, as the mutator prints it. */
  readonly original: string;
  readonly replacement: string;
  /** Why nobody can notice. */
  readonly reason: string;
}

/** Whether an entry means this mutant. */
export function isMeant(listed: Omit<Equivalent, 'file' | 'reason'>, mutant: Mutant): boolean {
  return (
    listed.line === mutant.at.text &&
    listed.original === mutant.original &&
    listed.replacement === mutant.replacement
  );
}

const SERVER = 'network/tls-psk/server.ts';
const UNSEEN = 'the engine makes an alert of the code: nobody is told the words';
const THROWS = /^throw tlsError\('\w+', (.*)\);$/;

/** The words of an error that ends in an alert. */
function unseen(line: string): Equivalent {
  const original = THROWS.exec(line)?.[1] ?? '';
  return {
    file: SERVER,
    line,
    original,
    replacement: original.startsWith('`') ? '``' : '""',
    reason: UNSEEN,
  };
}

/** By file, in the order of its lines. */
export const EQUIVALENTS: readonly Equivalent[] = [
  unseen("throw tlsError('TLS_UNEXPECTED_MESSAGE', `handshake message of type ${message.type}`);"),
  {
    file: SERVER,
    line: "requireType(message, HANDSHAKE.clientHello, 'ClientHello');",
    original: "'ClientHello'",
    replacement: '""',
    reason: UNSEEN,
  },
  {
    file: SERVER,
    line: "requireType(message, HANDSHAKE.clientKeyExchange, 'ClientKeyExchange');",
    original: "'ClientKeyExchange'",
    replacement: '""',
    reason: UNSEEN,
  },
  unseen("throw tlsError('TLS_UNKNOWN_IDENTITY', 'no key is known for the identity');"),
  {
    file: SERVER,
    line: "return createHmac('sha256', this.#maskingSecret).update(identity, 'utf8').digest();",
    original: "'utf8'",
    replacement: '""',
    reason: 'UTF-8 is what Node takes when no encoding is named',
  },
  unseen("throw tlsError('TLS_UNEXPECTED_MESSAGE', 'a ChangeCipherSpec before the keys are agreed');"),
  {
    file: SERVER,
    line: "assert(identity !== undefined, 'whose identity cannot be read has a key that nobody has');",
    original: 'identity !== undefined',
    replacement: 'true',
    reason: 'an assertion of what the stages before it make sure of',
  },
  {
    file: SERVER,
    line: "assert(identity !== undefined, 'whose identity cannot be read has a key that nobody has');",
    original: "'whose identity cannot be read has a key that nobody has'",
    replacement: '""',
    reason: 'the words of an assertion that never fails',
  },
  unseen("throw tlsError('TLS_VERSION_UNSUPPORTED', 'the client does not offer TLS 1.2');"),
  unseen("throw tlsError('TLS_NO_SHARED_CIPHER', `the client does not offer ${suiteNameOf(keyExchange)}`);"),
  unseen("throw tlsError('TLS_ILLEGAL_PARAMETER', 'the client does not offer to leave data uncompressed');"),
  {
    file: 'devices/crs/accounts.ts',
    line: 'this.#blockedNumbers.has(number) || (identity !== undefined && this.#blockedIdentities.has(identity))',
    original: 'identity !== undefined',
    replacement: 'true',
    reason: 'no identity is in no set of identities',
  },
  {
    file: 'devices/crs/accounts.ts',
    line: 'const other = holder === undefined ? undefined : this.accountOf(holder);',
    original: 'holder === undefined',
    replacement: 'false',
    reason: 'no number is in no account',
  },
  {
    file: 'devices/crs/admission.ts',
    line: 'return this.refusalOf(identity) === undefined ? this.credentialOf(identity)?.psk : undefined;',
    original: 'this.credentialOf(identity)?.psk',
    replacement: 'this.credentialOf(identity).psk',
    reason: 'an identity that is not known is refused before',
  },
  {
    file: 'scenarios/evidence/verdicts/caused-by.ts',
    line: 'if (step === undefined || typed === undefined) return () => false;',
    original: '() => false',
    replacement: '() => undefined',
    reason: 'a filter takes the one as it takes the other',
  },
  {
    file: 'scenarios/evidence/verdicts/caused-by.ts',
    line: '(event) => event.n < typed.n && event.on === on && event.data.by === by && event.data.line === line,',
    original: 'event.n < typed.n',
    replacement: 'event.n <= typed.n',
    reason: 'an event of one type is not the event of another',
  },
  {
    file: 'scenarios/evidence/verdicts/caused-by.ts',
    line: 'const led = new Set<EventNumber>(began === undefined ? [] : [began.n]);',
    original: '[]',
    replacement: '["Stryker was here"]',
    reason: 'no event has a word as its number',
  },
  {
    file: 'scenarios/evidence/verdicts/custody.ts',
    line: '} else if (isCustody(event) && event.data.to !== null && !isNoGain(custodyVerbOf(event))) {',
    original: 'event.data.to !== null',
    replacement: 'true',
    reason: 'nobody is asked about who is nobody',
  },
  {
    file: 'scenarios/evidence/verdicts/exposure.ts',
    line: 'if (paths.size === 0) return [];',
    original: 'paths.size === 0',
    replacement: 'false',
    reason: 'only saves reading what attackers came by when they tried nothing',
  },
  {
    file: 'scenarios/evidence/verdicts/match.ts',
    line: "if (test.atMost === undefined) return `at least ${test.atLeast ?? ''}`;",
    original: "''",
    replacement: '"Stryker was here!"',
    reason: 'a range has one bound at least',
  },
  {
    file: 'scenarios/evidence/verdicts/across.ts',
    line: '...declared.variants.flatMap((variant) => absence(variant, runs) ?? []),',
    original: '[]',
    replacement: '["Stryker was here"]',
    reason: 'what has no verdict is looked for by nobody',
  },
  {
    file: 'scenarios/evidence/verdicts/across.ts',
    line: 'const other = others.find(({ came }) => came !== first?.came);',
    original: 'first?.came',
    replacement: 'first.came',
    reason: 'there is no other where there is no first',
  },
  {
    file: 'scenarios/evidence/verdicts/across.ts',
    line: 'if (first !== undefined && other !== undefined) {',
    original: 'first !== undefined',
    replacement: 'true',
    reason: 'there is no other where there is no first',
  },
  {
    file: 'scenarios/evidence/verdicts/across.ts',
    line: "if (verdict === 'pass') return [];",
    original: '[]',
    replacement: '["Stryker was here"]',
    reason: 'what has no verdict is looked for by nobody',
  },
  {
    file: 'scenarios/evidence/verdicts/across.ts',
    line: 'if (apart === undefined) return [];',
    original: '[]',
    replacement: '["Stryker was here"]',
    reason: 'what has no verdict is looked for by nobody',
  },
  {
    file: 'scenarios/evidence/verdicts/across.ts',
    line: 'if (another === null || Math.abs(another - value) >= by) return [];',
    original: '[]',
    replacement: '["Stryker was here"]',
    reason: 'what has no verdict is looked for by nobody',
  },
  {
    file: 'scenarios/evidence/verdicts/moment.ts',
    line: 'if (progress === undefined || moment === undefined || progress.bound) continue;',
    original: 'progress === undefined || moment === undefined',
    replacement: 'false',
    reason: 'a state has as many entries as its list has moments',
  },
  {
    file: 'scenarios/evidence/verdicts/moment.ts',
    line: 'if (progress === undefined || moment === undefined || progress.bound) continue;',
    original: 'progress === undefined || moment === undefined',
    replacement: '(progress === undefined) && (moment === undefined)',
    reason: 'a state has as many entries as its list has moments',
  },
  {
    file: 'scenarios/evidence/verdicts/moment.ts',
    line: 'if (progress === undefined || moment === undefined || progress.bound) continue;',
    original: 'progress === undefined',
    replacement: 'false',
    reason: 'a state has as many entries as its list has moments',
  },
  {
    file: 'scenarios/evidence/verdicts/moment.ts',
    line: 'if (progress === undefined || moment === undefined || progress.bound) continue;',
    original: 'moment === undefined',
    replacement: 'false',
    reason: 'a state has as many entries as its list has moments',
  },
  {
    file: 'scenarios/evidence/verdicts/moment.ts',
    line: 'if (progress?.bound !== true) return [];',
    original: 'progress?.bound',
    replacement: 'progress.bound',
    reason: 'a state has as many entries as its list has moments',
  },
  {
    file: 'scenarios/evidence/verdicts/moment.ts',
    line: 'return event === undefined ? [] : [[name, event] as const];',
    original: 'event === undefined',
    replacement: 'false',
    reason: 'a moment is bound to an event of the same trace',
  },
  {
    file: 'scenarios/evidence/verdicts/moment.ts',
    line: 'return event === undefined ? [] : [[name, event] as const];',
    original: '[]',
    replacement: '["Stryker was here"]',
    reason: 'a moment is bound to an event of the same trace',
  },
  {
    file: 'scenarios/evidence/verdicts/probe.ts',
    line: "if (result === undefined || (verdict !== 'pass' && verdict !== 'fail')) return { verdict, why };",
    original: 'result === undefined',
    replacement: 'false',
    reason: 'a probe passes or fails by its result',
  },
  {
    file: 'scenarios/evidence/verdicts/window.ts',
    line: 'if (event === undefined) return undefined;',
    original: 'event === undefined',
    replacement: 'false',
    reason: 'a window whose moments have not all come is not placed',
  },
];
