/** Page one says what this is worth: what is real, what is modelled, what is assumed. It claims nothing about a product. */
import type { SuiteResult } from '../../scenarios/evidence/model.ts';
import { schedulesOf } from '../schedule.ts';
import { numbered } from '../tally.ts';
import { markup, type Content, type Markup } from './markup.ts';

/** What a simulated run and one on real sockets do not have in common. */
const SIMULATED = {
  packets:
    'The packets: the octets an attacker holds are the octets that were sent, with the loss, delay and order of the link they crossed.',
  network: 'The network: links with loss, delay and outage, on virtual time.',
  keys: 'Chance and the keys of calls are drawn from the seed, the keys of a CMS and its users from the key seed, so that a run can be repeated octet for octet. Keys made here are never for real use.',
};
const LIVE: typeof SIMULATED = {
  packets:
    'The packets and the time: UDP, TCP and TLS of this machine, as fast as it was. What an attacker holds are the octets that passed the sockets.',
  network:
    'Who reaches whom: links are those of the scenario, but their loss and delay are what the real network has. There is no firewall.',
  keys: 'Keys are drawn from the operating system: a run can be made again, but not repeated. Keys made here are never for real use.',
};

/** The three boxes; they say that packets, network and keys are live ones as soon as any run of the suite was live. */
export function boxes(suite: SuiteResult): Markup {
  const { packets, network, keys } = schedulesOf(suite).length > 0 ? LIVE : SIMULATED;
  const changed = suite.parameters.filter((parameter) => parameter.value !== parameter.default).length;
  return markup`<section aria-labelledby="worth"><h2 id="worth">What this evidence is worth</h2>
<p>It shows what the procedures do in a model that uses the real algorithms. It proves nothing about the code of a real product.</p>
<div class="boxes">
${box('real', 'Real', [
  'The algorithms: SAKKE, ECCSI, MIKEY, SRTP and TLS-PSK, run on every message of every call.',
  packets,
  'The files: what was stolen is storage, discs, codes and captures in documented formats, and what was opened was opened from them.',
  'The attempts: each probe has a control that must open and a control that must not.',
])}
${box('modelled', 'Modelled', [
  'Handsets, the offline key management system, the rendezvous server, device management and the people who work them.',
  network,
  'Reading out a device: a seizure yields its storage as it stands, with the remnants that its medium keeps.',
  keys,
])}
${box('assumed', 'Assumed', [
  markup`${numbered(suite.parameters.length, 'parameter')} that the source document leaves open, each with its value and who leaves it open; ${
    changed === 0 ? 'all at their defaults' : markup`<strong>${changed} not at the default</strong>`
  }: <a href="#parameters">parameters</a>.`,
  'Parameter set 1 of RFC 6509 has a strength of 112 bits.',
  'Big-integer arithmetic here is not constant time: nothing is said about side channels.',
  'How long people take is what the scenario says they take.',
])}
</div></section>`;
}

function box(id: string, title: string, points: readonly Content[]): Markup {
  return markup`<section class="box" aria-labelledby="${id}"><h3 id="${id}">${title}</h3><ul>${points.map(
    (point) => markup`<li>${point}</li>`,
  )}</ul></section>`;
}
