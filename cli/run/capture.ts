/** What `--pcap`, `--pcap-link` and `--pcap-secrets` ask for, and what they do not go together with. */
import type { CaptureOrder } from '../../scenarios/runs/index.ts';
import type { Taken } from '../command-line.ts';
import type { Context } from '../context.ts';
import { cliError } from '../errors.ts';
import type { Plan } from './plan.ts';

/** A file for each run, or standard output for one. */
type Target = 'file' | 'stream';

/** The value of `--pcap`: `-` writes the capture to standard output, no value a file beside each trace. */
export const pcap: Taken<Target> = {
  placeholder: '-',
  expected: '- for standard output, or nothing for a file beside each trace',
  read: (given) => (given === '-' ? 'stream' : undefined),
};

/** What is told on standard error when a capture is written with its keys. */
export const SECRETS_NOTE =
  'note: the capture holds the keys of its TLS sessions: whoever has it reads the signalling of its calls; all results are marked\n';

interface Given {
  readonly pcap: Target | undefined;
  readonly 'pcap-secrets': boolean;
  readonly 'reveal-keys': boolean;
  readonly 'pcap-link': string | undefined;
  readonly plant: string | undefined;
  readonly seeds: readonly string[] | undefined;
}

/** Throws CLI_OPTION_CONFLICT. */
export function captureOrder(given: Given): CaptureOrder | undefined {
  const { 'pcap-secrets': secrets, 'pcap-link': link, 'reveal-keys': reveals } = given;
  if (given.pcap === undefined) {
    if (secrets)
      throw conflict('--pcap-secrets puts keys into a capture, and --pcap is not given', 'Give both.');
    if (link !== undefined)
      throw conflict('--pcap-link is the link of a capture, and --pcap is not given', 'Give both.');
    if (reveals)
      throw conflict('--reveal-keys is for the keys of a capture, and --pcap is not given', 'Give both.');
    return undefined;
  }
  if (secrets && !reveals)
    throw conflict(
      '--pcap-secrets puts keys into a capture, and no output has keys without --reveal-keys',
      'Give --reveal-keys as well: all results are then marked.',
    );
  if (reveals && !secrets)
    throw conflict(
      '--reveal-keys lets --pcap-secrets write keys, and it is not given',
      'Give both, or neither.',
    );
  if (given.plant === 'all') throw conflict('--plant all writes no results, so there is no place for --pcap');
  const live = given.pcap === 'stream';
  if (live && given.seeds !== undefined)
    throw conflict('--pcap - is the capture of one run, not of one for each of --seeds');
  return { secrets, live, ...(link === undefined ? {} : { link }) };
}

/** Throws CLI_OPTION_CONFLICT when standard output cannot be a capture. */
export function refuseStream(plans: readonly Plan[], { json, stdout }: Context): void {
  if (json) throw conflict('--json and --pcap - both want standard output');
  if (stdout.terminal.isTty)
    throw conflict(
      '--pcap - writes octets, and standard output is a terminal',
      'Pipe it into tshark, or write > capture.pcapng.',
    );
  const runs = plans.flatMap(({ screenplay, variants }) =>
    variants.map((name) => `${screenplay.id} --variant ${name}`),
  );
  if (runs.length > 1)
    throw conflict(
      `--pcap - is the capture of one run, not of ${runs.length}`,
      `Choose one: ${runs.slice(0, 6).join(', ')}${runs.length > 6 ? ', ...' : ''}.`,
    );
}

function conflict(detail: string, fix?: string) {
  return cliError('CLI_OPTION_CONFLICT', detail, fix === undefined ? {} : { fix });
}
