/**
 * A CMS in a process of its own, by the clock on the wall and with chance of the machine: its operator types on standard input, and what it shows, prints
 * and burns is told on standard output, in hexadecimal, where a world has cameras and hands. `--plant-socket` opens the one thing that it must not have.
 */
import { createSocket } from 'node:dgram';
import { createInterface } from 'node:readline';
import { toHex } from '../sim/octets.ts';
import { Trace } from '../sim/trace.ts';
import { Cms, cmsConsole } from '../devices/cms/index.ts';
import { deploymentOf } from '../devices/deployment.ts';
import { OpticalDisc } from '../devices/hardware/index.ts';
import { Rules } from '../devices/rules.ts';
import { LiveClock } from '../network/live/index.ts';
import { SystemRandom } from '../scenarios/live/system-random.ts';

const clock = new LiveClock({
  monotonic: () => Math.round(performance.now() * 1000),
  onDefect: (thrown) => {
    throw thrown;
  },
});
clock.start();
const trace = new Trace(clock);
const ports = {
  ...{ clock, trace, random: new SystemRandom(), keys: new SystemRandom() },
  deployment: deploymentOf({}),
  rules: new Rules([]),
  begins: Date.now(),
};
const cms = new Cms(ports, {
  name: 'cms',
  account: 'hq',
  crs: { host: 'crs', port: 5061 },
  printed: ({ label }) => process.stdout.write(`printed ${label}\n`),
});
const console = cmsConsole(cms, trace);
if (process.argv.includes('--plant-socket')) createSocket('udp4').bind(0, '127.0.0.1');

let discs = 0;
const lines = createInterface({ input: process.stdin });
for await (const line of lines) {
  clock.enter(() => {
    const disc = new OpticalDisc(`disc-${++discs}`);
    const takesDisc = line.startsWith('burn-disc') || line === 'back-up';
    if (takesDisc) cms.drive.insert(disc, disc.serial);
    const said = console.type(line, 'cms-operator');
    if (takesDisc) {
      cms.drive.eject();
      process.stdout.write(`disc ${toHex(disc.read())}\n`);
    }
    const shown = cms.shownQr();
    if (line.startsWith('view-'))
      process.stdout.write(`shown ${shown === undefined ? 'nothing' : shown.width}\n`);
    process.stdout.write(`said ${JSON.stringify(said)}\n`);
  });
}
clock.stop();
process.exit();
